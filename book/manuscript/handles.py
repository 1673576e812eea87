"""Finds names after `@` that are not citations: handles, decorators, references of other tools.

In running text `@word` is a citation if there is a source with that or a similar name; in brackets it always is.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from difflib import get_close_matches

from book.manuscript.syntax.citations import NARRATIVE

QUARTO = re.compile(r"(?:fig|tbl|sec|eq|lst|thm)-")
"""How references to figures, tables and sections begin in Quarto."""
_GROUP = re.compile(r"\[[^\[\]\n]*@[^\[\]]*\]")
_SURE = 0.75
"""Minimum similarity (`difflib`'s ratio) of a misspelt key to a source's."""
_PART = 4
"""Minimum length of a name that can be a part of another."""


def handles(text: str, names: Collection[str] | None) -> frozenset[str]:
    """Find the names in a chapter's text that look like citations, but are like none of the `names` of sources.

    Where it is not known what sources there are (None), only references in the style of Quarto are no citations.
    """
    signs = re.finditer("@", text)
    matches = (NARRATIVE.match(text, sign.start()) for sign in signs)  # searching takes a hundred times as long
    keys = {found["key"] for found in matches if found and found["key"][0] != "{"} - set(names or ())
    return frozenset(key for key in keys if QUARTO.match(key) or (names is not None and near_name(key, names) is None))


def cites(text: str) -> bool:
    """Whether a text has a citation in brackets."""
    return "@" in text and _GROUP.search(text) is not None


def near_name(key: str, names: Collection[str]) -> str | None:
    """A hint that names the source of which a key is a misspelling or a part; None if there is none."""
    found = get_close_matches(key, list(names), n=1, cutoff=_SURE)
    found += [name for name in names if len(key) >= _PART and (name.startswith(key) or key.startswith(name))][:1]
    return f'did you mean "{found[0]}"?' if found else None
