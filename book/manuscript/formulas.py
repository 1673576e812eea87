"""Formulas in TeX as MathML, and as drawings where an edition has no MathML. The libraries for both are an extra."""

from __future__ import annotations

import re
import warnings
from functools import cache, lru_cache
from html import escape
from importlib.util import find_spec
from typing import Any

EXTRA = "florilegium[math]"
"""What to install for formulas."""
_SIZE = 100
"""The size of type, in units of a drawing, that it is made in; it is set in that of the text."""


_TAG = re.compile(r"<[^<>]*>")
_COMMAND = re.compile(r"\\[A-Za-z]+")


_ALIGNED = re.compile(r"\\(begin|end)\{aligned\}")
"""An environment that the converter does not know; `split` is the same."""
_LOOSE = "<mi>&</mi>"
"""What the converter makes of a sign for a column where it knows no table: this is no XML."""
LONGEST = 5000
"""Characters of a formula; to draw one takes time that grows with the square of their number."""

DEEPEST = 10
"""Fractions, roots, brackets in one another; to draw one takes time that doubles with each (two seconds for ten)."""
_ELEMENT = re.compile(r"<(/?)(\w+)[^<>]*?(/?)>")
_MOST_ROWS, _MOST_ELEMENTS = DEEPEST + 1, 3 * DEEPEST
"""The same as rows and elements of MathML in one another: each level is a row, or a cell of a table."""


class FormulaError(ValueError):
    """A formula that cannot be read; its text says why."""


@cache
def available() -> bool:
    """Whether formulas can be set."""
    return all(find_spec(name) for name in ("latex2mathml", "ziamath"))


@lru_cache(maxsize=4096)
def mathml(tex: str, *, display: bool) -> str:
    """A formula as a `math` element whose alternative is its source. Raises FormulaError."""
    from latex2mathml.converter import convert

    if len(tex) > LONGEST:
        raise FormulaError(f"it has {len(tex)} characters, and at most {LONGEST} are read")
    try:
        known = _ALIGNED.sub(r"\\\1{split}", tex)
        written = str(convert(known, display="block" if display else "inline"))
    except Exception as failure:
        raise FormulaError(_reason(failure)) from failure
    if unknown := _COMMAND.search(_TAG.sub("", written)):
        raise FormulaError(f"the command {unknown[0]} is not known")
    if _LOOSE in written:
        raise FormulaError("it has & outside a table; write \\begin{aligned} … \\end{aligned} around its lines")
    _check_depth(written)
    return written.replace("<math ", f'<math alttext="{escape(tex)}" ', 1)


def _check_depth(written: str) -> None:
    """Raise FormulaError for MathML whose elements are nested too deeply."""
    depth = {"mrow": 0, "": 0}
    for closing, name, empty in _ELEMENT.findall(written):
        for counted in ("", name) if name == "mrow" else ("",):
            depth[counted] += 0 if empty else -1 if closing else 1
        if depth["mrow"] > _MOST_ROWS or depth[""] > _MOST_ELEMENTS:
            raise FormulaError(f"fractions, roots or brackets stand more than {DEEPEST} deep in one another")


@lru_cache(maxsize=4096)
def drawing(tex: str, *, display: bool) -> str:
    """A formula as an `svg` element whose title is its source; its measures are in the size of the text around it.

    Raises FormulaError.
    """
    from xml.etree import ElementTree as ET

    mathml(tex, display=display)  # what it refuses would take too long to be drawn
    try:
        formula = _latex()(tex, size=_SIZE, inline=not display)
        svg = formula.svgxml()
        sink = formula.getyofst()
    except Exception as failure:
        raise FormulaError(_reason(failure)) from failure
    for side in ("width", "height"):
        svg.set(side, f"{float(svg.get(side, '0')) / _SIZE:.4f}em")
    svg.set("class", "formula")
    svg.set("style", f"vertical-align: {sink / _SIZE:.4f}em")
    title = ET.Element("title")
    title.text = tex
    svg.insert(0, title)
    return str(ET.tostring(svg, encoding="unicode"))


@cache
def _latex() -> Any:
    """What draws formulas."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # it finds its font in a way that Python gives up
        from ziamath.config import config
        from ziamath.zmath import Latex
    config.svg2 = False  # no symbols: their ids would stand in a document once for each formula
    return Latex


def _reason(failure: Exception) -> str:
    """What the name of an exception says, in words: `MissingEndError` → `missing end`."""
    words = re.findall("[A-Z][a-z]+", type(failure).__name__.removesuffix("Error"))
    return " ".join(words).lower() or "it is incomplete"
