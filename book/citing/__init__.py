"""Cited sources in words: who spoke, what, when and where, the same in every edition, list and record."""
