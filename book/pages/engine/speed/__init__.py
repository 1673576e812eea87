"""The same pages in less time: one shortcut of the layout engine a file, each with `mend()`."""
