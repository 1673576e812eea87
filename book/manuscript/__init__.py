"""Reads Markdown chapters, and resolves their citations and references."""
