"""The modification date of editions comes from the project or from `SOURCE_DATE_EPOCH`, never from the clock."""

from __future__ import annotations

from collections.abc import Iterator

from book.model.manuscript import Manuscript
from book.problem import Problem, Span, note, warning
from book.project.config import FILE
from book.project.identity import FALLBACK, epoch_moment, project_moment
from book.project.outputs import output_of


def check(manuscript: Manuscript) -> Iterator[Problem]:
    """A warning for a `SOURCE_DATE_EPOCH` that is no number of seconds, and a note if there is no date at all."""
    epoch = manuscript.project.epoch
    stated = epoch_moment(epoch)
    if epoch and stated is None:
        message = f'SOURCE_DATE_EPOCH is "{epoch[:40]}", which is no number of seconds since 1970, and is not used'
        yield warning("modification-date", message, Span(FILE), "unset the variable, or set it to whole seconds")
    outputs = [output_of(edition) for edition in manuscript.project.editions]
    dated = any(output.paged or output.packaged for output in outputs)
    if dated and stated is None and project_moment(manuscript.settings) is None:
        message = f"the editions say that they were last changed on {FALLBACK:%Y-%m-%d}, because the book has no date"
        yield note("modification-date", message, Span(FILE), 'add modified = "2026-05-21" or date = "2026" to [book]')
