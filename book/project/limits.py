"""Limits of a project's size, which its `book.toml` can raise."""

from __future__ import annotations

from book.problem import Problem, Span, error


def too_large(what: str, key: str, limit: int, at: Span) -> Problem:
    """A `too-large`.

    Args:
        what: What there is, as a sentence without its end: `the book has 60000 citations`.
        key: The limit's key in the table `[limits]`.
        limit: Its value.
        at: What is too large.
    """
    hint = f"divide it, or raise the limit in book.toml: {key} = … in [limits]"
    return error("too-large", f"{what}, and at most {limit} are read", at, hint)
