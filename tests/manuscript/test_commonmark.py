"""The counter of CommonMark's examples counts strictly, and says why an example differs."""

from __future__ import annotations

import pytest

from benchmarks.commonmark import Example, body, examples, outline, purpose, read

SPEC = """\
# Examples

## Lists

```````````````````````````````` example
- one
.
<ul>
<li>one</li>
</ul>
````````````````````````````````

# Pictures

```````````````````````````````` example
![a](b.png "c")
.
<p><img src="b.png" alt="a" title="c" /></p>
````````````````````````````````
"""


def differs(text: str, html: str) -> str | None:
    """Why what the reader makes of a text differs from an expectation; None if it does not."""
    shown = outline(body(read(text)))
    return None if shown == outline(body(html)) else purpose(Example(1, "", text, html), shown)


def test_examples_have_their_number_and_section() -> None:
    assert [(one.number, one.section, one.text) for one in examples(SPEC)] == [
        (1, "Lists", "- one\n"),
        (2, "Pictures", '![a](b.png "c")\n'),
    ]


@pytest.mark.parametrize(
    ("text", "html", "why"),
    [
        ("- one", "<ul><li>one</li></ul>", None),
        ("# one", "<h1>one</h1>", None),
        ("one", "<div>one</div>", ""),
        ("one", "<p>two</p>", ""),
        ("one", "one", "words outside of any block stand in a paragraph"),
        ('![a](b.png "c")', '<p><img src="b.png" title="c"></p>', "pictures that stand alone are figures"),
        ("one\\\ntwo", "<p>one<br>\ntwo</p>", "lines that all end in a backslash are verse"),
        ("## ", "<h2></h2>", "headings and paragraphs without words are left out"),
    ],
)
def test_what_differs_is_told_apart_by_its_purpose(text: str, html: str, why: str | None) -> None:
    assert differs(text, html) == why
