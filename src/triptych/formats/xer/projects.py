"""Projects of Primavera P6: the tables PROJECT and SCHEDOPTIONS."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from triptych.plan import (
    STANDARD_WEEK,
    Calendar,
    FloatBasis,
    Instant,
    LagHours,
    ProgressLogic,
    Project,
    parse_instant,
)
from triptych.plan.diagnostics import note

from .money import currency_of
from .rows import MOST_HOURS, Row
from .tables import Tables

#: A start for a project that has none, so that the rest of it can still be checked.
_SOME_MONDAY = parse_instant("2000-01-03T08:00")

_BY_PATH = {"ct_totfloat": False, "ct_drivpath": True}
_LAG_HOURS: dict[str, LagHours | None] = {
    "rcal_predecessor": LagHours.PREDECESSOR,
    "rcal_successor": LagHours.SUCCESSOR,
    "rcal_24hour": LagHours.ROUND_THE_CLOCK,
    "rcal_projdefault": LagHours.PROJECT,
    "rcal_projectdefault": LagHours.PROJECT,
    "rcal_project": LagHours.PROJECT,
}
_FLOAT_BASIS: dict[str, FloatBasis | None] = {
    "ft_ff": FloatBasis.FINISH,
    "ft_sf": FloatBasis.START,
    "ft_ss": FloatBasis.START,
    "ft_min": FloatBasis.SMALLER,
}


@dataclass(frozen=True, slots=True)
class ReadProject:
    """One project, and what the readers of its tasks need to know of it."""

    project: Project
    separator: str
    outer_starts: bool
    outer_finishes: bool


def read_projects(tables: Tables, calendars: list[Calendar], place: str) -> list[ReadProject]:
    """Every project of the file once, in the file's order; `calendars` gets a standard one if it has none."""
    reader = _Reader(tables, calendars, place)
    found: dict[int, ReadProject] = {}
    for row in tables["PROJECT"]:
        uid = row.key("proj_id")
        if uid is None:
            row.report("xer.no-number", "The project has no proj_id and is left out.")
        elif uid in found:
            row.report("xer.duplicate-project", f"Project {uid} stands twice; the second is left out.")
        else:
            found[uid] = reader.read(row, uid)
    return list(found.values())


class _Reader:
    def __init__(self, tables: Tables, calendars: list[Calendar], place: str) -> None:
        self.tables, self.calendars, self.place = tables, calendars, place
        self.options = {row.key("proj_id"): row for row in tables["SCHEDOPTIONS"]}
        self.calendar_rows = {row.key("clndr_id"): row for row in tables["CALENDAR"]}
        if not calendars:
            calendars.append(Calendar(1, "Standard", STANDARD_WEEK))
        self.names = {each.uid: each.name for each in calendars}

    def read(self, row: Row, uid: int) -> ReadProject:
        options = self.options.get(uid)
        status = row.at("last_recalc_date")
        calendar = self._calendar(row)
        per_day, per_week, per_month = self._lengths(calendar)
        outer = options.raw("sched_outer_depend_type").strip().lower() if options else ""
        project = Project(
            uid=uid,
            name=row.text("proj_short_name") or self.place,
            start=self._start(row, uid, status),
            calendar=calendar,
            finish=row.at("plan_end_date"),
            status_date=status,
            minutes_per_day=per_day,
            minutes_per_week=per_week,
            days_per_month=per_month,
            critical_limit=row.minutes("critical_drtn_hr_cnt", least=-MOST_HOURS) or 0,
            critical_by_path=row.choice("critical_path_type", _BY_PATH, default=False),
            dialect="p6",
            currency=currency_of(self.tables),
        )
        return ReadProject(
            project=replace(project, **_chosen(options)) if options else project,
            separator=row.text("name_sep_char") or ".",
            outer_starts=outer not in {"sd_none", "sd_finish"},
            outer_finishes=outer not in {"sd_none", "sd_start"},
        )

    def _start(self, row: Row, uid: int, status: Instant | None) -> Instant:
        """The planned start; without one the data date, or the first date that any of its tasks has."""
        start = row.at("plan_start_date")
        if start is not None:
            return start
        first = self.first_dates.get(uid) if status is None else status
        if first is None:
            row.report(
                "xer.no-start",
                "The project has neither a planned start nor a data date; it starts on 2000-01-03. Set one in P6.",
            )
        return _SOME_MONDAY if first is None else first

    @cached_property
    def first_dates(self) -> dict[int | None, Instant]:
        """The first date of any activity of each project."""
        found: dict[int | None, Instant] = {}
        for row in self.tables["TASK"]:
            project = row.key("proj_id")
            for name in ("act_start_date", "early_start_date", "target_start_date"):
                at = row.at(name)
                if at is not None:
                    found[project] = min(at, found.get(project, at))
        return found

    def _calendar(self, row: Row) -> int:
        """The project's calendar; without one the file's default, else the first."""
        uid = row.key("clndr_id")
        if uid is not None and uid in self.names:
            return uid
        default = next(
            (
                key
                for key, each in self.calendar_rows.items()
                if key in self.names and each.flag("default_flag")
            ),
            self.calendars[0].uid,
        )
        name = self.names[default]
        if uid is None:
            message = f"The project names no calendar; “{name}” is used."
            self.tables.found.append(note("xer.default-calendar", message, row.place))
        else:
            row.report(
                "xer.unknown-calendar",
                f"The project's calendar {uid} is not in the file; “{name}” is used. Export it with its calendars.",
            )
        return default

    def _lengths(self, calendar: int) -> tuple[int, int, int]:
        """Minutes a day and a week, days a month, as the calendar converts hours."""
        row = self.calendar_rows.get(calendar)
        if row is None:
            return 480, 2400, 20
        day = row.number("day_hr_cnt", within=(0, 24)) or 8.0
        week = row.number("week_hr_cnt", within=(0, 168)) or 5 * day
        month = row.number("month_hr_cnt", within=(0, 744)) or 20 * day
        return max(1, round(day * 60)), max(1, round(week * 60)), min(31, max(1, round(month / day)))


def _chosen(options: Row) -> dict[str, Any]:
    """What the row of SCHEDOPTIONS decides."""
    return {
        "open_ends_critical": options.flag("sched_open_critical_flag"),
        "lag_hours": options.choice("sched_calendar_on_relationship_lag", _LAG_HOURS, None),
        "progress_logic": _progress_logic(options),
        "float_basis": options.choice("sched_float_type", _FLOAT_BASIS, None),
    }


def _progress_logic(options: Row) -> ProgressLogic | None:
    retained, override = (
        options.raw(name).strip().upper() for name in ("sched_retained_logic", "sched_progress_override")
    )
    if retained == "Y":
        return ProgressLogic.RETAINED
    if override == "Y":
        return ProgressLogic.OVERRIDE
    return ProgressLogic.ACTUAL_DATES if retained == override == "N" else None
