"""Projects whose resources are scarce: the libraries that the literature measures levelling by, and plans of them.

The libraries are other people's, not kept with the source: `../shared/data/psplib` and `../shared/data/mpsplib` beside it.
"""
