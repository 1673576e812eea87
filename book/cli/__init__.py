"""The commands: what the terminal shows, and how a project is started."""
