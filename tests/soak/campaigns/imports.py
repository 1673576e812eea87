"""Whatever a document holds, an import ends with a project that can be checked, or with a message."""

from __future__ import annotations

import random
from pathlib import Path

from book.check import check_book
from book.imports.importing import import_documents
from book.imports.reading import ImportFailedError
from tests.soak.campaigns.mutations import WAYS
from tests.soak.trial import Campaign

CASES = Path(__file__).parent.parent.parent / "cases" / "imports"


def run(chance: random.Random, folder: Path) -> None:
    """Damage a document, import it, and check the project that comes of it."""
    document = chance.choice(sorted(CASES.glob("*/in.*")))
    data = document.read_bytes()
    for _ in range(chance.choice([1, 2, 5, 20])):
        data = chance.choice(WAYS)(chance, data)
    path = folder / document.name
    path.write_bytes(data)
    try:
        imported = import_documents([path])
    except ImportFailedError:
        return
    root = folder / "book"
    for name, content in imported.files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    check_book(root)


CAMPAIGN = Campaign(
    "A damaged document is imported into a project that can be checked, or refused with a message.",
    run,
    sample=(0, 1, 2, 3, 4, 5),
    seconds=20,
)
