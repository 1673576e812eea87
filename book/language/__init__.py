"""Everything that depends on a language: terms, scripts, collation, fonts, tags."""
