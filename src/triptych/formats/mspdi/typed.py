"""Tasks whose dates were typed or are decided elsewhere: manual, external and inserted ones."""

from collections.abc import Sequence
from dataclasses import replace

from triptych.plan import Calendar, Constraint, Instant, Project, Task
from triptych.plan.worktime import working_minutes

from .rows import Row
from .source import Source


def with_typed_dates(source: Source, row: Row, task: Task, plan: tuple[Project, Sequence[Calendar]]) -> Task:
    """A task without children with the dates that hold it, if it has any.

    Manual: typed dates, the saved ones where none were typed. External (a task of another project, shown in this
    one) and inserted (a whole other project): the saved dates, for nothing in this file says how they came about.
    """
    external = row.flag("ExternalTask") or row.flag("IsSubproject")
    if not task.manual and not external:
        return task
    if row.flag("IsSubproject"):
        _tell_inserted(source, row)
    start, finish = _either(row, "Start", task.manual), _either(row, "Finish", task.manual)
    held = replace(task, external=external, start=start, finish=finish)
    if start is not None:
        return _with_duration(row, held, plan)
    _tell_undated(source, row, task.manual)
    if finish is None:
        return replace(held, manual=False, external=False)
    return replace(
        held, manual=False, external=False, finish=None, constraint=Constraint.MFO, constraint_date=finish
    )


def _either(row: Row, end: str, manual: bool) -> Instant | None:
    typed = row.at(f"Manual{end}") if manual else None
    return row.at(end) if typed is None else typed


def _with_duration(row: Row, task: Task, plan: tuple[Project, Sequence[Calendar]]) -> Task:
    """A duration for a task that has two dates only."""
    if row.text("ManualDuration") or row.text("Duration") or task.start is None or task.finish is None:
        return task
    project, calendars = plan
    own = next((each for each in calendars if each.uid in (task.calendar, project.calendar)), None)
    if own is None or task.finish < task.start:
        return task
    return replace(task, duration=working_minutes(own, calendars, task.start, task.finish))


def _tell_undated(source: Source, row: Row, manual: bool) -> None:
    what = "Its dates are to be typed" if manual else "Its dates are decided in another project"
    source.warn(
        "task.no-typed-dates",
        f"{what}, and it has no start date; it is scheduled by its links until it has one. Give it a start.",
        row.place,
    )


def _tell_inserted(source: Source, row: Row) -> None:
    name = row.text("SubprojectName")
    source.note(
        "task.inserted-project",
        f"It stands for another project{f', “{name}”' if name else ''}, and keeps the dates that were saved. "
        "Import that project too.",
        row.place,
    )
