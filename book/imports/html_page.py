"""Prepares an HTML page for reading: its encoding, its main part, what a web site puts around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from book.imports.formulas import keep_scripts
from book.project.text_file import html_encoding

_FURNITURE = ("nav", "header", "footer", "form", "button", "menu", "dialog")
_LANDMARKS = ("navigation", "banner", "contentinfo", "search")
"""Roles of the same meaning (WAI-ARIA, 5.3.4)."""
_UNSEEN = ("script", "style", "template", "noscript", "iframe", "svg", "object", "embed", "video", "audio", "canvas")
_CLASSES = frozenset({
    "ad", "ads", "advert", "advertisement", "banner", "breadcrumb", "breadcrumbs", "comment", "comments", "consent",
    "cookie", "cookies", "disqus", "editsection", "menu", "modal", "nav", "navbar", "navbox", "navigation",
    "newsletter", "pager", "pagination",
    "paywall", "popup", "promo", "pullquote", "recommended", "related", "share", "sharing", "sidebar", "skip", "social",
    "sponsored", "subscribe", "toc", "toolbar", "widget",
})  # fmt: skip
"""Words in classes of elements, and whole ids, that belong to a web site, not to its article; in class `pullquote` it
is the article's own words once more."""
_PARTS = frozenset({
    "area", "bar", "block", "box", "buttons", "container", "icons", "links", "list", "main", "posts", "section", "site",
    "thread", "top", "wrapper",
})  # fmt: skip
"""Words that stand beside those in ids; what else stands there is the heading of a section (`social-history`)."""
_STEMS = ("share", "social", "related", "recommend", "newsletter", "breadcrumb", "cookie", "advert")
"""What such a word may begin with (`sharedaddy`, `relatedposts`)."""
_HOLDERS = ("div", "section", "ul", "ol", "p", "span", "a", "table", "aside")
"""Elements that are furniture if their class or id says so."""
_BYLINE = frozenset({"author", "byline", "dateline"})
"""Words in classes of an article's line about its author."""
_MOST = 0.5
"""Share of a page's text above which an element is no furniture, whatever its class."""


def parse_page(data: bytes | str) -> Any:
    """The tree of a page without what is never displayed.

    The encoding of bytes is UTF-8 or, where the page is none, the one that it declares, or Windows' Western encoding
    (WHATWG, Encoding, 4.2: "iso-8859-1" is a label of windows-1252).
    """
    if isinstance(data, str):
        parser, data = lxml_html.HTMLParser(encoding="utf-8"), data.encode("utf-8", errors="replace")
    else:
        parser = lxml_html.HTMLParser(encoding=html_encoding(data))
    try:
        root = lxml_html.document_fromstring(data, parser=parser)
    except etree.ParserError:  # nothing but comments, or nothing at all
        root = lxml_html.document_fromstring("<html><body></body></html>")
    keep_scripts(root)
    etree.strip_elements(root, *_UNSEEN, with_tail=False)
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    return root


def main_part(root: Any) -> Any:
    """The part of a page that holds its text: `main`, else the body; in it the `article` with most of the words."""
    main = next((found for query in (".//main", ".//*[@role='main']") if (found := root.find(query)) is not None), None)
    body = root.find("body")
    whole = main if main is not None else body if body is not None else root
    articles = whole.findall(".//article")
    if len(articles) == 1 and main is None:
        return articles[0]
    best = max(articles, key=_words, default=None)
    return best if best is not None and _words(best) > _MOST * _words(whole) else whole


def left_outside(main: Any) -> Iterator[tuple[int, str]]:
    """Say what stands outside the main part of a page, each part and each loose text with its line."""
    for holder in main.iterancestors():
        if holder.tag == "html":
            continue
        inside = next(one for one in (main, *main.iterancestors()) if one.getparent() is holder)
        yield from _loose(holder, holder.text)
        for element in holder.iterchildren():
            words = " ".join(element.text_content().split())
            if element is not inside and words:
                yield element.sourceline or 1, f"left out <{_named(element)}>: {words[:120]}"
            yield from _loose(element, element.tail)


