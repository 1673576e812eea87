"""Pictures: `![alt](file "caption")`. One that is a paragraph of its own becomes a figure.

`<figure id="…"><img src="chapters/images/x.jpg" alt="…"/><figcaption>…</figcaption></figure>`
"""

from __future__ import annotations

import posixpath
import re
from xml.etree.ElementTree import Element, SubElement

from lxml.etree import _Element
from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import (
    IMAGE_LINK_RE,
    ImageInlineProcessor,
    ImageReferenceInlineProcessor,
    ShortImageReferenceInlineProcessor,
)

from book.manuscript.draft import Draft, beside, plain_text, take
from book.manuscript.marks import MARK
from book.manuscript.placed import Labelled, OwnLabel, Placed
from book.model.manuscript import Picture

_PATTERN = f"{MARK}?{IMAGE_LINK_RE}"
_CAPTIONED = "captioned-image"
"""The class of what holds an image and its caption until it is known whether they become a figure."""
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


class _Captioned(Placed):
    """Images whose caption is a part whose markup is read."""

    TARGET = "src"

    def finished(self, element: Element) -> Element:
        """The image; if it has a caption, what holds both, to be read further."""
        title = element.attrib.pop("title", None)
        if not title:
            return element
        captioned = Element("span", {"class": _CAPTIONED})
        captioned.append(element)
        SubElement(captioned, "span").text = title
        return captioned


class Image(_Captioned, ImageInlineProcessor):  # type: ignore[misc]
    """`![alt](file "caption")`, with its place."""


class ImageReference(_Captioned, Labelled, ImageReferenceInlineProcessor):  # type: ignore[misc]
    """`![alt][label]`, likewise."""


class ShortImageReference(_Captioned, OwnLabel, ShortImageReferenceInlineProcessor):  # type: ignore[misc]
    """`![label]`, likewise."""


class FigureExtension(Extension):
    """Reads images before links and citations (Python-Markdown does it after), so that captions can hold these."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register the inline processors."""
        md.inlinePatterns.register(Image(_PATTERN, md), "image_link", 173)
        md.inlinePatterns.register(ImageReference(_PATTERN, md), "image_reference", 172)
        md.inlinePatterns.register(ShortImageReference(_PATTERN, md), "short_image_ref", 171)


def transform(draft: Draft) -> None:
    """Make figures of the images that stand alone, and note down every image."""
    for image in list(draft.root.iter("img")):
        written = take(image, "data-href") or image.get("src") or ""
        path = written if _SCHEME.match(written) else beside(draft.path, written)
        image.set("src", path)
        image.set("alt", image.get("alt") or "")
        draft.pictures.append(Picture(path, image.get("alt") or "", draft.at(image)))
        _place(draft, image)


def _place(draft: Draft, image: _Element) -> None:
    """Make a figure of an image that is a paragraph's only content; give any other its caption as a title."""
    whole = image.getparent()
    caption = image.getnext()
    if whole is None or whole.get("class", "").split()[:1] != [_CAPTIONED]:
        whole, caption = image, None
    else:
        _hand_on(whole, image)
    paragraph = whole.getparent()
    if paragraph is not None and paragraph.tag == "p" and _alone(paragraph, whole):
        _make_figure(draft, paragraph, image, caption)
    elif caption is not None:
        image.set("title", plain_text(caption))
        caption.drop_tree()  # type: ignore[attr-defined]
        whole.drop_tag()  # type: ignore[attr-defined]


def _hand_on(whole: _Element, image: _Element) -> None:
    """Give an image the attributes that `{…}` behind its caption gave to what holds both."""
    classes = whole.get("class", "").split()[1:]
    if classes:
        whole.set("class", " ".join(classes))
    else:
        del whole.attrib["class"]
    for name, value in whole.attrib.items():
        image.set(name, value)


def _make_figure(draft: Draft, paragraph: _Element, image: _Element, caption: _Element | None) -> None:
    """Turn a paragraph into a figure; id and classes of the image become the figure's."""
    paragraph.tag = "figure"
    for name in ("id", "class"):
        given = take(image, name)
        if given and paragraph.get(name) is None:
            paragraph.set(name, given)
    paragraph[:] = [image] if caption is None else [image, caption]
    paragraph.text = image.tail = None
    if caption is not None:
        caption.tag, caption.tail = "figcaption", None
    draft.name(paragraph, f"fig-{posixpath.splitext(posixpath.basename(image.get('src') or ''))[0]}")


def _alone(paragraph: _Element, whole: _Element) -> bool:
    """Whether a paragraph holds nothing but an image, with or without caption."""
    return len(paragraph) == 1 and not (paragraph.text or "").strip() and not (whole.tail or "").strip()
