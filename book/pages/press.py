"""Sets one section in pages. The only module that uses WeasyPrint, beside `book.pages.engine`.

`press` is a pure function of its job: it can run in any process, and its result can be cached. These private names of
WeasyPrint are used (70.0, pinned): `Font.hb_face`, `Font.index`, `FontConfiguration._folder`, `Box.link`,
`Box.link_annotation`, `Page._page_box`, `ReplacedBox.replacement`.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
import shutil
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape
from multiprocessing.util import Finalize
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote, urlsplit

from book.language.faces import FACES
from book.language.fonts import font_files
from book.model.editions import Stylesheet
from book.model.pages import Face, Fragment, Position
from book.pages.engine import mend
from book.pages.engine.faults.completeness import forget, incomplete, outside
from book.pages.engine.speed.fonts_apart import fonts_apart
from book.pages.frames import with_preallocated_frames
from book.pages.glyphs import missing_glyph
from book.pages.margins import no_room, page_margin_rules
from book.pages.measures import measures_blamed
from book.pages.page_starts import page_starts
from book.pages.tables import ROUNDS, mark_misfits
from book.problem import Problem, Span, error, warning
from book.project.drawings import clean_drawing
from book.project.files import opened
from book.project.pictures import is_drawing, picture_fault
from book.store.private import private_folder
from book.store.store import write_atomically

if TYPE_CHECKING:
    from weasyprint import CSS
    from weasyprint.css.counters import CounterStyle
    from weasyprint.text.fonts import FontConfiguration

_log = logging.getLogger(__name__)

PX = 0.75
"""One CSS px in pt."""


@dataclass(frozen=True, slots=True)
class Job:
    """Everything that a section's pages depend on."""

    slug: str
    """The section's slug."""
    html: str
    """The section as a whole HTML document."""
    stylesheets: tuple[Stylesheet, ...]
    """Its stylesheets, in the order of the cascade."""
    root: str
    """The project's folder: addresses in the document are relative to it, and files outside it are not read."""
    faces: str
    """The folder in which whole font files are kept until fragments are bound."""
    path: str
    """The file that messages name."""
    tagged: bool = True
    """Whether the pages get a structure tree; page furniture has none."""
    whole: bool = False
    """Whether the PDF contains its fonts, so that it can be displayed; other fragments get theirs from `bind`."""


@with_preallocated_frames
def press(job: Job) -> Fragment:
    """Set a section in pages, and read its page facts.

    Faults of the document raise nothing: they are in the fragment's problems.
    """
    with measures_blamed(job.path, job.root, [sheet.path for sheet in job.stylesheets]):
        return _press(job)


def _press(job: Job) -> Fragment:
    """Set a section in pages."""
    started = perf_counter()
    mend()
    from weasyprint import HTML

    with _complaints(job) as complaints:
        styles = _stylesheets(job.stylesheets, job.root)
        complaints.extend(styles.problems)
        given = {"font_config": styles.fonts, "counter_style": styles.counters, "stylesheets": list(styles.sheets)}
        html = HTML(string=job.html, base_url=Path(job.root).as_uri() + "/", url_fetcher=_fetcher(job.root))
        document = html.render(**given)
        for _ in range(ROUNDS if "<table" in job.html else 0):
            if not mark_misfits(document.pages, html.etree_element):
                break
            forget(html.etree_element)
            document = html.render(**given)
        for page in document.pages:
            page.links = [link for link in page.links if link[3].link]  # not again for what is inside a link
        laid_out = perf_counter()
        complaints.extend(_incomplete(document.pages, html.etree_element, job))
        try:
            with nullcontext() if job.whole else fonts_apart():
                pdf = document.write_pdf(finisher=_describe_links, pdf_tags=job.tagged, pdf_version="1.7")
        except OSError:  # the pixels of an image are read only now
            pdf = b""
            complaints.extend(_broken_images(document.pages, job))
    times = laid_out - started, perf_counter() - laid_out
    _log.debug("%s: %d pages laid out in %.2f s, drawn in %.2f s", job.slug, len(document.pages), *times)
    return Fragment(
        slug=job.slug,
        pdf=pdf,
        pages=len(document.pages),
        anchors=_anchors(document.pages),
        faces=tuple(_faces(document.fonts.values(), Path(job.faces))),
        problems=tuple(dict.fromkeys(complaints)),
        starts=page_starts(document.pages, html.etree_element) if job.tagged else (),
        resolutions=_resolutions(document.pages) if "<img" in job.html else {},
        last_page=_used(document.pages[-1]),
    )


