"""Compares quotations with transcripts of their sources."""
