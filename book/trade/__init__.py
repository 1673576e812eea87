"""Records about a book: ONIX 3.0 for the trade, `index.json` for programs."""
