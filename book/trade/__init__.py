"""Records of a book for others: ONIX 3.0 for the trade, `index.json` for programs."""
