"""Pandoc, then Typst on what it wrote (`python -m benchmarks.typst OUT.pdf PANDOC … --output BOOK.typ …`)."""

from __future__ import annotations

import subprocess
import sys


def main(product: str, *command: str) -> None:
    """Run Pandoc's command and compile the file that it writes."""
    import typst

    subprocess.run(command, check=True)
    typst.compile(command[command.index("--output") + 1], output=product)


if __name__ == "__main__":
    main(*sys.argv[1:])
