"""Faults of the layout engine that make wrong pages, mended: one a file, each with `mend()`."""
