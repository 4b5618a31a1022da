"""TaskJuggler, a program of its own: the same portfolio in its language, scheduled with the same people.

Its work is `effort`, the sum of its people's, of whom each takes part whenever free; so two people need not begin and end
together as they do with us. Hours are whole, as its resolution of an hour needs.
"""

import csv
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from triptych.plan import Calendar, CalendarException, Instant, Plan
from triptych.plan.model import Shifts
from triptych.plan.quantities import moment

from . import Measured

#: How to get it, for whoever wants the comparison.
INSTALL = "apt-get install tj3"
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
#: It must be told how long the portfolio may last, in years; holidays beyond are none of its business.
_YEARS = 6


def absent() -> str:
    """What is missing and how to get it, or nothing."""
    return "" if shutil.which("tj3") else f"TaskJuggler is not installed: {INSTALL}"


def time_level(plan: Plan, *, most: float) -> Measured:
    """Seconds of the whole program, its reading and a short report among them, if it is done in `most` seconds."""
    if reason := absent():
        return Measured(None, reason)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "plan.tjp"
        file.write_text(write(plan), encoding="utf-8")
        begun = time.perf_counter()
        try:
            done = subprocess.run(
                ["tj3", "--silent", "--no-color", "--output-dir", folder, str(file)],
                capture_output=True, text=True, check=False, timeout=most,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return Measured(None, f"{version()}: not done in {most:g} s")
        taken = time.perf_counter() - begun
        if done.returncode:
            return Measured(None, f"{version()}: {(done.stderr or done.stdout)[:200]}")
        with (Path(folder) / "dates.csv").open(encoding="utf-8", newline="") as report:
            dated = sum(bool(row["End"]) for row in csv.DictReader(report, delimiter=";"))
    tasks = len(plan) + len(plan.projects)
    return (
        Measured(taken, version())
        if dated == tasks
        else Measured(None, f"{version()}: dates of {dated} of {tasks}")
    )


def version() -> str:
    """Its name and version, as it tells them."""
    done = subprocess.run(["tj3", "--version"], capture_output=True, text=True, check=False)
    return next((line for line in done.stdout.splitlines() if line.strip()), "TaskJuggler").split(" - ")[0]


def write(plan: Plan) -> str:
    """The plan in TaskJuggler's language: holidays, people with hours and leave, projects of tasks with links and people."""
    standard = plan.calendars[0]
    first = min(each.start for each in plan.projects)
    holidays = [each for each in standard.exceptions if each.first.year <= moment(first).year + _YEARS]
    parts = [
        f'project company "Company" {_day(first)} +{_YEARS}y {{\n  timezone "UTC"\n  timingresolution 60min\n',
        *(f"  workinghours {each}\n" for each in _week(standard, standard)),
        "}\n",
        *(f'leaves holiday "{each.name or "Holiday"}" {_leave(each)}\n' for each in holidays),
        *_people(plan),
        *_projects(plan),
        'taskreport dates "dates" {\n  formats csv\n  columns id, start, end\n}\n',
    ]
    return "".join(parts)


def _day(at: Instant) -> str:
    return f"{moment(at):%Y-%m-%d}"


def _leave(exception: CalendarException) -> str:
    return f"{exception.first} - {exception.last + timedelta(1)}"


def _week(calendar: Calendar, base: Calendar) -> Iterator[str]:
    for name, own, else_ in zip(_DAYS, calendar.week, base.week, strict=True):
        yield f"{name} {_hours((else_ if own is None else own) or ())}"


def _hours(shifts: Shifts) -> str:
    times = ", ".join(f"{first // 60}:00 - {last // 60}:00" for first, last in shifts)
    return times or "off"


def _people(plan: Plan) -> Iterator[str]:
    standard = plan.calendars[0]
    by_uid = {each.uid: each for each in plan.calendars}
    for person in plan.resources:
        own = by_uid[person.calendar or standard.uid]
        hours = () if own is standard else _week(own, standard)
        lines = [f"  workinghours {each}\n" for each in hours]
        lines += [f"  leaves annual {_leave(each)}\n" for each in person.absences]
        yield f'resource r{person.uid} "{person.name}" {{\n{"".join(lines)}}}\n'


def _projects(plan: Plan) -> Iterator[str]:
    """A container task for each project, and its tasks; links name tasks from the top."""
    rows = range(len(plan))
    project = plan.tasks.project.tolist()
    name = [f"p{project[row]}.t{row}" for row in rows]
    after: dict[int, list[str]] = {}
    for pred, succ in zip(plan.links.pred.tolist(), plan.links.succ.tolist(), strict=True):
        after.setdefault(succ, []).append(name[pred])
    with_: dict[int, list[str]] = {}
    for task, resource in zip(
        plan.assignments.task.tolist(), plan.assignments.resource.tolist(), strict=True
    ):
        with_.setdefault(task, []).append(f"r{plan.resources[resource].uid}")
    own: dict[int, list[int]] = {}
    for row in rows:
        own.setdefault(project[row], []).append(row)
    duration, priority = plan.tasks.duration.tolist(), plan.tasks.priority.tolist()
    for number, each in enumerate(plan.projects):
        yield f'task p{number} "{each.name}" {{\n  start {_day(each.start)}\n'
        for row in own.get(number, []):
            people = with_[row]
            depends = f"    depends {', '.join(after[row])}\n" if row in after else ""
            yield (
                f'  task t{row} "Task {row}" {{\n    effort {duration[row] * len(people) // 60}h\n    priority {priority[row]}\n'
                f"    allocate {', '.join(people)}\n{depends}  }}\n"
            )
        yield "}\n"
