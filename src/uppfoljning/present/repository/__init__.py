"""A new repository: a small plan that works, what work groups need to read, and the checks of every change."""
