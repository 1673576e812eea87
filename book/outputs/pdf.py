"""The PDF output: binds settled pages into one file."""

from __future__ import annotations

from book.model.editions import Artifact
from book.outputs import Context
from book.pdf.bind import bind


def write(context: Context) -> tuple[Artifact, ...]:
    """Write one artifact, `<volume>.pdf`."""
    assert context.paged is not None, "a PDF is made from settled pages"
    data = bind(context.paged, context.store)
    return (Artifact(f"{context.volume.name}.pdf", "application/pdf", data, context.paged.pagination.pages),)
