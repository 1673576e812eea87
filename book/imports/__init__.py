"""Other people's documents turned into a project: chapters, pictures, notes, sources, and a report."""
