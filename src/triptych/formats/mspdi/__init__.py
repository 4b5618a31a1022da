"""Microsoft Project XML (MSPDI), as Microsoft documents it in the Project XML data interchange schema.

A module reads one table of the file. Where the plan is not simply the file's fields:

- *Interruptions* are in no field; `splits` finds them in the spread work of the assignments.
- *Manual* tasks keep typed dates, else the saved ones; without a start they are scheduled by their links, with a
  warning. A manual *summary* spans its tasks. *External* tasks and *inserted projects* keep their saved dates.
- A *summary* is a task with deeper rows below it, whatever its flag says; a *recurring* task is one; *empty* rows are
  left out; *inactive* tasks are kept as such.
- A *link to another project* is kept if the other task stands in the file as an external one, else told and left out.
- *Work weeks* and *recurring exceptions* become plain exceptions of the calendar, up to a limit for the whole file.
- Everything else is counted by `unmapped`, in words.
"""

from .reader import read_mspdi

__all__ = ["read_mspdi"]
