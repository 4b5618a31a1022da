"""What the company wants: objectives, their key results, and what of the tree serves them."""
