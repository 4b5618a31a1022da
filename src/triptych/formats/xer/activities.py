"""Activities of Primavera P6, the table TASK, as tasks."""

from dataclasses import dataclass
from typing import Any

from triptych.plan import Constraint, Instant, Task, TaskType

from .progress import read_progress
from .projects import ReadProject
from .rows import Row

_TASK, _ON_RESOURCES, _START_MILESTONE, _FINISH_MILESTONE, _EFFORT, _WBS_SUMMARY = (
    "tt_task", "tt_rsrc", "tt_mile", "tt_finmile", "tt_loe", "tt_wbs",
)  # fmt: skip
_KINDS = {
    each: each for each in (_TASK, _ON_RESOURCES, _START_MILESTONE, _FINISH_MILESTONE, _EFFORT, _WBS_SUMMARY)
}
MILESTONES = frozenset({_START_MILESTONE, _FINISH_MILESTONE})

#: "Start On" and "Finish On" give way to logic; only the mandatory ones do not.
_CONSTRAINTS = {
    "cs_alap": Constraint.ALAP,
    "cs_mso": Constraint.START_ON,
    "cs_meo": Constraint.FINISH_ON,
    "cs_msoa": Constraint.SNET,
    "cs_msob": Constraint.SNLT,
    "cs_meoa": Constraint.FNET,
    "cs_meob": Constraint.FNLT,
    "cs_mandstart": Constraint.MSO,
    "cs_mandfin": Constraint.MFO,
}
_TYPES = {
    "dt_fixeddrtn": TaskType.FIXED_DURATION,
    "dt_fixeddur2": TaskType.FIXED_DURATION,
    "dt_fixedqty": TaskType.FIXED_WORK,
    "dt_fixedrate": TaskType.FIXED_UNITS,
}
_PRIORITIES = {"pt_top": 900, "pt_high": 700, "pt_normal": 500, "pt_low": 300, "pt_lowest": 100}

_Constrained = tuple[Constraint, Instant | None]


@dataclass(frozen=True, slots=True)
class Activity:
    """One row of TASK with its place in the plan; `kind` is its task_type in lower case."""

    row: Row
    uid: int
    project: ReadProject
    kind: str

    @property
    def spans_branch(self) -> bool:
        return self.kind == _WBS_SUMMARY


def find_activities(rows: list[Row], projects: dict[int, ReadProject]) -> list[Activity]:
    """The rows that can be tasks, in the order of their Activity IDs, as P6 lists them within a WBS element."""
    found = [each for row in rows if (each := _activity(row, projects)) is not None]
    return sorted(found, key=lambda each: (each.row.text("task_code"), each.uid))


def _activity(row: Row, projects: dict[int, ReadProject]) -> Activity | None:
    uid, number = row.key("task_id"), row.key("proj_id")
    if uid is None:
        row.refuse(
            "xer.no-number", "The activity has no number (task_id) and is left out. Export the project again."
        )
        return None
    project = projects.get(number) if number is not None else None
    if project is None:
        row.refuse(
            "xer.unknown-project",
            "Its project is not in the file; the activity is left out. Export the whole project.",
        )
        return None
    return Activity(row, uid, project, row.choice("task_type", _KINDS, _TASK))


def read_task(activity: Activity, *, parent: int | None, staffed: bool) -> Task:
    """The task of an activity; `staffed` says that people or machines work on it, `parent` its summary task."""
    row, milestone = activity.row, activity.kind in MILESTONES
    by_people = activity.kind == _ON_RESOURCES and staffed
    planned = row.minutes("target_drtn_hr_cnt")
    progress = read_progress(row, planned or 0, milestone=milestone)
    return Task(
        uid=activity.uid,
        name=row.text("task_name") or row.text("task_code") or f"Activity {activity.uid}",
        parent=parent,
        project=activity.project.project.uid,
        wbs=row.text("task_code"),
        milestone=milestone,
        start_milestone=activity.kind == _START_MILESTONE,
        duration=0 if milestone else progress.duration,
        calendar=None if by_people else row.key("clndr_id"),
        ignore_resource_calendars=activity.kind != _ON_RESOURCES,
        priority=row.choice("priority_type", _PRIORITIES, 500),
        percent_complete=progress.percent,
        actual_start=progress.start,
        actual_finish=progress.finish,
        remaining=progress.remaining,
        resume=progress.resume,
        hammock=activity.kind in {_EFFORT, _WBS_SUMMARY},
        type=row.choice("duration_type", _TYPES, TaskType.FIXED_UNITS),
        physical_percent=_physical(row),
        **_constraints(activity),
    )


def _physical(row: Row) -> int | None:
    """The physical percent complete, where it is counted by it or somebody has stated it."""
    share = round(row.number("phys_complete_pct", within=(0, 100)) or 0)
    return share if share or row.raw("complete_pct_type").strip().lower() == "cp_phys" else None


def _constraints(activity: Activity) -> dict[str, Any]:
    """The first and the second constraint; the dates that other projects ask for take what is free of them."""
    row = activity.row
    found = [
        (row.choice(kind, _CONSTRAINTS, Constraint.ASAP), row.at(date))
        for kind, date in (("cstr_type", "cstr_date"), ("cstr_type2", "cstr_date2"))
    ]
    kept: list[_Constrained] = [each for each in found if each[0] is not Constraint.ASAP]
    for kind, date in _outside(activity):
        if len(kept) < 2:
            kept.append((kind, date))
        else:
            row.report(
                "xer.external-date",
                f"Another project holds it too (“{kind.words}”), but an activity has two constraints at most; the "
                "date is left out. Export both projects into one file.",
            )
    kept += [(Constraint.ASAP, None)] * (2 - len(kept))
    (kind, date), (second, also) = kept[:2]
    return {
        "constraint": kind,
        "constraint_date": date if kind.dated else None,
        "secondary": second,
        "secondary_date": also if second.dated else None,
    }


def _outside(activity: Activity) -> list[_Constrained]:
    """What relationships with projects outside the file ask for, where the project minds them."""
    starts = activity.row.at("external_early_start_date") if activity.project.outer_starts else None
    finishes = activity.row.at("external_late_end_date") if activity.project.outer_finishes else None
    wanted = ((Constraint.SNET, starts), (Constraint.FNLT, finishes))
    return [(kind, date) for kind, date in wanted if date is not None]
