"""Drawings are cleaned by an allow-list, and bounded."""

from __future__ import annotations

import pytest
from lxml import etree

from book.project.drawings import MOST_ELEMENTS, SVG, DrawingError, clean_drawing

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="  # one black pixel
)
XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'


def svg(content: str, attributes: str = "") -> bytes:
    return f'<svg xmlns="{SVG}" {XLINK} viewBox="0 0 9 9" {attributes}>{content}</svg>'.encode()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ("<script xlink:href='data:text/javascript,alert(1)'/>", "<script>"),
        ("<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>Hi</p></foreignObject>", "<foreignObject>"),
        ("<p xmlns='http://www.w3.org/1999/xhtml'>Hi</p>", "<p>"),
        ("<circle r='1' onclick='alert(1)'/>", "onclick"),
        ("<circle r='1' OnClick='alert(1)'/>", "OnClick"),
        ("<a xlink:href='javascript:alert(1)'><circle r='1'/></a>", 'href="javascript:alert(1)"'),
        ("<a href=' java&#10;script:alert(1)'><circle r='1'/></a>", 'href="java script:alert(1)"'),
        ("<a href='data:text/html,x'><circle r='1'/></a>", 'href="data:text/html,x"'),
        ("<image href='photo.jpg'/>", 'href="photo.jpg"'),
        ("<image href='file:///etc/passwd'/>", 'href="file:///etc/passwd"'),
        ("<image xlink:href='//example.org/x.png'/>", 'href="//example.org/x.png"'),
        ("<image href='data:image/svg+xml,x'/>", 'href="data:image/svg+xml,x"'),
        ("<use href='other.svg#x'/>", 'href="other.svg#x"'),
        ("<animate attributeName='href' values='javascript:alert(1)'/>", "<animate>"),
        ("<set attributeName='onclick' to='alert(1)'/>", "<set>"),
        ("<handler>alert(1)</handler>", "<handler>"),
        ("<rect style='fill:url(http://example.org/a#b)'/>", 'style="fill:url(http://example.org/a#b)"'),
        ("<rect fill='url(other.svg#b)'/>", 'fill="url(other.svg#b)"'),
        (r"<rect fill='\75rl(other.svg#b)'/>", r'fill="\75rl(other.svg#b)"'),
        ("<g xml:base='http://example.org/'/>", "xml:base"),
        ("<style>@import 'http://example.org/a.css'; rect{fill:red}</style>", "@import"),
        ('<style>rect{fill:url("http://example.org/#a")}</style>', "url(http://example.org/#a)"),
        ("<style>@font-face{src:url(http://example.org/a.woff)}</style>", "url(http://example.org/a.woff)"),
        ("<?xml-stylesheet href='a.css'?><rect/>", "<?xml-stylesheet?>"),
        ("<use href='#nowhere'/>", 'href="#nowhere"'),
        ("<style>rect{fill:red}}} @import 'other.svg';</style>", "CSS that is not valid"),
        ("<style>@media all{@import url(http://example.org/a);rect{fill:red}}</style>", "CSS that is not valid"),
        ("<style>rect{fill:red;;:;a}</style>", "CSS that is not valid"),
        ("<filter id='f'><feGaussianBlur stdDeviation='1e9'/></filter>", 'stdDeviation="1e9"'),
        ("<style>rect{background:image-set(var(--x) 1x);--x:red}</style>", "CSS that is not valid"),
        ("<rect style='background:src(var(--x))'/>", 'style="background:src(var(--x))"'),
        ("<style>rect{background:cross-fade('other.svg', red)}</style>", "url(other.svg)"),
        ("<text font-size='1e9'>t</text>", 'font-size="1e9"'),
        ("<text style='font: bold 1e9px serif'>t</text>", 'style="font: bold 1e9px serif"'),
        ("<style>text{font-size:1e9px}</style>", "CSS that is not valid"),
        ("<symbol viewBox='0 0 9px 9px'/>", 'viewBox="0 0 9px 9px"'),
        ("<symbol viewBox='0 0 9'/>", 'viewBox="0 0 9"'),
        ("<svg width='px' height='inf'/>", 'width="px"'),
        ("<svg width='9' height='inf'/>", 'height="inf"'),
    ],
)  # fmt: skip
def test_what_runs_or_leads_out_is_left_out_and_told(content: str, told: str) -> None:
    cleaned = clean_drawing(svg(f"before{content}after<rect id='kept' width='1'/>"))
    assert told in cleaned.left_out
    text = cleaned.data.decode()
    for word in ("alert", "example.org", "photo.jpg", "passwd", "other.svg", "1e9", "data:", "xhtml"):
        assert word not in text
    assert "kept" in text
    assert "before" in text
    assert "after" in text
    assert clean_drawing(cleaned.data).left_out == ()


def test_links_of_a_drawing_keep_no_word_on_what_they_do_by_themselves() -> None:
    cleaned = clean_drawing(svg("<a xlink:href='#r' xlink:actuate='onLoad' xlink:show='embed'><rect id='r'/></a>"))
    assert cleaned.left_out == ()
    assert b"onLoad" not in cleaned.data
    assert b"#r" in cleaned.data


