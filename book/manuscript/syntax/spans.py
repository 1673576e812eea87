"""Bracketed spans: `[words]{.class #id key=value}`; those of class `index` are terms of the subject index.

`[poverty line]{.index}` becomes `<span class="index" id="…" data-term="poverty line">`. Attributes say more:
`term="…"` names the entry where the words do not, `sub="…"` a subentry; `see="…"` makes the entry refer on to
another, and `seealso="one; another"` adds such references to one that has places of its own.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.attr_list import get_attrs_and_remainder, sanitize_name
from markdown.inlinepatterns import LINK_RE, LinkInlineProcessor

from book.manuscript.draft import Draft, plain_text, take
from book.manuscript.marks import MARK, number
from book.model.manuscript import Term

Match = tuple[Element | None, int | None, int | None]
_OURS = frozenset({"term", "sub", "see", "seealso"})
_ATTRIBUTES = re.compile(r"\{:?[ ]*([^{}\n]+)\}")


class Span(LinkInlineProcessor):
    """`[words]{attributes}`; what stands in the braces follows Pandoc and Python-Markdown's `attr_list`."""

    innermost = False
    """Whether words that seem to hold a span themselves are passed over."""

    def handleMatch(self, m: re.Match[str], data: str) -> Match:  # type: ignore[override]  # noqa: N802
        """A span, or nothing."""
        if "]{" not in data:
            return None, None, None
        text, end, handled = self.getText(data, m.end(0))
        if not handled or (self.innermost and "]{" in text):
            return None, None, None
        braces = _ATTRIBUTES.match(data, end)
        attributes = _attributes(braces[1]) if braces else None
        if braces is None or not attributes:
            return None, None, None
        element = Element("span", attributes)
        element.text = text
        at = number(data[m.start()])
        if at is not None:
            element.set("data-at", at)
        return element, m.start(0), braces.end()


class InnermostSpan(Span):
    """A span that holds no other."""

    innermost = True


class SpanExtension(Extension):
    """Runs after links, so that `[words](target){…}` stays a link with attributes, and before citations."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register the inline processors; two, since a span may hold others."""
        md.inlinePatterns.register(InnermostSpan(f"{MARK}?{LINK_RE}", md), "innermost-span", 148.5)
        md.inlinePatterns.register(Span(f"{MARK}?{LINK_RE}", md), "span", 148)


def transform(draft: Draft) -> None:
    """Give each index term its heading and id, and note it down."""
    for span in draft.root.iter("span"):
        if "index" not in (span.get("class") or "").split():
            continue
        heading = " ".join((span.get("data-term") or plain_text(span)).split())
        if not heading:
            continue
        span.set("data-term", heading)
        anchor = draft.name(span, f"term-{heading}-{draft.digest(span)}")
        sub, see, also = (" ".join((take(span, f"data-{name}") or "").split()) for name in ("sub", "see", "seealso"))
        besides = tuple(part.strip() for part in also.split(";") if part.strip())
        draft.terms.append(Term(anchor, heading, draft.at(span), sub or None, see or None, besides))


def _attributes(text: str) -> dict[str, str] | None:
    """The attributes in a span's braces; None where these hold anything else."""
    found: dict[str, str] = {}
    pairs, remainder = get_attrs_and_remainder(text)
    if remainder:
        return None
    for name, value in pairs:
        if not value:
            return None
        if name == ".":
            found["class"] = f"{found['class']} {value}" if "class" in found else value
        else:
            found[f"data-{name}" if name in _OURS else sanitize_name(name)] = value
    return found
