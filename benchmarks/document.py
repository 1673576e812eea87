"""A print edition as one HTML document, for an engine that sets it at one go.

`python -m benchmarks.document PROJECT OUTPUT DOCUMENT.json [--targets]`: the sections as they are composed
once their page numbers have settled, one after the other, with the page furniture in margin boxes. With
`--targets` the chronological index has no literal page numbers: each citation is a `target-counter()`.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import escape
from pathlib import Path

from book.check import check_book
from book.composition.compose import VolumeComposer
from book.composition.styles import print_stylesheets
from book.composition.volumes import volumes
from book.model.editions import Section
from book.model.folios import Folio, Pagination
from book.model.fragments import Stylesheet
from book.model.pages import PagedVolume
from book.pages.paginate import paginate
from book.pool.fragments import CachingPress
from book.pool.workers import workers
from book.standards import variant_of
from book.store.store import FOLDER, Store

FURNITURE = """
h1[data-running] { string-set: running attr(data-running); }
div.part { break-before: right; }
div.part.verso { break-before: left; }
div.part:first-child { break-before: auto; }
div.front { page: front; }
div.first { page: first; }
div.body { page: body; }
@page { font: italic 0.92em var(--text-face); }
@page :left { @top-left { content: counter(page); font-style: normal; } @top-right { content: BOOK; } }
@page :right { @top-right { content: counter(page); font-style: normal; }
  @top-left { content: string(running, first-except); } }
@page front:left { @top-left { content: counter(page, lower-roman); } }
@page front:right { @top-right { content: counter(page, lower-roman); } }
@page :nth(1 of first) { counter-reset: page 1; }
@page :blank { @top-left { content: none; } @top-right { content: none; } }
"""
"""Running heads and folios as margin boxes; BOOK stands for the title."""

TARGETS = "a.locator::after { content: target-counter(attr(href), page); }\n"


def main(project: str, output: str, target: str, *options: str) -> None:
    """Write the document of the print edition to `target`; pages that a build left in `output` are not set again."""
    paged = _paged(Path(project).resolve(), Path(output))
    targets = "--targets" in options
    sections = _with_targets(paged) if targets else paged.sections
    volume = paged.volume
    sheets = print_stylesheets(volume.manuscript, volume.edition)
    sheets += variant_of(volume.edition).stylesheets(volume.edition)
    furniture = FURNITURE.replace("BOOK", json.dumps(volume.manuscript.settings.title, ensure_ascii=False))
    own = Stylesheet(str(Path(project).resolve()), furniture + (TARGETS if targets else ""))
    document = {
        "html": _html(sections, volume.manuscript.settings.language, volume.manuscript.settings.title),
        "stylesheets": [(sheet.path, sheet.text) for sheet in (*sheets, own)],
        "base": Path(project).resolve().as_uri() + "/",
        "pages": len(paged.leaves),
    }
    Path(target).write_text(json.dumps(document), encoding="utf-8")


def _paged(project: Path, output: Path) -> PagedVolume:
    """The first print edition of a project in settled pages. Raises ValueError where the project has errors."""
    manuscript = check_book(project).value
    if manuscript is None:
        raise ValueError(f"{project} cannot be read")
    edition = next(one for one in manuscript.project.editions if one.output == "pdf" and one.split is None)
    store = Store(output / FOLDER)
    with workers(None) as own:
        volume = next(volumes(manuscript, edition))
        return paginate(volume, CachingPress(own, store), str(store.faces), lambda _done, _total: None).value


def _with_targets(paged: PagedVolume) -> Iterator[Section]:
    """The sections, the chronological index with one empty locator for each citation.

    It is composed with page numbers so far apart that none are joined.
    """
    facts = paged.pagination
    apart = {anchor: Folio(1, 10 * number) for number, anchor in enumerate(facts.folios, 1)}
    again = VolumeComposer(paged.volume).compose(Pagination(apart, facts.sheets, facts.pages)).sections
    for settled, other in zip(paged.sections, again, strict=True):
        if settled.role == "index" and 'class="locator' in settled.html:
            yield replace(settled, html=re.sub(r'(<a class="locator[^>]*>)[^<]*', r"\1", other.html))
        else:
            yield settled


def _html(sections: Iterable[Section], language: str, title: str) -> str:
    """Sections in one document; ids and the links to them say which section they belong to."""
    parts = "".join(_parts(sections))
    head = f'<meta charset="utf-8"/><title>{escape(title)}</title>'
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head>{head}</head><body class="pdf print">{parts}</body></html>\n'
    )


def _parts(sections: Iterable[Section]) -> Iterator[str]:
    """Each section as an element of its own page style."""
    numbered = False
    for section in sections:
        page = "front" if section.matter == "front" else "body" if numbered else "first"
        numbered = numbered or page == "first"
        running = escape(section.short_title or section.title, quote=True)
        found = re.search(r"<body[^>]*>(.*)</body>", section.html, re.DOTALL)
        assert found is not None
        content = _own_ids(found[1], section.slug).replace("<h1", f'<h1 data-running="{running}"', 1)
        side = " verso" if section.start == "verso" else ""
        yield f'<div class="part {page}{side}" id="{section.slug}--">{content}</div>'


def _own_ids(html: str, slug: str) -> str:
    """A section with ids that no other section has."""
    html = re.sub(r' (id|aria-labelledby)="', rf' \1="{slug}--', html)
    html = html.replace(' href="#', f' href="#{slug}--')
    return re.sub(r' href="book:([^"#]*)#?', r' href="#\1--', html)


if __name__ == "__main__":
    main(*sys.argv[1:])
