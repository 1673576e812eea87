"""Makes a cover for a book without one: presses the layout `cover.html` and rasterises it.

Shops and old devices want a raster image. The engine writes only PDF, so PDFium rasterises the page; it comes as a
wheel without system libraries.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from book.composition.furniture import compose_cover
from book.composition.styles import OWN_FOLDER, cover_stylesheets
from book.model.editions import Volume
from book.model.fragments import Job, Stylesheet
from book.problem import Checked, Problem, Severity, Span
from book.store.store import Store, key_of
from book.store.versions import whole_version

if TYPE_CHECKING:
    from book.pages.jobs import PressJobs

T = TypeVar("T")

WIDTH, HEIGHT = 1600, 2560
"""Size in pixels, the minimum that shops ask for, in the proportion 1 : 1.6."""

QUALITY = 82
"""JPEG quality; edges of letters stay sharp, because colours are kept in full resolution."""


class Offload(Protocol):
    """Calls a function in another process if possible; see `Workers.offload`."""

    def __call__(self, function: Callable[..., T], /, *values: object) -> Callable[[], T]:
        """Start a module-level function; return a function that waits for its result."""


def make_cover(volume: Volume, press_jobs: PressJobs, offload: Offload, store: Store) -> Checked[bytes]:
    """Make the cover of a volume as a JPEG image of `WIDTH` × `HEIGHT` px; the same input gives the same bytes.

    Args:
        volume: The volume.
        press_jobs: Presses the cover's page.
        offload: Where the page is rasterised, which takes 45 MB.
        store: Keeps the image.

    Returns:
        The image, empty if there are problems; the engine's errors, such as `missing-glyph`. Warnings are left out,
        because the stylesheets of an EPUB may contain properties that only e-readers know.

    Raises:
        BookError: The layout fails.
    """
    project = volume.manuscript.project
    sheets = cover_stylesheets(volume.manuscript, volume.edition)
    html = compose_cover(volume)
    root, faces = str(project.root), str(store.faces)
    job = Job("cover", html, sheets, root, faces, "layouts/cover.html", tagged=False, whole=True)
    (page,) = press_jobs([job])
    own = [sheet for sheet in sheets if not Path(sheet.path).is_relative_to(OWN_FOLDER)]
    errors = tuple(_at_its_line(one, own, project.root) for one in page.problems if one.severity is Severity.ERROR)
    if errors:
        return Checked(b"", errors)

    def draw() -> bytes:
        return offload(_picture, page.pdf)()

    return Checked(store.get_or_make("pictures", key_of(whole_version(), page.pdf), bytes, draw, label="cover"))


def _at_its_line(problem: Problem, sheets: Sequence[Stylesheet], root: Path) -> Problem:
    """A problem with an image of a stylesheet, at the line that names it; any other as it is."""
    found = re.match(r'the image "(.*?)" cannot be read', problem.message)
    for sheet in sheets if found else ():
        path = Path(sheet.path)
        own = path.relative_to(root).as_posix() if path.is_relative_to(root) else sheet.path
        address = (
            r"""url\(\s*(["']?)\s*\1\s*\)""" if found and found[1] == own else re.escape(found[1] if found else "")
        )
        if place := re.search(address, sheet.text):
            line = sheet.text.count("\n", 0, place.start()) + 1
            return replace(problem, at=Span(own, line))
    return problem


def _picture(pdf: bytes) -> bytes:
    """The first page of a PDF as a JPEG image."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        drawn = page.render(scale=WIDTH / page.get_width(), rev_byteorder=True).to_pil()
    if (drawn.mode, drawn.size) != ("RGB", (WIDTH, HEIGHT)):  # each copy of it takes 12 MB
        drawn = drawn.convert("RGB").resize((WIDTH, HEIGHT))
    target = io.BytesIO()
    drawn.save(target, "JPEG", quality=QUALITY, subsampling=0, optimize=True)
    return target.getvalue()
