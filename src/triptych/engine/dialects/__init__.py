"""Dialects: the same plan under the rules of Microsoft Project, of Primavera P6, or of Triptych."""

from .base import Dialect
from .msproject import MicrosoftProject
from .p6 import PrimaveraP6
from .triptych import Triptych

DIALECTS: dict[str, Dialect] = {each.name: each for each in (Triptych(), MicrosoftProject(), PrimaveraP6())}


__all__ = ["DIALECTS", "Dialect"]
