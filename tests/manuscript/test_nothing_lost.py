"""No word of a chapter gets lost, whatever stands in what: it is in the tree, or a problem names its line."""

from __future__ import annotations

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from book.manuscript.syntax import parse, serialise

PREFIXES = ("", "", "- ", "  ", "1. ", "   ", "> ", "> - ", ">   ", ":   ", "    ", "[^a]: ", "- > ", "(a) ", "| ")
CONTENTS = (
    "{}", "{}", "{} {}", "", "", "", "::: note", "::: {{.q}}", "::: tip {}", ":::", ":::", "$$ x {}", "{} $$", "$$",
    "| {}", "| {} | {} |", "|---|---|", "+-----+", "| {} |", "{}   {}", "--- ---", "-----", "<div>", "<div>{}",
    "</div>", "```", "{}\\", "# {}", "Term {}", "Call[^a] {}", "{{.cls}}", "<b>{}", "    {}", "![{}](a.png)",
    "Table: {}", "*{}", "{}*", "<![CDATA[{}]]> {}", "{} <?{}?>", "a <!{}> {}", "<?{}", "<![CDATA[{}", "<!{}",
    "]]>", "?>",
)  # fmt: skip
WORD = re.compile(r"zq\d+z")
UNSEEN = re.compile(r"<\?.*?\?>|<!\[CDATA\[.*?\]\]>|<![a-z].*?>", re.DOTALL)


@st.composite
def chapters(draw: st.DrawFn) -> str:
    """Lines that begin like containers, with content that begins or ends blocks; each word is another."""
    lines: list[str] = []
    number = 0
    for begun, content in draw(st.lists(st.tuples(st.sampled_from(PREFIXES), st.sampled_from(CONTENTS)), max_size=14)):
        words = [f"zq{number + n}z" for n in range(content.replace("{{", "").count("{"))]
        number += len(words)
        second = begun == "[^a]: " and any(line.startswith(begun) for line in lines)
        lines.append(("    " if second else begun) + content.format(*words))
    return "Call[^a].\n\n" + "\n".join(lines) + "\n"


@settings(max_examples=300)
@given(chapters())
@example("1. First zq0z\n\n   ::: tip\n   Dry zq1z.\n\n2. Second zq2z\n\n:::\n\nAfter zq3z.\n")
@example("- ::: note\n  zq0z\n- zq1z\n\nzq2z\n\n::: tip\nzq3z\n:::\n\nzq4z\n")
@example("Term\n:   ::: note\n    zq0z\n\nzq1z\n\n:::\n\nzq2z\n")
@example("> - ::: note\n>   zq0z\n> - zq1z\n>\n> zq2z\n\nzq3z\n\n:::\n\nzq4z\n")
@example("- $$ x\n  y zq0z\nzq1z $$\n")
@example("- zq0z   zq1z\n  ----   ----\n  zq2z   zq3z\nzq4z   zq5z\n")
def test_every_word_is_in_the_tree_or_its_line_is_named(text: str) -> None:
    draft = parse(text, "chapters/01.md", "precision", title="Precision", handles=set())
    shown = set(WORD.findall(serialise(draft)))
    named = {problem.at.line for problem in draft.problems}
    for whole in UNSEEN.finditer(text):  # named by one of its lines
        begin, end = (text.count("\n", 0, at) + 1 for at in whole.span())
        lines = set(range(begin, end + 1))
        named |= lines if lines & named else set()
    lost = [
        (number, word)
        for number, line in enumerate(text.split("\n"), 1)
        for word in WORD.findall(line)
        if word not in shown and number not in named
    ]
    assert not lost, (text, [str(problem) for problem in draft.problems])
