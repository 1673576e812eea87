from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from book.pages.roles import Roles, numbering


def roles(html: str) -> tuple[Roles, ET.Element]:
    """The roles of a document, and the element in it with the id `x`."""
    root = ET.fromstring(f'<html lang="en"><body>{html}</body></html>')
    found = root.find(".//*[@id='x']")
    assert found is not None
    return Roles(root), found


@pytest.mark.parametrize(
    ("html", "types"),
    [
        ('<section id="x"/>', ("Sect",)),
        ('<section role="doc-index" id="x"/>', ("Index",)),
        ('<header id="x"/>', ()),
        ('<blockquote id="x"/>', ("BlockQuote",)),
        ('<p><em id="x"/></p>', ("Em",)),
        ('<p><cite id="x"/></p>', ()),
        ('<p><cite lang="fr" id="x"/></p>', ("Span",)),
        ('<p><span id="x"/></p>', ()),
        ('<p><abbr title="for example" id="x"/></p>', ("Span",)),
        ('<p><a href="https://example.org/" id="x"/></p>', ("Link",)),
        ('<p><a href="book:chapter#id" id="x"/></p>', ("Reference", "Link")),
        ('<nav><ol id="x"/></nav>', ("TOC",)),
        ('<nav><ol><li id="x"/></ol></nav>', ("TOCI",)),
        ('<ol id="x"/>', ("L",)),
        ('<dl><dt id="x"/></dl>', ("Lbl",)),
        ('<dl><dd id="x"/></dl>', ("LBody",)),
        ('<figure id="x"><img alt="a"/></figure>', ("Figure",)),
        ('<figure><img alt="a" id="x"/></figure>', ()),
        ('<figure id="x"><img alt="a"/><img alt="b"/></figure>', ("Div",)),
        ('<figure><img alt="a" id="x"/><img alt="b"/></figure>', ("Figure",)),
        ('<figure id="x"><table/></figure>', ("Div",)),
        ('<p><span class="footnote" id="x"/></p>', ("Note",)),
        ('<p><span class="footnote"><span data-tag="blockquote" id="x"/></span></p>', ("BlockQuote",)),
    ],
)
def test_an_element_has_the_types_that_the_standard_names(html: str, types: tuple[str, ...]) -> None:
    found, element = roles(html)
    assert found.types(element) == types


@pytest.mark.parametrize(
    ("html", "properties"),
    [
        ('<p lang="en" id="x"/>', {}),
        ('<p lang="fr" id="x"/>', {"Lang": "fr"}),
        ('<div lang="fr"><p lang="fr" id="x"/></div>', {}),
        ('<div lang="fr"><p lang="en" id="x"/></div>', {"Lang": "en"}),
        ('<img alt="A hill" id="x"/>', {"Alt": "A hill"}),
        ('<figure id="x"><img alt="A hill"/></figure>', {"Alt": "A hill"}),
        ('<figure id="x"><img alt="A hill"/><figcaption>Hill</figcaption></figure>', {}),
        ('<figure><img alt="A hill" id="x"/><figcaption>Hill</figcaption></figure>', {"Alt": "A hill"}),
        ('<abbr title="for example" id="x"/>', {"E": "for example"}),
        ('<span class="footnote" id="x"/>', {"ID": "x"}),
        (
            '<svg xmlns="http://www.w3.org/2000/svg" id="x"><title>Bars</title><desc>Two of them</desc></svg>',
            {"Alt": "Bars. Two of them"},
        ),
    ],
)
def test_an_element_says_what_its_reader_needs_to_know(html: str, properties: dict[str, str]) -> None:
    found, element = roles(html)
    assert found.properties(element) == properties


@pytest.mark.parametrize(
    ("html", "scope"),
    [
        ('<table><thead><tr><th id="x"/></tr></thead></table>', "Column"),
        ('<table><tbody><tr><th id="x"/><td/></tr></tbody></table>', "Row"),
        ('<table><tbody><tr><th id="x"/><th/></tr></tbody></table>', "Column"),
        ('<table><thead><tr><th scope="row" id="x"/></tr></thead></table>', "Row"),
        ('<table><tbody><tr><th scope="col" id="x"/><td/></tr></tbody></table>', "Column"),
        ('<table><tbody><tr><th scope="rowgroup" id="x"/><td/></tr></tbody></table>', "Row"),
    ],
)
def test_a_head_of_a_table_heads_what_it_says_or_what_it_stands_at(html: str, scope: str) -> None:
    found, element = roles(html)
    assert found.scope(element) == scope


@pytest.mark.parametrize(
    "html",
    [
        '<hr id="x"/>',
        '<img alt="" id="x"/>',
        '<img alt="a" role="presentation" id="x"/>',
        '<p aria-hidden="true" id="x"/>',
    ],
)
def test_decoration_is_hidden(html: str) -> None:
    found, element = roles(html)
    assert found.hidden(element)


def test_what_has_something_to_say_is_not_hidden() -> None:
    found, element = roles('<img alt="a" id="x"/>')
    assert not found.hidden(element)


def test_a_list_says_how_it_is_numbered() -> None:
    assert [numbering(style) for style in ("lower-roman", "disc", "none")] == ["LowerRoman", "Disc", "None"]