def _loose(element: Any, text: str | None) -> Iterator[tuple[int, str]]:
    """Say that a text is left out which stands in no element of its own, with the line of the one before it."""
    if words := " ".join((text or "").split()):
        yield element.sourceline or 1, f"left out: {words[:120]}"


def _words(element: Any) -> int:
    """The number of words of an element that are no links."""
    linked = sum(len(link.text_content().split()) for link in element.iter("a"))
    return max(0, len(element.text_content().split()) - linked)


def drop_furniture(main: Any) -> Iterator[tuple[int, str]]:
    """Remove navigation, forms, share buttons and the like, and say which, each with its line.

    What holds the main heading, a note, or most of the page's text stays.
    """
    whole = len(main.text_content()) or 1
    for element in list(main.iter()):
        if element is main or not isinstance(element.tag, str) or not is_furniture(element):
            continue
        most = len(element.text_content()) > _MOST * whole and not _holds_comments(element)
        if element.find(".//h1") is not None or most or _holds_notes(element) or _is_head(element):
            continue
        if not _is_discussion(element) and _is_text(element, whole):
            continue
        if element.tag == "footer" and next(element.iterancestors("blockquote", "figure"), None) is not None:
            continue  # the attribution of a quotation
        words = " ".join(element.text_content().split())
        if words:
            yield element.sourceline or 1, f"left out <{_named(element)}>: {words[:120]}"
        element.drop_tree()


def _named(element: Any) -> str:
    """What a notice calls an element: by what is said of it where its name says nothing."""
    if element.tag in _FURNITURE:
        return str(element.tag)
    name, anchor = element.get("class"), element.get("id")
    return f".{name}" if name else f"#{anchor}" if anchor else str(element.tag)


def _is_head(element: Any) -> bool:
    """Whether an element is the `header` of a section of the text: its first heading stands in it."""
    inside = element.tag == "header" and element.getparent().tag in ("section", "article", "main")
    headings = [
        one for one in element.iter("h2", "h3", "h4", "h5", "h6") if next(one.iterancestors("nav"), None) is None
    ]
    return inside and len(headings) == 1 and _words(element) > 0


def is_furniture(element: Any) -> bool:
    """Whether an element belongs to the web site by its name, its class or its id."""
    if element.tag in ("html", "body", "main", "article"):
        return False
    if element.tag in _FURNITURE or element.get("role") in _LANDMARKS:
        return True
    if _is_unseen(element):
        return True
    if element.tag not in _HOLDERS:
        return False
    classes = re.split(r"[\s_-]+", (element.get("class") or "").lower())
    if not _CLASSES.isdisjoint(classes):
        return True
    of_id = re.split(r"[\s_-]+", (element.get("id") or "").lower())
    others = {name for name in of_id if not _is_word(name)}
    if any(map(_is_word, classes)) or (any(map(_is_word, of_id)) and others <= _PARTS):
        return not (_is_prose(element) and next(element.iter(*_HEADINGS), None) is not None)
    return any(map(_is_word, of_id)) and not _is_prose(element)


def _is_word(name: str) -> bool:
    """Whether a word of a class or an id is one of furniture, or begins as such words do."""
    return name in _CLASSES or name.startswith(_STEMS)


_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def _is_prose(element: Any) -> bool:
    """Whether an element has sentences, few of its words are links, none of its headings is, and nothing is asked."""
    if any(one.find(".//a[@href]") is not None for one in element.iter(*_HEADINGS)):
        return False
    if _is_discussion(element) or next(element.iter("form", "button", "input"), None) is not None:
        return False
    text = " ".join(element.text_content().split())
    unlinked = _words(element)
    return (
        unlinked >= _SENTENCES
        and unlinked > (1 - _LINKED) * len(text.split())
        and bool(re.search(r"\w[.!?](?:\s|$)", text))
    )


def _is_unseen(element: Any) -> bool:
    """Whether an element is not displayed by its own attributes."""
    style = re.sub(r"\s", "", element.get("style") or "").lower()
    return element.get("hidden") is not None or "display:none" in style or "visibility:hidden" in style


def _is_discussion(element: Any) -> bool:
    """Whether an element holds what readers wrote, which is text, but not the article's."""
    named = re.split(r"[\s_-]+", f"{element.get('class', '')} {element.get('id', '')}".lower())
    return not {"comment", "comments", "disqus", "replies"}.isdisjoint(named) or _is_unseen(element)


