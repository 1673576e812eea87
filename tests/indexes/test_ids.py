"""Ids: each is unique in its section, and every link of a book leads to one, whatever things are called."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from urllib.parse import unquote

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree

from book.check import check_book
from book.composition.compose import compose
from book.composition.volumes import volumes
from book.model.editions import LINK, Section
from book.project.names import document_name

NAMES = st.text("abC1é十 +-.#&/:_²'", min_size=1, max_size=6).filter(
    lambda text: text.strip() == text and text.strip("-.#:_")
)
"""Names that are often alike when they are made fit for an id."""
WORDS = st.text("abC1é十 ", min_size=1, max_size=5).filter(lambda text: text.strip() == text != "")
SLUGS = st.sampled_from(["a", "b", "1", "a-title", "é", "subjects-a", "chronological-a"])
EDITIONS = (
    '[editions.p]\noutput = "pdf"\n[editions.e]\noutput = "epub"\n[editions.h]\noutput = "pdf"\nsplit = "chapter"\n'
)


@st.composite
def books(draw: st.DrawFn) -> dict[str, str]:
    """The files of a book whose chapters, sources, speakers and terms have odd names."""
    keys = draw(st.lists(NAMES, min_size=1, max_size=4, unique=True))
    people = draw(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=3))
    authors = [[{"family": family, "given": first}, {"literal": f"{first} {family}"}] for family, first in people]
    sources = [
        {
            "id": key,
            "type": "speech",
            "title": f"Title {number}",
            "issued": "2013",
            "author": authors[number % len(people)],
        }
        for number, key in enumerate(keys)
    ]
    files = {"book.toml": f'[book]\ntitle = "T"\n{EDITIONS}', "sources.json": json.dumps(sources)}
    for number, slug in enumerate(draw(st.lists(SLUGS, min_size=1, max_size=2, unique=True))):
        cited = "".join(f"Words [@{{{key}}}].\n\n" for key in keys)
        terms = draw(st.lists(st.tuples(WORDS | NAMES, st.none() | WORDS), max_size=4))
        marked = "".join(_term(heading.replace("'", ""), sub) for heading, sub in terms)
        headings = "".join(f"## {draw(WORDS | SLUGS)}\n\nText.\n\n" for _ in range(2))
        files[f"chapters/{number}-x.md"] = f"---\ntitle: X\nslug: '{slug}'\n---\n\n{cited}{marked}{headings}"
    return files


def _term(heading: str, sub: str | None) -> str:
    """A marked word."""
    below = f" sub='{sub}'" if sub else ""
    return f"[word]{{.index term='{heading}'{below}}}\n\n"


DUPLICATES = {
    "book.toml": f'[book]\ntitle = "T"\n{EDITIONS}',
    "sources.json": json.dumps(
        [
            {"id": "a", "type": "speech", "title": "One", "author": [{"family": "Xi", "given": "Jinping"}]},
            {"id": "b", "type": "speech", "title": "Two", "author": [{"literal": "Xi Jinping"}]},
            {"id": "title", "type": "speech", "title": "Three", "issued": "2015"},
            {"id": "a b", "type": "speech", "title": "Four", "issued": "-0043"},
            {"id": "http://x.org/AB CD", "type": "speech", "title": "Five"},
        ]
    ),
    "chapters/1-a.md": "# A\n\nWords [@a; @b; @title]. [@{a b}], [@{http://x.org/AB CD}].\n\n"
    "[C]{.index} [C++]{.index} [x]{.index term=L sub=C} [y]{.index term=L sub='C++'} [z]{.index term='L--C'}\n\n"
    "## Chronological a\n\nText.\n\n## A\n\nText.\n\n## A title\n\nText.\n",
}


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@example(DUPLICATES)
@given(books())
def test_ids_are_unique_in_every_section_and_every_link_leads_to_one(files: dict[str, str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, text in files.items():
            (root / name).parent.mkdir(exist_ok=True)
            (root / name).write_text(text, "utf-8")
        checked = check_book(root)
    assert checked.value is not None, checked.problems
    for edition in checked.value.project.editions:
        for volume in volumes(checked.value, edition):
            _check(compose(volume))


def _check(sections: tuple[Section, ...]) -> None:
    """What is to be true of the sections of a volume."""
    ids: dict[str, set[str]] = {}
    links = []
    for section in sections:
        root = etree.fromstring(section.html.encode())
        found = [element.get("id", "") for element in root.iter(etree.Element) if element.get("id") is not None]
        assert sorted(found) == sorted(set(found)), section.slug
        assert all(etree.Element(name).tag == name for name in found), "an NCName, as XML and its checkers want"
        ids[section.slug] = set(found)
        links += [(section.slug, link.get("href", "")) for link in root.iter("{*}a") if link.get("href")]
    slugs = {document_name(slug): slug for slug in ids}
    assert links
    for slug, link in links:
        assert " " not in link
        document, _, name = link.removeprefix(LINK).partition("#")
        target = (document if link.startswith(LINK) else slugs[document]) if document else slug
        assert not name or unquote(name) in ids[target], link
