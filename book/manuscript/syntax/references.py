"""Links: cross-references to other chapters' files, to ids and to headings, and addresses on the web.

`[text](05-results.md#audits)` becomes `<a class="xref" id="…" data-path="chapters/05-results.md"
data-fragment="audits">`, `[text](https://…)` becomes `<a class="external" href="https://…">`.
`[A heading]` leads to the heading of these words, as in Pandoc.
"""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from lxml.etree import _Element
from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from book.manuscript.draft import Draft, beside, xml_id
from book.manuscript.syntax import brackets
from book.manuscript.tree import Tree
from book.model.manuscript import CrossReference
from book.problem import error

HEADING = "\0heading:"
"""The prefix of a reference to a heading until that has its id; the heading's line follows."""
_ADDRESSES = frozenset({"http", "https", "mailto"})
_NO_HOST = re.compile(r"[\0-\x20#/:<>?@\[\\\]^|%\x7f]|\.\.|^\.")
_MARKS = re.compile(r"[*_`]")
_INNER_LINK = re.compile(r"\[([^\[\]]*)\](?:\([^()]*\))?")


def rules(md: MarkdownIt) -> None:
    """Register the rule for links, and make headings targets by their text."""
    md.core.ruler.after("block_attributes", "heading_references", _name_headings)
    md.inline.ruler.at("link", _link)
    md.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005 - judged when the book is resolved
    md.normalizeLink = lambda url: url  # type: ignore[method-assign]


def _name_headings(state: StateCore) -> None:
    """Define each heading as a link target under its text, unless the author defined that otherwise."""
    if "[" not in state.src:
        return
    known = state.env.setdefault("references", {})
    for opening, inline in zip(state.tokens, state.tokens[1:], strict=False):
        if opening.type == "heading_open" and opening.map:
            words = _INNER_LINK.sub(r"\1", inline.content).strip()
            for label in {normalizeReference(words), normalizeReference(_MARKS.sub("", words))}:
                if label and "@" not in label:
                    known.setdefault(label, {"href": f"{HEADING}{opening.map[0]}", "title": "", "map": opening.map})


def _link(state: StateInline, silent: bool) -> bool:
    """Parse `[text](target "title")`, `[text][label]`, `[label]`."""
    if state.src[state.pos] != "[" or state.linkLevel:
        return False
    pair = brackets.pair(state)
    target = pair.target if pair else None
    if pair is None or target is None or target.end > state.posMax:
        return False
    if not silent:
        end = state.posMax
        opening = state.push("link_open", "a", 1)
        opening.meta = {"at": state.pos, "href": target.href, "title": target.title}
        state.pos, state.posMax = pair.begin + 1, pair.close
        state.linkLevel += 1
        state.md.inline.tokenize(state)
        state.linkLevel -= 1
        state.posMax = end
        state.push("link_close", "a", -1)
    state.pos = target.end
    return True


def _open(tree: Tree, token: Token) -> None:
    """The element of a link."""
    href = token.meta.get("href", token.attrs.get("href", ""))
    attributes = {"title": token.meta["title"]} if token.meta.get("title") else {}
    element = tree.start("a", token, attributes)
    tree.mark(element, "link", tree.spot(token), href=str(href))


ELEMENTS = {"link_open": _open}


def transform(draft: Draft) -> None:
    """Finish every link, and add the cross-references to the draft."""
    for link, mark in draft.marked("link"):
        written = mark.values["href"]
        if not written:
            message = "this link leads nowhere: nothing stands in its parentheses"
            draft.problems.append(error("broken-link", message, draft.at(link), "write where to: [words](file.md)"))
            link.tag = "span"
        elif written.startswith(HEADING):
            _lead_to_heading(draft, link, int(written[len(HEADING) :]))
        elif is_address(written) and not has_host(written):
            message = f'"{written}" is no address: it names no host that could exist'
            draft.problems.append(error("broken-link", message, draft.at(link), "write https://example.org/…"))
            link.tag = "span"
        elif is_address(written):
            link.set("href", _encoded(written))
            link.set("class", " ".join(["external", *(link.get("class") or "").split()]))
        else:
            _refer(draft, link, *target(draft.path, written))


def _lead_to_heading(draft: Draft, link: _Element, line: int) -> None:
    """Turn a link into a reference to the heading on a line; the chapter's own title has no id."""
    _refer(draft, link, draft.path, draft.heading_ids.get(line))


def _refer(draft: Draft, link: _Element, path: str, fragment: str | None) -> None:
    """Turn a link into a cross-reference; whether its target exists is checked by `resolve`."""
    link.set("class", " ".join(["xref", *(link.get("class") or "").split()]))
    link.set("data-path", path)
    if fragment:
        link.set("data-fragment", fragment)
    anchor = draft.name(link, f"ref-{draft.digest(link)}")
    draft.references.append(CrossReference(anchor, path, fragment, draft.at(link)))


def target(chapter: str, written: str) -> tuple[str, str | None]:
    """The file and the id that a link points to.

    A path that is not inside the project is returned as written.

    Args:
        chapter: The path of the chapter that contains the link, relative to the project.
        written: The address, relative to that chapter, as on GitHub.
    """
    path, _, fragment = written.partition("#")
    found = xml_id(unquote(fragment)) if fragment else None
    if not path:
        return chapter, found
    if path.startswith("/") or re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", path):
        return path, found
    return beside(chapter, path), found


def is_address(written: str) -> bool:
    """Whether a link points out of the book, to something that readers can open."""
    try:
        parts = urlsplit(written)
    except ValueError:
        return False
    return parts.scheme.lower() in _ADDRESSES and bool(parts.netloc or parts.path)


def has_host(address: str) -> bool:
    """Whether an address that needs a host has one (WHATWG URL, 3.5, host parsing: the forbidden code points)."""
    try:
        parts = urlsplit(_encoded(address))
        host = unquote(parts.hostname or "")
        numeric = host.rpartition(".")[2].isdigit()
        if numeric or ":" in host:
            ip_address(host)
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme.lower() == "mailto" or bool(host and not _NO_HOST.search(host))


def _encoded(address: str) -> str:
    """An address as a URL, percent-encoded where necessary."""
    from mdurl import encode

    return str(encode(address))
