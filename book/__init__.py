"""Florilegium: anthologies from plain files, with a chronological index that is always right."""

__version__ = "0.1.0"
