"""Imports other people's documents: makes chapters, pictures, notes, sources and a report of them."""
