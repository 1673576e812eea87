"""The frozen types that pass between stages, a module for each subject."""
