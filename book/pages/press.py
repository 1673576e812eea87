"""Sets one section in pages. With `stylesheets` the only module that uses WeasyPrint, beside the engine.

`press` is a pure function of its job: it can run in any process, and its result can be cached. These private names of
WeasyPrint are used (70.0, pinned): `Font.hb_face`, `Font.index`, `Box.link`, `Box.link_annotation`, `Page._page_box`,
`ReplacedBox.replacement`.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

from book.model.fragments import Face, Fragment, Job, Position
from book.pages.complaints import complaints, document_problem, unreadable_image
from book.pages.engine import mend
from book.pages.engine.faults.completeness import forget, incomplete, outside
from book.pages.engine.speed import fragment_file
from book.pages.engine.speed.fonts_apart import fonts_apart
from book.pages.engine.speed.parsing import read_document
from book.pages.engine.typography.lines import forget_paragraphs
from book.pages.frames import deep_calls, with_preallocated_frames
from book.pages.margins import no_room
from book.pages.measures import measures_blamed
from book.pages.page_starts import page_starts
from book.pages.small_print import small_print
from book.pages.stylesheets import fetcher, parsed_stylesheets
from book.pages.tables import ROUNDS, mark_misfits
from book.pages.torn_words import torn_words
from book.problem import Problem, Span, error
from book.store.store import write_atomically

_log = logging.getLogger(__name__)

PX = 0.75
"""One CSS px in pt."""


@with_preallocated_frames
def press(job: Job) -> Fragment:
    """Set a section in pages, and read its page facts.

    Faults of the document raise nothing: they are in the fragment's problems.
    """
    with deep_calls(), measures_blamed(job.path, job.root, [sheet.path for sheet in job.stylesheets]):
        return _press(job)


def _press(job: Job) -> Fragment:
    """Set a section in pages."""
    started = perf_counter()
    mend()
    with complaints(partial(document_problem, path=job.path, root=job.root)) as found:
        styles = parsed_stylesheets(job.stylesheets, job.root)
        found.extend(styles.problems)
        given = {"font_config": styles.fonts, "counter_style": styles.counters, "stylesheets": list(styles.sheets)}
        html = read_document(job.html, Path(job.root).as_uri() + "/", fetcher(job.root))
        document = _lay_out(html, given)
        for page in document.pages:
            page.links = [link for link in page.links if link[3].link]  # not again for what is inside a link
        laid_out = perf_counter()
        found.extend(_incomplete(document.pages, html.etree_element, job))
        found.extend(torn_words(document.pages, job.path) if "<table" in job.html else ())
        found.extend(small_print(document.pages, job.least_size, job.path, cite=job.tagged))
        forget_paragraphs(document.pages)
        try:
            with nullcontext() if job.whole else fonts_apart():
                pdf = document.write_pdf(finisher=_finish, pdf_tags=job.tagged, pdf_version="1.7")
        except OSError:  # the pixels of an image are read only now
            pdf = b""
            found.extend(_broken_images(document.pages, job))
    times = laid_out - started, perf_counter() - laid_out
    _log.debug("%s: %d pages laid out in %.2f s, drawn in %.2f s", job.slug, len(document.pages), *times)
    return Fragment(
        slug=job.slug,
        pdf=pdf,
        pages=len(document.pages),
        anchors=_anchors(document.pages),
        faces=tuple(_faces(document.fonts.values(), Path(job.faces))),
        problems=tuple(dict.fromkeys(found)),
        starts=page_starts(document.pages, html.etree_element) if job.tagged else (),
        resolutions=_resolutions(document.pages) if "<img" in job.html else {},
        last_page=_used(document.pages[-1]),
    )


def _lay_out(html: Any, given: dict[str, Any]) -> Any:
    """Lay out a document, again for tables that do not fit."""
    root = html.etree_element
    document = html.render(**given)
    for _ in range(ROUNDS if next(root.iter("table"), None) is not None else 0):
        if not mark_misfits(document.pages, root):
            break
        forget(root)
        document = html.render(**given)
    return document


def _incomplete(pages: Sequence[Any], root: Any, job: Job) -> Iterator[Problem]:
    """An error for each element that is not completely on the pages, or one if their margins leave no room for text."""
    if job.tagged and (narrow := list(no_room(pages, job.stylesheets, job.root))):
        yield from narrow
        return
    in_notes = any(note.find(".//table") is not None for note in _notes(root))
    hint = _NOTE_TABLE_HINT if in_notes else _lost_text_hint(job.html)
    for sentence in incomplete(pages, root):
        yield error("lost-text", f"the layout engine failed: {sentence}", Span(job.path), hint)
    for sentence in outside(pages) if job.tagged else ():
        yield error("lost-text", sentence, Span(job.path), hint if in_notes else _outside_hint(job.html))


def _notes(root: Any) -> Iterator[Any]:
    """The notes of a document."""
    return (element for element in root.iter() if "footnote" in (element.get("class") or "").split())


_NOTE_TABLE_HINT = (
    "a table in a note must fit on its page, which it has with the text: take fewer rows and columns, "
    'put it into the text, or let notes stand at the end: notes = "end"'
)


def _outside_hint(html: str) -> str:
    """How to get text back onto the paper, by what the document has that may lie beside it."""
    return _lost_text_hint(html) if 'class="footnote' in html and "<table" not in html else _OUTSIDE_HINT


_OUTSIDE_HINT = (
    "take fewer columns, shorter words or a wider page; or change what a stylesheet of the edition moves there"
)


def _lost_text_hint(html: str) -> str:
    """How to get text onto the pages, by what the document has that is known to lose it."""
    if 'class="footnote' in html:
        return 'shorten the notes thereabouts, or let them stand at the end: notes = "end"'
    if "<table" in html:
        return "make what is in the cells lower: a row of a table, and a picture in it, must fit on a page"
    return "this is a fault of the layout engine: word or arrange that part otherwise, and please report it"


def _anchors(pages: Sequence[Any]) -> dict[str, Position]:
    """The position of each id; of an element that is split between pages, where it begins."""
    found: dict[str, Position] = {}
    for number, page in enumerate(pages):
        for name, place in page.anchors.items():
            found.setdefault(name, Position(number, place[0] * PX, (page.height - place[1]) * PX))
    return found


def _used(page: Any) -> float:
    """How much of the height of a page's text area is used by text and notes, from 0 to 1."""
    from weasyprint.formatting_structure import boxes

    whole = page._page_box  # noqa: SLF001 - there is no public way to the boxes
    if not whole.height:
        return 1.0
    notes = [box for box in whole.children if isinstance(box, boxes.FootnoteAreaBox)]
    parts = (part for part in whole.children if part not in notes and not isinstance(part, boxes.MarginBox))
    text = (box for part in parts for box in part.descendants() if isinstance(box, boxes.LineBox | boxes.ReplacedBox))
    ends = (box.position_y + (box.height if isinstance(box, boxes.LineBox) else box.margin_height()) for box in text)
    used = max(ends, default=whole.content_box_y()) - whole.content_box_y()
    return float(min((used + sum(box.margin_height() for box in notes)) / whole.height, 1.0))


