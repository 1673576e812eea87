"""What a layout of a project cannot do, and what becomes of one that tries or fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from book.build import build_book
from book.problem import BookError

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeBook

LAYOUT = """{{% extends "document.html" %}}
{{% block content %}}
<section id="{{{{ slug }}}}"><h1>{{{{ title }}}}</h1>
{}
</section>
{{% endblock %}}
"""


def problem(
    make_book: MakeBook, tmp_path: Path, written: str, layout: str = "colophon.html", whole: str = LAYOUT
) -> str:
    root = make_book({f"layouts/{layout}": whole.format(written)})
    with pytest.raises(BookError) as caught:
        build_book(root, output=tmp_path / "out", jobs=1)
    found = {str(one) for one in caught.value.problems}
    assert all("broken-layout" in one for one in found)
    assert not (tmp_path / "out" / "print.pdf").exists()
    return min(found)


@pytest.mark.parametrize(
    "written",
    [
        "{{ cycler.__init__.__globals__.os.popen('touch pwned') }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ volume.manuscript.project.root.parent }}",
        "{{ volume.manuscript.project.root.read_text() }}",
        "{{ href.__func__ }}",
        "{{ timeline.func }}",
        "{{ range(1).__class__ }}",
        "{{ volume.indexes.__class__ }}",
        "{{ ('a' * 10**9) | length }}",
        "{{ 2 ** 99999999 }}",
        "{% for a in range(90000) %}{% for b in range(90000) %}{% endfor %}{% endfor %}",
        "{% for a in range(90000) %}{{ 'x' * 10000 }}{% endfor %}",
    ],
)
def test_a_layout_reaches_neither_python_nor_files_and_is_bounded(
    make_book: MakeBook, tmp_path: Path, written: str
) -> None:
    found = problem(make_book, tmp_path, written)
    assert found.startswith(
        ("layouts/colophon.html:4: error[broken-layout]: ", "layouts/colophon.html: error[broken-layout]: ")
    )


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("{{ 1 / 0 }}", "layouts/colophon.html:4: error[broken-layout]: ZeroDivisionError: division by zero"),
        ("{{ nothing }}", "layouts/colophon.html:4: error[broken-layout]: 'nothing' is undefined"),
        (
            "{% if %}",
            "layouts/colophon.html:4: error[broken-layout]: Expected an expression, got 'end of statement block'",
        ),
        ("{% include 'colophon.html' %}", "it includes or calls itself without an end"),
        ("<p>unclosed", "layouts/colophon.html"),
    ],
)
def test_a_layout_that_fails_is_a_problem_with_its_file_and_line(
    make_book: MakeBook, tmp_path: Path, written: str, words: str
) -> None:
    assert words in problem(make_book, tmp_path, written)


def test_a_macro_for_citations_that_fails_is_a_problem_too(make_book: MakeBook, tmp_path: Path) -> None:
    macro = "{{% macro parenthetical(source, locator, entry) %}}\n{}\n{{% endmacro %}}\n"
    root = make_book(
        {
            "layouts/citation.html": macro.format("{{ 1 / 0 }}"),
            "chapters/01-first.md": "---\ntitle: First\n---\n\nWords [@a].\n",
            "sources.yaml": "- id: a\n  title: A\n",
        }
    )
    with pytest.raises(BookError) as caught:
        build_book(root, output=tmp_path, jobs=1)
    assert "layouts/citation.html:2: error[broken-layout]: ZeroDivisionError" in str(caught.value)
