"""CSL-YAML, as Pandoc reads it: nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence

from book.exports.export import Export
from book.model.sources import Source
from book.project.rich_text import as_markdown
from book.sources.csl_item import RICH, is_markdown


def write(sources: Sequence[Source]) -> Export:
    """The sources as CSL-YAML, under `references`."""
    import yaml

    items = [{"id": source.id, **source.item} if "id" not in source.item else source.item for source in sources]
    written = [
        dict(item) if is_markdown(source) else {name: _text(name, value) for name, value in item.items()}
        for item, source in zip(items, sources, strict=True)
    ]
    return Export(yaml.safe_dump({"references": written}, allow_unicode=True, sort_keys=False, width=1000))


def _text(name: str, value: object) -> object:
    """A value; a title so that nothing in it is read as Markdown."""
    return as_markdown(value) if name in RICH and isinstance(value, str) else value
