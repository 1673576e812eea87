"""A cover made from the title, for a book that has none: the layout `cover.html`, pressed, as a picture.

Shops and old devices want a raster picture. The engine writes PDF only, so that PDFium draws the page:
a wheel without system libraries, already the reader of our PDFs in the tests.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from book.compose import compose_cover
from book.model import Volume
from book.press import Job
from book.problem import Checked, Severity
from book.styles import cover_stylesheets

if TYPE_CHECKING:
    from book.paginate import Presses

WIDTH, HEIGHT = 1600, 2560
"""Pixels: the least that shops ask for, 1 : 1.6."""

QUALITY = 82
"""JPEG quality: letters keep their edges, with colours in full resolution."""


def make_cover(volume: Volume, presses: Presses, faces: str) -> Checked[bytes]:
    """The cover of a volume as a JPEG picture of `WIDTH` × `HEIGHT` px; equal input gives equal bytes.

    `presses` and `faces` are as in `paginate`. The problems are the engine's errors (`missing-glyph`); where
    there are any the picture is empty. Its warnings are left out: the stylesheets of an EPUB may hold what
    only e-readers know. Raises BookError where the layout fails.
    """
    project = volume.manuscript.project
    sheets = cover_stylesheets(project, volume.edition)
    html = compose_cover(volume)
    (page,) = presses([Job("cover", html, sheets, str(project.root), faces, "layouts/cover.html", tagged=False)])
    errors = tuple(problem for problem in page.problems if problem.severity is Severity.ERROR)
    return Checked(b"" if errors else _picture(page.pdf), errors)


def _picture(pdf: bytes) -> bytes:
    """The first page of a PDF as a JPEG picture."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        drawn = page.render(scale=WIDTH / page.get_width()).to_pil().convert("RGB")
    target = io.BytesIO()
    drawn.resize((WIDTH, HEIGHT)).save(target, "JPEG", quality=QUALITY, subsampling=0, optimize=True)
    return target.getvalue()
