"""The steps in which the sample company comes into a database, each by somebody who may take it."""

from .company import Founding

__all__ = ["Founding"]
