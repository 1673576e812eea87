"""The chapters' markup: cases anyone can add to (`cases/syntax/*.md`), and what holds for every text.

A case is a title (`# …`), the input in a block of four backticks and `markdown`, and what it becomes in a block
`html`; a third, `problems`, holds what is reported, without hints. The digits that an id ends with, made from
the words around, are written `########`. `--rewrite` writes the expectations anew, to be reviewed.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from book.manuscript.syntax import RULES, TRANSFORMS, parse, serialise

CASES = Path(__file__).parent.parent / "cases" / "syntax"
CASE = re.compile(
    r"^# (?P<title>[^\n]+)\n\n````markdown\n(?P<text>.*?)\n````\n\n````html\n(?P<html>.*?)\n?````\n"
    r"(?:\n````problems\n(?P<problems>.*?)\n````\n)?",
    re.MULTILINE | re.DOTALL,
)
DIGEST = re.compile(r'(id="(?:cite|ref|term|q)-(?:[^"]*-)?)[0-9a-f]{8}(?=["-])')
PATH = "chapters/02-precision.md"


class Case(NamedTuple):
    """One case of a file."""

    title: str
    text: str
    html: str
    problems: str

    def __str__(self) -> str:
        """The case as it is written."""
        problems = f"\n````problems\n{self.problems}\n````\n" if self.problems else ""
        return f"# {self.title}\n\n````markdown\n{self.text}\n````\n\n````html\n{self.html}\n````\n{problems}"


def render(text: str) -> tuple[str, str]:
    """The body that a text becomes, its attributes sorted and its digests hidden, and its problems."""
    title = None if re.search("^# ", text, re.MULTILINE) else "Precision"
    draft = parse(text, PATH, "precision", title=title, handles={"good", "later"})
    body = etree.tostring(etree.fromstring(f"<body>{serialise(draft)}</body>"), method="c14n2").decode()
    body = re.sub(r"></(?:br|hr|img)>", "/>", body)  # canonical XML does not know void elements
    problems = "\n".join(str(problem).split("\n")[0] for problem in draft.problems)
    return DIGEST.sub(r"\1########", body.removeprefix("<body>").removesuffix("</body>")), problems


def cases(file: Path) -> list[Case]:
    """The cases of a file."""
    found = CASE.finditer(file.read_text("utf-8"))
    return [Case(*(one[name] or "" for name in ("title", "text", "html", "problems"))) for one in found]


FILES = sorted(CASES.glob("*.md"))
ALL = [pytest.param(case, id=f"{file.stem}: {case.title}") for file in FILES for case in cases(file)]


@pytest.mark.parametrize("case", ALL)
def test_a_text_becomes_what_its_case_says(case: Case) -> None:
    assert render(case.text) == (case.html, case.problems)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_file_of_cases_holds_nothing_but_cases(file: Path, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("rewrite"):
        anew = [Case(case.title, case.text, *render(case.text)) for case in cases(file)]
        file.write_text("\n".join(map(str, anew)), "utf-8")
    assert file.read_text("utf-8") == "\n".join(map(str, cases(file)))


def test_every_construct_has_a_file_of_cases() -> None:
    own = {*RULES, *TRANSFORMS, "typography"} - {"ids"}
    assert own <= {file.stem for file in FILES}


PIECES = [
    "[", "](x.md)", "![", '](i.png "t")', "[@k]", "[@k, p. 3; @l]", "@key", "\\@", "\\[", "`", " ", "\n", "\n\n",
    "\n> ", "\n\n> ", "\n> > ", "\n- ", "\n1. ", "\n    ", "*", "**", "_", '"', "'", "word", "two words", "十八洞",
    "[^1]", "[^2]", "\n\n[^1]: note text\n", '\n\n[Ref]: https://e.org/@me "T [x]"\n\n', "[Ref]", "[text][Ref]",
    "{.index}", "{#id}", "{lang=zh}", "{: .c }", "\n## ", "\n# ", "\n---\n", "|",
    "\n| a | b |\n|---|---|\n| [@t] | x |\n", "<b>", "</b>", "<div>", "</div>", "<script>", "</script>", "<!--",
    "-->", "<br>", '<a href="x.md">', "</a>", "<https://a.org/@b>", "<me@x.org>", "\n```\n", "&amp;", "&", "<", ">",
    "{{ x }}", "\n*[HTML]: Hyper\n", "HTML", "\n:   def", "--", "\t", "!", "@", "[x]{.y}",
    '[[a]{.b} c]{.index term="q"}', "\n>\n> — [@k]\n", ";", "(", ")", '\\"',
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=25).map("".join)


@given(TEXTS)
@settings(max_examples=300, deadline=None, derandomize=True)
def test_any_text_becomes_well_formed_xhtml_with_ids_used_once(text: str) -> None:
    draft = parse(text, PATH, "precision")
    body = serialise(draft)
    root = etree.fromstring(f"<body>{body}</body>")
    ids = [element.get("id", "") for element in root.iterfind(".//*[@id]")]
    assert len(ids) == len(set(ids))
    assert set(ids) == draft.ids
    assert not re.search("[\x02\x03]|data-n=", body)
    anchors = {one.anchor for one in draft.mentions} | {one.anchor for one in draft.references}
    anchors |= {one.anchor for one in draft.terms} | {one.anchor for one in draft.quotations}
    assert anchors <= {f"precision#{name}" for name in ids}


def test_each_finding_knows_its_line_and_column() -> None:
    text = """\
