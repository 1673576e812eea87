"""Describes cited sources in words (who spoke, what, when, where), the same in every edition and record."""
