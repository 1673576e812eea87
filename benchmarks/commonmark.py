"""How many examples of the CommonMark specification give the same text and block structure.

`python -m benchmarks.commonmark spec.txt` takes the specification's source, of whatever release: its examples are not
copied here. The count is strict: the same blocks in each other, the same text in each, words outside of any block apart
from those in a paragraph. Headings are compared as the reader sets them, one level below the chapter's title, and
typographic marks are taken for those on the keyboard.

What differs is then compared with what the specification expects, changed by the rules in `PURPOSES`: that is how the
product means to differ. What differs even so is listed as not meant. `-v` prints the outlines of all that differ.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element

import tinyhtml5

from book.manuscript.allowed import TAGS, WITH_CONTENT
from book.manuscript.handles import handles
from book.manuscript.syntax import parse, serialise

BLOCKS = frozenset({
    "blockquote", "dd", "div", "dl", "dt", "figure", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol",
    "p", "pre", "script", "section", "style", "table", "tbody", "td", "textarea", "th", "thead", "tr", "ul",
})  # fmt: skip
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
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


def body(html: str) -> Element:
    """The tree of a document's body."""
    whole = tinyhtml5.parse(f"<!doctype html><body>{html}", namespace_html_elements=False)
    root: Element | None = whole.find("body")
    assert root is not None, "a document has a body"
    return root


def outline(root: Element) -> list[tuple[str, str]]:
    """The blocks of a document: the names of the elements that each piece of text stands in, and the text."""
    return list(_pieces(root, "", 1 if root.find(".//h1") is not None else 0))


def _pieces(element: Element, path: str, shift: int) -> Iterator[tuple[str, str]]:
    """The blocks in an element."""
    text = [element.text or ""]
    for child in element:
        if child.tag in BLOCKS:
            yield from _words(text, path)
            text = [child.tail or ""]
            name = str(child.tag)
            name = f"h{min(int(name[1]) + shift, 6)}" if name in HEADINGS else name
            yield f"{path}/{name}", ""
            yield from _pieces(child, f"{path}/{name}", shift)
        else:
            text.append("".join(child.itertext()) if str(child.tag).isalnum() else "")  # comments have no name
            text.append(child.tail or "")
    yield from _words(text, path)


def _words(pieces: list[str], path: str) -> Iterator[tuple[str, str]]:
    """A text, if there is one, as it is compared: with keyboard marks, white space reduced outside of code."""
    text = "".join(pieces).translate(PLAIN)
    words = text.strip("\n").expandtabs(4) if "/pre" in path else " ".join(text.split())
    if words:
        yield path or "/words", words


# --- how the product means to differ --------------------------------------------------------------


def _figures(root: Element) -> None:
    """A picture that is a paragraph of its own is a figure, and its title the caption."""
    for paragraph in root.iter("p"):
        if len(paragraph) == 1 and paragraph[0].tag == "img" and not "".join(paragraph.itertext()).strip():
            paragraph.tag = "figure"
            if title := paragraph[0].get("title"):
                caption = Element("figcaption")
                caption.text = title
                paragraph.append(caption)


def _paragraphs(root: Element) -> None:
    """Words outside of any block stand in a paragraph, because an XHTML document has no others."""
    whole: list[Element] = []
    text, root.text = root.text or "", None
    inline: Element | None = None

    def run() -> Element:
        nonlocal inline
        if inline is None:
            inline = Element("p")
            whole.append(inline)
        return inline

    if text.strip():
        run().text = text
    for child in list(root):
        tail, child.tail = child.tail or "", None
        if child.tag in BLOCKS:
            inline = None
            whole.append(child)
        elif str(child.tag).isalnum():
            run().append(child)
        if tail.strip():
            last = run()
            if len(last):
                last[-1].tail = tail
            else:
                last.text = (last.text or "") + tail
    root[:] = whole


def _allowed(root: Element) -> None:
    """Elements that no chapter may hold are left out, some with their content."""
    for parent in [*root.iter()]:
        for child in list(parent):
            if child.tag in WITH_CONTENT and child.tag not in TAGS:
                parent.remove(child)


def _empty(root: Element) -> None:
    """Headings and paragraphs without words are left out; headings are reported."""
    for parent in [*root.iter()]:
        for child in list(parent):
            if child.tag in (*HEADINGS, "p") and not "".join(child.itertext()).strip() and child.find(".//img") is None:
                parent.remove(child)


def _verse(root: Element) -> None:
    """Lines that all end in a backslash are verse."""
    for parent in [*root.iter()]:
        for at, child in enumerate(list(parent)):
            if child.tag == "p" and child.find("br") is not None:
                division = Element("div")
                division.append(child)
                parent[at] = division


PURPOSES: Mapping[str, Callable[[Element], None]] = {
    "pictures that stand alone are figures": _figures,
    "elements that are not allowed in chapters are left out": _allowed,
    "words outside of any block stand in a paragraph": _paragraphs,
    "headings and paragraphs without words are left out": _empty,
    "lines that all end in a backslash are verse": _verse,
}
"""The rules by which the product means to differ, each a change of what the specification expects."""


def purpose(example: Example, read_as: list[tuple[str, str]]) -> str:
    """The rules that explain why an example differs, as few as possible; empty if none do."""
    for count in range(1, len(PURPOSES) + 1):
        for names in combinations(PURPOSES, count):
            root = body(example.html)
            for name in names:
                PURPOSES[name](root)
            if outline(root) == read_as:
                return "; ".join(names)
    return ""


def read(text: str) -> str:
    """What the reader makes of a text in a book without sources."""
    names = handles(text, ())
    return serialise(parse(text, "chapters/example.md", "example", title="The title of the chapter", handles=names))


def main() -> None:
    """Count, and list what differs by its purpose."""
    found = list(examples(Path(sys.argv[1]).read_text("utf-8")))
    shown = {one.number: outline(body(read(one.text))) for one in found}
    differing = [one for one in found if shown[one.number] != outline(body(one.html))]
    kinds: dict[str, list[Example]] = {}
    for one in differing:
        kinds.setdefault(purpose(one, shown[one.number]) or "NOT MEANT", []).append(one)
    alike, meant = len(found) - len(differing), len(differing) - len(kinds.get("NOT MEANT", ()))
    print(f"{alike} of {len(found)} examples alike: {alike / len(found):.1%}")
    print(f"{meant} differ as they are meant to: {(alike + meant) / len(found):.1%} together")
    for kind, ones in sorted(kinds.items(), key=lambda kind: -len(kind[1])):
        print(f"{len(ones):3} {kind}: {', '.join(f'{one.number} ({one.section})' for one in ones)}")
    for one in differing if "-v" in sys.argv else ():
        print(f"\n--- {one.number} {one.section}\n{one.text}\n{shown[one.number]}\n{outline(body(one.html))}")


if __name__ == "__main__":
    main()