@pytest.mark.parametrize(
    "content",
    [
        f"<style>{'g ' * 30}{{fill:red}}</style>{'<g>' * 150}<rect/>{'</g>' * 150}",
        f"<style>rect ~ rect ~ rect{{fill:red}}</style>{'<rect/>' * 1000}",
        f"<style>rect:nth-of-type(2){{fill:red}}</style>{'<rect/>' * 10000}",
        f"<style>svg:has(rect:has(~ rect)){{fill:red}}</style>{'<rect/>' * 1000}",
        f"<style>{'rect>' * 500}rect{{fill:red}}</style><rect/>",
        f"<style>{'g:not(g g g g g) {fill:red}' * 9}</style>{'<g>' * 99}{'</g>' * 99}",
    ],
)
def test_selectors_that_would_take_too_long_are_refused(content: str) -> None:
    with pytest.raises(DrawingError, match="too long"):
        clean_drawing(svg(content))


def test_stylesheets_of_drawing_programs_are_not() -> None:
    rules = "".join(f"#m1 .node{n} > g .label rect, .a{n}, #m1 g.edge{n} path{{fill:red}}" for n in range(40))
    groups = "<g><g><g><g class='node1'><rect/></g></g></g></g>" * 500
    data = svg(f"<style>{rules}</style>{groups}")
    assert clean_drawing(data).data == data


@pytest.mark.parametrize("address", ["", "href='http://example.org/a.png'", "href=''", "xlink:href='b.png'"])
def test_an_image_that_shows_nothing_is_left_out_whole_and_what_is_around_it_kept(address: str) -> None:
    """The layout engine would say that it failed to load an image at None."""
    root = etree.fromstring(clean_drawing(svg(f"<g><rect/><image {address} width='9'/><circle r='1'/></g>")).data)
    assert [etree.QName(element).localname for element in root.iter()] == ["svg", "g", "rect", "circle"]


def test_a_stylesheet_before_the_root_is_left_out() -> None:
    cleaned = clean_drawing(b"<?xml-stylesheet href='http://example.org/a.css'?>" + svg("<rect/>"))
    assert cleaned.left_out == ("<?xml-stylesheet?>",)
    assert b"xml-stylesheet" not in cleaned.data


def test_a_static_drawing_is_kept_byte_for_byte() -> None:
    data = svg(
        "<title>T</title><defs><linearGradient id='g'><stop offset='0' stop-color='red'/></linearGradient></defs>"
        "<style>.a{fill:url(#g)}</style><text class='a' x='1' font-family='Source Serif'>One <tspan dy='1'>t</tspan>wo"
        "</text><use href='#u'/><g id='u' fill='url(#g)' style='stroke:url(#g)' aria-label='x' data-name='y'/>"
        f"<image href='data:image/png;base64,{PIXEL}'/><a href='https://example.org/'><rect width='1'/></a>",
        "xml:lang='de' role='img'",
    )
    assert clean_drawing(data).data == data


def test_a_comment_without_an_end_takes_no_rule_behind_it_out_of_the_stylesheet() -> None:
    assert b"*" not in clean_drawing(svg("<style>rect{fill:red}/* never closed</style><rect/>")).data


@pytest.mark.parametrize("content", ["AAAA", "=", PIXEL[:40]])
def test_a_picture_inside_a_drawing_is_decoded(content: str) -> None:
    with pytest.raises(DrawingError, match="a picture in it"):
        clean_drawing(svg(f"<image href='data:image/png;base64,{content}'/>"))


def test_what_drawing_programs_note_for_themselves_is_taken_away_without_a_word() -> None:
    ink = 'xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" inkscape:version="1"'
    cleaned = clean_drawing(svg("<inkscape:grid/><metadata>who</metadata><rect inkscape:label='a' width='1'/>", ink))
    assert cleaned.left_out == ()
    assert [etree.QName(one).localname for one in etree.fromstring(cleaned.data)] == ["rect"]
    assert b"label" not in cleaned.data


def test_entities_of_the_file_are_replaced_and_its_doctype_goes() -> None:
    data = b'<!DOCTYPE svg [<!ENTITY red "#f00">]>' + svg("<rect fill='&red;'/><text>&red;</text>")
    cleaned = clean_drawing(data).data
    assert b"DOCTYPE" not in cleaned
    assert cleaned.count(b"#f00") == 2


def _uses(number: int) -> str:
    return f"<use href='#a{number}'/>" * 10


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"<html><body/></html>", "it is HTML"),
        (b"<!DOCTYPE html><p>x<br></p>", "it is HTML"),
        (b'<html xmlns="http://www.w3.org/1999/xhtml"/>', "it is HTML"),
        (b"<svg><rect/></svg>", "lacks xmlns"),
        (b"<svg", "not well-formed"),
        (b"", "not well-formed"),
        (b"\xff\xfe\x00", "not well-formed"),
        (b"<kml/>", "root element is kml"),
        (b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + svg("<text>&a;</text>"), "not well-formed"),
        (
            b'<!DOCTYPE svg [<!ENTITY a "' + b"x" * 1000 + b'">'
            + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 20) for n in range(8))
            + b"]>" + svg("<text>&i;</text>"),
            "not well-formed",
        ),
        (svg("<g id='a'><use href='#a'/></g>"), "repeats contains"),
        (svg("<g>" * 5000 + "</g>" * 5000), "not well-formed|nested"),
        (
            svg("<g id='a0'><rect/></g>" + "".join(f"<g id='a{n}'>{_uses(n - 1)}</g>" for n in range(1, 30))),
            f"more than {MOST_ELEMENTS}",
        ),
        (
            svg("<filter id='f'>" + "<feOffset/>" * 100 + "</filter>" + "<rect filter='url(#f)'/>" * 100),
            f"more than {MOST_ELEMENTS}",
        ),
    ],
)  # fmt: skip
def test_what_is_no_drawing_or_never_ends_is_refused_with_a_reason(data: bytes, why: str) -> None:
    with pytest.raises(DrawingError, match=why):
        clean_drawing(data)
