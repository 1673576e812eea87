"""Whatever is in the files of a project, a run ends with whole editions or with problems: no exception, no hang."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

from lxml import etree
from pikepdf import Pdf

from book.build import build_book
from book.check import check_book
from book.problem import BookError
from tests.soak.projects import SMALL, choose, copy_of
from tests.soak.trial import Campaign, FoundError

BUILT = 0.15
"""The part of the trials in which the book is built, not only checked."""

TOKENS = tuple(
    r"""
    [@ ] @a [@talk-2013,·p.·3] [@a;·@b] [^1] [^1]:·x ![a](b.png·"c") [](x.md#y) [x]{.index} [x]{lang=zz} {:·#a·.b·c=d}
    [words]{.citation} [words]{.noteref} [words]{.xref} [words]{#fnref:1} <b> </b> </section>
    <section·class="footnotes"> <svg><use·href="#a"/></svg> <svg><text>
    <table><tr><td·colspan="99999">x</td></tr></table> <p·lang="@"·dir="up">
    <img·src="x.png"·width="9e9"> <a·href="javascript:x">x</a> <!-- ]]> <?x &#0; &#xFFFE; &#xD800; &amp; &zzz; --- ...
    ``` ~~~ ::: * ** _ __ ~~ ^ \ | |-|-| |a|b| > # ###### $$ : :·x ; - + 1. [ ] ( ) { } < >
    title: questions: language: -·!!python/object:x &a *a << >- ? % @ [1,2 {a:·b ---·a 2015-13-45 201X .. 2015/..
    2015-06~ 99999999-01 null true 1e999 0x7fffffff inf nan "" "\u0001" "\ud800" '\'' [book] [editions.x] [[x]] x.y·=·1
    = output·=·"pdf" output·=·"epub" split·=·"chapter" notes·=·"end" language·=·"ar" page·=·{·width·=·"604.8q"·}
    1in 6IN 604.8q -1mm 1e9pt calc(1px) url(x) @import @page {·} /* */ {{·1/0·}} {%·if·%} {%·include·"x"·%}
    """.split()  # noqa: SIM905 - it is read more easily than a list of strings
)
"""Fragments of what the readers understand; a middle dot stands for a space."""
CHARACTERS = "\0\x01\t\r\v\f\x1b\x7f\x85\xa0\xad\u200b\u200e\u202e\u2028\u2029\ufeff\ufffe\U000f0000\U0010fffd漢ا\u0301"


def run(chance: random.Random, folder: Path) -> None:
    """Damage some files of a project, and check or build it."""
    root = copy_of(chance.choice(SMALL), folder / "project")
    for _ in range(chance.choice([1, 1, 1, 2, 4])):
        paths = [path for path in root.rglob("*") if path.is_file() and path.suffix not in (".jpg", ".png")]
        path = choose(chance, paths)
        if path is not None:
            data = path.read_bytes()
            for _ in range(chance.choice([1, 1, 2, 5])):
                data = chance.choice(WAYS)(chance, data)
            path.write_bytes(data)
    if chance.random() >= BUILT:
        for problem in check_book(root).problems:
            _look_at(problem.message, problem.at.path)
        return
    try:
        report = build_book(root, output=folder / "build", jobs=1)
    except BookError as failure:
        for problem in failure.problems:
            _look_at(problem.message, problem.at.path)
        return
    for file in report.written:
        _read(file.path)


def _look_at(message: str, path: str) -> None:
    """Whether a problem says something, and of what."""
    if not message or not path:
        raise FoundError(f"a problem without words or place: {message!r} at {path!r}")


def _read(path: Path) -> None:
    """Open a file as a reader would."""
    if path.suffix == ".pdf":
        with Pdf.open(io.BytesIO(path.read_bytes())) as pdf:
            if not pdf.pages or pdf.get_warnings():
                raise FoundError(f"{path.name}: {pdf.get_warnings() or 'no pages'}")
    elif path.suffix == ".epub":
        with zipfile.ZipFile(path) as package:
            for name in package.namelist():
                if name.endswith((".xhtml", ".opf", ".ncx", ".xml")):
                    etree.fromstring(package.read(name))


def _flip(chance: random.Random, data: bytes) -> bytes:
    """Another byte."""
    at = chance.randrange(len(data) + 1)
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


def _cut(chance: random.Random, data: bytes) -> bytes:
    """A part less."""
    start = chance.randrange(len(data) + 1)
    return data[:start] + data[start + chance.choice([1, 1, 5, 40, len(data)]) :]


def _repeat(chance: random.Random, data: bytes) -> bytes:
    """A part several times."""
    start = chance.randrange(len(data) + 1)
    end = start + chance.choice([1, 8, 60])
    return data[:end] + data[start:end] * chance.choice([1, 3, 40]) + data[end:]


def _move(chance: random.Random, data: bytes) -> bytes:
    """Two lines that change places."""
    lines = data.split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def _insert(chance: random.Random, data: bytes) -> bytes:
    """Something that means something, anywhere or at the beginning of a line."""
    token = chance.choice(TOKENS).replace("·", " ") * chance.choice([1, 1, 1, 3, 200])
    return _put(chance, data, token.encode("utf-8", "surrogatepass"))


def _character(chance: random.Random, data: bytes) -> bytes:
    """A character that is seldom seen."""
    return _put(chance, data, chance.choice(CHARACTERS).encode())


def _put(chance: random.Random, data: bytes, new: bytes) -> bytes:
    """Put something anywhere, or at the beginning of a line."""
    at = chance.randrange(len(data) + 1)
    if chance.random() < 0.5:
        at = data.rfind(b"\n", 0, at) + 1
    return data[:at] + new + data[at:]


WAYS: tuple[Callable[[random.Random, bytes], bytes], ...] = (
    _flip, _cut, _cut, _repeat, _move, _insert, _insert, _insert, _insert, _character,
)  # fmt: skip

CAMPAIGN = Campaign(
    "damaged files give problems, never an exception or a hang", run, sample=tuple(range(25)), seconds=60
)
