"""Compares the words that go into a book with those that come out of it, in print and in the EPUB.

    python -m tests.soak.words FOLDER [--from READER] [-v]

FOLDER is a project, or a folder of Markdown files; it is copied, built, and read back. The words that go in are read by
Pandoc, which shares no code with ours; those that come out are read from the structure tree of the PDF and from the
documents of the EPUB. Six words in a row (less where a text is shorter) that come out of a chapter less often than they
went in are missing, those that come out more often are doubled. Signs of other tools' markup that come out, and that no
problem of that chapter names, are foreign. Citations, notes' calls and formulas are written anew by each edition, so
nothing is compared across them. The exit code is 1 if anything is found.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypandoc
from lxml import etree

from book.build import build_book
from book.check import check_book
from book.manuscript.chapter_files import natural
from book.manuscript.read import read_chapters
from book.model.manuscript import Chapter
from book.problem import BookError, Problem
from book.project.config import load_project
from tests.pdf_structure import Element, Structure

WINDOW = 6
"""Words in a row that are looked for."""
READER = (
    "markdown-smart-implicit_figures-blank_before_header-blank_before_blockquote+lists_without_preceding_blankline+mark"
    "+autolink_bare_uris+task_lists"
)
"""Pandoc's reader of chapters, as near to ours as its extensions allow."""
FOREIGN = re.compile(
    r"\{\{|\{%|%\}|:::|\[\[|\]\]|\]\(|\{[#.:][\w-]|<!--|</?\w+>|^```|!\[|\\(?:begin|end|cite|ref|label|index|newpage)\b|\$\$"
    r"|^\+[-=]+\+|\|-{3,}|`r |\[\^",
    re.MULTILINE,
)
"""What markup looks like that no edition should show outside of code."""
_BLOCKS = frozenset({"Para", "Plain", "Header", "LineBlock", "CodeBlock"})
_UNREAD = frozenset({"Math", "RawInline", "RawBlock", "Cite"})
"""What each edition writes in its own way."""
_APART = _UNREAD | {"Image", "Note"}
_CITED = re.compile(r"-?@[\w:.#$%&+?<>~/{}-]+")
_X = "{http://www.w3.org/1999/xhtml}"
_M = "{http://www.w3.org/1998/Math/MathML}"


@dataclass(slots=True)
class Finding:
    """What was found of one chapter in one edition."""

    chapter: str
    edition: str
    words: int = 0
    missing: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """One line of a table."""
        counts = (len(self.missing), len(self.doubled), len(self.foreign))
        return f"| {self.chapter} | {self.edition} | {self.words} | " + " | ".join(map(str, counts)) + " |"


def letters(text: str) -> str:
    """The letters of a text in one case, without marks, spaces and digits, which typesetting and notes change."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(one for one in decomposed if one.isalpha())


# ruff: noqa: T201 - a command that prints

# --- what goes in ---------------------------------------------------------------------------------


def pandoc_texts(markdown: str, reader: str) -> list[str]:
    """The texts of a chapter as Pandoc reads them, parted where editions write something of their own."""
    command = [pypandoc.get_pandoc_path(), "-f", reader, "-t", "json"]
    said = subprocess.run(command, input=markdown.encode(), capture_output=True, check=True)
    collected: list[list[str]] = [[]]
    _walk(json.loads(said.stdout)["blocks"], collected)
    return [text for text in (" ".join("".join(parts).split()) for parts in collected) if text]


def _walk(node: Any, texts: list[list[str]]) -> None:
    """Collect the texts below a node of Pandoc's syntax tree."""
    if isinstance(node, list):
        for one in node:
            _walk(one, texts)
    elif isinstance(node, dict):
        kind, content = node.get("t", ""), node.get("c", [])
        texts += [[]] if kind in _APART else []
        if kind == "Str":
            _words(content, texts)
        elif kind in ("Space", "SoftBreak", "LineBreak"):
            texts[-1].append(" ")
        elif kind in ("Code", "CodeBlock"):
            texts[-1].append(content[1])
        elif kind == "Image":
            _walk(content[1], texts)
            texts.append([content[2][1]])
        elif kind not in _UNREAD:
            _walk(content[1] if kind == "Link" else content, texts)
        texts += [[]] if kind in _APART | _BLOCKS | {"Link"} else []


