"""A heading of the highest level behind lower ones is named itself, not those that it moves down."""

from __future__ import annotations

from book.check import check_book
from tests.conftest import MakeBook


def test_the_heading_that_moves_others_is_named_with_its_line(make_book: MakeBook) -> None:
    chapter = "---\ntitle: Title\n---\n\n## One\n\nWords [@talk-2013].\n\n# Second\n\nWords.\n"
    (problem,) = check_book(make_book({"chapters/01-first.md": chapter})).problems
    assert str(problem) == (
        'chapters/01-first.md:9:3: warning[skipped-heading]: the heading "Second" is of the highest level, '
        'above "One" that precedes it\n  hint: write it with ##, or begin a chapter of its own with it'
    )


def test_a_term_that_is_like_no_other_has_a_hint(make_book: MakeBook) -> None:
    chapter = '# T\n\nWords [@talk-2013] of [wages]{.index see="zzz"}.\n'
    (problem,) = check_book(make_book({"chapters/01-first.md": chapter})).problems
    assert problem.hint == "mark a place for it in a chapter, [words]{.index}, or refer to a term that has one"
