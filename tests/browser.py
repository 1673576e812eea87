"""Requirements of the tests in a real browser: Node.js, Chromium, MuPDF, npm packages of `tests/reading_systems/`."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from filelock import FileLock

HERE = Path(__file__).resolve().parent / "reading_systems"
"""The folder of the pages and programs that drive the browser."""

NAMES = {
    "Node.js": ("node",),
    "npm": ("npm",),
    "MuPDF": ("mutool",),
    "Chromium": (
        "chromium",
        "chromium-browser",
        "google-chrome-stable",
        "google-chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ),
}
"""The names of each program on different systems."""


def program(what: str) -> str:
    """The path of a program. If it is missing, the test is skipped, or fails under `CI=true`."""
    found = next((path for name in NAMES[what] if (path := shutil.which(name))), None)
    return found or _absent(f"{what} is not installed: scripts/system-libraries browser python3")


def package(name: str) -> Path:
    """The folder of an npm package of `tests/reading_systems/`; if it is missing, as in `program`."""
    folder = HERE / "node_modules" / name
    if not folder.is_dir():
        _absent(f"the npm package {name} is not installed: npm ci --prefix tests/reading_systems")
    return folder


def run(command: Sequence[str], seconds: float, environment: Mapping[str, str] | None = None) -> str:
    """What a program that drives a browser prints. One runs at a time; one that hangs is ended and started anew.

    Chromium hangs now and then without a display, more so when two of them share two cores. `seconds` is
    what one of three tries may take. Raises AssertionError where it fails, TimeoutExpired where it hangs each time.
    It sees the machine's fonts, which setting pages hides in the process of the tests: a browser without fonts hangs.
    """
    environment = {**(os.environ if environment is None else environment)}
    environment.pop("FONTCONFIG_FILE", None)
    with FileLock(Path(tempfile.gettempdir()) / "florilegium-browser.lock"):
        for tries_left in (2, 1, 0):
            process = subprocess.Popen(
                command,
                env=environment,
                text=True,
                start_new_session=True,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
            try:
                printed, complaint = process.communicate(timeout=seconds)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.communicate()
                if not tries_left:
                    raise
            else:
                assert process.returncode == 0, complaint
                return printed
    raise AssertionError("unreachable")


def _absent(reason: str) -> str:
    """Skip the test, or fail it under continuous integration."""
    if os.environ.get("CI", "").lower() in {"1", "true"}:
        pytest.fail(reason)
    pytest.skip(reason)
