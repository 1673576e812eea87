"""Titles as they are filed: without the article that begins them."""

from __future__ import annotations

import re
from collections.abc import Mapping

_ARTICLES: Mapping[str, str] = {
    "de": "Der Die Das Den Dem Des Ein Eine Einen Einem Einer",
    "en": "The A An",
    "es": "El La Los Las Un Una Unos Unas",
    "fr": "Le La Les L’ L' Un Une Des",
    "it": "Il Lo La L’ L' I Gli Le Un Uno Una Un’ Un'",
    "nl": "De Het Een",
    "pt": "O A Os As Um Uma",
}
"""Articles that are ignored in filing, by primary language (Anglo-American Cataloguing Rules, appendix E)."""


def filed_title(title: str, language: str) -> str:
    """A title with its first article at the end: `The Long Road` → `Long Road, The`.

    Args:
        title: The title.
        language: Its language (BCP 47).
    """
    words = _ARTICLES.get(language.split("-", maxsplit=1)[0].lower(), "").split()
    ways = "|".join(re.escape(word) if word.endswith(("’", "'")) else rf"{word}\s+" for word in words)
    found = re.match(rf"({ways})(?=\w)", title, re.IGNORECASE) if ways else None
    if found is None:
        return title
    rest = title[found.end() :]
    return f"{rest[0].upper()}{rest[1:]}, {found[1].strip()}"
