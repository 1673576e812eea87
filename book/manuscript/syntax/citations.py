"""Citations in Pandoc's syntax: `[@key]`, `[see @key, locator; @other]`, and `@key` in running text.

They become empty `<span class="citation" data-key="…" data-form="…">`, those in brackets inside a
`<span class="citations">`; each edition writes its own words into them.
Keys: Pandoc User's Guide, "Citation syntax".
"""

from __future__ import annotations

import re
from typing import Literal
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import LINK_RE, InlineProcessor, LinkInlineProcessor

from book.manuscript.draft import Draft
from book.manuscript.marks import MARK, find, strip
from book.model.manuscript import Mention

Match = tuple[Element | None, int | None, int | None]
KEY = r"\w(?:\w|[:.#$%&\-+?<>~/](?=\w)|[:/](?=/))*"
_CITED = re.compile(
    rf"(?P<prefix>.*?)(?<!\w)(?P<suppressed>-?)(?P<mark>{MARK})?@(?P<key>{KEY}|\{{[^{{}}]+\}})(?P<rest>.*)", re.DOTALL
)
_NARRATIVE = (
    rf"(?P<suppressed>(?<!\w)-)?(?P<mark>{MARK})@(?P<key>{KEY}|\{{[^{{}}]+\}})"
    rf"(?: ?{MARK}?"
    r"\[(?!\^)(?P<locator>[^\[\]@\x02]+)\](?![\[({:]))?"
)
"""`@key`, with what may follow in brackets: no footnote, link or span."""
_FORMS: dict[str, Literal["parenthetical", "narrative", "attribution"]] = {
    "parenthetical": "parenthetical",
    "narrative": "narrative",
    "attribution": "attribution",
}
_ESCAPED = re.compile("\x02(\\d+)\x03")


class Bracketed(LinkInlineProcessor):
    """`[@key, locator; @key]`."""

    def handleMatch(self, m: re.Match[str], data: str) -> Match:  # type: ignore[override]  # noqa: N802
        """A group of citations, or nothing where a part in the brackets holds no key."""
        if "@" not in data:
            return None, None, None
        text, end, handled = self.getText(data, m.end(0))
        found = [_CITED.fullmatch(part.strip()) for part in text.split(";")] if handled and "@" in text else [None]
        group = Element("span", {"class": "citations"})
        for part in found:
            if part is None:
                return None, None, None
            rest = part["rest"].strip()
            cited = _cite(part["key"], "parenthetical", part["mark"] or data[m.start()])
            if part["suppressed"]:
                cited.set("data-suppressed", "")
            for name, value in (("data-locator", rest.removeprefix(",")), ("data-prefix", part["prefix"])):
                if value.strip():
                    cited.set(name, _plain(self.unescape(value)))
            group.append(cited)
        return group, m.start(0), end


class Narrative(InlineProcessor):
    """`@key` in running text, also `@key [locator]` and `-@key`; but not in a link's."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(self, m: re.Match[str], data: str) -> Match:  # type: ignore[override]  # noqa: N802, ARG002
        """A citation; one that suppresses its speaker stands in brackets."""
        cited = _cite(m["key"], "parenthetical" if m["suppressed"] else "narrative", m["mark"])
        if m["locator"]:
            cited.set("data-locator", _plain(self.unescape(m["locator"])))
        if not m["suppressed"]:
            return cited, m.start(0), m.end(0)
        cited.set("data-suppressed", "")
        group = Element("span", {"class": "citations"})
        group.append(cited)
        return group, m.start(0), m.end(0)


class CitationExtension(Extension):
    """Brackets are read after images, links and spans; bare keys after everything that may hold an address."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register the inline processors."""
        md.ESCAPED_CHARS.append("@")
        md.inlinePatterns.register(Bracketed(f"{MARK}?{LINK_RE}", md), "citations", 147)
        md.inlinePatterns.register(Narrative(_NARRATIVE, md), "citation", 85)


def transform(draft: Draft) -> None:
    """Give each citation its id, and note it down."""
    for span in draft.root.iter("span"):
        key = span.get("data-key")
        if key is None or span.get("data-form") not in _FORMS:
            continue
        span.set("class", "citation")
        anchor = draft.name(span, f"cite-{key}-{draft.digest(span)}")
        form = _FORMS[span.get("data-form", "")]
        suppressed = span.get("data-suppressed") is not None
        draft.mentions.append(Mention(anchor, key, span.get("data-locator"), form, draft.at(span), suppressed))


def _plain(text: str) -> str:
    """A text without markup for an attribute: without marks, double hyphens as dashes."""
    words = _ESCAPED.sub(lambda escape: chr(int(escape[1])), strip(text))
    return " ".join(words.replace("---", "—").replace("--", "–").split())


def _cite(key: str, form: str, mark: str) -> Element:
    """The element of one citation."""
    cited = Element("span", {"class": "citation", "data-key": key.strip("{}"), "data-form": form})
    at = find(mark)
    if at is not None:
        cited.set("data-at", at)
    return cited
