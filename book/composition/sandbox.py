"""The sandbox that layouts run in: they write text from what they are given, and can do nothing else.

A layout belongs to the owner of a project, but projects are passed on. Jinja's sandbox keeps it from Python's
internals; here it is also kept from files (a `Path` has no attributes in it) and from the insides of functions.
Time and memory are bounded in two ways: no single operation gives a text, list or number of unreasonable size, and a
rendering that goes on for too long, or needs too much memory, is stopped (`book.composition.watchdog`).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial, wraps
from pathlib import PurePath
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType
from typing import Any

from jinja2 import Template
from jinja2.exceptions import SecurityError
from jinja2.runtime import Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

from book.composition.layout_code import LayoutGenerator
from book.composition.sizes import (
    LONGEST,
    HeldTable,
    carrying,
    check_filled,
    check_format,
    check_indent,
    check_joined,
    check_length,
    check_numbers,
    check_replaced,
    check_searched,
    held_weight,
    holds_others,
    made_weight,
    sum_weight,
    times_weight,
    weighed,
)
from book.composition.watchdog import watched

MOST_STEPS = 5_000_000
"""Numbers that all `range()` of one rendering may give together."""
MOST_SECONDS = 10.0
"""Processor time that one rendering may take."""
MOST_MEMORY = 1 << 30
"""Bytes by which one rendering may make the process grow."""
MOST_BITS = 100_000
"""Bits of the largest number that a product or a power may give."""
_CLOSED = (PurePath, FunctionType, MethodType, BuiltinFunctionType, ModuleType, partial, type)
"""Types whose objects layouts may be given, but not look into."""
_GROWING = ("batch", "center", "filesizeformat", "format", "indent", "int", "round", "slice", "tojson", "truncate",
            "urlize", "wordwrap")  # fmt: skip
"""Filters of Jinja whose result grows with a number that they are given."""
_PRODUCT = ("lstrip", "rfind", "rindex", "rpartition", "rsplit", "rstrip", "strip")
"""Methods of texts that take a time that is the product of both lengths: they search from the end, or look each
character up in a text."""

_WIDE = re.compile(r"[0-9]{6}")
_NESTED = re.compile(r"\{[^{}]*:[^{}]*\{")

_steps: ContextVar[list[int] | None] = ContextVar("steps", default=None)


class TooLongError(SecurityError):
    """A layout takes too long."""

    def __init__(self) -> None:
        super().__init__(f"it takes more than {MOST_SECONDS:g} seconds: is there a loop within a loop?")


class TooMuchError(SecurityError):
    """A layout needs too much memory."""

    def __init__(self) -> None:
        super().__init__(f"it needs more than {MOST_MEMORY >> 20} MB of memory")


class LayoutEnvironment(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, with bounds."""

    intercepted_binops = frozenset({"*", "**", "+", "%"})
    code_generator_class = LayoutGenerator

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.globals["range"] = _range
        del self.globals["lipsum"]
        for name in _GROWING:
            self.filters[name] = _with_small_numbers(name, self.filters[name])
        self.filters["replace"] = _measured_replace(self.filters["replace"])
        self.filters["join"] = _measured_join(self.filters["join"])
        self.filters["trim"] = _measured_trim(self.filters["trim"])
        self.filters["sum"] = _sum_of_numbers(self.filters["sum"])
        self.filters["list"] = _held_list
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

    def get_template(self, *values: Any, **named: Any) -> Template:
        """A layout by its name, unless layouts include each other without an end."""
        _check_depth()
        return super().get_template(*values, **named)

    def select_template(self, *values: Any, **named: Any) -> Template:
        """The first of some layouts that exists, unless they include each other without an end."""
        _check_depth()
        return super().select_template(*values, **named)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """A sum, a product, a power or a formatted text of reasonable size."""
        if operator == "+":
            if isinstance(left, Sequence) and isinstance(right, Sequence):
                check_length(len(left) + len(right), left)
                if not isinstance(left, str | bytes):
                    weight = sum_weight(map(held_weight, (left, right)))
                    return carrying(super().call_binop(context, operator, left, right), weight)
        elif operator == "%":
            if isinstance(left, str | bytes):
                check_format(left if isinstance(left, str) else left.decode("latin-1"), right)
        elif isinstance(left, int) and isinstance(right, int):
            bits = left.bit_length()
            if (bits + right.bit_length() if operator == "*" else bits * abs(right)) > MOST_BITS:
                raise SecurityError(f"a number of more than {MOST_BITS} bits is too large")
        else:
            for one, other in ((left, right), (right, left)):
                if operator == "*" and isinstance(one, Sequence) and isinstance(other, int):
                    check_length(len(one) * other, one)
                    if not isinstance(one, str | bytes):
                        weight = times_weight(held_weight(one), other)
                        return carrying(super().call_binop(context, operator, left, right), weight)
        return super().call_binop(context, operator, left, right)

    def fitting(self, operands: tuple[Any, ...]) -> tuple[Any, ...]:
        """The operands of a `~`, if the text that they make is of reasonable size."""
        check_length(sum(len(one) for one in operands if isinstance(one, str)))
        return operands

    @staticmethod
    def held(made: Any) -> Any:
        """A list or a tuple, if it does not hold too much."""
        return carrying(made, made_weight(made))

    @staticmethod
    def held_table(pairs: tuple[tuple[Any, Any], ...]) -> dict[Any, Any]:
        """A table, if it does not hold too much."""
        return HeldTable(pairs, made_weight(part for pair in pairs for part in pair))

    @staticmethod
    def concat(pieces: Iterable[str]) -> str:
        """What a block, a macro or a `set` block wrote, if it is of reasonable size."""
        written = list(pieces)
        check_length(sum(map(len, written)))
        return "".join(written)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """Jinja's replacement of `str.format`, if the format has no enormous widths."""
        wrapped = super().wrap_str_format(value)
        if wrapped is not None:
            text = value.__self__
            if _WIDE.search(text) or _NESTED.search(text):
                raise SecurityError("a format has a width of more than five figures, or one that is given")

            @wraps(wrapped)
            def measured(*values: Any, **named: Any) -> str:
                check_filled(text, (*values, *named.values()))
                return wrapped(*values, **named)

            return measured
        return wrapped

    def call(self, context: Any, obj: Any, *values: Any, **named: Any) -> Any:
        """Call a function; methods of texts and numbers are kept from giving enormous ones."""
        owner = getattr(obj, "__self__", None)
        held = [one for one in (*values, *named.values()) if holds_others(one)]
        if len(held) > 1 and not _takes_each(obj):  # `dict(a=x, b=x)`, or a macro's `varargs`
            made_weight(held)
        if isinstance(owner, str | bytes | int):
            check_numbers(getattr(obj, "__name__", "a method"), values, named)
            if isinstance(owner, str) and obj.__name__ == "replace" and len(values) > 1:
                check_replaced(owner, *values[:2])
            if isinstance(owner, str) and obj.__name__ == "join" and values:
                values = (check_joined(values[0], owner), *values[1:])
            if obj.__name__ == "expandtabs" and isinstance(owner, str):
                size = next((one for one in (*values, *named.values()) if isinstance(one, int)), 8)
                check_length(len(owner) + owner.count("\t") * size)
            if getattr(obj, "__name__", "") in _PRODUCT and not isinstance(owner, int):
                check_searched(owner, obj.__name__, next((one for one in (*values, *named.values())), None))
            if obj.__name__ == "translate":
                raise SecurityError("translate() is not among the methods that layouts may call")
        return super().call(context, obj, *values, **named)


