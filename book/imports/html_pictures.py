"""Pictures of HTML pages: those that are there are kept, of others what they show is, with a question."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from lxml import html as lxml_html

from book.imports.addresses import embedded_picture, is_absolute, written_address

_BLANK = 100
"""Size in bytes below which an embedded picture is an empty one, as pages have where a script puts in another later."""
_LATER = ("data-src", "data-lazy-src", "data-original")
"""Attributes with the address of a picture that a script puts in when it is seen."""
_BLOCKS = frozenset({"body", "main", "article", "section", "div", "figure", "center"})
"""Elements in which the words of a picture are a paragraph."""


def keep_pictures(
    main: Any, resolve: Callable[[str], bytes | None], notices: list[tuple[int, str]]
) -> dict[str, bytes]:
    """The pictures of a page by their addresses; in the place of one that cannot be had stand its words and a question.

    Args:
        main: The page; addresses of embedded pictures are changed.
        resolve: The content of a picture by its address, or None.
        notices: Gets a line and a sentence for each that cannot be had.
    """
    pictures: dict[str, bytes] = {}
    for image in list(main.iter("img")):
        address = str(image.get("src") or "")
        embedded = embedded_picture(address)
        later = next((image.get(name) for name in _LATER if image.get(name)), None)
        if later and (not address or embedded):
            address, embedded = str(later), None
            image.set("src", address)
        if embedded and len(embedded[1]) >= _BLANK and not any("src" in name for name in set(image.keys()) - {"src"}):
            image.set("src", embedded[0])
            pictures[embedded[0]] = embedded[1]
        elif address and (data := resolve(address)) is not None:
            written = _SPECIAL.sub(lambda sign: quote(sign[0]), address)
            image.set("src", written)
            pictures[written] = data
        else:
            notices.append(
                (image.sourceline or 1, f"the picture {address[:100] or '(without an address)'} is not there")
            )
            _ask(image, address)
    return pictures


_SPECIAL = re.compile(r"[\s()<>]")
"""What ends an address in Markdown: it is written as a page writes it that keeps to the rules (RFC 3986)."""


def missing_picture(address: str, alt: str = "", caption: str = "") -> str:
    """The question about a picture that cannot be had; its description and its caption are in what is to be written.

    Args:
        address: Where it should be.
        alt: Its description in Markdown, where that stands nowhere else.
        caption: Likewise.
    """
    why = "is not there"
    if address.startswith("data:"):
        why = "cannot be read"
    elif is_absolute(address):
        why = "is on the web, and was not fetched"
    called = f"The picture {address[:100]}" if address else "A picture without an address"
    asked = f"{called} {why}. Where is it?"
    if not alt and not caption:
        return asked
    name = "" if address.startswith("data:") else PurePosixPath(address.partition("?")[0]).name
    written = picture(alt, f"images/{name or 'picture'}", caption)
    return f"{asked} Put it into chapters/images, and write here: {written}"


def _ask(image: Any, address: str) -> None:
    """Put a question about a picture in its place, in running text behind the words that stand for it.

    A picture of one pixel counts a page's readers; one in running text whose description is empty is decoration (HTML,
    4.8.4.4): both are left out.
    """
    alt = " ".join((image.get("alt") or "").split())
    place = image
    while place.getparent().tag not in _BLOCKS and _holds_nothing_else(place.getparent()):
        place = place.getparent()
    parent = place.getparent()
    alone = parent.tag in _BLOCKS and not (parent.tag in _RUNNING and _beside(place))
    empty = not alt and image.get("alt") is not None and not alone and image.getparent().text_content().strip()
    if empty or {image.get("width"), image.get("height")} & {"0", "1", "0px", "1px"}:
        image.drop_tree()
        return
    if alone:
        holder = lxml_html.Element("p", {"data-missing": address, "alt": alt})
    else:
        place, holder = image, lxml_html.Element("span", {"data-missing": address, "alt": alt})
        words = lxml_html.Element("span")
        if is_absolute(address) and address.startswith("http") and next(image.iterancestors("a"), None) is None:
            words = lxml_html.Element("a", {"href": address})
        words.text = alt
        holder.extend([words, lxml_html.Element("span", {"data-comment": missing_picture(address)})])
    holder.sourceline = image.sourceline
    holder.tail, place.tail = place.tail, None
    place.getparent().replace(place, holder)


_RUNNING = frozenset({"div", "center", "body"})
"""Elements that may hold running text without a paragraph."""


def _beside(place: Any) -> bool:
    """Whether words stand right before or behind an element, without a paragraph of their own."""
    previous = place.getprevious()
    before = (previous.tail if previous is not None else place.getparent().text) or ""
    return bool(before.strip() or (place.tail or "").strip())


def _holds_nothing_else(element: Any) -> bool:
    """Whether an element of running text holds one picture alone."""
    inline = element.tag in ("p", "a", "span", "picture", "b", "strong", "em", "i")
    return inline and len(list(islice(_shown(element), 2))) == 1 and not element.text_content().strip()


def shown(element: Any) -> list[Any]:
    """What a figure, or a paragraph of pictures, shows, in order: pictures, and the places of those not there."""
    return list(_shown(element))


def _shown(element: Any) -> Iterator[Any]:
    """The same, one after the other."""
    places = element.iter("img", "p", "span")
    return (one for one in places if one.tag == "img" or one.get("data-missing") is not None)


def picture(alt: str, address: str, caption: str) -> str:
    """A picture with its caption in Markdown; quotation marks inside the caption become curly ones where needed."""
    address = written_address(address)
    if not caption:
        return f"![{alt}]({address})"
    if '"' not in caption:
        return f'![{alt}]({address} "{caption}")'
    if "'" not in caption:
        return f"![{alt}]({address} '{caption}')"
    return f'![{alt}]({address} "{caption.replace(chr(34), chr(0x201D))}")'
