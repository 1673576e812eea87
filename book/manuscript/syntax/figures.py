"""Pictures: `![alt](file "caption")`. One that is a paragraph of its own becomes a figure.

`<figure id="…"><img src="chapters/images/x.jpg" alt="…"/><figcaption>…</figcaption></figure>`

Where there is no title and the picture stands alone, `{alt="…"}` makes the brackets its caption; so does the setting
`captions = "brackets"`, as Pandoc reads them. `![](rule.png){.decorative}` is decoration, which is not read aloud.
"""

from __future__ import annotations

import posixpath
import re

from lxml.etree import _Element
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from book.manuscript.draft import Draft, beside, plain_text, take
from book.manuscript.syntax import brackets
from book.manuscript.syntax.attributes import BRACES, read
from book.manuscript.syntax.brackets import Pair, Target
from book.manuscript.tree import Tree
from book.model.manuscript import Picture
from book.problem import Problem, Span, note, warning

BRACKETS = "captions-in-brackets"
"""The parser option that makes the text in brackets an image's caption."""
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_SIZE = re.compile(r"(?:0|[1-9][0-9]{0,3})(?:\.[0-9]{1,3})?(?:%|px|pt|mm|cm|in|em|rem)")
_MARKUP = re.compile(r"[\\`*_\[\]<>&!^~$@\n]")
_LOST = frozenset({"citation", "call", "inline_note_open"})
_HINT = 'a title is a caption: ![alternative](file "caption"), and `[book] captions = "brackets"` reads Pandoc\'s way'


def rules(md: MarkdownIt) -> None:
    """Register the rule before links, so that captions can contain these."""
    md.inline.ruler.at("image", _image)


def _image(state: StateInline, silent: bool) -> bool:
    """Parse `![alt](file "caption"){attributes}`."""
    if not state.src.startswith("![", state.pos) or (pair := brackets.pair(state)) is None or pair.target is None:
        return False
    target, begin = pair.target, state.pos
    if target.end > state.posMax:
        return False
    braces = BRACES.match(state.src, target.end, state.posMax)
    given = read(braces[1]) if braces else None
    end = braces.end() if braces and given else target.end
    if not silent:
        alone = not state.src[:begin].strip() and not state.src[end:].strip()
        _push(state, pair, target, given or {}, alone=alone)
    state.pos = end
    return True


def _push(state: StateInline, pair: Pair, target: Target, given: dict[str, str], *, alone: bool) -> None:
    """Add the tokens of an image; with a caption, an opening and a closing one with the caption between."""
    written = state.src[pair.begin + 1 : pair.close]
    alt = next((given.pop(name) for name in ("alt", "fig-alt") if name in given), None)
    as_caption = alone and not target.title and (alt is not None or bool(state.md.options.get(BRACKETS)))
    captioned = alone and bool(target.title or (as_caption and written))
    words, lost = (alt, False) if alt is not None else _plain(state, written)
    title, title_lost = ("", False) if captioned else _plain(state, target.title)
    sizes = {name: given.pop(name) for name in ("width", "height") if _SIZE.fullmatch(given.get(name, ""))}
    token = state.push("image_open" if captioned else "image", "img", 1 if captioned else 0)
    token.meta = {
        "at": state.pos, "href": target.href, "alt": words, "title": title, "attributes": given, "sizes": sizes,
        "lost": (lost and not as_caption) or title_lost,
        "foreign": bool(given or sizes) or _MARKUP.search(written) is not None,
    }  # fmt: skip
    if captioned:
        _push_caption(state, target.title_at or ((pair.begin + 1, pair.close) if as_caption else None), target.title)
        state.push("image_close", "img", -1)


def _push_caption(state: StateInline, place: tuple[int, int] | None, title: str) -> None:
    """Add the tokens of a caption: from its place in the text, or for one that is defined elsewhere from its words."""
    begin, end = state.pos, state.posMax
    if place:
        state.pos, state.posMax = place
        state.md.inline.tokenize(state)
        state.posMax = end
        return
    inner: list[Token] = []
    state.md.inline.parse(title, state.md, state.env, inner)
    for one in inner:
        one.meta["at"] = begin
    state.tokens += inner
    state.tokens_meta += [None] * len(inner)


def _plain(state: StateInline, words: str) -> tuple[str, bool]:
    """A text without its markup, and whether it contains markup that only a caption can have."""
    if not _MARKUP.search(words):
        return words, False
    tokens: list[Token] = []
    state.md.inline.parse(words, state.md, dict(state.env), tokens)
    return _text(tokens), any(token.type in _LOST for token in tokens)


