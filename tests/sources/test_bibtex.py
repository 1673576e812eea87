from __future__ import annotations

import pytest

from book.model.sources import Name, RichText, Source
from book.problem import Checked, Severity
from book.sources.bibtex import read
from book.sources.latex import read_latex, write_latex, write_rich_latex


def checked(text: str) -> Checked[tuple[Source, ...]]:
    return read(text, "sources.bib")


def source(fields: str, kind: str = "misc") -> Source:
    (found,) = checked(f"@{kind}{{a, title = {{T}}, {fields}}}").value
    return found


SPEECH = r"""
@string{kelm = "Kelmouth"}
@unpublished{reed-1908,
  author     = {Reed, Ada and van Beethoven, Ludwig and {World Health Organization} and King, Jr., Martin Luther},
  title      = {On {\emph{Hamlet}}},
  subtitle   = {A {NASA} speech},
  shorttitle = {Hamlet},
  date       = {1908~},
  eventtitle = {Debate on the Harbour},
  venue      = kelm # ", " # {Town Hall},
  langid     = {british},
  translator = {Holt, Tom{\'a}s},
  url        = {https://example.org/a_b%20c},
}
"""


def test_a_speech_in_biblatex_becomes_a_source() -> None:
    found = checked(SPEECH)
    (speech,) = found.value
    assert found.problems == speech.problems == ()
    assert (speech.id, speech.type, str(speech.at)) == ("reed-1908", "speech", "sources.bib:3")
    assert speech.title == RichText("On Hamlet: A NASA speech", "On <i>Hamlet</i>: A NASA speech")
    assert (speech.short_title, speech.event) == ("Hamlet", "Debate on the Harbour")
    assert (speech.place, speech.language, speech.url) == (
        "Kelmouth, Town Hall",
        "en-GB",
        "https://example.org/a_b%20c",
    )
    assert speech.date is not None
    assert speech.date.edtf == "1908~"
    assert speech.authors == (
        Name("Reed", "Ada"),
        Name("Beethoven", "Ludwig", dropping_particle="van"),
        Name(literal="World Health Organization"),
        Name("King", "Martin Luther", suffix="Jr."),
    )
    assert speech.people("translator") == (Name("Holt", "Tomás"),)


@pytest.mark.parametrize(
    ("fields", "edtf", "words"),
    [
        ("date = {1908-03-02/1908-03-04}", "1908-03-02/1908-03-04", None),
        ("date = {2004-23}", "2004-23", None),
        ("date = {199X}", "199X", None),
        ("date = {2000/..}", "2000/..", None),
        ("date = {2004-04-25T14:34:00}", "2004-04-25", None),
        ("year = 1908, month = mar, day = 2", "1908-03-02", None),
        ("year = {1908}, month = {March}", "1908-03", None),
        ("year = 1908, month = 3", "1908-03", None),
        ("year = {c. 1850}", "1850~", None),
        ("year = 1908, month = {March--April}", "1908-03/1908-04", None),
        ("date = {forthcoming}", "", "forthcoming"),
        ("year = 1908, month = {Michaelmas}", "1908", "Michaelmas 1908"),
    ],
)
def test_dates_of_both_dialects_are_read(fields: str, edtf: str, words: str | None) -> None:
    date = source(fields).date
    assert date is not None
    assert (date.edtf, date.literal) == (edtf, words)


def test_the_day_of_the_event_and_of_the_first_publication_are_kept_apart() -> None:
    found = source("date = {1950}, eventdate = {1908-03-02}, origdate = {1909}")
    assert found.date is not None
    assert found.original_date is not None
    assert (found.date.edtf, found.original_date.edtf) == ("1908-03-02", "1909")


@pytest.mark.parametrize(
    ("kind", "fields", "type_"),
    [
        ("article", "journaltitle = {J}", "article-journal"),
        ("article", "entrysubtype = {newspaper}", "article-newspaper"),
        ("unpublished", "eventtitle = {E}", "speech"),
        ("unpublished", "note = {N}", "manuscript"),
        ("misc", "entrysubtype = {speech}", "speech"),
        ("misc", "type = {Lecture}", "speech"),
        ("incollection", "booktitle = {B}", "chapter"),
        ("letter", "", "personal_communication"),
        ("somethingelse", "", "document"),
    ],
)
def test_types_become_those_of_csl(kind: str, fields: str, type_: str) -> None:
    assert source(fields, kind).type == type_


def test_a_child_has_the_fields_of_its_parents() -> None:
    child, parent = checked(
        "@inproceedings{c, crossref = {p}, xdata = {x}, title = {Child}}\n"
        "@proceedings{p, title = {Papers}, subtitle = {Of a day}, date = 2001, editor = {Pike, Jonas}}\n"
        "@xdata{x, location = {Kelmouth}}\n"
    ).value[:2]
    assert (child.title, child.container, child.place) == ("Child", "Papers: Of a day", "Kelmouth")
    assert child.people("editor") == parent.people("editor") == (Name("Pike", "Jonas"),)


