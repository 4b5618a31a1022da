"""Rows to a plan, a plan and its schedule to rows: the only place where the two meet."""

from .as_of import computed_as_of
from .computed import Computed, compute
from .load import load_plan
from .memory import computed, forget, remember
from .reach import lock, reach
from .sheet import Sheet
from .store import Gone, store, store_dates, touched

__all__ = [
    "Computed", "Gone", "Sheet", "compute", "computed", "computed_as_of", "forget", "load_plan", "lock", "reach", "remember",
    "store", "store_dates", "touched",
]  # fmt: skip
