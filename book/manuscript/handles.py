"""Names behind `@` in running text that are no citations: handles, decorators, references of other tools.

`@word` cites where a source of that name exists, or nearly does; in brackets it always cites.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from difflib import get_close_matches

from book.manuscript.syntax.citations import NARRATIVE

_GROUP = re.compile(r"\[[^\[\]\n]*@[^\[\]]*\]")
_SURE = 0.75
"""How alike a name must be to that of a source to be a misspelling of it (`difflib`'s ratio)."""
_PART = 4
"""The length of the shortest name that can be a part of another."""


def handles(text: str, names: Collection[str]) -> frozenset[str]:
    """The names in a chapter's text that look like citations, but are like none of the `names` of sources."""
    if "@" not in text:
        return frozenset()
    keys = {found["key"] for found in NARRATIVE.finditer(text) if found["key"][0] != "{"}
    return frozenset(key for key in keys if key not in names and near_name(key, names) is None)


def cites(text: str) -> bool:
    """Whether a chapter's text has a citation in brackets."""
    return "@" in text and _GROUP.search(text) is not None


def near_name(key: str, names: Collection[str]) -> str | None:
    """A hint at a source whose name a key is a misspelling, or a part, of; None where there is none."""
    found = get_close_matches(key, list(names), n=1, cutoff=_SURE)
    found += [name for name in names if len(key) >= _PART and (name.startswith(key) or key.startswith(name))][:1]
    return f'did you mean "{found[0]}"?' if found else None
