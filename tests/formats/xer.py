"""Primavera P6 export files for tests, a table at a time, and what is made of them."""

from collections.abc import Iterable
from typing import Any

from triptych.formats import ReadReport, read_plan
from triptych.plan import Plan, Severity, worst

Record = dict[str, Any]

SHIFTS = "(0||0(s|08:00|f|12:00)())(0||1(s|13:00|f|17:00)())"


def hours(*, days: str = "23456", shifts: str = SHIFTS, exceptions: str = "") -> str:
    """The cell clndr_data: the same shifts on each of `days` (1 is Sunday)."""
    week = "".join(f"(0||{day}()({shifts if str(day) in days else ''}))" for day in range(1, 8))
    return f"(0||CalendarData()((0||DaysOfWeek()({week}))(0||Exceptions()({exceptions}))))"


def table(name: str, rows: Iterable[Record]) -> str:
    """One table; its columns are all that any row has."""
    rows = list(rows)
    columns = list(dict.fromkeys(column for row in rows for column in row))
    lines = [f"%T\t{name}", "\t".join(["%F", *columns])]
    lines += ["\t".join(["%R", *(str(row.get(column, "")) for column in columns)]) for row in rows]
    return "\n".join(lines) + "\n"


def project(uid: Any = 1, **fields: Any) -> Record:
    return {
        "proj_id": uid,
        "proj_short_name": f"P{uid}",
        "clndr_id": 1,
        "plan_start_date": "2026-03-02 00:00",
        "last_recalc_date": "2026-03-02 00:00",
    } | fields


def calendar(uid: Any = 1, **fields: Any) -> Record:
    return {"clndr_id": uid, "clndr_name": f"Calendar {uid}", "day_hr_cnt": 8, "clndr_data": hours()} | fields


def wbs(uid: Any = 10, parent: Any = "", **fields: Any) -> Record:
    return {
        "wbs_id": uid,
        "proj_id": 1,
        "parent_wbs_id": parent,
        "proj_node_flag": "N" if parent else "Y",
        "wbs_short_name": f"W{uid}",
        "wbs_name": f"Branch {uid}",
        "seq_num": uid,
    } | fields


def task(uid: Any, length: Any = 8, **fields: Any) -> Record:
    """An activity of `length` hours."""
    return {
        "task_id": uid,
        "proj_id": 1,
        "wbs_id": 10,
        "clndr_id": 1,
        "task_type": "TT_Task",
        "status_code": "TK_NotStart",
        "task_code": f"A{uid}",
        "task_name": f"Task {uid}",
        "target_drtn_hr_cnt": length,
        "remain_drtn_hr_cnt": length,
    } | fields


def link(pred: int, succ: int, **fields: Any) -> Record:
    return {
        "task_pred_id": pred * 1000 + succ,
        "task_id": succ,
        "pred_task_id": pred,
        "proj_id": 1,
        "pred_proj_id": 1,
        "pred_type": "PR_FS",
        "lag_hr_cnt": 0,
    } | fields


def file(
    tasks: Iterable[Record] = (),
    *,
    projects: Iterable[Record] | None = None,
    calendars: Iterable[Record] | None = None,
    branches: Iterable[Record] | None = None,
    links: Iterable[Record] = (),
    more: str = "",
    end: str = "%E\n",
) -> str:
    """A whole file: project 1 with calendar 1 and branch 10, unless others are given."""
    tables = {
        "PROJECT": [project()] if projects is None else projects,
        "CALENDAR": [calendar()] if calendars is None else calendars,
        "PROJWBS": [wbs()] if branches is None else branches,
        "TASK": tasks,
        "TASKPRED": links,
    }
    return (
        "ERMHDR\t19.12\t2026-03-01\tProject\n" + "".join(table(*each) for each in tables.items()) + more + end
    )


def read(data: str | bytes) -> ReadReport:
    return read_plan(data.encode() if isinstance(data, str) else data, name="plan.xer")


def plan_of(text: str, *, clean: bool = True) -> Plan:
    report = read(text)
    assert report.plan is not None
    assert not clean or worst(report.diagnostics) is Severity.NOTE, report.diagnostics
    return report.plan


def codes(report: ReadReport) -> list[str]:
    return [each.code for each in report.diagnostics]


def left(report: ReadReport) -> dict[str, int]:
    return {each.what: each.count for each in report.unmapped}
