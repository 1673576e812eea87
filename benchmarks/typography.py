"""How well lines and pages are set, beside other engines: `python -m benchmarks.typography [PDF …]`.

Without arguments the Federalist 1–20 and the sample book are built and measured; beside them the same chapters as Typst
sets them, its line breaks optimised, and as LuaLaTeX with microtype does, where these are installed. With arguments
these PDFs are measured.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

from benchmarks.evenness import Figures, figures
from benchmarks.measure import ROOT
from benchmarks.printed_lines import read_print
from benchmarks.projects import CORPUS, chapter_files, copy_project

CHAPTERS = 20
FRONT = 9
"""The first sheet behind the front matter."""
TYPST = """#set page(width: 6in, height: 9in, margin: (top: 0.85in, bottom: 0.9in, inside: 0.8in, outside: 0.9125in))
#set text(font: "Source Serif Pro", size: 10.5pt, lang: "en", hyphenate: true)
#set par(justify: true, linebreaks: "optimized", first-line-indent: 1.25em, spacing: 0.65em, leading: 0.65em)
"""
LATEX = r"""\documentclass[10pt,twoside]{memoir}
\setstocksize{9in}{6in}\settrimmedsize{9in}{6in}{*}\settypeblocksize{36\baselineskip}{308.7pt}{*}
\setlrmargins{*}{*}{1}\setulmargins{*}{*}{1}\checkandfixthelayout
\usepackage{fontspec}\setmainfont{SourceSerifPro}[Path=FONTS/,Extension=.otf,UprightFont=*-Regular,ItalicFont=*-It]
\usepackage[expansion=true,stretch=20,shrink=20]{microtype}\usepackage[english]{babel}
\begin{document}\fontsize{10.5pt}{14pt}\selectfont
"""


def main(*paths: str) -> None:
    """Print a table of figures."""
    if paths:
        columns = {Path(path).stem: figures(read_print(Path(path))) for path in paths}
    else:
        with tempfile.TemporaryDirectory(prefix="typography-") as folder:
            columns = dict(_measured(Path(folder)))
    print(as_table(columns))


def as_table(columns: Mapping[str, Figures]) -> str:
    """Figures side by side, in Markdown."""
    names = list(dict.fromkeys(name for column in columns.values() for name in column))
    rows = [["", *columns], ["---"] * (len(columns) + 1)]
    rows += [[name, *(f"{column.get(name, 0):g}" for column in columns.values())] for name in names]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _measured(folder: Path) -> Iterator[tuple[str, Figures]]:
    """Each book and each engine, with its figures."""
    copy_project(ROOT, folder / "sample")
    yield "Sample book", figures(read_print(_build(folder / "sample")))
    if not CORPUS.is_dir():
        print(f"The corpus is not here ({CORPUS}): only the sample book is measured.", file=sys.stderr)
        return
    project = copy_project(CORPUS, folder / "federalist", CHAPTERS)
    yield f"Federalist 1–{CHAPTERS}", figures(read_print(_build(project), FRONT))
    for name, product in _others(project, folder):
        yield name, figures(read_print(product))


def _build(project: Path) -> Path:
    """The print edition of a project."""
    command = [sys.executable, "-m", "book", "build", "print", "--project", str(project)]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    return project / "build" / "print.pdf"


def _others(project: Path, folder: Path) -> Iterator[tuple[str, Path]]:
    """The chapters as other engines set them, as far as they are installed."""
    from font_source_serif_pro import __file__ as package

    fonts = Path(package).parent / "files"
    chapters = [list(_paragraphs(path.read_text(encoding="utf-8"))) for path in chapter_files(project)]
    if find_spec("typst") is not None:
        import typst

        source = "\n#pagebreak()\n".join("\n\n".join(map(_escaped, some)) for some in chapters)
        (folder / "book.typ").write_text(TYPST + source, encoding="utf-8")
        product = folder / "typst.pdf"
        typst.compile(str(folder / "book.typ"), output=str(product), font_paths=[str(fonts)])
        yield "Typst, optimised", product
    if shutil.which("lualatex"):
        source = "\n\\clearpage\n".join("\n\n".join(map(_for_latex, some)) for some in chapters)
        text = LATEX.replace("FONTS", str(fonts)) + source + "\n\\end{document}\n"
        (folder / "latex.tex").write_text(text, encoding="utf-8")
        command = ["lualatex", "-interaction=batchmode", "latex.tex"]
        subprocess.run(command, check=True, capture_output=True, cwd=folder)
        yield "LuaLaTeX, microtype", folder / "latex.pdf"


def _paragraphs(chapter: str) -> Iterator[str]:
    """The paragraphs of a chapter, without markup."""
    body = chapter.split("---", 2)[-1]
    for block in re.split(r"\n\s*\n", body):
        words = " ".join(re.sub(r"\[@?[^\]]*\]|[>*_`#]", "", block).split())
        if words:
            yield words


def _escaped(words: str) -> str:
    """A paragraph in Typst."""
    return re.sub(r"([\\#$@<>\[\]~/=+-])", r"\\\1", words)


def _for_latex(words: str) -> str:
    """A paragraph in LaTeX."""
    return re.sub(r"([#$%&_{}])", r"\\\1", words.replace("\\", "").replace("^", "").replace("~", " "))


if __name__ == "__main__":
    main(*sys.argv[1:])
