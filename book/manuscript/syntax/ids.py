"""Ids that authors wrote: made valid in XML, and unique."""

from __future__ import annotations

from lxml import etree

from book.manuscript.draft import Draft, xml_id
from book.problem import error


def transform(draft: Draft) -> None:
    """Normalise ids, and remove repeated ones and empty paragraphs."""
    for element in list(draft.root.iter(etree.Element)):
        given = element.get("id")
        if given is not None:
            _check(draft, element, given)
        if element.tag == "p" and not len(element) and not (element.text or "").strip():
            element.drop_tree()  # type: ignore[attr-defined]


def _check(draft: Draft, element: etree._Element, given: str) -> None:
    """Keep an id, or report it."""
    name = xml_id(given)
    if name in draft.ids:
        del element.attrib["id"]
        message = f'the id "{given}" stands here a second time'
        draft.problems.append(error("duplicate-id", message, draft.at(element)))
        return
    element.set("id", name)
    draft.ids.add(name)
