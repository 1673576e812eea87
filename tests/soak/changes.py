"""The small changes that mutants have: an operator, a constant, a call, a branch, a result."""

from __future__ import annotations

import ast

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult,
}  # fmt: skip
_CALLED = {"sorted": "list", "min": "max", "max": "min", "any": "all", "all": "any", "reversed": "list"}


class Changes(ast.NodeVisitor):
    """Finds the places of a module that can be changed, and changes one of them.

    Args:
        wanted: The number of the place that is changed; none, if it is negative.
    """

    def __init__(self, wanted: int = -1) -> None:
        self.found: list[tuple[int, str]] = []
        self._wanted = wanted

    def _at(self, node: ast.AST, change: str) -> bool:
        """Note down a place; whether it is the one to be changed."""
        self.found.append((getattr(node, "lineno", 0), change))
        return len(self.found) - 1 == self._wanted

    def visit_Compare(self, node: ast.Compare) -> None:
        for place, operator in enumerate(node.ops):
            other = _COMPARED[type(operator)]
            if self._at(node, f"{type(operator).__name__} → {other.__name__}"):
                node.ops[place] = other()
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        other: type[ast.boolop] = ast.Or if isinstance(node.op, ast.And) else ast.And
        if self._at(node, f"{type(node.op).__name__} → {other.__name__}"):
            node.op = other()
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        other = _OPERATORS.get(type(node.op))
        if other is not None and self._at(node, f"{type(node.op).__name__} → {other.__name__}"):
            node.op = other()
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        if isinstance(node.op, ast.Not) and self._at(node, "without not"):
            node.operand = ast.UnaryOp(ast.Not(), node.operand)
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, bool):
            node.value ^= self._at(node, f"{node.value} → {not node.value}")
        elif isinstance(node.value, int) and self._at(node, f"{node.value} → {node.value + 1}"):
            node.value += 1

    def visit_Call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Name) and node.func.id == "lru_cache":
            return  # how much is cached changes no result
        other = _CALLED.get(node.func.id) if isinstance(node.func, ast.Name) else None
        if other is not None and isinstance(node.func, ast.Name) and self._at(node, f"{node.func.id} → {other}"):
            node.func.id = other
            node.keywords = [one for one in node.keywords if other in ("min", "max")]
        if any(one.arg == "key" for one in node.keywords) and self._at(node, "without key="):
            node.keywords = [one for one in node.keywords if one.arg != "key"]
        if not (isinstance(node.func, ast.Attribute) and node.func.attr in ("debug", "compile")):
            self.generic_visit(node)

    def visit_Return(self, node: ast.Return) -> None:
        if node.value is not None and not _is_none(node.value) and self._at(node, "return None"):
            node.value = ast.Constant(None)
        self.generic_visit(node)

    def visit_IfExp(self, node: ast.IfExp) -> None:
        if self._at(node, "the other branch"):
            node.body, node.orelse = node.orelse, node.body
        self.generic_visit(node)

    def visit_Raise(self, node: ast.Raise) -> None:
        """Words of messages are left alone."""

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.visit(node.value)

    def visit_arg(self, node: ast.arg) -> None:
        """Annotations are left alone."""


def _is_none(node: ast.expr) -> bool:
    """Whether an expression is None."""
    return isinstance(node, ast.Constant) and node.value is None
