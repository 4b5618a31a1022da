"""What a team has finished, as a file of one column (CSV): a date for each finished item, or a number for
each period.

A heading and empty lines are passed over, further columns not read. Every line that is neither is told,
with its number.
"""

from .reader import HistoryReport, read_history

__all__ = ["HistoryReport", "read_history"]
