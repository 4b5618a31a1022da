"""What is not certain about a plan, as a text file (TOML) that a person writes beside it; docs/guide/forecast.md shows
one.

Tasks are named by their WBS codes, as `triptych schedule` prints them, or `uid:NUMBER`; a summary stands for all below
it. Every fault of the file is told, with the entry it is in and the way out; with any, there is no result.
"""

from .reader import RisksReport, read_risks

__all__ = ["RisksReport", "read_risks"]
