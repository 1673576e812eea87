"""Writes the numbers by which readers point at quotations, and at the paragraphs of a handout, into a chapter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from book.dates.digits import in_digits, numbering

_NAMED = frozenset({"backlink", "footnote", "noteref"})
"""Classes of elements whose accessible name has such a number in it."""
_NUMBERS = frozenset({"noteref", "note-number", "quotation-number", "paragraph-number"})
"""Classes of elements whose text is a number of ours."""
_LABELLED = frozenset({"lower-alpha", "upper-alpha", "lower-roman", "upper-roman", "paren", "parens", "notes"})
"""Classes of lists that have labels of another form."""
_CONTAINERS = frozenset({"div", "section"})
"""Elements that only group the text of a chapter."""
_NO_RUNNING_TEXT = frozenset({"dedication", "epigraph", "math", "quotation", "verse"})
"""Classes of those that hold something else than running text."""
_NO_PARAGRAPH = frozenset({"attribution", "continued"})
"""Classes of what is no paragraph of its own: who said something, and the rest of one that a quotation interrupts."""


def write_digits(root: etree._Element, language: str) -> None:
    """Write the numbers of notes, quotations, paragraphs and lists in the digits of a language (a BCP 47 tag)."""
    system = numbering(language)
    if system == "latn":
        return
    for element in root.iter(etree.Element):
        classes = set((element.get("class") or "").split())
        if classes & _NUMBERS and element.text:
            element.text = in_digits(element.text, language)
        for name in ("data-number", *(("aria-label",) if classes & _NAMED else ())):
            if written := element.get(name):
                element.set(name, in_digits(written, language))
        if element.tag == "ol" and not classes & _LABELLED:
            element.set("class", f"{element.get('class', '')} {system}".strip())


def number_quotations(root: etree._Element, slug: str, numbers: Mapping[str, str], *, in_margin: bool) -> None:
    """Write the number of each quotation: in the margin, after its attribution, or if it has none at its end.

    Args:
        root: The body of a chapter.
        slug: The chapter's slug.
        numbers: The numbers by the anchors of quotations.
        in_margin: Whether they stand in the margin.
    """
    for whole in list(root.iter("div", "blockquote")):
        number = numbers.get(f"{slug}#{whole.get('id')}")
        if number is None:
            continue
        mark = etree.Element("span", {"class": "quotation-number"})
        mark.text = number
        attribution = whole.find("p[@class='attribution']")
        if in_margin:
            mark.tag = "div"
            mark.set("data-tag", "p")
            whole.set("class", f"{whole.get('class', '')} numbered".strip())
            whole.insert(0, mark)
        elif attribution is not None:
            last = attribution[-1] if len(attribution) else None
            if last is None:
                attribution.text = f"{(attribution.text or '').rstrip()} "
            else:
                last.tail = f"{(last.tail or '').rstrip()} "
            mark.text = f"[{number}]"
            attribution.append(mark)
        else:
            mark.text = f"[{number}]"
            etree.SubElement(whole, "p", {"class": "attribution"}).append(mark)


def number_paragraphs(root: etree._Element) -> None:
    """Write the number of each paragraph of running text at its beginning, 1 for the first one.

    Paragraphs in quotations, lists, tables, notes and what stands beside the text are not counted.

    Args:
        root: The body of a chapter, in which notes still stand in their section.
    """
    for number, paragraph in enumerate(list(_running(root)), start=1):
        mark = etree.Element("span", {"class": "paragraph-number"})
        etree.SubElement(mark, "span").text = str(number)  # a smaller one, on the line of the text
        mark.tail, paragraph.text = paragraph.text, None
        paragraph.insert(0, mark)


def _running(parent: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs of running text in an element, in order."""
    for child in parent.iterchildren("p", *_CONTAINERS):
        classes = set((child.get("class") or "").split())
        if child.tag == "p":
            if not classes & _NO_PARAGRAPH:
                yield child
        elif child.get("data-notes") is None and not classes & _NO_RUNNING_TEXT:
            yield from _running(child)
