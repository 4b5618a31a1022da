"""The numbers by which the schema says how a duration or a lag is spelled (the types DurationFormat and LagFormat)."""

from triptych.plan import LagKind

from .rows import Row
from .source import MOST_DAYS

_ESTIMATED = 32  # added to the format of an estimate
_ELAPSED = frozenset({4, 6, 8, 10, 12})  # minutes, hours, days, weeks, months round the clock
_PERCENT, _ELAPSED_PERCENT, _NONE = 19, 20, 21
_WORKING_DAYS = 7

#: Lags in tenths of a minute.
_LAGS = (-MOST_DAYS * 14_400, MOST_DAYS * 14_400)


def _format(row: Row, name: str) -> int:
    return row.integer(name, _WORKING_DAYS) & ~_ESTIMATED


def has_elapsed_duration(row: Row) -> bool:
    """Whether a task's duration runs round the clock. A manual task's format may stand in a field of its own."""
    found = _format(row, "DurationFormat")
    return (_format(row, "FreeformDurationFormat") if found == _NONE else found) in _ELAPSED


def lag_of(row: Row) -> tuple[int, LagKind]:
    """A link's lag: minutes, or percent of the predecessor's duration."""
    how, lag = _format(row, "LagFormat"), row.integer("LinkLag", within=_LAGS)
    if how == _PERCENT:
        return lag, LagKind.PERCENT
    if how == _ELAPSED_PERCENT:
        return lag, LagKind.ELAPSED_PERCENT
    return tenths(lag), LagKind.ELAPSED if how in _ELAPSED else LagKind.WORKING


def delay_of(row: Row) -> int:
    """A task's levelling delay in elapsed minutes."""
    return tenths(row.integer("LevelingDelay", within=_LAGS))


def tenths(value: int) -> int:
    """Tenths of a minute, as the format spells lags and slack, in minutes towards zero."""
    return int(value / 10)
