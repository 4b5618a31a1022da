"""`triptych schedule`."""

import sys
from pathlib import Path
from typing import Any

import typer

from triptych.engine import DIALECTS, Schedule, agreement
from triptych.formats import ReadReport
from triptych.plan import Severity, spell_duration, spell_instant, worst
from triptych.plan.spelling import count, in_words

from .plan_file import all_diagnostics, date, exit_code, print_diagnostics, print_json, read
from .table import Column, print_table


def run(
    file: Path, *, as_json: bool, dialect: str | None, drag: bool, svg: Path | None, html: Path | None
) -> int:
    """Schedule `file` and print it; the exit code is 2 when the plan has errors, else 0."""
    if any(picture is not None and _is_same(picture, file) for picture in (svg, html)):
        print(f"triptych: {file} is the plan itself; give the picture another name", file=sys.stderr)
        return 2
    report = read(file)
    result = date(report, dialect)
    diagnostics = all_diagnostics(report, result)
    dragging = _drags(result) if drag and result is not None else None
    if as_json:
        print_json(as_object(report, result, dragging))
    else:
        if result is not None:
            _print(report, result, dragging)
        print_diagnostics(diagnostics)
    if result is not None and not _draw(result, svg, html):
        return 2
    return exit_code(diagnostics) if worst(diagnostics) is Severity.ERROR else 0


def _is_same(left: Path, right: Path) -> bool:
    return left.resolve() == right.resolve()


def _drags(result: Schedule) -> dict[int, int]:
    """The drag of every task, by uid; those without any are left out."""
    from triptych.engine.drag import drags  # noqa: PLC0415 - asked for seldom

    return {uid: held for row in range(len(result.plan.projects)) for uid, held in drags(result, row).items()}


def kind_of(result: Schedule, row: int) -> str:
    """`summary`, `milestone` or `task`."""
    if result.plan.is_summary[row]:
        return "summary"
    return "milestone" if result.plan.tasks.milestone[row] else "task"


def as_object(
    report: ReadReport, result: Schedule | None, dragging: dict[int, int] | None = None
) -> dict[str, Any]:
    """The schedule as the JSON object that `--json` prints; `project` is the file's first and largest."""
    found = [each.as_json() for each in all_diagnostics(report, result)]
    if result is None:
        return {"project": None, "tasks": [], "diagnostics": found}
    projects = [_project(result, row) for row in range(len(result.plan.projects))]
    return {
        "project": projects[0],
        **({"projects": projects} if len(projects) > 1 else {}),
        "tasks": [_task(result, row, dragging) for row in range(len(result.plan))],
        "critical_path": result.critical_path(),
        "diagnostics": found,
    }


def _project(result: Schedule, row: int) -> dict[str, Any]:
    return {
        "name": result.plan.projects[row].name,
        "start": spell_instant(int(result.project_start[row])),
        "finish": spell_instant(int(result.project_finish[row])),
        "dialect": result.dialects[row],
    }


def _task(result: Schedule, row: int, dragging: dict[int, int] | None) -> dict[str, Any]:
    tasks = result.plan.tasks
    dates = ("start", "finish", "early_start", "early_finish", "late_start", "late_finish")
    return {
        "uid": int(tasks.uid[row]),
        "wbs": tasks.wbs[row],
        "name": tasks.name[row],
        "kind": kind_of(result, row),
        **{name: spell_instant(int(getattr(result, name)[row])) for name in dates},
        "total_float_minutes": int(result.total_float[row]),
        "free_float_minutes": int(result.free_float[row]),
        "critical": bool(result.critical[row]),
        "percent_complete": int(tasks.percent_complete[row]),
        **({} if dragging is None else {"drag_minutes": dragging.get(int(tasks.uid[row]), 0)}),
    }


_COLUMNS = (
    Column("WBS"),
    Column("Task", cut=True),
    Column("Start"),
    Column("Finish"),
    Column("Total float", right=True),
    Column("Critical"),
)


