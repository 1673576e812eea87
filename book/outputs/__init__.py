"""Outputs: from a volume to finished files.

An output is one module with `write(context) -> tuple[Artifact, ...]` and one line here; the key is
what `output = "…"` in `book.toml` says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING

from book.composition.styles import epub_stylesheets
from book.model.editions import Artifact, Section, Volume
from book.model.indexes import Index
from book.model.manuscript import Manuscript
from book.model.pages import PagedVolume, Pagination
from book.model.settings import Edition
from book.problem import Checked
from book.store.store import NO_STORE, Store, key_of
from book.store.versions import engine_version

if TYPE_CHECKING:
    from book.epub.pages import PageMark
    from book.epub.stylesheets import Styles
    from book.pages.cover import Offload
    from book.pages.paginate import PressJobs


@dataclass(frozen=True, slots=True)
class Context:
    """All that an output receives."""

    volume: Volume
    """What becomes a file."""
    sections: tuple[Section, ...]
    """Its sections, composed for this edition, in order."""
    stylesheets: Mapping[str, bytes] = field(default_factory=dict)
    """Stylesheets of a package, by their names in it."""
    fonts: Mapping[str, bytes] = field(default_factory=dict)
    """Font files of a package, by their names in it."""
    cover: bytes = b""
    """A cover made from the title, as a JPEG picture; empty where the settings name one."""
    styles: Styles | None = None
    """What the project's stylesheets need besides, for a package."""
    paged: PagedVolume | None = None
    """The volume in settled pages, for an output that has pages."""
    printed: Edition | None = None
    """The print edition, for an output that carries its page numbers."""
    marks: tuple[PageMark, ...] = ()
    """Where the pages of the print edition begin in the sections, in reading order."""
    store: Store = NO_STORE
    """What was made before."""

    @property
    def manuscript(self) -> Manuscript:
        """The chapters of the volume, and their citations."""
        return self.volume.manuscript

    @property
    def edition(self) -> Edition:
        """The edition the volume belongs to."""
        return self.volume.edition

    @property
    def indexes(self) -> tuple[Index, ...]:
        """The indexes of the volume."""
        return self.volume.indexes


OUTPUTS: Mapping[str, str] = {
    "pdf": "book.outputs.pdf",
    "epub": "book.outputs.epub",
}
"""The module of every output; it is imported when an edition asks for it."""


def writer(output: str) -> Callable[[Context], tuple[Artifact, ...]]:
    """The function that writes editions of a kind. Raises KeyError for a kind that is not registered."""
    write: Callable[[Context], tuple[Artifact, ...]] = import_module(OUTPUTS[output]).write
    return write


def paged_context(
    volume: Volume, press_jobs: PressJobs, store: Store, on_progress: Callable[[int, int], None]
) -> Checked[Context]:
    """What an output with pages receives; `press_jobs` and `on_progress` are those of `paginate`, as is what is raised.

    The page facts of the last build are guessed to be those of this one.
    """
    from book.pages.paginate import paginate
    from book.standards import variant_of

    key = key_of(engine_version(), volume.name)
    guess: Pagination | None = store.get("facts", key, Pagination)
    paged = paginate(volume, press_jobs, str(store.faces), on_progress, guess)
    if paged.value.pagination != guess:
        store.put("facts", key, paged.value.pagination)
    faults = variant_of(volume.edition).examine(paged.value)
    return Checked(Context(volume, paged.value.sections, paged=paged.value, store=store), (*paged.problems, *faults))


def packaged_context(
    volume: Volume,
    press_jobs: PressJobs,
    offload: Offload,
    store: Store,
    pages: Callable[[], PagedVolume] | None = None,
) -> Checked[Context]:
    """What an output without pages receives: sections that link to the stylesheets of a package, and a cover.

    `pages` gives a print edition, whose folios the sections show, and whose pages are marked in them. It
    is called when all is done that can be done without: it may have to wait for them. `press_jobs` are as in
    `paginate`, `offload` as in `make_cover`. Raises BookError where a layout fails.
    """
    from book.composition.compose import compose
    from book.epub.pages import mark_pages
    from book.epub.stylesheets import pack_stylesheets
    from book.pages.cover import make_cover

    project = volume.manuscript.project
    sheets, fonts = epub_stylesheets(project, volume.edition)
    styles = pack_stylesheets(sheets, project.root)
    linked = tuple(styles.value.linked)
    with ThreadPoolExecutor(1) as beside:
        made = None if project.settings.cover else beside.submit(make_cover, volume, press_jobs, offload, store)
        sections = compose(volume, linked=linked)
        printed = pages() if pages else None
        marks: tuple[PageMark, ...] = ()
        if printed:
            sections = compose(volume, printed.pagination, previous=sections, linked=linked)
            sections, marks = mark_pages(sections, printed, store)
        cover = made.result() if made else Checked(b"")
    context = Context(
        volume, sections, styles.value.linked, fonts, cover.value, styles.value,
        printed=printed.volume.edition if printed else None, marks=marks, store=store,
    )  # fmt: skip
    return Checked(context, (*styles.problems, *cover.problems))
