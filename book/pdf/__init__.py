"""Binds settled fragments into one tagged print PDF (ISO 32000-1)."""
