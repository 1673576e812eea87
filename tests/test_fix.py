"""`book check --fix`: dates are written anew in the files, and nothing else."""

from __future__ import annotations

import stat

from click.testing import CliRunner

from book.check import check_book
from book.cli.commands import main
from book.problems.fixing import apply_fixes
from tests.conftest import MakeBook

YAML = """\
# kept: 4 May 1901
- id: a
  type: speech
  title: 4 May 1901
  issued:   4 May 1901   # a comment, 4 May 1901
- {id: b, title: B, issued: "May 4, 1901", note: "May 4, 1901"}
- id: c
  title: C
  issued: {raw: '12.06.1924'}
- id: d
  title: D
  issued: 4/5/1901
- id: e
  title: E
  issued:
    literal: spring 1919
"""
FIXED = (
    YAML.replace("issued:   4 May 1901", "issued:   1901-05-04")
    .replace('issued: "May 4, 1901"', 'issued: "1901-05-04"')
    .replace("spring 1919", "1919-21")
)
CHAPTER = "# One\n\nA [@a; @b; @c; @d; @e].\n"


def test_the_characters_of_a_date_are_replaced_and_nothing_else(make_book: MakeBook) -> None:
    root = make_book({"sources.yaml": YAML, "chapters/01-first.md": CHAPTER})
    done = CliRunner().invoke(main, ["check", "--fix", "--project", str(root)])
    assert (root / "sources.yaml").read_text("utf-8") == FIXED
    assert "4 May 1901 → 1901-05-04" in done.output
    assert "hint: write 1901-05-04 or 1901-04-05" in done.output, "which of the two, only the editor knows"
    assert done.output.count("invalid-date") == 1, "what was mended is not told again"
    again = (root / "sources.yaml").read_bytes()
    CliRunner().invoke(main, ["check", "--fix", "--project", str(root)])
    assert (root / "sources.yaml").read_bytes() == again


def test_line_ends_marks_and_permissions_stay_as_they_are(make_book: MakeBook) -> None:
    root = make_book({"sources.yaml": None, "chapters/01-first.md": CHAPTER.replace("; @c; @d; @e", "")})
    path = root / "sources.json"
    items = (
        '{"id": "a", "title": "é", "issued": "4 May 1901"}',
        '{"id": "b", "title": "B", "issued": "May 4, 1901"}',
    )
    text = f"\ufeff[{items[0]},\r\n {items[1]}]\r\n"
    path.write_bytes(text.encode())
    path.chmod(0o600)
    mended = apply_fixes(root, check_book(root).problems)
    assert len(mended) == 2
    assert path.read_bytes() == text.replace("4 May 1901", "1901-05-04").replace("May 4, 1901", "1901-05-04").encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert sorted(path.name for path in root.iterdir()) == ["book.toml", "chapters", "sources.json"], (
        "no file is left behind"
    )


def test_a_file_that_changed_meanwhile_is_left_alone(make_book: MakeBook) -> None:
    root = make_book({"sources.yaml": YAML, "chapters/01-first.md": CHAPTER})
    problems = check_book(root).problems
    changed = (
        YAML.replace("4 May", "5 May").replace("May 4", "May 5").replace("12.06", "13.06").replace("spring", "fall")
    )
    (root / "sources.yaml").write_text(changed, "utf-8")
    assert apply_fixes(root, problems) == ()
    assert (root / "sources.yaml").read_text("utf-8") == changed


def test_a_link_to_a_file_in_the_project_stays_a_link(make_book: MakeBook) -> None:
    root = make_book({"sources.yaml": None, "lists/all.yaml": YAML, "chapters/01-first.md": CHAPTER})
    (root / "sources.yaml").symlink_to("lists/all.yaml")
    apply_fixes(root, check_book(root).problems)
    assert (root / "sources.yaml").is_symlink()
    assert (root / "lists" / "all.yaml").read_text("utf-8") == FIXED


def test_a_date_in_a_block_of_yaml_is_replaced_and_its_line_still_ends(make_book: MakeBook) -> None:
    item = "- id: a\n  type: speech\n  title: A\n  issued: {}\n    {}\n"
    for block, behind in (("|", ""), (">", ""), (">", "  URL: http://e.org/\n"), ("|+", "\n\n")):
        root = make_book({"sources.yaml": None, "chapters/01-first.md": "# One\n\nA [@a].\n"})
        path = root / "sources.yaml"
        path.write_text(item.format(block, "3 November 2013") + behind, "utf-8")
        done = CliRunner().invoke(main, ["check", "--fix", "--project", str(root)])
        assert path.read_text("utf-8") == item.format(block, "2013-11-03") + behind
        assert "3 November 2013 → 2013-11-03" in done.output
        assert done.exit_code == 0, done.output
        path.unlink()