def test_names_in_the_extended_format_and_with_a_prefix_in_use() -> None:
    found = source("author = {family=Bach, given=Anna, prefix=von and Müller, É.}, editor = {de Gaulle, Charles}")
    assert found.authors == (Name("Bach", "Anna", dropping_particle="von"), Name("Müller", "É."))
    used = source("author = {van Beethoven, Ludwig}, options = {useprefix=true}")
    assert used.authors == (Name("Beethoven", "Ludwig", non_dropping_particle="van"),)


def test_one_broken_entry_does_not_stop_the_others() -> None:
    found = checked("@misc{a, title={One}}\n@misc{b, title={Two\n@misc{c, title={Three}}\n@misc{a, title={Again}}\n")
    assert [one.id for one in found.value] == ["a", "c", "a"]
    assert [(str(one.at), one.code, one.severity) for one in found.problems] == [
        ("sources.bib:2", "malformed-bibtex", Severity.WARNING)
    ]


def test_fields_that_nobody_knows_are_notes_and_slips_are_errors() -> None:
    found = checked("@misc{a, titel = {T},\n journl = {x}, colour = {red}}")
    (one,) = found.value
    assert [problem.hint for problem in one.problems if problem.code == "unknown-key"] == ['did you mean "title"?']
    assert {problem.severity for problem in found.problems} == {Severity.NOTE}


@pytest.mark.parametrize(
    ("latex", "words"),
    [
        (r"{\'E}cole {\O}degaard \v{C}apek \ss{} \aa", "École Ødegaard Čapek ß å"),
        (r"{\em Old} and \textbf{new}", "<i>Old</i> and <b>new</b>"),
        (r"H$_2$O at $10^{3}$ and $^{2}$", "H<sub>2</sub>O at 10<sup>3</sup> and <sup>2</sup>"),
        (r"``quoted'' 1908--1910 \& 50\%", "“quoted” 1908–1910 & 50%"),
        ("50% of the town", "50% of the town"),
        (r"50% of \emph{all} 10\%", "50% of <i>all</i> 10%"),
        (r"The {\TeX}book, \LaTeX\ and \BibTeX{} at 20\,\degree C", "The TeXbook, LaTeX and BibTeX at 20 °C"),
        ("{NASA} in ``space''", "NASA in “space”"),
        (r"\mkbibquote{q} \enquote{r} \unknown{s}", "“q” “r” s"),
        (r"\href{http://x} {y} \href and", "y and"),
        (r"unbalanced {x \emph{y", "unbalanced x <i>y</i>"),
    ],
)
def test_latex_is_read_as_words_with_markup(latex: str, words: str) -> None:
    assert read_latex(latex) == words


def test_words_are_written_as_latex_that_reads_back() -> None:
    text = "50% of A & B_c ~ $5 #1 {x} \\y"
    assert read_latex(write_latex(text)) == text
    assert read_latex(write_rich_latex("On <i>Hamlet</i> &amp; <sup>2</sup>")) == "On <i>Hamlet</i> & <sup>2</sup>"


@pytest.mark.parametrize(
    ("latex", "words"),
    [
        (r"Errors of $10^{-3}$ and $x_{2}$", "Errors of 10<sup>−3</sup> and x<sub>2</sub>"),
        (r"10$^{-3}$, $x^2$, H$_2$O", "10<sup>−3</sup>, x<sup>2</sup>, H<sub>2</sub>O"),
        (r"$a_i^{n-1}$ of $\alpha_\beta$ for \$10", "a<sub>i</sub><sup>n−1</sup> of α<sub>β</sub> for $10"),
        (r"\noopsort{1973a}Letters \protect\emph{now}\slash then", "Letters <i>now</i>/then"),
    ],
)
def test_scripts_within_formulas_are_raised_and_lowered(latex: str, words: str) -> None:
    assert read_latex(latex) == words


def test_commands_that_nobody_knows_are_told_with_the_line_of_their_field() -> None:
    found = checked(
        "@misc{a,\n  title = {In \\unknown{Steam} \\emph{Engines} \\\\ \\alpha},\n"
        "  author = {A and \\'Etienne Brun and \\foo Smith},\n  date = {1901}, abstract = {\\nobody}\n}\n"
    )  # fmt: skip
    told = [(one.code, one.at.line, one.message) for one in found.problems]
    assert told == [
        ("foreign-markup", 2, r'the field "title" has LaTeX that is not known here: \unknown; it is left out'),
        ("foreign-markup", 3, r'the field "author" has LaTeX that is not known here: \foo; it is left out'),
    ]
    assert [str(name) for name in found.value[0].authors] == ["A", "Étienne Brun", "Smith"]


def test_strings_may_name_strings_before_them() -> None:
    strings = '@string{a = "Alpha"}\n@string{b = a # " Beta"}\n@string{c = b}\n'
    (found,) = checked(strings + '@book{k, title = b # " Gamma", publisher = c}').value
    assert found.title == "Alpha Beta Gamma"
    assert found.publisher == "Alpha Beta"


def test_strings_that_grow_without_bounds_are_left_out_with_their_line() -> None:
    doubled = "".join(f"@string{{s{n + 1} = s{n} # s{n}}}\n" for n in range(60))
    found = checked('@string{s0 = "words"}\n' + doubled + "@book{k, title = {T}, publisher = s60}")
    (problem,) = found.problems
    assert (problem.code, problem.at.line) == ("malformed-bibtex", 16)
    assert "more than 100000 characters" in problem.message
