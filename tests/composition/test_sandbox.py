"""What a layout of a project cannot do, and what becomes of one that tries or fails."""

from __future__ import annotations

import inspect
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from book.build import build_book
from book.composition import sandbox, sizes
from book.composition.rendering import render
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


@pytest.mark.parametrize("statement", ["include 'one.html'", "include ['none.html', 'one.html']", "extends 'one.html'"])
def test_a_layout_that_includes_itself_is_refused_while_there_is_room_on_the_stack(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, statement: str
) -> None:
    """At the limit of the interpreter, Python 3.11 ended the process in one build of ten."""
    deepest = [0]

    def look() -> None:
        deepest[0] = max(deepest[0], len(inspect.stack(0)))
        check()

    check = sandbox._check_depth
    monkeypatch.setattr(sandbox, "_check_depth", look)
    (tmp_path / "layouts").mkdir()
    (tmp_path / "layouts" / "one.html").write_text(f"{{% {statement} %}}", encoding="utf-8")
    with pytest.raises(BookError, match="it includes or calls itself without an end"):
        render(tmp_path, "one.html")
    assert deepest[0] < 0.6 * sys.getrecursionlimit()


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


@pytest.mark.parametrize(
    "written",
    [
        "{% set a = namespace(x='aaaa') %}{% for i in range(60) %}{% set a.x = a.x ~ a.x %}{% endfor %}",
        "{% set a = namespace(x='aaaa') %}{% for i in range(60) %}{% set a.x = a.x + a.x %}{% endfor %}",
        "{% set a = namespace(x=[1]) %}{% for i in range(60) %}{% set a.x = a.x + a.x %}{% endfor %}",
        "{% set a = namespace(x=10**100) %}{% for i in range(60) %}{% set a.x = a.x * a.x %}{% endfor %}",
        "{% set a = namespace(x='a') %}{% for i in range(60) %}{% set a.x %}{{ a.x }}{{ a.x }}{% endset %}{% endfor %}",
        "{% set a = (2**1000)**1000 %}{{ a**1000 }}",
        "{{ 'x'.ljust(3000000000) }}",
        "{{ '\t'.expandtabs(2000000000) }}",
        "{{ ('\t' * 20000).expandtabs(100000) }}",
        "{{ '{:>3000000000}'.format(1) }}",
        "{{ ('{:>99999}' * 20000).format(*('a' * 20000)) }}",
        "{{ ('%(a)99999s' * 20000) % {'a': 'x'} }}",
        "{{ ('%(a)99999s' * 20000) | format(a='x') }}",
        "{{ ('%(a)s' * 20000) % {'a': 'x' * 60000} }}",
        "{{ ('{a}' * 20000).format(a='x' * 60000) }}",
        "{{ ('{0:x}' * 8000).format(2**49999) }}",
        "{{ ('{0}' * 400).format(['a'] * 100000) }}",
        "{{ [[['a'] * 1000] * 1000] * 20 | join }}",
        "{{ '{:>{}}'.format(1, 3000000000) }}",
        "{{ '%*d' % (2000000000, 1) }}",
        "{{ '%3000000000d' | format(1) }}",
        "{{ ('a' * 60000).replace('a', 'b' * 600000) }}",
        "{{ ('a' * 60000) | replace('a', 'b' * 600000) }}",
        "{{ ('a' * 60000) | join('b' * 600000) }}",
        "{{ ('b' * 600000).join('a' * 60000) }}",
        "{{ (['a'] * 60000) | join_rich('b' * 600000) }}",
        "{{ [1] | batch(3000000000, 'x') | list }}",
        "{{ [1] | slice(3000000000) | list }}",
        "{{ 'a b' | indent(3000000000, true) }}",
        "{{ ('x' * 60000) | wordwrap(1, wrapstring='y' * 60000) }}",
        "{{ 1.5 | round(3000000000, 'ceil') }}",
        "{{ [[1]] | sum(start=[]) }}",
        "{{ (5).to_bytes(3000000000, 'big') }}",
        "{{ lipsum(n=100000) }}",
        "{{ self._TemplateReference__context }}",
        "{{ '' | attr('__class__') }}",
        "{{ [''] | map(attribute='__class__') | first }}",
        "{{ '{0.__class__}'.format('') }}",
    ],
)
def test_no_operation_of_a_layout_gives_something_enormous(tmp_path: Path, written: str) -> None:
    (tmp_path / "layouts").mkdir()
    (tmp_path / "layouts" / "one.html").write_text(f"\n{written}\n", encoding="utf-8")
    with pytest.raises(BookError, match=r"layouts/one\.html:2: error\[broken-layout\]"):
        render(tmp_path, "one.html")


