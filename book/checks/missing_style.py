"""The CSL style that the settings name is there, and what is needed to format citations by it."""

from __future__ import annotations

from collections.abc import Iterator

from book.model.manuscript import Manuscript
from book.problem import Problem, error
from book.project.config import places
from book.project.csl_styles import EXTRA, MissingStyleError, find_style
from book.project.pandoc import MissingPackageError, pandoc_path


def check(manuscript: Manuscript) -> Iterator[Problem]:
    """A `missing-style` for a style that does not exist, or a `missing-package` for a package that is not installed.

    A bibliography without a style is a `missing-style` too.
    """
    name, at = manuscript.settings.csl, places(manuscript.project)
    for edition in manuscript.project.editions:
        if name is None and "bibliography" in (edition.sections or ()):
            where = at(("editions", edition.name, "sections"))
            hint = 'name one in [book]: csl = "chicago-notes-bibliography"'
            yield error("missing-style", "a bibliography needs a CSL style", where, hint)
    if name is None:
        return
    try:
        pandoc_path()
        find_style(manuscript.project.root, name)
    except MissingPackageError as failure:
        message = f"CSL styles need the package {failure}, which is not installed"
        yield error("missing-package", message, at(("book", "csl")), EXTRA)
    except MissingStyleError as failure:
        yield error("missing-style", f'no CSL style "{name}"', at(("book", "csl")), str(failure) or None)
