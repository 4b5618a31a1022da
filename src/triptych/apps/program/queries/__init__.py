"""Reading objectives: a constant number of statements each, whatever the number of rows.

The tree of objectives may lead through what a reader does not see: its numbers are then the same as for everybody,
and what is hidden has no name.
"""
