"""Imports what binding a PDF needs; the fork server preloads this module, so that it happens once for all workers."""

from book.pdf.bind import bind, preload

preload()

__all__ = ["bind"]
