"""How many examples of the CommonMark specification give the same text and block structure.

`python -m benchmarks.commonmark spec.txt` takes the specification's source, of whatever release: its examples are not
copied here. Headings are compared as the reader sets them, one level below the chapter's title; typographic marks are
taken for those on the keyboard. Examples that differ are listed by the section of the specification they stand in.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element

import tinyhtml5

from book.manuscript.syntax import parse, serialise

BLOCKS = frozenset({
    "blockquote", "dd", "div", "dl", "dt", "figure", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol",
    "p", "pre", "section", "table", "tbody", "td", "th", "thead", "tr", "ul",
})  # fmt: skip
PLAIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "—": "---", "–": "--", "…": "...", "→": "\t"})
_EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$", re.MULTILINE | re.DOTALL)
_SECTION = re.compile(r"^#{1,2} (.+)$", re.MULTILINE)


class Example(NamedTuple):
    """One example of the specification."""

    number: int
    section: str
    text: str
    html: str


def examples(spec: str) -> Iterator[Example]:
    """The examples of a specification, in order."""
    headings = [(found.start(), found[1]) for found in _SECTION.finditer(_EXAMPLE.sub(_blank, spec))]
    for number, found in enumerate(_EXAMPLE.finditer(spec), start=1):
        section = [name for at, name in headings if at < found.start()][-1]
        yield Example(number, section, found[1].replace("→", "\t"), found[2].replace("→", "\t"))


def _blank(found: re.Match[str]) -> str:
    """An example's place, without headings in it."""
    return re.sub(r"\S", ".", found[0])


def outline(html: str) -> list[tuple[str, str]]:
    """The blocks of a document: the names of the elements that each piece of text stands in, and the text."""
    root = tinyhtml5.parse(f"<!doctype html><body>{html}", namespace_html_elements=False).find("body")
    assert root is not None, "a document has a body"
    return list(_pieces(root, "", 1 if root.find(".//h1") is not None else 0))


def _pieces(element: Element, path: str, shift: int) -> Iterator[tuple[str, str]]:
    """The blocks in an element; text in none counts as a paragraph, and so does a figure (its caption is a title)."""
    text = [element.text or ""]
    for child in element:
        if child.tag == "figcaption":
            continue
        if child.tag in BLOCKS:
            yield from _words(text, path)
            text = [child.tail or ""]
            name = "p" if child.tag == "figure" else str(child.tag)
            if name[0] == "h" and name[1:].isdigit():
                name = f"h{min(int(name[1]) + shift, 6)}"
            yield f"{path}/{name}", ""
            yield from _pieces(child, f"{path}/{name}", shift)
        else:
            text.append("".join(child.itertext()) if str(child.tag).isalnum() else "")  # comments have no name
            text.append(child.tail or "")
    yield from _words(text, path)


def _words(pieces: list[str], path: str) -> Iterator[tuple[str, str]]:
    """A text, if there is one."""
    if words := _plain(pieces, path):
        yield from () if path else [("/p", "")]
        yield path or "/p", words


def _plain(pieces: list[str], path: str) -> str:
    """A text as it is compared: with keyboard marks, white space reduced outside of code."""
    text = "".join(pieces).translate(PLAIN)
    return text.strip("\n").expandtabs(4) if "/pre" in path else " ".join(text.split())


def read(text: str) -> str:
    """What the reader makes of a text."""
    return serialise(parse(text, "chapters/example.md", "example", title="The title of the chapter"))


def main() -> None:
    """Count, and list what differs."""
    found = list(examples(Path(sys.argv[1]).read_text("utf-8")))
    differing = [one for one in found if outline(read(one.text)) != outline(one.html)]
    count = len(found) - len(differing)
    print(f"{count} of {len(found)} examples alike: {count / len(found):.1%}")
    for section, number in Counter(one.section for one in differing).most_common():
        which = ", ".join(str(one.number) for one in differing if one.section == section)
        print(f"{number:3} {section}: {which}")
    for one in differing if "-v" in sys.argv else ():
        print(f"\n--- {one.number} {one.section}\n{one.text}\n{outline(read(one.text))}\n{outline(one.html)}")


if __name__ == "__main__":
    main()
