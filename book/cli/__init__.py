"""The command line: commands, messages, logging, and the starter project."""
