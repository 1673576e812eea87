"""What an EPUB cannot contain is left out of a project's stylesheets, with its line; the rest stays as it is."""

from __future__ import annotations

import pytest
import tinycss2

from book.epub.css import clean


@pytest.mark.parametrize(
    ("css", "kept", "told"),
    [
        ("p { color: red; x: url(a) }\n/* c */ @page { margin: 1in }", None, []),
        ("@media screen {\n  p { margin: 0 }\n}", None, []),
        ("p { direction: rtl; margin: 0 }", "p {  margin: 0 ;}", [(1, "direction")]),
        ("p { position: relative }\nq { position : Fixed }", "p { position: relative }\nq {", [(2, "position: fixed")]),
        ("@media print { p { margin: 0 }\nq { unicode-bidi: embed } }", "unicode-bidi", [(2, "unicode-bidi")]),
        ("p {\n  margin 0;\n  color: red }", "p {\n  \n  color: red ;}", [(2, "not CSS")]),
        ("a { }\n}", "a { }\n", [(2, "not CSS")]),
        ("a { }\n}\nb { }\nc { }", "a { }\n\nc { }", [(2, "not CSS")]),
        ("p { margin: 0;\n  q { color: red } }", "p { margin: 0;\n   }", [(2, "in another rule")]),
        ("p { margin: 0", "p { margin: 0}", []),
        ("<!-- p { margin: 0 } -->", " p { margin: 0 } ", []),
    ],
)
def test_a_stylesheet_keeps_what_can_stay(css: str, kept: str | None, told: list[tuple[int, str]]) -> None:
    text, problems = clean(tinycss2.parse_component_value_list(css), "own.css")
    if kept == "unicode-bidi":
        assert kept not in text
        assert "margin: 0" in text
    else:
        assert text.startswith(css if kept is None else kept)
    assert [problem.at.line for problem in problems] == [line for line, _ in told]
    for problem, (_, words) in zip(problems, told, strict=True):
        assert (problem.code, problem.severity) == ("stylesheet", "warning")
        assert words in problem.message