def _print(report: ReadReport, result: Schedule, dragging: dict[int, int] | None) -> None:
    plan = result.plan
    rows = [_row(result, row) for row in range(len(plan))]
    columns: tuple[Column, ...] = _COLUMNS
    if dragging is not None:
        columns = (*_COLUMNS, Column("Drag", right=True))
        per_day = plan.project.minutes_per_day
        held = [dragging.get(uid, 0) for uid in plan.tasks.uid.tolist()]
        drag = [spell_duration(each, minutes_per_day=per_day) if each else "" for each in held]
        rows = [(*row, each) for row, each in zip(rows, drag, strict=True)]
    print_table(columns, rows, plan.is_summary.tolist())
    for row, project in enumerate(plan.projects):
        print()
        typer.echo(typer.style(project.name, bold=True))
        print(f"Finish         {in_words(int(result.project_finish[row]))}")
        print(_path(result, row))
    labels = dict.fromkeys(DIALECTS[name].label for name in result.dialects)
    print(f"Rules          {', '.join(labels)}")
    _print_agreement(report, result)
    for each in report.unmapped:
        print(f"Not read       {each.count} × {each.what}: {each.why}")


def _row(result: Schedule, row: int) -> tuple[str, ...]:
    plan = result.plan
    mark = "◆ " if plan.tasks.milestone[row] and not plan.is_summary[row] else ""
    return (
        plan.tasks.wbs[row],
        f"{'  ' * int(plan.level[row])}{mark}{plan.tasks.name[row]}",
        _shown(int(result.start[row])),
        _shown(int(result.finish[row])),
        spell_duration(int(result.total_float[row]), minutes_per_day=plan.project.minutes_per_day),
        "critical" if result.critical[row] else "",
    )


def _shown(at: int) -> str:
    return (spell_instant(at) or "").replace("T", " ")


def _path(result: Schedule, project: int) -> str:
    """The chain to the last finish: the critical path, or the longest where nothing on it is critical; and how many
    critical tasks lie beside it."""
    plan = result.plan
    chain = [plan.index_of[uid] for uid in result.critical_path(project)]
    if not chain:
        return "Critical path  –"
    names = " → ".join(plan.tasks.name[row] for row in chain)
    critical = result.critical & ~plan.is_summary & (plan.tasks.project == project)
    beside = int(critical.sum()) - sum(bool(critical[row]) for row in chain)
    more = f" (and {count(beside, 'critical task')} beside it)" if beside else ""
    if critical[chain[-1]]:
        return f"Critical path  {names}{more}"
    per_day = plan.projects[project].minutes_per_day
    spare = spell_duration(int(result.total_float[chain[-1]]), minutes_per_day=per_day)
    return f"Longest path   {names}{more}; it ends with {spare} of float"


def _print_agreement(report: ReadReport, result: Schedule) -> None:
    found = agreement(result, report.saved)
    if not found.compared.get("start"):
        return
    starts = f"{found.equal['start']} of {found.compared['start']} starts"
    finishes = f"{found.equal['finish']} of {found.compared['finish']} finishes"
    print(f"Saved dates    {starts} and {finishes} are those that {report.application} saved")


def _draw(result: Schedule, svg: Path | None, html: Path | None) -> bool:
    """Write the pictures asked for; whether they could be."""
    if svg is None and html is None:
        return True
    from triptych.pictures import gantt_html, gantt_svg  # noqa: PLC0415 - most calls draw nothing

    try:
        if svg is not None:
            svg.write_text(gantt_svg(result), encoding="utf-8")
        if html is not None:
            html.write_text(gantt_html(result, diagnostics=result.diagnostics), encoding="utf-8")
    except OSError as fault:
        print(f"triptych: cannot write {fault.filename}: {fault.strerror}", file=sys.stderr)
        return False
    return True
