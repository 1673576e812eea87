"""What is wrong or slow in the layout engine, mended: one fault a file, each with `mend()`.

For the versions in `tested.py`, with Pango 1.50 (Debian 12) to 1.56 (Debian 13). Each file says what it mends and what
it uses that is private; `tests/pages/engine/` shows each fault and its mend. A mend goes when a new version does
without.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Collection, Mapping
from functools import cache

from book.pages.engine.faults import (
    completeness,
    continued,
    deep_images,
    drawings,
    font_languages,
    font_names,
    gradients,
    image_names,
    line_breaks,
    links,
    long_notes,
    narrowest,
    rtl_drawings,
    structure_tree,
)
from book.pages.engine.speed import (
    backgrounds,
    fonts_apart,
    fragment_file,
    furniture_pages,
    loading,
    margin_boxes,
    parsing,
    shared_styles,
)
from book.pages.engine.tested import check_versions
from book.pages.engine.typography import drawing, floats, grid, lines, page_ends, properties, spreads
from book.problem import BookError, Span, error

Mends = Mapping[str, Callable[[], None]]

FAULTS: Mends = {
    "line_breaks": line_breaks.mend,
    "links": links.mend,
    "drawings": drawings.mend,
    "font_languages": font_languages.mend,
    "font_names": font_names.mend,
    "gradients": gradients.mend,
    "image_names": image_names.mend,
    "deep_images": deep_images.mend,
    "rtl_drawings": rtl_drawings.mend,
    "continued": continued.mend,
    "long_notes": long_notes.mend,
    "completeness": completeness.mend,
    "narrowest": narrowest.mend,
    "structure_tree": structure_tree.mend,
}
"""What would make wrong pages without a mend."""

TYPOGRAPHY: Mends = {
    "text_wrap": properties.add_text_wrap,
    "planned_lines": lines.plan_lines,
    "page_ends": page_ends.keep_words_on_pages,
    "grid": grid.keep_to_grid,
    "page_floats": floats.add_page_floats,
    "spreads": spreads.choose_pages,
    "drawn_slices": drawing.draw_slices,
}
"""How text is shaped, broken and drawn: all or none."""

SPEED: Mends = {
    "loading": loading.mend,
    "margin_boxes": margin_boxes.mend,
    "parsing": parsing.mend,
    "backgrounds": backgrounds.mend,
    "shared_styles": shared_styles.mend,
    "fonts_apart": fonts_apart.mend,
    "furniture_pages": furniture_pages.mend,
    "fragment_file": fragment_file.mend,
}
"""What saves time and changes no page. `loading` comes first: it loads the engine."""

MENDS: Mends = {"loading": loading.mend, **TYPOGRAPHY, **SPEED, **FAULTS}
"""Every mend, in the order in which they are applied."""

SLOWLY = "FLORILEGIUM_WITHOUT_SPEED"
"""The environment variable that names mends of `SPEED` to leave out, separated by commas; `all` leaves out all.

Tests and benchmarks set it, to see that pages are the same and what each mend is worth.
"""


@cache
def mend() -> None:
    """Load the engine into this process and mend it, once; see `apply`."""
    apply(without=slow_mends())


def slow_mends() -> frozenset[str]:
    """Read from the environment which mends of `SPEED` are to be left out.

    Raises:
        BookError: The variable names something else.
    """
    names = frozenset(filter(None, os.environ.get(SLOWLY, "").split(",")))
    if names == {"all"}:
        return frozenset(SPEED)
    if unknown := sorted(names - SPEED.keys()):
        hint = f"all, or some of: {', '.join(SPEED)}"
        raise BookError(
            [error("unknown-mend", f'{SLOWLY} names no mend for speed: "{unknown[0]}"', Span(SLOWLY), hint)]
        )
    return names


def apply(*, without: Collection[str] = ()) -> None:
    """Load the engine into this process and mend it.

    Args:
        without: Names of mends to leave out, to see what the engine does by itself.

    Raises:
        BookError: The engine has a version that the mends were not tested with.
        OSError: A system library is missing.
    """
    check_versions()
    # Whether pictures can be decoded is told as a problem; what is odd in their metadata does not matter.
    warnings.filterwarnings("ignore", category=UserWarning, module="PIL")
    with warnings.catch_warnings():
        # The engine looks for the machine's own fonts when it is loaded; no page is set in any of them.
        warnings.filterwarnings("ignore", message="No fonts configured|FontConfig cannot load")
        for name, one in MENDS.items():
            if name not in without:
                one()
