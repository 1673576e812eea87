"""Makes the parts of an EPUB package: files, navigation, metadata, container."""