def _words(text: str, texts: list[list[str]]) -> None:
    """Collect a word, without keys of sources in it."""
    for number, piece in enumerate(_CITED.split(text)):
        texts += [[]] if number else []
        texts[-1].append(piece)


# --- what comes out -------------------------------------------------------------------------------


def epub_texts(path: Path) -> dict[str, tuple[str, str, str]]:
    """For each document of an EPUB, the letters in it, its text outside of code, and the letters of its citations."""
    found = {}
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith(".xhtml"):
                root = etree.fromstring(archive.read(name)).find(f"{_X}body")
                assert root is not None, "a document has a body"
                whole = "".join(_epub_pieces(root, code=True))
                cited = root.iterfind(f".//{_X}span[@class]")
                words = ("".join(map(str, one.itertext())) for one in cited if "citation" in one.get("class", ""))
                plain = "".join(_epub_pieces(root, code=False))
                found[Path(name).stem] = letters(whole), plain, " ".join(map(letters, words))
    return found


def _epub_pieces(element: etree._Element, *, code: bool) -> Iterator[str]:
    """The texts of an element, pictures by their alternatives; without formulas, and without code unless asked for."""
    skipped = element.tag == f"{_M}math" or (not code and element.tag in (f"{_X}code", f"{_X}pre"))
    skipped |= element.get("role") in ("doc-backlink", "doc-noteref")
    if not skipped and isinstance(element.tag, str):
        if element.tag == f"{_X}img":
            yield f" {element.get('alt') or ''} {element.get('title') or ''} "
        yield element.text or ""
        for child in element:
            yield from _epub_pieces(child, code=code)
    block = element.tag in (f"{_X}p", f"{_X}li", f"{_X}td", f"{_X}th", f"{_X}h2", f"{_X}pre", f"{_X}div")
    yield "\n" if block else ""
    yield element.tail or ""


def pdf_texts(path: Path) -> list[tuple[str, str]]:
    """For each section of a PDF, the letters in it, and its text outside of code."""
    pages = Structure(path)

    def pieces(element: Element, *, code: bool) -> Iterator[str]:
        if element.type == "Code" and not code:
            return
        if element.type == "Formula":
            return
        if element.type == "Figure" and "/Alt" in element.object:
            yield f" {element.object.Alt} "
        for kid in element.kids:
            if isinstance(kid, Element):
                yield from pieces(kid, code=code)
            elif isinstance(kid, tuple):
                yield pages.texts.get(kid, "")
        yield "\n" if element.type in ("P", "LI", "TD", "TH", "H2") else ""

    sections = pages.document.elements
    return [(letters("".join(pieces(one, code=True))), "".join(pieces(one, code=False))) for one in sections]


# --- the comparison -------------------------------------------------------------------------------


