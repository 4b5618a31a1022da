"""Reading what a node is controlled by. Each query costs a constant number of statements, whatever the rows."""

from .below import below
from .risks import Drawn, Exposed, exposure, register, risks_of

__all__ = ["Drawn", "Exposed", "below", "exposure", "register", "risks_of"]
