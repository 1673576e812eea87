from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from book.build import build_book
from book.check import check_book
from book.composition.volumes import volumes
from book.model.folios import Pagination
from book.model.fragments import Fragment, Job
from book.model.pages import PagedVolume
from book.pages.paginate import MAX_PASSES, paginate
from book.pool.workers import workers
from book.problem import BookError, Checked
from tests.readers import PdfReader, squeeze

if TYPE_CHECKING:
    from tests.conftest import MakeBook


def paged(root: Path, faces: Path) -> Checked[PagedVolume]:
    manuscript = check_book(root).value
    assert manuscript is not None
    volume = next(iter(volumes(manuscript, manuscript.project.editions[0])))
    with workers(1) as presses:
        return paginate(volume, presses, str(faces), silent)


def silent(_done: int, _total: int) -> None:
    """A progress callback that does nothing."""


def chapter(title: str, paragraphs: int, more: str = "") -> str:
    words = "A paragraph of some words that fills a line or two of the page, and then a little more. "
    return f"---\ntitle: {title}\n---\n\n{more}\n\n" + "\n\n".join([words * 4] * paragraphs) + "\n"


SETTINGS = """
[book]
title = "A Book"
language = "en"
authors = ["An Author"]
identifier = "urn:isbn:9780306406157"
sources = ["sources.yaml"]

[editions.print]
output = "pdf"
"""


def test_sections_begin_on_a_recto_and_the_copyright_page_on_a_verso(project: Path, tmp_path: Path) -> None:
    found = paged(project, tmp_path).value
    begin = {leaf.section.slug: leaf.sheet for leaf in found.leaves if leaf.opening}
    assert begin["copyright"] % 2 == 1
    assert [begin[slug] % 2 for slug in ("half-title", "titlepage", "contents", "first")] == [0, 0, 0, 0]


def test_back_matter_begins_on_the_next_page(project: Path, tmp_path: Path) -> None:
    found = paged(project, tmp_path).value
    begin = {leaf.section.slug: leaf.sheet for leaf in found.leaves if leaf.opening}
    assert begin["chronological"] == begin["first"] + 1
    assert begin["colophon"] == begin["chronological"] + 1
    assert not any(leaf.blank for leaf in found.leaves if leaf.section.matter == "back")


def of_one_page(number: int) -> str:
    """A chapter of one page."""
    return chapter(f"Chapter {number}", 2, "[@talk-2013]" if number == 1 else "")


def left_margins(found: PagedVolume, slug: str) -> list[float]:
    """The least x of the text of each page of a section, in pt."""
    import pypdfium2

    (fragment,) = (one for one in found.fragments if one.slug == slug)
    document = pypdfium2.PdfDocument(fragment.pdf)
    return [min(one.get_bounds()[0] for one in page.get_objects()) for page in document]


@pytest.mark.parametrize(("start", "sheets"), [("recto", [0, 2, 4, 6]), ("any", [0, 1, 2, 3])])
def test_chapters_begin_on_a_recto_or_on_any_page(
    make_book: MakeBook, tmp_path: Path, start: str, sheets: list[int]
) -> None:
    chapters = {f"chapters/0{number}-{number}.md": of_one_page(number) for number in (1, 2, 3, 4)}
    settings = SETTINGS + f'chapters-start = "{start}"\n'
    root = make_book({**chapters, "chapters/01-first.md": None, "book.toml": settings})
    found = paged(root, tmp_path).value
    begin = {leaf.section.title: leaf.sheet for leaf in found.leaves if leaf.opening}
    first = begin["Chapter 1"]
    assert first % 2 == 0
    assert [begin[f"Chapter {number}"] - first for number in (1, 2, 3, 4)] == sheets
    sides = {section.title: section.on_verso for section in found.sections}
    assert all(sides[title] == bool(sheet % 2) for title, sheet in begin.items())


def test_a_section_that_begins_on_a_verso_has_the_margins_of_a_verso(make_book: MakeBook, tmp_path: Path) -> None:
    chapters = {f"chapters/0{number}-{number}.md": of_one_page(number) for number in (1, 2)}
    root = make_book({**chapters, "chapters/01-first.md": None, "book.toml": SETTINGS + 'chapters-start = "any"\n'})
    found = paged(root, tmp_path).value
    slugs = {section.title: section.slug for section in found.sections}
    recto, verso = (left_margins(found, slugs[f"Chapter {number}"])[0] for number in (1, 2))
    assert verso > recto + 5, "the outer margin, which is wider, is on the left"


