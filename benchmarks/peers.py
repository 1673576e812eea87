"""The tools that this one is compared with: WeasyPrint alone, and Pandoc with its EPUB writer, Typst and WeasyPrint."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from shutil import which

from benchmarks.projects import chapter_files

PYTHON = sys.executable


@dataclass(frozen=True, slots=True)
class Peer:
    """A tool that makes the same book."""

    name: str
    """What the report calls it."""
    command: Sequence[str | Path]
    """The command that is measured."""
    product: Path
    """The file it writes."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """Variables of the environment that it needs."""


def bare(document: Path, product: Path) -> Peer:
    """WeasyPrint, all in one document. It sees no fonts but those of the stylesheets, as our own pages do."""
    settings = product.with_name("fonts.conf")
    cache = f"<cachedir>{product.with_name('fontconfig')}</cachedir>"
    settings.write_text(f'<?xml version="1.0"?>\n<fontconfig>{cache}</fontconfig>\n', encoding="utf-8")
    command: list[str | Path] = [PYTHON, "-m", "benchmarks.bare", document, product]
    return Peer("WeasyPrint, one document", command, product, {"FONTCONFIG_FILE": str(settings)})


def pandoc() -> str | None:
    """The program Pandoc: of the package `pypandoc_binary`, or on the path; None where there is neither."""
    if find_spec("pypandoc") is not None:
        import pypandoc

        try:
            return str(pypandoc.get_pandoc_path())
        except OSError:
            pass
    return which("pandoc")


def pandoc_epub(project: Path, folder: Path) -> Peer | None:
    """Pandoc's EPUB writer, which resolves the citations as well where it can read the sources; None without Pandoc."""
    return _pandoc(project, folder, "Pandoc, EPUB", folder / "pandoc.epub", [])


def pandoc_pdf(project: Path, folder: Path) -> list[Peer]:
    """Pandoc with Typst and with WeasyPrint, as far as they are installed."""
    beside = Path(sys.executable).with_name("weasyprint")
    engine = str(beside) if beside.exists() else which("weasyprint")
    peers = [
        engine and _pandoc(project, folder, "Pandoc, WeasyPrint", folder / "pandoc.pdf", [f"--pdf-engine={engine}"]),
        which("typst") and _pandoc(project, folder, "Pandoc, Typst", folder / "typst.pdf", ["--pdf-engine=typst"]),
    ]
    if not which("typst") and find_spec("typst") is not None and (peer := _typst(project, folder)):
        peers.append(peer)
    return [peer for peer in peers if isinstance(peer, Peer)]


def _typst(project: Path, folder: Path) -> Peer | None:
    """Pandoc with Typst from the Python package of that name."""
    peer = _pandoc(project, folder, "Pandoc, Typst", folder / "book.typ", [])
    product = folder / "typst.pdf"
    return peer and Peer(peer.name, [PYTHON, "-m", "benchmarks.typst", product, *peer.command], product)


def _pandoc(project: Path, folder: Path, name: str, product: Path, options: Sequence[str]) -> Peer | None:
    """A run of Pandoc over all chapters."""
    program = pandoc()
    if program is None:
        return None
    command: list[str | Path] = [
        program,
        "--standalone",
        "--toc",
        "--metadata=title:Book",
        *options,
        "--output",
        product,
    ]
    sources = next(project.glob("sources.json"), None)
    if sources is not None:
        command += ["--citeproc", "--bibliography", sources]
    command += _with_titles(project, folder / "pandoc")
    return Peer(name, command, product)


def _with_titles(project: Path, folder: Path) -> list[Path]:
    """Copies of the chapters whose titles are headings, as Pandoc wants them."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in chapter_files(project):
        text = path.read_text(encoding="utf-8")
        found = re.match(r"---\n(.*?)\n---\n", text, re.DOTALL)
        title = re.search(r"(?m)^title: *(.*)$", found[1]) if found else None
        heading = f"# {title[1].strip(chr(34))}\n" if title else ""
        (folder / path.name).write_text(heading + text[found.end() if found else 0 :] + "\n", encoding="utf-8")
    return sorted(folder.glob("*.md"))
