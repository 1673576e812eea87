"""Changes functions of modules that are loaded: their code is exchanged, so that nothing has to be imported again."""

from __future__ import annotations

import gc
import importlib
import pkgutil
import sys
from collections.abc import Iterator
from contextlib import suppress
from types import CodeType, FunctionType

import book
from book.pool.forkserver import PRELOADED


def load_all() -> None:
    """Import all modules of the package, as far as their packages are installed, but those that do what is done once.

    The layout engine is mended when such a module is imported; it would be mended again by modules that are imported
    again.
    """
    for module in pkgutil.walk_packages(book.__path__, "book."):
        if not module.name.endswith("__main__") and module.name not in PRELOADED:
            with suppress(ImportError, OSError):
                importlib.import_module(module.name)


def forget_all() -> None:
    """Have all modules of the package, and of the tests, imported again."""
    for name in list(sys.modules):
        if name.partition(".")[0] in ("book", "tests", "conftest"):
            del sys.modules[name]


def exchange(before: CodeType, after: CodeType) -> bool:
    """Give the functions of a loaded module the code that they have in another form of it.

    Args:
        before: The module's code, as it is loaded.
        after: The code of the other form.

    Returns:
        False, and nothing is done, if more than the code of functions differs: what runs once, when it is imported.
    """
    old, new = dict(_codes(before)), dict(_codes(after))
    if old.keys() != new.keys() or any(
        _own(old[name]) != _own(new[name]) for name in old if not old[name].co_flags & _OPTIMIZED
    ):
        return False
    changed = {name for name in old if old[name] != new[name] and old[name].co_flags & _OPTIMIZED}
    for function in gc.get_objects():
        if isinstance(function, FunctionType) and function.__code__.co_filename == before.co_filename:
            name = (function.__code__.co_qualname, function.__code__.co_firstlineno)
            if name in changed and function.__code__.co_freevars == new[name].co_freevars:
                function.__code__ = new[name]
    return True


_OPTIMIZED = 1
"""The flag of a function's code, which that of a module or a class has not (`inspect.CO_OPTIMIZED`)."""


def _codes(code: CodeType) -> Iterator[tuple[tuple[str, int], CodeType]]:
    """A module's code and all code in it, by name and line."""
    yield (code.co_qualname, code.co_firstlineno), code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def _own(code: CodeType) -> tuple[object, ...]:
    """What the code of a module or class does itself, without that of its functions."""
    constants = tuple(repr(one) for one in code.co_consts if not isinstance(one, CodeType))
    return code.co_code, constants, code.co_names
