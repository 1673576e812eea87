"""Outputs: one module for each file format.

An output is one module here with `write(context) -> tuple[Artifact, ...]`, and one entry in `project/outputs.py` that
says what sets it apart; its key is the module's name and what `output = "…"` in `book.toml` says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import TYPE_CHECKING

from book.composition.styles import epub_stylesheets
from book.model.editions import Artifact, Section, Volume
from book.model.folios import Pagination
from book.model.indexes import Index
from book.model.manuscript import Manuscript
from book.model.pages import PagedVolume
from book.model.settings import Edition
from book.problem import Checked, Problem
from book.project.files import Reads, recording
from book.project.outputs import OUTPUTS
from book.store.store import NO_STORE, Store, key_of
from book.store.versions import engine_version

if TYPE_CHECKING:
    from book.epub.pages import PageMark
    from book.epub.stylesheets import Styles
    from book.pages.cover import Offload
    from book.pages.jobs import PressJobs


@dataclass(frozen=True, slots=True)
class Context:
    """Everything that an output receives."""

    volume: Volume
    """The volume to write."""
    sections: tuple[Section, ...]
    """Its sections, composed for this edition, in order."""
    stylesheets: Mapping[str, bytes] = field(default_factory=dict)
    """For a package: the stylesheets, by their file names in it."""
    fonts: Mapping[str, bytes] = field(default_factory=dict)
    """For a package: the font files, by their file names in it."""
    cover: bytes = b""
    """For a package: a cover made from the title, as a JPEG image; empty if the settings name one."""
    styles: Styles | None = None
    """For a package: the project's stylesheets with everything they refer to."""
    paged: PagedVolume | None = None
    """The paginated volume, for an output that has pages."""
    printed: Edition | None = None
    """The print edition whose page numbers the output carries, if any."""
    marks: tuple[PageMark, ...] = ()
    """Where the pages of that print edition begin in the sections, in reading order."""
    store: Store = NO_STORE
    """The cache of earlier results."""

    @property
    def manuscript(self) -> Manuscript:
        """The chapters of the volume, and their citations."""
        return self.volume.manuscript

    @property
    def edition(self) -> Edition:
        """The edition that the volume belongs to."""
        return self.volume.edition

    @property
    def indexes(self) -> tuple[Index, ...]:
        """The indexes of the volume."""
        return self.volume.indexes

    def without_text(self) -> Context:
        """A copy of a paginated context without HTML and chapter bodies: less to send to the process that binds it."""
        if self.paged is None:
            return self
        chapters = tuple(replace(chapter, body="") for chapter in self.manuscript.chapters)
        volume = replace(self.volume, manuscript=replace(self.manuscript, chapters=chapters))
        sections = {section.slug: replace(section, html="") for section in self.sections}
        leaves = tuple(replace(leaf, section=sections[leaf.section.slug]) for leaf in self.paged.leaves)
        paged = replace(self.paged, volume=volume, sections=tuple(sections.values()), leaves=leaves)
        return replace(self, volume=volume, sections=paged.sections, paged=paged)


def writer(output: str) -> Callable[[Context], tuple[Artifact, ...]]:
    """The `write` function of an output.

    Raises:
        KeyError: No such output is registered.
    """
    if output not in OUTPUTS:
        raise KeyError(output)
    write: Callable[[Context], tuple[Artifact, ...]] = import_module(f"{__name__}.{output}").write
    return write


def write_files(context: Context) -> tuple[tuple[Artifact, ...], Sequence[Problem], Reads]:
    """Write the files of a volume in a worker process.

    (It is here, and not with what calls it, because a worker would load everything that composes volumes with that.)

    Returns:
        The files, the damaged entries that were found in the worker's copy of the store, and what was read.
    """
    with recording(context.manuscript.project.root) as reads:
        files = writer(context.edition.output)(context)
    return files, context.store.damaged, reads


def paged_context(
    volume: Volume, press_jobs: PressJobs, store: Store, on_progress: Callable[[int, int], None]
) -> Checked[Context]:
    """Paginate a volume for an output that has pages.

    The page facts of the last build are used as a guess. See `paginate` for the arguments and errors.
    """
    from book.pages.fitting import fitted
    from book.pages.paginate import paginate
    from book.standards import variant_of

    key = key_of(engine_version(), volume.name)
    guess: Pagination | None = store.get("facts", key, Pagination)
    paged = fitted(volume, lambda one: paginate(one, press_jobs, str(store.faces), on_progress, guess))
    if paged.value.pagination != guess:
        store.put("facts", key, paged.value.pagination)
    faults = variant_of(volume.edition).examine(paged.value)
    return Checked(Context(volume, paged.value.sections, paged=paged.value, store=store), (*paged.problems, *faults))


def plain_context(volume: Volume, store: Store, pages: Callable[[], PagedVolume] | None = None) -> Context:
    """Compose a volume for an output that neither has pages nor is a package.

    See `packaged_context` for the arguments and errors.
    """
    from book.composition.compose import VolumeComposer

    composer = VolumeComposer(volume)
    composed = composer.compose()
    printed = pages() if pages else None
    if printed:
        composed = composer.compose(printed.pagination, [composed])
    return Context(volume, composed.sections, printed=printed.volume.edition if printed else None, store=store)


def packaged_context(
    volume: Volume,
    press_jobs: PressJobs,
    offload: Offload,
    store: Store,
    pages: Callable[[], PagedVolume] | None = None,
) -> Checked[Context]:
    """Compose a volume for an output that is a package: sections that link to stylesheets of the package, and a cover.

    Args:
        volume: The volume.
        press_jobs: Presses the cover's page; see `paginate`.
        offload: Where the cover is rasterised; see `make_cover`.
        store: The cache of earlier results.
        pages: Waits for the print edition whose page numbers the sections show and whose page breaks are marked in
            them; called after everything else is done. None if the output carries no page numbers.

    Raises:
        BookError: A layout fails.
    """
    from book.composition.compose import VolumeComposer
    from book.epub.long_files import split_long
    from book.epub.pages import mark_pages
    from book.epub.stylesheets import pack_stylesheets
    from book.pages.cover import make_cover

    project = volume.manuscript.project
    sheets, fonts = epub_stylesheets(volume.manuscript, volume.edition)
    styles = pack_stylesheets(sheets, project.root)
    linked = tuple(styles.value.linked)
    with ThreadPoolExecutor(1) as beside:
        made = None if project.settings.cover else beside.submit(make_cover, volume, press_jobs, offload, store)
        composer = VolumeComposer(volume, linked)
        composed = composer.compose()
        printed = pages() if pages else None
        marks: tuple[PageMark, ...] = ()
        if printed:
            composed = composer.compose(printed.pagination, [composed])
            sections, marks = mark_pages(composed.sections, printed, store)
        else:
            sections = composed.sections
        chapters = {chapter.slug for chapter in volume.manuscript.chapters}
        files = split_long(sections, marks, chapters, volume.edition.largest_file)
        cover = made.result() if made else Checked(b"")
    context = Context(
        volume, files.value[0], styles.value.linked, fonts, cover.value, styles.value,
        printed=printed.volume.edition if printed else None, marks=files.value[1], store=store,
    )  # fmt: skip
    return Checked(context, (*styles.problems, *files.problems, *cover.problems))
