"""Sets sections in pages with the layout engine, and reads page facts off the finished pages."""
