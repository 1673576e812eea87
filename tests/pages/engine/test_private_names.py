"""What the mends replace in the layout engine, and which of its private names they use.

A new version of the engine may change any of these. A mend that needs another name is written down here.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from book.pages import engine
from book.pages.engine.tested import TESTED

REPLACED = {
    "css.StyleFor", "css.properties.INHERITED", "css.properties.INITIAL_VALUES",
    "css.properties.KNOWN_PROPERTIES", "draw.draw_inline_level", "formatting_structure.boxes.InlineBox.hit_area",
    "images.Gradient.draw", "images.RasterImage.__init__", "layout.LayoutContext.layout_footnote",
    "layout.LayoutContext.overflows_page", "layout.LayoutContext.report_footnote",
    "layout.LayoutContext.unlayout_footnote", "layout.background.layout_box_backgrounds",
    "layout.block.block_container_layout", "layout.block.block_level_layout", "layout.inline.get_next_linebox",
    "layout.inline.split_first_line", "layout.make_all_pages", "layout.make_margin_boxes",
    "layout.page.block_level_layout", "layout.preferred.split_first_line",
    "pdf.add_tags", "pdf.fonts.Font.__init__", "pdf.fonts.Font.clean",
    "svg.Node.text", "svg.defs.ceil", "svg.defs.cycle", "text.fonts.FontConfiguration.__init__",
}  # fmt: skip
"""Names of the engine's packages that get another value, or have something assigned or added to them."""
PRIVATE = {"_config", "_page_box", "_update_footnote_area"}
"""Names with an underscore that are imported from these packages, or are attributes read or replaced."""
_CHANGING = frozenset(
    {"add", "append", "clear", "discard", "extend", "insert", "pop", "remove", "setdefault", "update"}
)
"""Methods that change the table that they belong to."""


def trees() -> Iterator[ast.Module]:
    """The modules of mends."""
    for path in sorted(Path(engine.__file__).parent.rglob("*.py")):
        yield ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.Module) -> dict[str, str]:
    """What a module imports from the engine's packages: by the name that it has there, its own."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in TESTED:
            found.update({name.asname or name.name: f"{node.module}.{name.name}" for name in node.names})
        elif isinstance(node, ast.Import):
            names = [name for name in node.names if name.name.split(".")[0] in TESTED]
            assert not any(name.asname for name in names)
            found.update({name.name.split(".")[0]: name.name.split(".")[0] for name in names})
    return found


def root_of(node: ast.expr) -> str:
    """The name that a chain of attributes and indexes begins with."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def name_of(node: ast.expr, own: dict[str, str]) -> str:
    """The whole name of a chain of attributes; of what has an index, that of the table."""
    if isinstance(node, ast.Subscript):
        return name_of(node.value, own)
    if isinstance(node, ast.Attribute):
        return f"{name_of(node.value, own)}.{node.attr}"
    assert isinstance(node, ast.Name)
    return own[node.id]


def single(target: ast.expr) -> Iterator[ast.expr]:
    """The targets of an assignment, one by one."""
    if isinstance(target, ast.Tuple | ast.List):
        for part in target.elts:
            yield from single(part)
    else:
        yield target


def changed(node: ast.AST) -> Iterator[ast.expr]:
    """What a statement or a call gives another value, or adds something to."""
    if isinstance(node, ast.Assign | ast.Delete):
        for target in node.targets:
            yield from single(target)
    elif isinstance(node, ast.AugAssign | ast.AnnAssign):
        yield node.target
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _CHANGING:
        yield node.func.value


def replaced(tree: ast.Module) -> Iterator[str]:
    """The names of the engine that a module changes."""
    own = imported(tree)
    for node in ast.walk(tree):
        for target in changed(node):
            if isinstance(target, ast.Attribute | ast.Subscript) and root_of(target) in own:
                yield name_of(target, own).removeprefix("weasyprint.")


def private(tree: ast.Module) -> Iterator[str]:
    """The private names of the engine that a module imports, and private attributes of other objects that it uses."""
    own = imported(tree)
    yield from (name.rpartition(".")[2] for name in own.values() if name.rpartition(".")[2].startswith("_"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr[:1] == "_" != node.attr[1:2]:
            yield from () if root_of(node) in ("self", "cls") else (node.attr,)


def test_mends_replace_what_is_written_down() -> None:
    found = {name for tree in trees() for name in replaced(tree)}
    assert found == REPLACED


def test_mends_use_the_private_names_that_are_written_down() -> None:
    found = {name for tree in trees() for name in private(tree)}
    assert found == PRIVATE


def test_no_name_is_replaced_by_its_text() -> None:
    """Such a name would be missing above."""
    for tree in trees():
        own = imported(tree)
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("setattr", "delattr")
            ):
                assert root_of(node.args[0]) not in own, ast.unparse(node)


def test_every_way_to_change_a_name_is_seen() -> None:
    module = """
import tinyhtml5
from weasyprint import css
from weasyprint.layout import block, page as pages, _private
tinyhtml5.parse = block.one = 1
block.two, (css.three, _) = 1, (2, 3)
css.four["key"] |= {}
css.five.add(1)
pages.six: int = 7
del block.seven
own.eight = block.nine
block.call()
"""
    tree = ast.parse(module)
    assert sorted(replaced(tree)) == [
        "css.five", "css.four", "css.three", "layout.block.one", "layout.block.seven", "layout.block.two",
        "layout.page.six", "tinyhtml5.parse",
    ]  # fmt: skip
    assert list(private(tree)) == ["_private"]
