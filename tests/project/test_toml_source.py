from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

import pytest

from book.problem import Span
from book.project.toml_source import parse

TEXT = """\
# a comment
[book]
title = "T"
subjects = [
  "a",
  "b",
]

# about the edition
[editions.print]
output = "pdf"
page = { width = "6in", height = "9in" }
note = \"\"\"
output = 3
\"\"\"
"""


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ((), (1, 1)),
        (("book",), (2, 2)),
        (("book", "title"), (3, 1)),
        (("book", "subjects", 1), (6, 3)),
        (("editions", "print"), (10, 11)),
        (("editions", "print", "output"), (11, 1)),
        (("editions", "print", "page", "height"), (12, 25)),
        (("editions", "print", "note"), (13, 1)),
        (("editions", "print", "missing"), (10, 11)),
    ],
)
def test_a_key_or_an_item_is_placed_where_it_begins(path: tuple[str | int, ...], place: tuple[int, int]) -> None:
    document = parse(TEXT, "book.toml").value
    assert document is not None
    assert document.at(path) == Span("book.toml", *place)


NESTED = """\
"a.b" . c = {\t'd e' = [1979-05-27 07:32:00, { f = "]}," }], g.h = +1.5e-3 } # [x]
3.14 = '''
[no]
'''''
quotes = 'a "# b'
matrix = [ # of lists
  [1, 2], # ]
  [],
]
[[list]]
[[list]]
a = ["", '']
[list.sub]
b = 1
[[list.sub.deep]]
c = { }
[[list]]
"\\u00e9" = true
"""


def paths(value: object, above: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path of everything in a value."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, part in parts:
        yield (*above, step)
        yield from paths(part, (*above, step))


def test_everything_that_a_document_holds_has_a_place() -> None:
    document = parse(NESTED, "book.toml").value
    assert document is not None
    places = {path: str(document.at(path)) for path in paths(document.data)}
    assert len(places) == 29
    assert places["list", 1, "sub", "deep", 0, "c"] == "book.toml:16:1"
    assert places["list", 2, "é"] == "book.toml:18:1"
    assert places["matrix", 1] == "book.toml:8:3"
    assert places["a.b", "c", "d e", 1, "f"] == "book.toml:1:47"


def test_finding_places_takes_time_in_proportion_to_the_document() -> None:
    text = "[book]\nchapters = [\n" + "".join(f'  "chapters/{n}.md",\n' for n in range(20_000)) + "]\n"
    document = parse(text, "book.toml").value
    assert document is not None
    started = perf_counter()
    for number in range(20_000):
        assert document.at(("book", "chapters", number)).line == number + 3
    assert perf_counter() - started < 5, "a scan for each place would take minutes"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a = 1\nb = = 2", "book.toml:2:5"),
        ("a = 1\na = 2\nb = 1", "book.toml:2:6"),
        ("a = 1\n\nb = [1,\n", "book.toml:3"),
        ("a = " + "[" * 5000, "book.toml"),
        ("a = " + "9" * 5000, "book.toml:1"),
    ],
)
def test_what_cannot_be_parsed_is_placed(text: str, place: str) -> None:
    checked = parse(text, "book.toml")
    assert checked.value is None
    (problem,) = checked.problems
    assert problem.code == "malformed-toml"
    assert str(problem.at) == place