DOUBLED = "{{% set a = namespace(x={0}, y={0}) %}}{{% for i in range(60) %}}{1}{{% endfor %}}"
SETS = "{{% set a.x = {} %}}{{% set a.y = {} %}}"


@pytest.mark.parametrize(
    ("first", "doubled"),
    [
        ("[1]", "[N, N]"),
        ("(1,)", "(N, N)"),
        ("(1,)", "[{1: N, 2: N}.items()]"),
        ("{}", "{'a': N, 'b': N}"),
        ("{}", "dict(a=N, b=N)"),
        ("{}", "{'a': N, 'b': N}.copy()"),
        ("[1]", "[{'a': N, 'b': N}.values()]"),
        ("[1]", "[N] * 2"),
        ("(1,)", "(N,) + (N,)"),
        ("[1]", "([N] | batch(2, N) | list)"),
        ("[1]", "([N] | batch(2, N) | first)"),
        ("[1]", "([1, 2] | map(attribute='none', default=N) | list)"),
    ],
)
def test_lists_that_hold_others_again_and_again_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: str, doubled: str
) -> None:
    """Writing, comparing or hashing them would never end, in operations that cannot be interrupted."""
    monkeypatch.setattr(sizes, "LARGEST", 1_000_000)
    sets = SETS.format(doubled.replace("N", "a.x"), doubled.replace("N", "a.y"))
    written = DOUBLED.format(first, sets) + "{{ a.x == a.y }}"
    (tmp_path / "layouts").mkdir()
    (tmp_path / "layouts" / "one.html").write_text(written, encoding="utf-8")
    with pytest.raises(BookError, match="a list or table that would be written with more than 1"):
        render(tmp_path, "one.html")


@pytest.mark.parametrize(
    "written",
    [
        "{% for i in ours %}{% set a.x = a.x + [(i, i, i)] %}{% endfor %}",
        "{% for i in ours %}{% set a.x = a.x + ours[:1] * 3 %}{% endfor %}",
        "{% for i in ours %}{% set a.x = (a.x, i) %}{% endfor %}",
        "{% for i in ours %}{% set a.x = {i: a.x} %}{% endfor %}",
        "{% for i in ours %}{% set a.x = [ours, theirs, i] %}{% endfor %}",
        "{% macro m(x, y) %}{{ x[0] }}{% endmacro %}{% for i in ours %}{{ m(ours, theirs) }}{% endfor %}",
    ],
)
def test_what_a_list_weighs_is_counted_once_however_often_it_is_put_into_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    """Each sum, list and call walked all that was in its lists: 8,000 sums took 31 seconds."""
    counted = [0]

    def count(part: object) -> int:
        counted[0] += 1
        return measure(part)

    measure = sizes.part_weight
    monkeypatch.setattr(sizes, "part_weight", count)
    (tmp_path / "layouts").mkdir()
    (tmp_path / "layouts" / "one.html").write_text(f"{{% set a = namespace(x=[]) %}}{written}", encoding="utf-8")
    steps = []
    for number in (400, 800):
        counted[0] = 0
        render(tmp_path, "one.html", ours=list(range(number)), theirs=list(range(number)))
        steps.append(counted[0])
    assert steps[1] <= 2.2 * steps[0] + 10


def test_a_macro_that_passes_on_what_it_was_given_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sizes, "LARGEST", 1_000_000)
    macro = "{% macro m(n) %}{% if n %}{{ m(n - 1, varargs, varargs) }}{% else %}{{ varargs }}{% endif %}{% endmacro %}"
    (tmp_path / "layouts").mkdir()
    (tmp_path / "layouts" / "one.html").write_text(macro + "{{ m(60, 1, 2) }}", encoding="utf-8")
    with pytest.raises(BookError, match="a list or table that would be written with more than 1"):
        render(tmp_path, "one.html")


@pytest.mark.parametrize("method", ["rfind", "rindex", "rsplit", "rpartition", "strip", "lstrip", "rstrip"])
def test_a_search_that_takes_quadratic_time_is_refused(tmp_path: Path, method: str) -> None:
    written = f"{{{{ ('a' * 30000000).{method}('ab' ~ 'a' * 15000000) }}}}"
    (tmp_path / "layouts").mkdir()
    (tmp_path / "layouts" / "one.html").write_text(written, encoding="utf-8")
    with pytest.raises(BookError, match=f"too long for {method}"):
        render(tmp_path, "one.html")