def _resolutions(pages: Sequence[Any]) -> dict[str, float]:
    """The lowest resolution, in pixels per inch, at which each raster image is printed, by its address."""
    found: dict[str, float] = {}
    for box in _image_boxes(pages):
        if box.width and box.height:
            resolution = 96 * min(box.replacement.width / box.width, box.replacement.height / box.height)
            address = box.element.get("src", "")
            found[address] = min(resolution, found.get(address, resolution))
    return found


def _broken_images(pages: Sequence[Any], job: Job) -> Iterator[Problem]:
    """An error `unreadable-image` for each raster image whose pixels cannot be read."""
    for box in _image_boxes(pages):
        try:
            box.replacement.get_x_object(interpolate=True, dpi_ratio=1)
        except OSError:
            yield unreadable_image(box.element.get("src", ""), job.path)


def _image_boxes(pages: Sequence[Any]) -> Iterator[Any]:
    """The boxes of all raster images."""
    from weasyprint.images import RasterImage

    for page in pages:
        for box in page._page_box.descendants():  # noqa: SLF001 - there is no public way to the boxes
            if isinstance(getattr(box, "replacement", None), RasterImage) and box.element is not None:
                yield box


def _finish(document: Any, pdf: Any) -> None:
    """Describe the links of a document, and have it written quickly."""
    _describe_links(document)
    fragment_file.finish(pdf)


def _describe_links(document: Any) -> None:
    """Give each link annotation a description that a person understands (PDF/UA-1, 7.18.5)."""
    import pydyf

    for page in document.pages:
        for _, _, _, box in page.links:
            annotation, element = box.link_annotation, box.element
            if annotation and element is not None and "Contents" in annotation:
                said = element.get("aria-label") or element.get("title") or "".join(element.itertext())
                annotation["Contents"] = pydyf.String(" ".join(said.split()) or annotation["Contents"].string)
                annotation["F"] = 4  # Print: what is on paper and what is on screen do not differ


def _faces(fonts: Iterator[Any], folder: Path) -> Iterator[Face]:
    """The font faces of a document; their whole files are written to `folder`, named by the hash of their content."""
    from weasyprint.text.fonts import get_hb_object_data

    for font in fonts:
        content = get_hb_object_data(font.hb_face)
        path = folder / hashlib.blake2b(content, digest_size=16).hexdigest()
        if not path.exists():
            write_atomically(path, content)
        yield Face(font.name.decode().lstrip("/"), str(path), font.index, dict(font.widths), dict(font.to_unicode))
