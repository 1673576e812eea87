"""Runs Pandoc, which reads documents of word processors and formats citations, on files that come from strangers.

Pandoc reads nothing but what it is given, and reaches no network: `--sandbox` covers pictures and included files, and
for what it does not cover (the parent of a CSL style), requests are sent to a proxy that is not there. Its memory and
its time are bounded, as its manual advises ("A note on security").
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Sequence

SECONDS = 300
"""After so many seconds a run is given up."""
_MEMORY = "2G"
"""The largest heap of a run, as an option of Haskell's runtime."""
_NOWHERE = "http://127.0.0.1:9"
"""A proxy that is not there: port 9 is that of the discard service (RFC 863)."""
_REASON = 120
"""Characters of Pandoc's own words that a reason has."""


class MissingPackageError(RuntimeError):
    """A package that is needed is not installed; its argument is the package's name."""


def pandoc_path() -> str:
    """The path of Pandoc.

    Raises:
        MissingPackageError: `pypandoc_binary` is not installed.
    """
    try:
        import logging

        import pypandoc

        logging.getLogger("pypandoc").setLevel(logging.CRITICAL)  # it prints a traceback of what it only tries
        return str(pypandoc.get_pandoc_path())
    except (ImportError, OSError) as failure:
        raise MissingPackageError("pypandoc_binary") from failure


def run_pandoc(options: Sequence[str], text: str | None = None) -> str:
    """Run Pandoc, and return what it prints.

    Args:
        options: Its options, and the file that it reads.
        text: What it reads, if that is no file.

    Raises:
        MissingPackageError: `pypandoc_binary` is not installed.
        ValueError: Pandoc refuses what it is given, or needs too long; with the reason.
    """
    pandoc = pandoc_path()
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), _NOWHERE)
    with tempfile.TemporaryDirectory(prefix="florilegium-") as folder:  # without the templates of the user
        command = [pandoc, "+RTS", f"-M{_MEMORY}", "-RTS", "--sandbox", f"--data-dir={folder}", *options]
        environment = {**os.environ, **proxies, "no_proxy": "", "NO_PROXY": "", "HOME": folder}
        try:
            done = subprocess.run(  # noqa: S603
                command, input=text or "", capture_output=True, encoding="utf-8", errors="replace", check=False,
                timeout=SECONDS, env=environment,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise ValueError(f"it was not done after {SECONDS} s") from None
    if done.returncode:
        reason = " ".join(done.stderr.split())
        raise ValueError(f"{reason[:_REASON]}…" if len(reason) > _REASON else reason or "it gives no reason")
    return done.stdout
