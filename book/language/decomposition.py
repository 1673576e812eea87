"""Splits letters with marks, as HarfBuzz does where a font has only the parts (Unicode, 3.7 "Decomposition")."""

from __future__ import annotations

from unicodedata import decomposition


def letter_and_mark(char: str) -> tuple[str, str] | None:
    """A letter without its last mark, and that mark: "ế" is "ê" and an acute accent; None for other characters."""
    parts = decomposition(char)
    if not parts or parts.startswith("<") or " " not in parts:
        return None
    letter, mark = (chr(int(part, 16)) for part in parts.split())
    return letter, mark


def parts_for(text: str, count: int) -> list[str]:
    """The parts of a text that so many glyphs represent together; the last represents what is left, or nothing."""
    parts = list(text)
    while len(parts) < count and parts and (split := letter_and_mark(parts[0])):
        parts[:1] = split
    parts += [""] * (count - len(parts))
    return [*parts[: count - 1], "".join(parts[count - 1 :])]
