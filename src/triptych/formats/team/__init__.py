"""What a plan's file does not say of its people, as a text file (TOML) that a person writes beside it: roles, skills,
rates, units and absences; docs/guide/staffing.md shows one.

People are named as in the plan, or `uid:NUMBER`. Every fault of the file is told, with the entry it is in and the way
out; with any, there is no result.
"""

from .reader import TeamReport, read_team

__all__ = ["TeamReport", "read_team"]
