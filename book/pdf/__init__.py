"""The print PDF: settled fragments bound into one tagged file (ISO 32000-1)."""
