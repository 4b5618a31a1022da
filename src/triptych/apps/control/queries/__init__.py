"""Reading what a node is controlled by. Each query costs a constant number of statements, whatever the rows."""

from .below import below
from .issues import decisions_wanted, open_issues
from .risks import Drawn, Exposed, exposure, register, risks_of

__all__ = ["Drawn", "Exposed", "below", "decisions_wanted", "exposure", "open_issues", "register", "risks_of"]