def _text(tokens: list[Token]) -> str:
    """The text of tokens, without markup."""
    parts: list[str] = []
    inside = 0
    for token in tokens:
        inside += token.nesting if token.type in ("inline_note_open", "inline_note_close") else 0
        if not inside:
            parts.append(token.meta.get("alt", " " if token.type in ("softbreak", "hardbreak") else token.content))
    return "".join(parts).strip()


def _open(tree: Tree, token: Token) -> None:
    """An image and a wrapper for it and its caption, until it is known whether they become a figure."""
    tree.mark(tree.start("span"), "captioned", None)
    _single(tree, token)
    tree.start("span")


def _close(tree: Tree, token: Token) -> None:  # noqa: ARG001
    """The end of a caption."""
    tree.end()
    tree.end()


def _single(tree: Tree, token: Token) -> None:
    """An image."""
    title = {"title": token.meta["title"]} if token.meta["title"] else {}
    element = tree.empty("img", token, {"alt": token.meta["alt"], **title})
    spot = tree.spot(token)
    at = tree.places.span(*(spot or (None,)))
    foreign = "yes" if token.meta["foreign"] else None
    tree.mark(element, "image", spot, href=token.meta["href"], foreign=foreign, **token.meta["sizes"])
    if token.meta["title"]:
        tree.report(_unprinted(at))
    if token.meta["lost"]:
        message = "a citation or a note is lost in the text alternative of an image"
        tree.report(warning("markup-in-alt", message, at, _HINT))


ELEMENTS = {"image": _single, "image_open": _open, "image_close": _close}


def _unprinted(at: Span) -> Problem:
    """The problem of a caption that no page shows, because its picture is part of a line."""
    message = "the caption of a picture that does not stand alone is printed nowhere"
    hint = "put the picture on a line of its own, with an empty line before and behind it, or delete the caption"
    return warning("unread-caption", message, at, hint)


def transform(draft: Draft) -> None:
    """Make figures of images that are alone in a paragraph, and add every image to the draft."""
    for image, mark in draft.marked("image"):
        written = mark.values["href"]
        path = written if _SCHEME.match(written) else beside(draft.path, written)
        image.set("src", path)
        image.set("alt", image.get("alt") or "")
        sizes = [f"{name}: {mark.values[name]}" for name in ("width", "height") if name in mark.values]
        if sizes:
            image.set("style", "; ".join(sizes))
        decorative = not image.get("alt") and "decorative" in (image.get("class") or "").split()
        if decorative:
            image.set("role", "presentation")
        draft.pictures.append(Picture(path, image.get("alt") or "", draft.at(image), decorative))
        _place(draft, image, foreign="foreign" in mark.values)
    for figure in draft.root.iter("figure"):  # those of raw HTML too: lists of figures lead to them
        draft.name(figure, f"fig-{draft.digest(figure)}")


def _place(draft: Draft, image: _Element, *, foreign: bool) -> None:
    """Make a figure of an image that is alone in a paragraph; give any other its caption as a title.

    `foreign` is an image that looks as if it had been written for Pandoc, where the brackets are a caption.
    """
    whole = image.getparent()
    caption = image.getnext()
    if whole is None or draft.kind(whole) != "captioned":
        whole, caption = image, None
    paragraph = whole.getparent()
    if paragraph is not None and paragraph.tag == "p" and _alone(paragraph, whole):
        if caption is None and foreign and image.get("alt"):
            message = "this figure has no caption: the words in its brackets are its text alternative"
            draft.problems.append(note("no-caption", message, draft.at(image), _HINT))
        _make_figure(draft, paragraph, image, caption)
    elif caption is not None:
        if draft.marked("citation", "call", inside=caption):
            message = "a citation or a note is lost in the title of an image that does not stand alone"
            hint = "put it on a line of its own, with an empty line before and behind it"
            draft.problems.append(warning("markup-in-alt", message, draft.at(image), hint))
        else:
            draft.problems.append(_unprinted(draft.at(image)))
        image.set("title", plain_text(caption))
        caption.drop_tree()  # type: ignore[attr-defined]
        whole.drop_tag()  # type: ignore[attr-defined]


def _make_figure(draft: Draft, paragraph: _Element, image: _Element, caption: _Element | None) -> None:
    """Turn a paragraph into a figure, which gets the image's id and classes."""
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
    """Whether a paragraph contains nothing but an image, with or without caption."""
    return len(paragraph) == 1 and not (paragraph.text or "").strip() and not (whole.tail or "").strip()
