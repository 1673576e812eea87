"""The C declarations that are read beforehand are those of WeasyPrint."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import cffi
import pytest

from book.pages.engine import c_types

HEAD = '''"""The C declarations of WeasyPrint's `text/ffi.py` (70.0), as cffi's generator writes them for a module.

They are the same on every platform. Written by `.venv/bin/pytest tests/pages/engine/test_c_types.py --rewrite`.
"""

# ruff: noqa: E501, Q000
# fmt: off

from __future__ import annotations

from typing import Any

DECLARATIONS: dict[str, Any] = {
'''


def declared() -> str:
    """The C declarations in the source of WeasyPrint."""
    package = find_spec("weasyprint")
    assert package is not None
    assert package.origin is not None
    source = Path(package.origin).parent.joinpath("text", "ffi.py").read_text(encoding="utf-8")
    (text,) = (
        node.args[0].value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "cdef"
        if isinstance(node.args[0], ast.Constant)
    )
    assert isinstance(text, str)
    return text


def generated(tmp_path: Path) -> str:
    """The module that cffi generates from them, as a dictionary of arguments."""
    maker = cffi.FFI()
    maker.cdef(declared())
    maker.set_source("c_types", None)
    maker.emit_python_code(str(tmp_path / "made.py"))
    call = (
        (tmp_path / "made.py").read_text(encoding="utf-8").partition("FFI('c_types',\n")[2].rstrip().removesuffix(")")
    )
    lines = (line.strip().partition(" = ") for line in call.splitlines())
    return HEAD + "".join(f'    "{name}": {value.rstrip(",")},\n' for name, _, value in lines if name) + "}\n"


def test_the_declarations_are_those_of_the_engine(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    expected = generated(tmp_path)
    if pytestconfig.getoption("--rewrite"):
        Path(c_types.__file__).write_text(expected, encoding="utf-8")
    assert Path(c_types.__file__).read_text(encoding="utf-8") == expected


def test_the_engine_uses_them() -> None:
    code = (
        "import sys; from book.pages.engine import mend; mend(); import weasyprint.text.ffi as text\n"
        "assert 'cffi.cparser' not in sys.modules\n"
        "assert text.ffi.sizeof('PangoRectangle') == 16, text.ffi\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
