"""Sections set in pages by the layout engine, and the facts that are read off the finished pages."""