@pytest.mark.parametrize("signature", [4, 8, 16, 32])
def test_the_number_of_pages_is_a_multiple_of_the_signature(
    make_book: MakeBook, tmp_path: Path, signature: int
) -> None:
    root = make_book({"book.toml": SETTINGS + f"signature = {signature}\n"})
    found = paged(root, tmp_path).value
    plain = paged(make_book({"book.toml": SETTINGS}), tmp_path).value
    assert found.pagination.pages == -(-plain.pagination.pages // signature) * signature
    assert found.pagination.folios == plain.pagination.folios
    assert all(leaf.blank for leaf in found.leaves[plain.pagination.pages :])


@pytest.mark.parametrize("setting", ["signature = 6", 'chapters-start = "verso"'])
def test_no_other_signature_and_no_other_side_is_accepted(make_book: MakeBook, setting: str) -> None:
    checked = check_book(make_book({"book.toml": SETTINGS + setting + "\n"}))
    assert [problem.code for problem in checked.problems if problem.severity == "error"] == ["invalid-value"]


def test_front_matter_has_roman_folios_and_the_text_begins_with_arabic_1(project: Path, tmp_path: Path) -> None:
    found = paged(project, tmp_path).value
    opening = {leaf.section.slug: str(leaf.folio) for leaf in found.leaves if leaf.opening}
    assert re.fullmatch("[ivx]+", opening["contents"])
    assert opening["first"] == "1"


def test_a_cross_reference_forward_shows_the_page_where_its_target_lies(make_book: MakeBook, tmp_path: Path) -> None:
    root = make_book(
        {
            "chapters/01-first.md": chapter("First", 30, "See [the end](02-second.md#end). [@talk-2013]"),
            "chapters/02-second.md": chapter("Second", 40, "Begin.") + "\n## The end {#end}\n\nDone.\n",
        }
    )
    found = paged(root, tmp_path).value
    folio = found.pagination.folio("second#end")
    assert folio is not None
    assert folio.number > 5
    html = next(section.html for section in found.sections if section.slug == "first")
    assert f"(see page {folio})" in html


def test_a_chapter_that_refers_to_pages_is_set_once_for_each_folio_that_it_shows(
    make_book: MakeBook, tmp_path: Path
) -> None:
    root = make_book(
        {
            "chapters/01-first.md": chapter("First", 30, "See [the end](02-second.md#end)."),
            "chapters/02-second.md": chapter("Second", 40, "Begin.") + "\n## The end {#end}\n\nDone.\n",
        }
    )
    _, passes = watched(root, tmp_path, None)
    assert sorted(slug for one in passes for slug in one if slug in ("first", "second")) == ["first", "first", "second"]


def test_the_chapter_that_was_edited_last_is_set_first_after_an_earlier_build(
    make_book: MakeBook, tmp_path: Path
) -> None:
    root = make_book({f"chapters/{name}.md": chapter(name, 10 * size, "") for size, name in enumerate("abc", 1)})
    alone, passes = watched(root, tmp_path, None)
    assert [slug for slug in passes[0] if slug in ("a", "b", "c")] == ["c", "b", "a"], "the longest first"
    os.utime(root / "chapters" / "b.md", (4e9, 4e9))
    _, passes = watched(root, tmp_path, alone.pagination)
    assert [slug for slug in passes[0] if slug in ("a", "b", "c")] == ["b", "c", "a"]


def test_a_second_pass_sets_only_the_sections_that_show_page_facts(project: Path, tmp_path: Path) -> None:
    passes: list[set[str]] = []
    manuscript = check_book(project).value
    assert manuscript is not None
    volume = next(iter(volumes(manuscript, manuscript.project.editions[0])))
    with workers(1) as presses:

        def watch(jobs: Sequence[Job], /) -> Iterable[Fragment]:
            passes.append({job.slug for job in jobs})
            return presses(jobs)

        paginate(volume, watch, str(tmp_path), silent)
    assert "first" in passes[0]
    assert not passes[0] & {"contents", "chronological"}
    assert all("first" not in one for one in passes[1:])
    assert {"contents", "chronological"} <= set().union(*passes[1:])


def watched(root: Path, faces: Path, guess: Pagination | None) -> tuple[PagedVolume, list[list[str]]]:
    """A paginated volume, and the slugs of the pressed jobs, pass by pass."""
    passes: list[list[str]] = []
    first: list[str] = []
    manuscript = check_book(root).value
    assert manuscript is not None
    volume = next(iter(volumes(manuscript, manuscript.project.editions[0])))
    with workers(1) as presses:

        def watch(jobs: Sequence[Job], /) -> Iterable[Fragment]:
            passes.append([job.slug for job in jobs])
            return presses(jobs)

        def on_progress(done: int, _total: int) -> None:
            if not done:
                first.extend(slug for one in passes for slug in one)
                passes.clear()

        return paginate(volume, watch, str(faces), on_progress, guess).value, [first, *passes]


def test_with_the_page_facts_of_the_last_build_every_section_is_begun_at_once(project: Path, tmp_path: Path) -> None:
    alone, _ = watched(project, tmp_path, None)
    guessed, passes = watched(project, tmp_path, alone.pagination)
    assert {"first", "contents", "chronological"} <= set(passes[0])
    assert "chronological" not in {slug for later in passes[1:] for slug in later}
    assert guessed == alone


def test_a_wrong_guess_at_the_page_facts_changes_nothing(project: Path, tmp_path: Path) -> None:
    alone, passes = watched(project, tmp_path, None)
    folios = {anchor: replace(folio, number=folio.number + 100) for anchor, folio in alone.pagination.folios.items()}
    guessed, _ = watched(project, tmp_path, replace(alone.pagination, folios=folios))
    assert guessed == alone
    assert [jobs for jobs in passes if jobs][-1][-1].startswith("furniture")


def test_the_furniture_of_chapters_is_set_beside_the_sections_that_wait_for_them(
    make_book: MakeBook, tmp_path: Path
) -> None:
    root = make_book({"chapters/01-first.md": chapter("First", 30, "[@talk-2013]")})
    paged_, passes = watched(root, tmp_path, None)
    assert len(paged_.furniture) > 1
    beside = next(later for later in passes[1:] if "chronological" in later)
    assert any(slug.startswith("furniture") for slug in beside)
    assert len(passes[-1]) < len(paged_.furniture)


def test_page_facts_that_never_settle_are_an_error_that_names_the_section(make_book: MakeBook, tmp_path: Path) -> None:
    # the contents grow by a page whenever they say iii, and shrink whenever they say v
    moody = """{% extends "document.html" %}
{% block content %}
<section id="{{ slug }}">
{% if folio("colophon") == "1" %}<p style="break-after: page">one</p><p>two</p><p style="break-before: page">three</p>
{% endif %}<p id="here">x</p>
</section>
{% endblock %}
"""
    root = make_book(
        {
            "book.toml": '[book]\ntitle = "Moody"\n[editions.print]\noutput = "pdf"\n'
            'sections = ["contents", "chapters", "colophon"]\n',
            "layouts/contents.html": moody.replace('folio("colophon")', 'folio("contents#here")').replace('"1"', '"i"'),
        }
    )
    with pytest.raises(BookError) as failure:
        paged(root, tmp_path)
    (problem,) = failure.value.problems
    assert problem.code == "unsettled-pages"
    assert str(MAX_PASSES) in problem.message
    assert problem.at.path == "layouts/contents.html"


def test_a_citation_that_a_stylesheet_hides_is_on_no_page(make_book: MakeBook, tmp_path: Path) -> None:
    root = make_book(
        {
            "book.toml": '[book]\ntitle = "Hidden"\n[editions.print]\noutput = "pdf"\nstyles = ["styles/hide.css"]\n',
            "styles/hide.css": ".attribution { display: none }\n",
        }
    )
    codes = {problem.code for problem in paged(root, tmp_path).problems}
    assert codes == {"citation-on-no-page"}


def test_running_heads_and_folios_stand_on_every_page_but_the_bare_ones(built_sample: Path) -> None:
    printed = PdfReader(built_sample / "print.pdf")
    head = squeeze("Poverty Alleviation in Five Themes")
    texts = [squeeze(text) for text in printed.texts]
    body = printed.labels.index("1")
    back = next(number for number in range(body, len(texts)) if "Timeline" in texts[number])
    inner = [number for number in range(body, back) if number % 2 == 1 and texts[number]]
    assert inner
    assert [printed.labels[number] for number in inner if head not in texts[number]] == []
    assert [printed.labels[number] for number in inner if printed.labels[number] not in texts[number]] == []


def test_text_beyond_the_edge_is_an_error_at_its_line(make_book: MakeBook, tmp_path: Path) -> None:
    text = "---\ntitle: First\n---\n\nText.[@talk-2013]\n\n[Words *that* stick out]{.far}\n"
    settings = '[book]\ntitle = "A Small Book"\n\n[editions.print]\noutput = "pdf"\nstyles = ["own.css"]\n'
    sheet = ".far { position: relative; left: 2000pt }"
    root = make_book({"chapters/01-first.md": text, "own.css": sheet, "book.toml": settings})
    found = [one for one in paged(root, tmp_path).problems if one.code == "lost-text"]
    assert [str(one.at) for one in found] == ["chapters/01-first.md:7"]


def test_furniture_of_fewer_pages_than_the_book_is_an_error(make_book: MakeBook, tmp_path: Path) -> None:
    settings = '[book]\ntitle = "B"\n[editions.print]\noutput = "pdf"\nstyles = ["own.css"]\n'
    with pytest.raises(BookError) as failure:
        build_book(make_book({"book.toml": settings, "own.css": "body.furniture { display: flex }"}), output=tmp_path)
    assert "furniture-overflow" in {problem.code for problem in failure.value.problems}
