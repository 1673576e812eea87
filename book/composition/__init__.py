"""A manuscript turned into the sections of an edition, through layouts and stylesheets."""
