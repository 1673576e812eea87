"""How lines of text are shaped, broken and drawn in place of the layout engine's own way."""
