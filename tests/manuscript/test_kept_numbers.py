"""Numbers of quotations that were printed, and are kept when text is inserted, moved, corrected or taken away."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from book.build import build_book
from book.check import check_all, check_book
from book.cli.commands import main
from book.manuscript.kept_numbers import FILE
from tests.conftest import MakeBook
from tests.readers import PdfReader

WORDS = {
    "bread": "Bread is dear, and it will be dearer before the winter is over.",
    "corn": "Corn is what the poor eat, and what the rich count.",
    "salt": "Salt has no price where there is none.",
}


def chapter(title: str, *quotations: str) -> str:
    """A chapter with some quotations, each words, or words behind the id that an author gave them."""
    blocks = []
    for quotation in quotations:
        words, _, name = quotation.partition(" #")
        blocks.append(f"> {words}\n>\n> — [@talk-2013]\n" + (f"{{#{name}}}\n" if name else ""))
    return f"# {title}\n\n" + "\n".join(blocks)


FIRST = chapter("First", *WORDS.values())
SECOND = chapter("Second", "One of the second.", "Two of the second.")


def numbers(root: Path) -> list[str]:
    """The numbers of all quotations, in the order of the book."""
    checked = check_book(root)
    assert checked.value is not None
    return [checked.value.numbers[one.anchor] for part in checked.value.chapters for one in part.quotations]


def keep(root: Path) -> None:
    """Keep the numbers as they are now."""
    done = CliRunner().invoke(main, ["numbers", "--keep", "--project", str(root)])
    assert done.exit_code == 0, done.output


@pytest.fixture
def root(make_book: MakeBook) -> Path:
    """A book of two chapters with three and two quotations, whose numbers are kept."""
    root = make_book({"chapters/01-first.md": FIRST, "chapters/02-second.md": SECOND})
    assert numbers(root) == ["1.1", "1.2", "1.3", "2.1", "2.2"]
    keep(root)
    return root


CHANGES = {
    "nothing": (list(WORDS.values()), ["1.1", "1.2", "1.3"]),
    "one between": ([WORDS["bread"], "Quite new.", WORDS["corn"], WORDS["salt"]], ["1.1", "1.1a", "1.2", "1.3"]),
    "two between": (
        [WORDS["bread"], "Quite new.", "Newer still.", WORDS["corn"], WORDS["salt"]],
        ["1.1", "1.1a", "1.1b", "1.2", "1.3"],
    ),
    "one before": (["Quite new.", *WORDS.values()], ["1.0a", "1.1", "1.2", "1.3"]),
    "one behind": ([*WORDS.values(), "Quite new."], ["1.1", "1.2", "1.3", "1.4"]),
    "another order": (list(reversed(WORDS.values())), ["1.3", "1.2", "1.1"]),
    "one gone": ([WORDS["bread"], WORDS["salt"]], ["1.1", "1.3"]),
    "the last gone, and a new one": ([WORDS["bread"], WORDS["corn"], "Quite new."], ["1.1", "1.2", "1.4"]),
    "a word corrected": ([WORDS["bread"].replace("dearer", "dear"), *list(WORDS.values())[1:]], ["1.1", "1.2", "1.3"]),
    "one from another chapter": ([*WORDS.values(), "Two of the second."], ["1.1", "1.2", "1.3", "1.4"]),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_number_that_was_printed_is_kept(root: Path, name: str) -> None:
    quotations, expected = CHANGES[name]
    (root / "chapters/01-first.md").write_text(chapter("First", *quotations))
    assert numbers(root) == [*expected, "2.1", "2.2"]


def test_a_quotation_with_an_id_is_known_whatever_its_words_are(make_book: MakeBook) -> None:
    root = make_book({"chapters/01-first.md": chapter("First", "One. #one", "Two. #two")})
    keep(root)
    changed = chapter(
        "First", "Something else altogether, before. #new", "All other words than those. #two", "One. #one"
    )
    (root / "chapters/01-first.md").write_text(changed)
    assert numbers(root) == ["1.0a", "1.2", "1.1"]


def test_a_quotation_that_moves_to_another_chapter_takes_its_number_along(root: Path) -> None:
    (root / "chapters/01-first.md").write_text(chapter("First", WORDS["bread"], WORDS["salt"]))
    (root / "chapters/02-second.md").write_text(
        chapter("Second", "One of the second.", WORDS["corn"], "Two of the second.")
    )
    assert numbers(root) == ["1.1", "1.3", "2.1", "1.2", "2.2"]


def test_a_new_chapter_between_others_changes_no_number(root: Path) -> None:
    (root / "chapters/02-second.md").rename(root / "chapters/03-second.md")
    (root / "chapters/02-new.md").write_text(chapter("New", "Quite new.", "Newer still."))
    assert numbers(root) == ["1.1", "1.2", "1.3", "1a.1", "1a.2", "2.1", "2.2"]
    (told,) = [problem for problem in check_book(root).problems if problem.code == "kept-numbers"]
    assert (told.at.path, str(told.severity)) == ("chapters/03-second.md", "note")
    assert "which is 3 now, keep numbers that begin with 2" in told.message


def test_a_second_printing_keeps_the_numbers_of_both(root: Path) -> None:
    path = root / "chapters/01-first.md"
    path.write_text(chapter("First", WORDS["bread"], "Quite new.", WORDS["salt"]))
    (told,) = [problem for problem in check_book(root).problems if problem.code == "kept-numbers"]
    assert (told.at.path, told.at.line) == (FILE, 3)
    keep(root)
    path.write_text(chapter("First", WORDS["bread"], "Newer still.", "Quite new.", WORDS["salt"], "The last."))
    assert numbers(root) == ["1.1", "1.1b", "1.1a", "1.3", "1.4", "2.1", "2.2"]
    path.write_text(FIRST)
    assert numbers(root) == ["1.1", "1.2", "1.3", "2.1", "2.2"]


def test_the_kept_number_is_printed_and_a_change_of_the_file_is_noticed(root: Path) -> None:
    sheet = '[book]\ntitle = "T"\n[editions.sheet]\noutput = "pdf"\nsplit = "chapter"\n'
    (root / "book.toml").write_text(sheet)
    build_book(root, jobs=1)
    (root / FILE).write_text((root / FILE).read_text().replace("2.2,", "2.7,"))
    build_book(root, jobs=1)
    assert "2.7" in "".join(PdfReader(root / "build/sheet/second.pdf").texts)


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        ("a,b\n", 1, "its columns are not number, anchor, text"),
        ("number,anchor,text\n1.1,first#q\n", 2, "there is no number, anchor and text"),
        ("number,anchor,text\n1.1,a#b,x\n1.1,a#c,y\n", 3, 'the number "1.1" twice'),
        ('number,anchor,text\n1.1,a#b,"x', 2, "this is not CSV"),
    ],
)
def test_a_damaged_file_is_an_error_with_its_line(root: Path, content: str, line: int, words: str) -> None:
    (root / FILE).write_text(content)
    (problem,) = check_book(root).problems
    assert (problem.code, problem.at.path, problem.at.line) == ("malformed-csv", FILE, line)
    assert words in problem.message


def test_the_numbers_are_listed_with_place_and_words(root: Path) -> None:
    done = CliRunner().invoke(main, ["numbers", "--project", str(root)])
    assert "2.2" in done.stdout
    assert "chapters/02-second.md:7" in done.stdout
    assert "Two of the second." in done.stdout


@pytest.mark.parametrize("target", ["nowhere", "/dev/null", "."])
def test_numbers_that_cannot_be_read_are_an_error_not_other_numbers(make_book: MakeBook, target: str) -> None:
    root = make_book()
    (root / FILE).symlink_to(target)
    assert [str(problem.at) for problem in check_all(root).problems if problem.code == "unreadable-file"] == [FILE]


def test_numbers_that_cannot_be_written_stay_as_they_were(make_book: MakeBook) -> None:
    root = make_book({"chapters/01-first.md": FIRST})
    command = Path(sys.executable).with_name("book")
    subprocess.run([command, "numbers", "--keep", "--project", root], check=True, capture_output=True)
    before = (root / FILE).read_bytes()
    (root / "chapters" / "02-second.md").write_text(SECOND, encoding="utf-8")
    limited = f"ulimit -f 0; exec {shlex.quote(str(command))} numbers --keep --project {shlex.quote(str(root))}"
    done = subprocess.run(["bash", "-c", limited], check=False, capture_output=True, text=True)
    assert done.returncode == 1
    assert FILE in done.stderr
    assert (root / FILE).read_bytes() == before
