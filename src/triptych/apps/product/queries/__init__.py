"""Reading products and what hangs on them: a constant number of statements each, whatever the number of rows."""
