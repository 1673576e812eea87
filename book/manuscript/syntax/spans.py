"""Bracketed spans: `[words]{.class #id key=value}`; those of class `index` are terms of the subject index.

`[poverty line]{.index}` becomes `<span class="index" id="…" data-term="poverty line">`. Attributes say more:
`term="…"` names the entry where the words do not, `sub="…"` a subentry; `see="…"` makes the entry refer on to
another, and `seealso="one; another"` adds such references to one that has places of its own. `sort="…"` says how the
entry is filed: a reading in kana, a title without its article.
"""

from __future__ import annotations

from lxml.etree import _Element
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from book.manuscript.classes import meant_class
from book.manuscript.draft import Draft, plain_text
from book.manuscript.syntax import brackets
from book.manuscript.syntax.attributes import BRACES, read
from book.manuscript.tree import Tree
from book.model.manuscript import Term
from book.problem import warning

_ELEMENTS = {"mark": "mark", "underline": "u", "ul": "u", "ins": "ins", "del": "del"}
"""The element of a span of a class that Pandoc knows or that has an element of its own."""
_OURS = ("term", "sub", "see", "seealso", "sort")


def rules(md: MarkdownIt) -> None:
    """Register the rule after links, so that `[words](target){…}` stays a link, and before citations."""
    md.inline.ruler.after("link", "span", _span)


def _span(state: StateInline, silent: bool) -> bool:
    """Parse `[words]{attributes}`."""
    if state.src[state.pos] != "[" or (pair := brackets.pair(state)) is None:
        return False
    braces = BRACES.match(state.src, pair.close + 1, state.posMax)
    given = read(braces[1]) if braces else None
    if braces is None or given is None:
        return False
    if not silent:
        end = state.posMax
        opening = state.push("span_open", "span", 1)
        opening.meta = {"at": state.pos, "term": {name: given.pop(name) for name in _OURS if name in given}}
        opening.meta["attributes"] = given
        state.pos, state.posMax = pair.begin + 1, pair.close
        state.md.inline.tokenize(state)
        state.posMax = end
        state.push("span_close", "span", -1)
    state.pos = braces.end()
    return True


def _open(tree: Tree, token: Token) -> None:
    """The element of a span."""
    given = token.meta["attributes"]
    classes = given.get("class", "").split()
    meant = next((one for one in classes if one in _ELEMENTS), None)
    if meant and "index" not in classes:
        classes.remove(meant)
        others = {"class": " ".join(classes)} if classes else {}
        token.meta["attributes"] = {name: value for name, value in given.items() if name != "class"} | others
        tree.start(_ELEMENTS[meant], token)
    else:
        element = tree.start("span", token)
        if "index" in classes:
            tree.mark(element, "term", tree.spot(token), **token.meta["term"])
            return
    if token.meta["term"] and not any(meant_class(one) == "index" for one in classes):
        at = tree.places.span(*(tree.spot(token) or (None,)))
        hint = "did you mean [words]{.index}?"
        tree.report(warning("no-index-term", "only a term of the index has these attributes", at, hint))


ELEMENTS = {"span_open": _open}


def transform(draft: Draft) -> None:
    """Give each index term its heading and id, and add it to the draft."""
    for span, mark in draft.marked("term"):
        given = {name: " ".join(value.split()) for name, value in mark.values.items()}
        cites = not given.get("term") and next(span.iterfind(".//span[@class='citation']"), None) is not None
        heading = given.get("term") or ("" if cites else plain_text(span))
        if not heading:
            what = (
                "a citation gives no term of the index" if cites else "there are no words here for a term of the index"
            )
            hint = 'name the term: [words]{.index term="poverty line"}'
            draft.problems.append(warning("no-index-term", what, draft.at(span), hint))
            continue
        span.set("data-term", heading)
        anchor = draft.name(span, f"term-{heading}-{draft.digest(span)}")
        besides = tuple(part.strip() for part in given.get("seealso", "").split(";") if part.strip())
        sub, see = given.get("sub") or None, given.get("see") or None
        language = None if given.get("term") else _language(draft, span)
        draft.terms.append(
            Term(anchor, heading, draft.at(span), sub, see, besides, language, given.get("sort") or None)
        )


def _language(draft: Draft, span: _Element) -> str:
    """The language of the words of a span (BCP 47)."""
    said = (one.get("lang") for one in (span, *span.iterancestors()))
    return next(filter(None, said), draft.language)