def test_a_trim_that_takes_quadratic_time_is_refused(tmp_path: Path) -> None:
    written = "{{ ('a' * 300000) | trim('b' * 300000 ~ 'a') }}"
    (tmp_path / "layouts").mkdir()
    (tmp_path / "layouts" / "one.html").write_text(written, encoding="utf-8")
    with pytest.raises(BookError, match="too long for trim"):
        render(tmp_path, "one.html")


@pytest.mark.parametrize(
    ("limit", "value", "written", "message"),
    [
        ("MOST_SECONDS", 0.2, "{% for a in 'x' * 60000 %}{% for b in 'x' * 6000 %}{% endfor %}{% endfor %}", "seconds"),
        (
            "MOST_SECONDS",
            0.2,
            "{% macro m(n) %}{% if n %}{{ m(n-1) }}{{ m(n-1) }}{% endif %}{% endmacro %}{{ m(60) }}",
            "seconds",
        ),
        (
            "MOST_MEMORY",
            1 << 26,
            (
                "{% set a = namespace(x=0) %}{% for i in 'x' * 999 %}"
                "{% set a.x = namespace(x=a.x, y=i * 9000000) %}{% endfor %}"
            ),
            "memory",
        ),
    ],
)
def test_a_layout_that_goes_on_without_an_end_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: float, written: str, message: str
) -> None:
    monkeypatch.setattr(sandbox, limit, value)
    (tmp_path / "layouts").mkdir()
    (tmp_path / "layouts" / "one.html").write_text(written, encoding="utf-8")
    with pytest.raises(BookError, match=message):
        render(tmp_path, "one.html")
    assert not [thread for thread in threading.enumerate() if thread.name == "layouts"]


STOPPED_UNDER_A_TRACER = """
import sys
from pathlib import Path
from book.composition import sandbox
from book.composition.rendering import render
from book.problem import BookError

sandbox.MOST_SECONDS = 0.05
sys.settrace(lambda frame, event, argument: None)
try:
    render(Path(sys.argv[1]), "one.html")
except BookError as error:
    print(error)
print("goes on")
"""


def test_a_layout_is_stopped_also_where_a_debugger_or_a_measurement_of_coverage_traces(tmp_path: Path) -> None:
    (tmp_path / "layouts").mkdir()
    written = "{% for a in 'x' * 60000 %}{% for b in 'x' * 6000 %}{% endfor %}{% endfor %}"
    (tmp_path / "layouts" / "one.html").write_text(written, encoding="utf-8")
    said = subprocess.run(
        [sys.executable, "-c", STOPPED_UNDER_A_TRACER, tmp_path],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert "seconds" in said.stdout
    assert said.stdout.endswith("goes on\n")


def test_the_time_of_a_layout_is_that_of_its_own_thread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "MOST_SECONDS", 0.6)
    (tmp_path / "layouts").mkdir()
    written = "{% for a in 'x' * 400 %}{% for b in 'x' * 6000 %}{% endfor %}{% endfor %}done"
    (tmp_path / "layouts" / "one.html").write_text(written, encoding="utf-8")
    over = threading.Event()
    busy = [threading.Thread(target=lambda: [None for _ in iter(over.is_set, True)]) for _ in range(4)]
    for thread in busy:
        thread.start()
    try:
        assert render(tmp_path, "one.html").strip() == "done"
    finally:
        over.set()
        for thread in busy:
            thread.join()


def test_what_layouts_write_usually_is_not_hindered(tmp_path: Path) -> None:
    (tmp_path / "layouts").mkdir()
    (tmp_path / "layouts" / "one.html").write_text(
        "{{ 'a' ~ 1 ~ '<' }} {{ [1, 2] | join(', ') }} {{ 'a-b' | replace('-', '+') }} {{ '%03d' % 7 }} {{ 2 ** 10 }}"
        " {{ [1, 2] | sum }} {{ 'x'.center(3) }}. {{ '{:>4}'.format('a') }} {{ 1.55 | round(1) }} {{ [1] + [2] }}"
        " {{ ' t ' | trim }}{{ 'xu'.strip('x') }}"
        " {{ {'a': 1} | tojson }} {{ 'a\nb' | indent(2) | replace('\n', '/') }} {{ [1, 2, 3] | batch(2) | list }}",
        encoding="utf-8",
    )
    assert render(tmp_path, "one.html") == (
        "a1&lt; 1, 2 a+b 007 1024 3  x .    a 1.6 [1, 2] tu {&#34;a&#34;: 1} a/  b [[1, 2], [3]]".replace("&#34;", '"')
    )
