"""CSL-JSON, for Zotero, Pandoc and whatever else reads it: nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Sequence

from book.exports.export import Export
from book.model.sources import Source
from book.sources.csl_item import csl_item


def write(sources: Sequence[Source]) -> Export:
    """The sources as CSL-JSON."""
    return Export(json.dumps([csl_item(source) for source in sources], ensure_ascii=False, indent=2) + "\n")
