"""Microsoft Project XML (MSPDI), as Microsoft documents it in the Project XML data interchange schema."""

from .reader import read_mspdi

__all__ = ["read_mspdi"]
