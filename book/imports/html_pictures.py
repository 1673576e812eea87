"""Pictures of HTML pages: those that are there are kept, of others what they show is, with a question."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from lxml import html as lxml_html

from book.imports.addresses import embedded_picture, is_absolute, written_address

_BLANK = 100
"""Size in bytes below which an embedded picture is an empty one, as pages have where a script puts in another later."""
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


def missing_picture(address: str) -> str:
    """The question about a picture that cannot be had."""
    why = "is not there"
    if address.startswith("data:"):
        why = "cannot be read"
    elif is_absolute(address):
        why = "is on the web, and was not fetched"
    return f"The picture {address[:100]} {why}. Where is it?"


def _ask(image: Any, address: str) -> None:
    """Put the words of a picture, and a comment that asks for it, in its place; one without meaning is left out.

    One that says nothing about what it shows is decoration (HTML, 4.8.4.4).
    """
    alt = " ".join((image.get("alt") or "").split())
    if not alt:
        image.drop_tree()
        return
    parent = image.getparent()
    words = lxml_html.Element("span")
    if is_absolute(address) and address.startswith("http") and next(image.iterancestors("a"), None) is None:
        words = lxml_html.Element("a", {"href": address})
    words.text = alt
    holder = lxml_html.Element("p" if parent.tag in _BLOCKS else "span", {"data-missing": ""})
    holder.extend([words, lxml_html.Element("span", {"data-comment": missing_picture(address)})])
    holder.tail, image.tail = image.tail, None
    parent.replace(image, holder)


def shown(figure: Any) -> list[Any]:
    """What a figure shows, in order: pictures, and the words of those that are not there."""
    return [one for one in figure.iter("img", "p") if one.tag == "img" or one.get("data-missing") is not None]


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
