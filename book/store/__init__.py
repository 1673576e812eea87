"""The store: a content-addressed cache in the output folder, and the record of the last build."""
