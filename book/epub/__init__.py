"""The parts of an EPUB package: its files, its navigation, its metadata, and the container that holds them."""
