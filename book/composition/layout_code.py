"""Compiles layouts: what they join, and the lists and tables that they make, is measured (`book.composition.sizes`)."""

from __future__ import annotations

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, optimizeconst


class LayoutGenerator(CodeGenerator):
    """Jinja's compiler; what `~` joins is measured before it is joined, and lists and tables when they are made."""

    @optimizeconst
    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 (called by this name)
        """Write the code of a `~`, as Jinja does, with its operands given to `LayoutEnvironment.fitting` first."""
        join = "str_join"
        if frame.eval_ctx.volatile:
            join = "(markup_join if context.eval_ctx.volatile else str_join)"
        elif frame.eval_ctx.autoescape:
            join = "markup_join"
        self.write(f"{join}(environment.fitting((")
        for operand in node.nodes:
            self.visit(operand, frame)
            self.write(", ")
        self.write(")))")

    def visit_List(self, node: nodes.List, frame: Frame) -> None:  # noqa: N802
        """Write the code of a list, given to `LayoutEnvironment.held`."""
        self.write("environment.held(")
        super().visit_List(node, frame)
        self.write(")")

    def visit_Dict(self, node: nodes.Dict, frame: Frame) -> None:  # noqa: N802
        """Write the code of a table, given to `LayoutEnvironment.held` without its keys' being hashed before."""
        self.write("environment.held_table((")
        for pair in node.items:
            self.write("(")
            self.visit(pair.key, frame)
            self.write(", ")
            self.visit(pair.value, frame)
            self.write("), ")
        self.write("))")

    def visit_Tuple(self, node: nodes.Tuple, frame: Frame) -> None:  # noqa: N802
        """Write the code of a tuple, given to `LayoutEnvironment.held`, unless it names what is assigned to."""
        if node.ctx != "load":
            super().visit_Tuple(node, frame)
            return
        self.write("environment.held(")
        super().visit_Tuple(node, frame)
        self.write(")")