Intro [see @a, p. 1] and @b.

## A [term]{.index}

> Words
>
> — [@c]

1. See [there](x.md)
    and ![it](i.png)\there [@d].
"""
    draft = parse(text, PATH, "precision", title="Precision", first_line=7)
    places = {mention.key: str(mention.at) for mention in draft.mentions}
    places |= {"term": str(draft.terms[0].at), "heading": str(draft.headings[0].at)}
    places |= {"quotation": str(draft.quotations[0].at), "picture": str(draft.pictures[0].at)}
    places |= {"reference": str(draft.references[0].at)}
    assert {name: place.removeprefix(f"{PATH}:") for name, place in places.items()} == {
        "a": "7:12",
        "b": "7:26",
        "c": "13:6",
        "d": "16:28",
        "term": "9:6",
        "heading": "9:4",
        "quotation": "11:1",
        "reference": "15:8",
        "picture": "16:9",
    }


def test_ids_stay_when_a_paragraph_is_inserted_elsewhere() -> None:
    text = """\
Says [@a].[^n]

> Words.
>
> — [@a]

> Other words.
>
> — [@a]

A [term]{.index} and [there](x.md).

[^n]: Note [@a].
"""
    before = parse(text, PATH, "precision")
    after = parse(
        f"New [@a], [term]{{.index}}, [x](x.md).[^m]\n\n> New.\n>\n> — [@a]\n\n{text}\n[^m]: M.\n", PATH, "precision"
    )
    assert len(before.ids) == 10
    assert before.ids <= after.ids


def test_the_same_words_twice_get_ids_of_their_own() -> None:
    draft = parse("See [@a].\n\nSee [@a].", PATH, "precision")
    first, second = (mention.anchor for mention in draft.mentions)
    assert second == f"{first}-2"


def test_marks_of_two_characters_leave_all_others_in_their_places() -> None:
    written = "Ils : \"lu 'pain' b\" [@x] puis : \"lu 'pain' b\" fin."
    html = serialise(parse(written, PATH, "precision", language="fr"))
    assert html.count("«\u202flu “pain” b\u202f»") == 2
    assert "Ils" in html
    assert " puis" in html
    assert html.endswith(" fin.</p>")


@pytest.mark.parametrize(
    ("language", "written", "expected"),
    [
        ("zh-Hans", "他说：\"我读了'面包'一书\"。", "他说：“我读了‘面包’一书”。"),
        ("zh-Hant", "他說：\"我讀了'麵包'一書\"。", "他說：「我讀了『麵包』一書」。"),
        ("ko", "\"우리는 '빵'을 읽었다\"고 했다", "“우리는 ‘빵’을 읽었다”고 했다"),
        ("ar", "قالوا: \"قرأنا 'الخبز' أولا\"", "قالوا: ”قرأنا ’الخبز‘ أولا“"),
        ("en", "the dog's \"it's 'ab' b\"", "the dog’s “it’s ‘ab’ b”"),
    ],
)
def test_marks_within_marks_are_those_of_the_language(language: str, written: str, expected: str) -> None:
    assert serialise(parse(written, PATH, "precision", language=language)) == f"<p>{expected}</p>"


@pytest.mark.parametrize(
    ("language", "expected"), [("en", "“a”"), ("de-AT", "„a“"), ("fr", "«\u202fa\u202f»"), ("zh", "“a”")]
)
def test_quotation_marks_are_those_of_the_language(language: str, expected: str) -> None:
    assert serialise(parse('"a"', PATH, "precision", language=language)) == f"<p>{expected}</p>"


@pytest.mark.parametrize("text", ["- " * 120 + "x", "- " * 600 + "x", "<div>" * 300 + "x", "> " * 101 + "x"])
def test_what_is_nested_too_deeply_is_a_problem_with_its_line_and_harms_no_other_chapter(text: str) -> None:
    draft = parse(f"Words.\n\n- a\n  - b\n\n{text}\n\nMore.\n", PATH, "precision", first_line=4)
    assert [(problem.code, problem.at.line) for problem in draft.problems] == [("deep-nesting", 9)]
    assert serialise(parse("text", PATH, "precision")) == "<p>text</p>"


def test_a_paragraph_with_very_many_citations_takes_no_more_than_its_share_of_time() -> None:
    text = "word [@k] " * 3000
    assert len(parse(text, PATH, "precision").mentions) == 3000  # seconds if anything is quadratic
