"""What was made before, and whether it can be used again."""
