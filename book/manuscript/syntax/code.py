"""Code: fenced blocks with any info string, indented blocks, and code spans.

`rust,ignore`, `{.python}`, `python title="x.py"` and the like begin with the language; a title is shown above.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown_it.token import Token

from book.manuscript.tree import Tree
from book.problem import warning

_LANGUAGE = re.compile(r"\{?[.=]?([\w+#.-]+)")
_TITLE = re.compile(r"""\b(?:title|filename|caption)=(?:"([^"]*)"|'([^']*)'|([^\s,}]+))""")


def _block(tree: Tree, token: Token) -> None:
    """A block of code."""
    info = token.info.strip()
    title = _TITLE.search(info)
    if title:
        tree.start("div", attributes={"class": "listing"})
        tree.start("p", attributes={"class": "listing-title"})
        tree.text(title[1] or title[2] or title[3] or "")
        tree.end()
    tree.mark(tree.start("pre"), "code", tree.spot(token))
    found = _LANGUAGE.match(info)
    tree.start("code", attributes={"class": f"language-{found[1]}"} if found else None)
    tree.literal(token.content.expandtabs(4))
    tree.end()
    tree.end()
    if title:
        tree.end()
    lines = len(token.content.removesuffix("\n").split("\n")) if token.content else 0
    if token.type == "fence" and token.map and token.map[1] - token.map[0] == lines + 1:  # no line for the end
        at = tree.places.span(*(tree.spot(token) or (None,)))
        hint = f"end it with a line {token.markup}"
        tree.report(warning("unclosed-code", "the block of code that begins here does not end", at, hint))


def _span(tree: Tree, token: Token) -> None:
    """Code in running text."""
    element: Element = tree.start("code", token)
    tree.literal(token.content)
    tree.end()
    if element.get("class", "").startswith("="):
        element.attrib.pop("class")


ELEMENTS = {"fence": _block, "code_block": _block, "code_inline": _span}
