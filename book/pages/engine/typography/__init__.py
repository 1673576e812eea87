"""Paragraphs are ours: text is shaped once, lines are slices of it, chosen together, filled, and drawn as slices.

In the order of the imports: `shaping` (Pango's glyphs), `paragraphs` (boxes as one text), `hyphenation`, `together`,
`hanging`, `breaks` (where lines can end), `tracking`, `fit` (where they end), `plans` (what becomes of a
paragraph at a width), `drawing`, `lines` (handing lines to the layout engine), `properties` (what a stylesheet says of
all that).
"""