def _holds_comments(element: Any) -> bool:
    """Whether an element is the list of what readers wrote, by a class or an id that means nothing else."""
    names = {*(element.get("class") or "").lower().split(), (element.get("id") or "").lower()}
    return not _COMMENTS.isdisjoint(names) and element.find(".//article") is None


_COMMENTS = frozenset({
    "comments", "comments-area", "comments-section", "comments-list", "comment-list", "commentlist", "comment-section",
    "disqus_thread", "respond",
})  # fmt: skip


def _is_text(element: Any, whole: int) -> bool:
    """Whether an element is running text, whatever its class: many words, few of them links, a good part of all."""
    words = _words(element)
    whole_text = len(element.text_content())
    return (
        words >= _TEXT and whole_text >= _PART * whole and words > (1 - _LINKED) * len(element.text_content().split())
    )


_SENTENCES = 12
"""Minimum number of words without links in prose."""
_TEXT, _PART, _LINKED = 60, 0.2, 0.33
"""Minimum number of words without links, and share of the characters, of running text; maximum share of links."""


def _holds_notes(element: Any) -> bool:
    """Whether an element holds the texts of notes, which e-books put into `aside`."""
    if element.find(".//*[@data-note-text]") is not None:
        return True
    marks = " ".join(
        value for one in element.iter() for name in ("class", "role", "epub:type") if (value := one.get(name))
    )
    return bool(re.search(r"foot-?notes?|end-?notes?|rear-?notes?", marks, re.IGNORECASE))


def is_byline(element: Any) -> bool:
    """Whether an element is the line about an article's author."""
    named = re.split(r"[\s_-]+", (element.get("class") or "").lower())
    around = (element.get("class") or "") + " ".join(one.get("class") or "" for one in element.iterancestors())
    if element.tag not in ("p", "div", "span", "address") or re.search("quot|cite|testimonial", around, re.IGNORECASE):
        return False
    return bool(_BYLINE.intersection(named)) and len(element.text_content()) < 200


def mark_attributions(main: Any) -> None:
    """Begin what says where a quotation is from with a dash, as a line of its own, as texts without markup do."""
    for quotation in list(main.iter("blockquote")):
        for element in (*_cited_inside(quotation), *_cited_below(quotation)):
            words = element.text_content().strip()
            if words and words[0] not in "\u2014\u2013\u2015-":
                element.text = f"\u2014 {(element.text or '').lstrip()}"


def _cited_inside(quotation: Any) -> Iterator[Any]:
    """The `footer` of a quotation, or the `cite` that it ends with."""
    for element in quotation.iter("footer", "cite"):
        last = not (element.tail or "").strip() and element.getnext() is None
        if element.tag == "cite" and element.getparent().tag == "footer":
            continue
        if last:
            if element.tag == "cite" and _before(element):
                element.addprevious(etree.Element("br"))
            yield element
    end = quotation[-1] if len(quotation) > 1 else None
    if (
        end is not None
        and end.tag in ("p", "div", "span")
        and end.find(".//cite") is None
        and _NAMES_SOURCE & {*re.split(r"[\s_-]+", (end.get("class") or "").lower())}
    ):
        yield end


_NAMES_SOURCE = frozenset({"source", "attribution", "cite", "citation", "author", "credit", "byline", "speaker", "by"})
"""Words in the class of the line at the end of a quotation that says whose words they are."""


def _before(element: Any) -> str:
    """The text that stands before an element in its parent."""
    parent, previous = element.getparent(), element.getprevious()
    return (previous.tail if previous is not None else parent.text) or ""


def _cited_below(quotation: Any) -> Iterator[Any]:
    """The caption of a figure that holds a quotation, or a paragraph below it that is all `cite`."""
    figure = quotation.getparent()
    if figure is not None and figure.tag == "figure":
        yield from figure.iter("figcaption")
    following = quotation.getnext()
    if following is not None and following.tag in ("p", "div", "cite"):
        words = following.text_content().strip()
        cite = following if following.tag == "cite" else following.find(".//cite")
        if cite is not None and cite.text_content().strip() == words:
            yield following
