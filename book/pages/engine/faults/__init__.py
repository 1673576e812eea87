"""Faults of the layout engine that make wrong pages, mended: one in each file, each with `mend()`."""
