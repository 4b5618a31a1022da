"""Microsoft Project's own files (.mpp, .mpt, .mpx), which MPXJ turns into Microsoft Project XML; the extra `mpp`."""

from .conversion import FORMAT, as_read, is_project_file, to_mspdi

__all__ = ["FORMAT", "as_read", "is_project_file", "to_mspdi"]
