"""Presents problems: their explanations, their order, fixes, and output formats."""
