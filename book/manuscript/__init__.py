"""Markdown chapters, read and resolved against sources."""
