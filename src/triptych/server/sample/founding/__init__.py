"""The steps in which the sample company comes into a database, each by somebody who may take it."""

from .company import Founding
from .recording import Recording

__all__ = ["Founding", "Recording"]
