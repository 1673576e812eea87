"""Composes the sections of an edition from a manuscript, through layouts and stylesheets."""
