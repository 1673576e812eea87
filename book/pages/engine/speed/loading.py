"""Loads the layout engine in half the time.

For WeasyPrint 70.0. Without it, a rebuild after a changed word takes a fifth more processor time. What is slow there,
and what is done instead:

- It asks for each system library by names of several systems. For a name that it does not find, cffi has
  `ctypes.util.find_library` look further, which on Linux runs `ldconfig` (and may run a compiler): fifteen times
  in all. The names that Linux has are among those it asks for, so nothing has to be looked for there.
- It loads fontTools' subsetter and instancer, which are large, for the fonts of machines without HarfBuzz's subsetter
  and for variable fonts. Here they are loaded when they are called.
- cffi parses the C declarations of Pango, HarfBuzz and Fontconfig with a parser in Python, and later the name of each C
  type that is used, together with all names before it: a quarter of what is left. `c_types` has them parsed: what cffi
  generates for a module of its own (`FFI.set_source`), which is the usual way to distribute declarations.

All of it could be done in WeasyPrint itself, to the gain of everybody who starts it often.
"""

from __future__ import annotations

import ctypes.util
import importlib
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from types import ModuleType
from typing import Any

SUBSETTER = "fontTools.subset"
_USED = {SUBSETTER: ("Options", "Subsetter"), "fontTools.varLib.instancer": ("instantiateVariableFont",)}
"""What WeasyPrint uses of large modules of fontTools (pdf/fonts.py), by module."""


def mend() -> None:
    """Import WeasyPrint into this process. Raises OSError where a system library is missing."""
    load()


@cache
def load() -> None:
    """Import WeasyPrint into this process. Raises OSError where a system library is missing."""
    if "weasyprint" not in sys.modules:
        with _names_taken_as_they_are(), _large_modules_put_off(), _declarations_parsed():
            importlib.import_module("weasyprint")


@contextmanager
def _names_taken_as_they_are() -> Iterator[None]:
    """On Linux, load system libraries by the names that the loader knows; elsewhere nothing is slow."""
    known = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = _nothing
    try:
        yield
    finally:
        ctypes.util.find_library = known


def _nothing(name: str) -> str | None:  # noqa: ARG001 - it stands for a function that looks for the name
    """Find no library."""
    return None


@contextmanager
def _declarations_parsed() -> Iterator[None]:
    """Give WeasyPrint an `FFI` that has its declarations already, where this version of cffi can read them."""
    import _cffi_backend
    import cffi

    from book.pages.engine.c_types import DECLARATIONS

    class Parsed(_cffi_backend.FFI):  # type: ignore[misc]
        def cdef(self, source: str) -> None:
            """Nothing: the declarations are there; a test compares them."""

    known = cffi.FFI
    with suppress(ImportError):  # cffi has another format
        ready = Parsed("c_types", **DECLARATIONS)
        cffi.FFI = lambda: ready
    try:
        yield
    finally:
        cffi.FFI = known


@contextmanager
def _large_modules_put_off() -> Iterator[None]:
    """Replace the fontTools functions that WeasyPrint imports by name with lazy ones."""
    package = vars(importlib.import_module("fontTools"))
    stand_ins = {name: _stand_in(name, functions) for name, functions in _USED.items() if name not in sys.modules}
    sys.modules.update(stand_ins)
    package.setdefault("subset", stand_ins.get(SUBSETTER))
    try:
        yield
    finally:
        for name in stand_ins:
            del sys.modules[name]
        if SUBSETTER in stand_ins:
            del package["subset"]


def _stand_in(name: str, functions: tuple[str, ...]) -> ModuleType:
    """A module whose functions load the real one when they are called."""
    module = ModuleType(name)
    for function in functions:
        setattr(module, function, _put_off(name, function))
    return module


def _put_off(module: str, function: str) -> Callable[..., Any]:
    """A function that is imported when it is called."""

    def call(*values: Any, **named: Any) -> Any:
        return getattr(importlib.import_module(module), function)(*values, **named)

    return call
