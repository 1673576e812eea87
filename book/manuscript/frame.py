"""Fits Python-Markdown with our parser: its own parser and what depends on it are replaced."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import PrettifyTreeprocessor
from markdown.util import HTML_PLACEHOLDER
from markdown_it import MarkdownIt

from book.manuscript.tree import Handler, TokenParser

_STASHED = re.compile(HTML_PLACEHOLDER % r"([0-9]+)")


class _Unstash(Postprocessor):
    """Restores raw HTML in one pass."""

    def run(self, text: str) -> str:
        """The text with all stashed HTML restored."""
        blocks = self.md.htmlStash.rawHtmlBlocks
        return _STASHED.sub(lambda found: str(blocks[int(found[1])]), text)


class _Prettify(PrettifyTreeprocessor):
    """Puts blocks on lines of their own, and leaves white space at the end of code."""

    def run(self, root: Element) -> None:
        """Change the white space around blocks."""
        kept = [(element, element.text) for element in root.iter("code")]
        super().run(root)
        for element, text in kept:
            element.text = text


class TokenExtension(Extension):
    """Replaces Python-Markdown's parser by one that is fed with tokens."""

    def __init__(self, reader: MarkdownIt, handlers: Mapping[str, Handler]) -> None:
        super().__init__()
        self.reader, self.handlers = reader, handlers

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Replace the parser, and the processors that depend on it."""
        md.parser = TokenParser(md, self.reader, self.handlers)
        for registry, names in (
            (md.preprocessors, ("normalize_whitespace", "html_block")),
            (md.treeprocessors, ("inline", "unescape")),
            (md.postprocessors, ("raw_html", "amp_substitute")),
        ):
            for name in names:
                if name in registry:
                    registry.deregister(name)
        md.treeprocessors.deregister("prettify")
        md.treeprocessors.register(_Prettify(md), "prettify", 10)
        md.postprocessors.register(_Unstash(md), "unstash", 30)