def _incomplete(pages: Sequence[Any], root: Any, job: Job) -> Iterator[Problem]:
    """An error for each element that is not completely on the pages, or one if their margins leave no room for text."""
    if job.tagged and (narrow := list(no_room(pages, job.stylesheets, job.root))):
        yield from narrow
        return
    hint = _lost_text_hint(job.html)
    for sentence in incomplete(pages, root):
        yield error("lost-text", f"the layout engine failed: {sentence}", Span(job.path), hint)
    for sentence in outside(pages) if job.tagged else ():
        yield error("lost-text", sentence, Span(job.path), _OUTSIDE_HINT)


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
    parts = (box for box in whole.children if not isinstance(box, boxes.MarginBox))
    return float(min(sum(box.margin_height() for box in parts) / whole.height, 1.0))


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
            yield _unreadable_image(box.element.get("src", ""), job)


def _image_boxes(pages: Sequence[Any]) -> Iterator[Any]:
    """The boxes of all raster images."""
    from weasyprint.images import RasterImage

    for page in pages:
        for box in page._page_box.descendants():  # noqa: SLF001 - there is no public way to the boxes
            if isinstance(getattr(box, "replacement", None), RasterImage) and box.element is not None:
                yield box


def _describe_links(document: Any, _pdf: Any) -> None:
    """Give each link annotation a description that a person understands (PDF/UA-1, 7.18.5)."""
    import pydyf

    for page in document.pages:
        for _, _, _, box in page.links:
            annotation, element = box.link_annotation, box.element
            if annotation and element is not None and "Contents" in annotation:
                said = element.get("aria-label") or element.get("title") or "".join(element.itertext())
                annotation["Contents"] = pydyf.String(" ".join(said.split()) or annotation["Contents"].string)
                annotation["F"] = 4  # Print: what is on paper and what is on screen do not differ


# --- fonts --------------------------------------------------------------------------------------


def _faces(fonts: Iterator[Any], folder: Path) -> Iterator[Face]:
    """The font faces of a document; their whole files are written to `folder`, named by the hash of their content."""
    from weasyprint.text.fonts import get_hb_object_data

    for font in fonts:
        content = get_hb_object_data(font.hb_face)
        path = folder / hashlib.blake2b(content, digest_size=16).hexdigest()
        if not path.exists():
            write_atomically(path, content)
        yield Face(font.name.decode().lstrip("/"), str(path), font.index, dict(font.widths), dict(font.to_unicode))


@cache
def _no_system_fonts() -> str:
    """Write a fontconfig file that lists no font, because pages must not depend on the machine's; return its path."""
    folder = private_folder("fontconfig")
    path = folder / "fonts.conf"
    cache_folder = f"<cachedir>{escape(str(folder / 'cache'))}</cachedir>"
    content = f'<?xml version="1.0"?>\n<fontconfig>{cache_folder}</fontconfig>\n'.encode()
    if not path.is_file() or path.read_bytes() != content:
        write_atomically(path, content)
    return str(path)


# --- stylesheets and what they fetch ------------------------------------------------------------


class _Styles(NamedTuple):
    """Parsed stylesheets."""

    fonts: FontConfiguration
    """The fonts that they declare."""
    counters: CounterStyle
    """The counter styles that they declare (`@counter-style`)."""
    sheets: tuple[CSS, ...]
    problems: tuple[Problem, ...]
    """What is wrong in them."""


@lru_cache(maxsize=8)
def _stylesheets(sheets: tuple[Stylesheet, ...], root: str) -> _Styles:
    """Parse stylesheets, once in a process."""
    os.environ["FONTCONFIG_FILE"] = _no_system_fonts()
    from weasyprint import CSS
    from weasyprint.css.counters import CounterStyle
    from weasyprint.text.fonts import FontConfiguration

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="No fonts configured")
        fonts = FontConfiguration()
    parsed, counters, fetch = [], CounterStyle(), _fetcher(root)
    with _complaints(Job("", "", sheets, root, "", "")) as said:
        for sheet in sheets:
            _current.path = path = sheet.path
            declared = {"font_config": fonts, "counter_style": counters}
            parsed.append(CSS(string=sheet.text, base_url=path, url_fetcher=fetch, **declared))
    _current.path = None
    Finalize(None, _remove_copies, args=(fonts,), exitpriority=0)
    return _Styles(fonts, counters, tuple(parsed), tuple(said))


