"""Takes the labels of tables, formulas and figures, which references of Quarto and bookdown name, out of the text."""

from __future__ import annotations

import re
from dataclasses import replace

from book.imports.document import Block, Kind
from book.imports.markdown_code import is_code, outside_code

LABEL = re.compile(
    r"\{#(?P<id>(?:fig|tbl|eq|lst|tab)[-:][\w:-]+)[^}]*\}|\(\\{1,2}#(?P<old>(?:eq|fig|tab|thm|lem):[\w-]+)\)"
)
"""The label of a table, a formula or a figure, of Quarto or of bookdown."""
_PLAIN_LABEL = re.compile(r"[ \t]*\{#(?:fig|tbl|eq|lst|tab)[-:][\w:-]+\}|\s*\(\\{1,2}#(?:eq|fig|tab|thm|lem):[\w-]+\)")
"""The same with the space before it, where no other attributes stand in the braces."""


def labelled(block: Block) -> Block:
    """A block without the labels of tables and formulas in it, which are ids of the block."""
    text = block.markdown
    if is_code(text) or ("{#" not in text and "\\#" not in text) or block.kind is Kind.HEADING:
        return block
    found: list[str] = []

    def without(part: str, _begin: int) -> str:
        found.extend(match["id"] or match["old"] for match in LABEL.finditer(part))
        return _PLAIN_LABEL.sub("", part)

    plain = outside_code(text, without)
    if not found:
        return block
    caption = re.search(r"(?m)^(?:Table)?:[ \t]+(.*?)[ \t]*\{#", text)
    return replace(block, markdown=plain, ids=(*block.ids, *found), caption=caption[1] if caption else block.caption)
