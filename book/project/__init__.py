"""Reads the files of a project: settings with their positions, text, styles, pictures, names."""
