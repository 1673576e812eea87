"""The sandbox that layouts run in: they write text from what they are given, and can do nothing else.

A layout belongs to the owner of a project, but projects are passed on. Jinja's sandbox keeps it from Python's
internals; here it is also kept from files (a `Path` has no attributes in it) and from the insides of functions, and its
loops, its products and its output are bounded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from pathlib import PurePath
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType
from typing import Any

from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

MOST_STEPS = 5_000_000
"""Numbers that all `range()` of one rendering may give together."""
LONGEST = 64 * 1024 * 1024
"""Characters of the longest text that a layout may make."""
_CLOSED = (PurePath, FunctionType, MethodType, BuiltinFunctionType, ModuleType, partial, type)
"""Types whose objects layouts may be given, but not look into."""

_steps: ContextVar[list[int] | None] = ContextVar("steps", default=None)


class LayoutEnvironment(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, with bounds."""

    intercepted_binops = frozenset({"*", "**"})

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.globals["range"] = _range
        self._safe: dict[tuple[type, str], bool] = {}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a layout may read an attribute.

        Jinja decides by the object's type and the attribute's name, so each pair is decided once. (It asks for every
        attribute that a layout reads: deciding was a third of the time that composing took.)
        """
        known = self._safe.get((type(obj), attr))
        if known is None:
            known = super().is_safe_attribute(obj, attr, value) and not isinstance(obj, _CLOSED)
            self._safe[type(obj), attr] = known
        return known

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """A product or a power of reasonable size."""
        if operator == "**" and (abs(left) > 1 and abs(right) > _MOST_BITS):
            raise SecurityError(f"{right} is too large a power")
        for one, other in ((left, right), (right, left)):
            if operator == "*" and isinstance(one, Sequence) and isinstance(other, int) and len(one) * other > LONGEST:
                raise SecurityError(f"a text or list of {len(one) * other} parts is too long")
        return super().call_binop(context, operator, left, right)


_MOST_BITS = 1024


@contextmanager
def counted_steps() -> Iterator[None]:
    """Count the numbers that `range()` gives in one rendering."""
    token = _steps.set([0])
    try:
        yield
    finally:
        _steps.reset(token)


def _range(*bounds: int) -> range:
    """Python's `range`, as long as all of a rendering together stay below `MOST_STEPS`."""
    numbers = range(*bounds)
    count = _steps.get()
    if count is not None:
        count[0] += len(numbers) + 1
        if count[0] > MOST_STEPS:
            raise SecurityError(f"more than {MOST_STEPS} steps of range() in one layout")
    return numbers