def _check_depth() -> None:
    """Refuse layouts that include each other without an end while there is room left on the stack.

    At the interpreter's own limit CPython 3.11 sometimes ends the process: "Cannot recover from stack overflow".
    """
    try:
        sys._getframe(sys.getrecursionlimit() // 2)  # noqa: SLF001 (the way to ask without walking the stack in Python)
    except ValueError:
        return
    raise RecursionError


def _takes_each(obj: Any) -> bool:
    """Whether a function is a macro that has all it is given under names of their own, none in a list of the others."""
    return isinstance(obj, Macro) and not (obj.catch_varargs or obj.catch_kwargs)


def _with_small_numbers(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that refuses enormous numbers."""

    @wraps(function)
    def checked(*values: Any, **named: Any) -> Any:
        check_numbers(name, values, named)
        if name == "format":
            check_format(str(values[0]), (*values[1:], *named.values()))
        if name in ("urlize", "wordwrap") and len(str(values[0])) > LONGEST // 64:
            raise SecurityError(f"a text of {len(str(values[0]))} characters is too long for {name}")
        if name in ("indent", "wordwrap"):
            check_indent(values, named)
        result = function(*values, **named)
        return map(LayoutEnvironment.held, result) if name in ("batch", "slice") else result

    return checked


def _held_list(values: Iterable[Any]) -> list[Any]:
    """The filter `list`, for what does not hold too much."""
    return LayoutEnvironment.held(list(values))  # type: ignore[no-any-return]


def _measured_replace(function: Callable[..., Any]) -> Callable[..., Any]:
    """The filter `replace`, bounded."""

    @wraps(function)
    def checked(eval_ctx: Any, text: Any, old: Any, new: Any, count: int | None = None) -> Any:
        check_replaced(text, old, new)
        return function(eval_ctx, text, old, new, count)

    return checked


def _measured_join(function: Callable[..., Any]) -> Callable[..., Any]:
    """The filter `join`, bounded."""

    @wraps(function)
    def checked(eval_ctx: Any, parts: Any, between: str = "", attribute: str | int | None = None) -> Any:
        return function(eval_ctx, check_joined(parts, between), between, attribute)

    return checked


def _measured_trim(function: Callable[..., Any]) -> Callable[..., Any]:
    """The filter `trim`, bounded."""

    @wraps(function)
    def checked(value: Any, chars: str | None = None) -> Any:
        check_searched(str(value), "trim", chars)
        return function(value, chars)

    return checked


def _sum_of_numbers(function: Callable[..., Any]) -> Callable[..., Any]:
    """The filter `sum`, for numbers only: lists would be joined in quadratic time."""

    @wraps(function)
    def checked(environment: Any, values: Any, attribute: str | int | None = None, start: Any = 0) -> Any:
        if not isinstance(start, int | float):
            raise SecurityError("the filter sum is for numbers")
        return function(environment, values, attribute, start)

    return checked


@contextmanager
def bounded() -> Iterator[None]:
    """Bound one rendering: the numbers that `range()` gives in it, its time, and the memory that it needs."""
    token, weights = _steps.set([0]), weighed.set({})
    try:
        with watched(MOST_SECONDS, MOST_MEMORY, TooLongError, TooMuchError):
            yield
    finally:
        _steps.reset(token)
        weighed.reset(weights)


def _range(*bounds: int) -> range:
    """Python's `range`, as long as all of a rendering together stay below `MOST_STEPS`."""
    numbers = range(*bounds)
    count = _steps.get()
    if count is not None:
        count[0] += len(numbers) + 1
        if count[0] > MOST_STEPS:
            raise SecurityError(f"more than {MOST_STEPS} steps of range() in one layout")
    return numbers
