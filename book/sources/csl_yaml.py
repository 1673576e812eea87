"""Reads CSL-YAML: CSL's items as YAML, as Pandoc and Zotero's Better BibTeX write it.

Titles may have Pandoc's Markdown besides CSL's tags.
"""

from __future__ import annotations

from book.model.sources import Source
from book.problem import Checked
from book.project import yaml_source
from book.project.rich_text import from_markdown
from book.sources import csl


def read(text: str, path: str) -> Checked[tuple[Source, ...]]:
    """The sources of a list, at the top or under `references`; problems of `yaml_source.parse` and `csl.read_items`."""
    parsed = yaml_source.parse(text, path)
    if parsed.value is None:
        return Checked((), parsed.problems)
    items = csl.read_items(parsed.value.data, parsed.value.at, from_markdown)
    return Checked(items.value, parsed.problems + items.problems)
