"""The text of each page of a PDF, as JSON (`python -m benchmarks.pages FILE.pdf`), read in a process of its own."""

from __future__ import annotations

import json
import sys


def main(path: str) -> None:
    """Print the texts, in order; that of a blank page is empty."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    print(json.dumps([page.get_textpage().get_text_range().strip() for page in document]))


if __name__ == "__main__":
    main(*sys.argv[1:])
