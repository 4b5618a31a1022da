"""Candidates for a portfolio and what limits them, as a text file (TOML) that a person writes; docs/guide/select.md
shows one.

Projects are named by their names, periods as 2027 Q2, 2027-04 or 2027. Every fault of the file is told, with the entry
it is in and the way out; with any, there is no result.
"""

from .reader import PortfolioReport, read_portfolio
from .sources import Source

__all__ = ["PortfolioReport", "Source", "read_portfolio"]