def stylesheet_problems(sheets: tuple[Stylesheet, ...], root: str) -> tuple[Problem, ...]:
    """What is wrong in stylesheets of pages, without setting one; the layout engine is loaded into this process."""
    mend()
    return (*_stylesheets(sheets, root).problems, *page_margin_rules(sheets, root))


def _remove_copies(fonts: FontConfiguration) -> None:
    """Delete the copies of font files that WeasyPrint leaves in a temporary folder when a process ends."""
    if fonts._folder:  # noqa: SLF001
        shutil.rmtree(fonts._folder, ignore_errors=True)  # noqa: SLF001
        fonts._folder = None  # noqa: SLF001


@lru_cache(maxsize=8)
def _fetcher(root: str) -> Any:
    """A URL fetcher that reads files of the project, installed fonts and layouts, and nothing else; no network."""
    from weasyprint.urls import URLFetcher

    fonts = {font.path.parent for font in font_files()} | {path.parent for face in FACES if (path := face.path)}
    allowed = (Path(root).resolve(), Path(__file__).resolve().parent.parent, *(folder.resolve() for folder in fonts))

    class ProjectFetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
            parts = urlsplit(url)
            if parts.scheme == "data":
                return super().fetch(url, headers)
            named = Path(unquote(parts.path))
            opened(named)
            path = named.resolve()
            if not any(path.is_relative_to(folder) for folder in allowed):
                raise ValueError("it lies outside the project")
            if path.suffix.lower() not in _NO_PICTURES:
                return _picture(path)
            return super().fetch(path.as_uri(), headers)  # what was resolved, not what a link leads to by now

    return ProjectFetcher(allowed_protocols=("file", "data"))


_NO_PICTURES = frozenset({".css", ".icc", ".otf", ".ttc", ".ttf", ".woff", ".woff2"})
"""Suffixes of files that stylesheets fetch and that are not pictures."""


def _picture(path: Path) -> Any:
    """The response with a picture: whole, and a drawing cleaned. It names no file, so that the file is read once.

    Raises:
        ValueError: It is not a picture that can be shown; the message says why.
    """
    from weasyprint.urls import URLFetcherResponse

    data = path.read_bytes()
    if fault := picture_fault(path.name, data):
        raise ValueError(fault)
    if is_drawing(path.name, data):
        return URLFetcherResponse(path.name, clean_drawing(data).data, {"Content-Type": "image/svg+xml"})
    return URLFetcherResponse(path.name, data)


# --- what the engine complains about ------------------------------------------------------------


class _Current:
    """The stylesheet that is being parsed, for messages."""

    path: str | None = None


_current = _Current()


@contextmanager
def _complaints(job: Job) -> Iterator[list[Problem]]:
    """Collect what WeasyPrint logs while a job runs, as problems."""
    found: list[Problem] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(_problem(record, job))

    logger = logging.getLogger("weasyprint")
    handler = Collector(logging.WARNING)
    kept = logger.handlers[:], logger.propagate
    logger.handlers, logger.propagate = [handler], False
    try:
        yield found
    finally:
        logger.handlers, logger.propagate = kept


def _problem(record: logging.LogRecord, job: Job) -> Problem:
    """Turn a log record of the engine into a problem."""
    message = record.getMessage()
    if _current.path is not None:
        path = Path(_current.path)
        name = path.relative_to(job.root).as_posix() if path.is_relative_to(job.root) else path.name
        line = re.search(r" at (\d+):(\d+), (.*)$", message, re.DOTALL)
        span = Span(name, int(line[1]), int(line[2])) if line else Span(name)
        return warning("stylesheet", message.rstrip("."), span)
    if glyph := re.search(r"unsupported by fonts: .* \(U\+([0-9A-F]+)\)", message, re.DOTALL):
        return missing_glyph(chr(int(glyph[1], 16)), Span(job.path))
    if image := re.search(r"Failed to load image at '(.*?)'(?:.*?ValueError: (.*))?", message, re.DOTALL):
        return _unreadable_image(unquote(image[1]).removeprefix(f"file://{job.root}/"), job, image[2])
    return warning("layout-engine", message.rstrip("."), Span(job.path))


def _unreadable_image(name: str, job: Job, reason: str | None = None) -> Problem:
    """The problem of an image file that cannot be decoded."""
    because = f": {reason}" if reason else ""
    return error("unreadable-image", f'the image "{name}" cannot be read{because}', Span(job.path))
