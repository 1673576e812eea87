"""What the mends replace in the layout engine, and which of its private names they use.

A new version of the engine may change any of these. A mend that needs another name is written down here.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from book.pages import engine

REPLACED = {
    "Font.__init__", "Font.clean", "InlineReplacedBox.position_x", "RasterImage.__init__",
    "background.layout_box_backgrounds", "block._break_line",
    "block._linebox_layout", "block.block_container_layout", "block.block_level_layout", "boxes.InlineBox.hit_area",
    "build.make_box", "css.StyleFor.__init__", "defs.ceil", "defs.cycle", "document.build_formatting_structure",
    "draw.draw_inline_level", "images.LinearGradient.layout", "images.RadialGradient._repeat",
    "images.RadialGradient.layout", "images.cycle", "inline.get_next_linebox", "inline.split_first_line",
    "inline.strut", "layout.make_margin_boxes", "page.block_level_layout", "page.page_height", "pdf.add_tags",
    "svg.TAGS", "svg.text", "text.draw_first_line", "weasyprint.layout.make_all_pages",
}  # fmt: skip
"""Names of the engine that get another value, or have something assigned to them."""
PRIVATE = {
    "_break_line", "_cascaded_styles", "_computed_styles", "_etree_node", "_fonts", "_linebox_layout", "_page_box",
    "_repeat", "_sheets", "_update_footnote_area",
}  # fmt: skip
"""Its attributes with an underscore that are read or replaced."""


def trees() -> Iterator[ast.Module]:
    """The modules of mends."""
    for path in sorted(Path(engine.__file__).parent.rglob("*.py")):
        yield ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.Module) -> set[str]:
    """What a module imports from the engine, by the names that it has there."""
    found = {"weasyprint"}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "weasyprint":
            found.update(name.asname or name.name for name in node.names)
    return found


def root_of(node: ast.expr) -> str:
    """The name that a chain of attributes begins with."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def replaced(tree: ast.Module) -> Iterator[str]:
    """The names of the engine that a module assigns to."""
    own = imported(tree)
    for node in ast.walk(tree):
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AugAssign) else []
        )
        for target in targets:
            if isinstance(target, ast.Attribute) and root_of(target) in own:
                yield ast.unparse(target)


def private(tree: ast.Module) -> Iterator[str]:
    """The private attributes that a module uses of other objects."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr[:1] == "_" != node.attr[1:2]:
            yield from () if root_of(node) in ("self", "cls") else (node.attr,)


def test_mends_replace_what_is_written_down() -> None:
    found = {name for tree in trees() for name in replaced(tree)}
    assert found == REPLACED


def test_mends_use_the_private_names_that_are_written_down() -> None:
    found = {name for tree in trees() for name in private(tree)}
    assert found == PRIVATE
