"""Products beside the tree: features point at the deliverables that deliver them."""