def windows(texts: Sequence[str]) -> Iterator[str]:
    """Words in a row, of each text."""
    for text in texts:
        words = text.split()
        for begin in range(0, max(len(words) - WINDOW, 0) + 1, WINDOW // 2):
            yield " ".join(words[begin : begin + WINDOW])


def compare(texts: Sequence[str], out: str, cited: str = "") -> tuple[list[str], list[str]]:
    """The windows of some texts that come out less often than they went in, and those that come out more often.

    Args:
        texts: What went in.
        out: The letters that came out.
        cited: The letters of citations, which name again what the text may have named.
    """
    inside = "\n".join(map(letters, texts))
    together = inside.replace("\n", "")  # an edition may put side by side what stands apart for Pandoc
    missing, doubled = [], []
    for window in dict.fromkeys(windows(texts)):
        sought = letters(window)
        if not sought:
            continue
        went_in, came_out = inside.count(sought), out.count(sought)
        if came_out < min(went_in, 1) or (len(sought) >= WINDOW * 2 and came_out < went_in):
            missing.append(window)
        elif len(sought) >= WINDOW * 3 and came_out > together.count(sought) and sought not in cited:
            doubled.append(window)
    return missing, doubled


def foreign(text: str, chapter: Chapter, problems: Sequence[Problem], written: str = "") -> list[str]:
    """The signs of markup in a text that no problem of the chapter names, and that are not escaped where written."""
    named = " ".join(problem.message for problem in problems if problem.at.path == chapter.path)
    found = []
    for sign in FOREIGN.finditer(text):
        around = " ".join(text[max(sign.start() - 20, 0) : sign.end() + 30].split())
        if sign[0] not in named and f"\\{sign[0]}" not in written.replace("\\>", ">"):
            found.append(around)
    return found


def findings(root: Path, output: Path, reader: str) -> list[Finding]:
    """Build a project and compare each of its chapters, in print and in the EPUB."""
    project = load_project(root).value
    assert project is not None, "it was checked"
    chapters = read_chapters(root, project.settings).value
    problems = (*check_book(root).problems, *build_book(root, ["print", "ebook"], output=output, jobs=2).problems)
    documents = epub_texts(output / "ebook.epub")
    sections = pdf_texts(output / "print.pdf")
    found = []
    for chapter in chapters:
        markdown = (root / chapter.path).read_text("utf-8")
        texts = pandoc_texts(re.sub(r"\A---\n.*?\n(?:---|\.\.\.)\n", "", markdown, flags=re.DOTALL), reader)
        probe = [sought for sought in map(letters, windows(texts)) if sought][:200]
        printed = max(sections, key=lambda section: sum(sought in section[0] for sought in probe))
        shown = documents.get(chapter.slug) or max(documents.values(), key=lambda one: sum(s in one[0] for s in probe))
        for edition, (out, plain, *_) in (("print", printed), ("EPUB", shown)):
            missing, doubled = compare(texts, out, shown[2])
            count = sum(len(text.split()) for text in texts)
            found.append(
                Finding(chapter.path, edition, count, missing, doubled, foreign(plain, chapter, problems, markdown))
            )
    return found


def as_project(folder: Path, into: Path) -> Path:
    """A copy of a project, or a project made of a folder of Markdown."""
    root = into / "project"
    shutil.copytree(folder, root, ignore=shutil.ignore_patterns("build", ".git"))
    if not (root / "book.toml").is_file():
        paths = sorted((path.relative_to(root).as_posix() for path in root.rglob("*.md")), key=natural)
        (root / "book.toml").write_text(f'[book]\ntitle = "Words"\nchapters = {json.dumps(paths)}\n', "utf-8")
    settings = (root / "book.toml").read_text("utf-8")
    if "[editions" in settings:
        settings = settings[: settings.index("[editions")]
    settings += '\n[editions.print]\noutput = "pdf"\n[editions.ebook]\noutput = "epub"\n'
    (root / "book.toml").write_text(settings, "utf-8")
    return root


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare the words of a manuscript; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--from", dest="reader", default=READER, help="Pandoc's reader of the chapters")
    parser.add_argument("-v", "--verbose", action="store_true", help="list what is found")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as work:
        try:
            found = findings(as_project(given.folder, Path(work)), Path(work) / "out", given.reader)
        except BookError as failure:
            print(failure)
            return 1
    print("| chapter | edition | words | missing | doubled | foreign |\n|---|---|--:|--:|--:|--:|")
    for one in found:
        print(one)
        for name in ("missing", "doubled", "foreign") if given.verbose else ():
            for text in getattr(one, name):
                print(f"    {name}: {text}")
    totals = [sum(len(getattr(one, name)) for one in found) for name in ("missing", "doubled", "foreign")]
    print("| all | | " + str(sum(one.words for one in found) // 2) + " | " + " | ".join(map(str, totals)) + " |")
    return int(any(totals))


if __name__ == "__main__":
    sys.exit(main())
