"""Primavera P6 XER → plan."""

from dataclasses import replace

from triptych.formats.report import ReadReport
from triptych.plan import Diagnostic
from triptych.plan.diagnostics import error, note, warning

from .assembly import Assembly, assemble
from .calendars import read_calendars
from .encoding import CODE_PAGES, DEFAULT, decode
from .projects import read_projects
from .tables import HEADER, Tables, split_tables

FORMAT = "Primavera P6 XER"


def read_xer(data: bytes, *, name: str = "") -> ReadReport:
    """Read a Primavera P6 export file (XER). Never raises for bad input; `name` is the file's, for messages.

    Activities keep their task_id as uid; WBS elements become the summary tasks above them. Dates that P6 saved are
    kept apart in `saved`; tasks are dated by the engine.
    """
    place = name or "file"
    text, code_page = decode(data)
    if not text.lstrip("\ufeff \r\n\t").startswith(HEADER):
        fault = error(
            "xer.no-header",
            f"The file does not start with {HEADER}, as every export of Primavera P6 does. Choose a file exported "
            "as XER.",
            place,
        )
        return ReadReport(plan=None, diagnostics=(fault,), format=FORMAT)
    tables = split_tables(text.lstrip("\ufeff"), [])
    _check_whole(tables, code_page, place)
    report = _report(tables, place)
    return replace(
        report, diagnostics=tuple(dict.fromkeys(report.diagnostics))
    )  # a cell is read more than once


def _report(tables: Tables, place: str) -> ReadReport:
    version = tables.version
    application = f"Primavera P6 (file version {version})" if version else "Primavera P6"
    calendars = read_calendars(tables["CALENDAR"])
    projects = read_projects(tables, calendars, place)
    if not projects:
        return ReadReport(
            plan=None, diagnostics=(*tables.found, _no_project(place)), format=FORMAT, application=application
        )
    made = assemble(tables, projects, calendars, place)
    return ReadReport(
        plan=made.plan,
        diagnostics=(*tables.found, *made.faults, *_emptiness(made, place)),
        unmapped=made.tally.result(),
        format=FORMAT,
        application=application,
        saved=made.saved,
    )


def _no_project(place: str) -> Diagnostic:
    return error(
        "xer.no-project",
        "The file holds no project; it may be an export of resources or roles alone. Export the project.",
        place,
    )


def _emptiness(made: Assembly, place: str) -> tuple[Diagnostic, ...]:
    if len(made.plan):
        return ()
    message = "The plan has no tasks. Check that you exported the right project."
    return (warning("plan.no-tasks", message, place),)


def _check_whole(tables: Tables, code_page: str, place: str) -> None:
    if not tables.ended:
        tables.found.append(
            warning(
                "xer.truncated",
                "The file has no end mark (%E); it may have been cut off. Compare it with the plan, or export again.",
                place,
            )
        )
    if code_page not in {"", CODE_PAGES[DEFAULT]}:
        tables.found.append(
            note(
                "xer.code-page",
                f"The file does not say in which code page it is written; it is read as {code_page}, in which its "
                "words make sense. If names look wrong, save it as UTF-8.",
                place,
            )
        )
