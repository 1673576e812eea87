"""A cover made from the title, for a book that has none: the layout `cover.html`, pressed, as a picture.

Shops and old devices want a raster picture. The engine writes PDF only, so that PDFium draws the page:
a wheel without system libraries, already the reader of our PDFs in the tests.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, TypeVar

from book.composition.compose import compose_cover
from book.composition.styles import cover_stylesheets
from book.model.editions import Volume
from book.pages.press import Job
from book.problem import Checked, Severity
from book.store.store import Store, key_of
from book.store.versions import whole_version

if TYPE_CHECKING:
    from book.pages.paginate import PressJobs

T = TypeVar("T")

WIDTH, HEIGHT = 1600, 2560
"""Pixels: the least that shops ask for, 1 : 1.6."""

QUALITY = 82
"""JPEG quality: letters keep their edges, with colours in full resolution."""


class Offload(Protocol):
    """Where a function can be called, such as another process."""

    def __call__(self, function: Callable[..., T], /, *values: object) -> Callable[[], T]:
        """Have it called; what comes back waits for what it gives."""


def make_cover(volume: Volume, press_jobs: PressJobs, offload: Offload, store: Store) -> Checked[bytes]:
    """The cover of a volume as a JPEG picture of `WIDTH` × `HEIGHT` px; equal input gives equal bytes.

    `press_jobs` are as in `paginate`; `offload` is where the picture is drawn, which takes 45 MB; `store` keeps it. The
    problems are the engine's errors (`missing-glyph`); where there are any the picture is empty. Its warnings are
    left out: the stylesheets of an EPUB may hold what only e-readers know. Raises BookError where the layout fails.
    """
    project = volume.manuscript.project
    sheets = cover_stylesheets(project, volume.edition)
    html = compose_cover(volume)
    root, faces = str(project.root), str(store.faces)
    job = Job("cover", html, sheets, root, faces, "layouts/cover.html", tagged=False, whole=True)
    (page,) = press_jobs([job])
    errors = tuple(problem for problem in page.problems if problem.severity is Severity.ERROR)
    if errors:
        return Checked(b"", errors)

    def draw() -> bytes:
        return offload(_picture, page.pdf)()

    return Checked(store.get_or_make("pictures", key_of(whole_version(), page.pdf), bytes, draw))


def _picture(pdf: bytes) -> bytes:
    """The first page of a PDF as a JPEG picture."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        drawn = page.render(scale=WIDTH / page.get_width(), rev_byteorder=True).to_pil()
    if (drawn.mode, drawn.size) != ("RGB", (WIDTH, HEIGHT)):  # each copy of it takes 12 MB
        drawn = drawn.convert("RGB").resize((WIDTH, HEIGHT))
    target = io.BytesIO()
    drawn.save(target, "JPEG", quality=QUALITY, subsampling=0, optimize=True)
    return target.getvalue()
