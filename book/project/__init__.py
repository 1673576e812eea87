"""The files of a project: settings, their syntax and their places, and the names in them."""
