"""The small language of the examples in `docs/rules/`: a plan in a few lines, and the dates it must get.

    project 2026-03-02 dialect msproject status 2026-03-04T17:00
    calendar nights = mon-fri 22-24 0-6; off 2026-03-04
    person Ana away 2026-03-04..2026-03-05
    summary Phase
    A 2d in Phase by Ana
    B 1d after A C:SS+1d start MSO 2026-03-09T08:00 deadline 2026-03-10T17:00
    expect A 2026-03-02T08:00 2026-03-03T17:00 float 0d critical
    diagnostic link.cycle

Project words: `dialect`, `status`, `honour`, `finish`, `from-finish`, `lag-hours`, `logic`, `float`, `limit`, `open-ends`,
`longest-path`. Durations are `2d`, `4h`, `30m`, `2ed` (elapsed); days have eight hours. A predecessor is `NAME[:KIND][±LAG]`, where a
lag may be a percentage. `start KIND DATE` sets a constraint. `also` a second one; `done 50 from DATE [to DATE]` with `left 4h` and `resume DATE` records progress; `split 1d+2d` is a
pause of two days after one day's work; `hammock`, `opening`, `milestone`, `inactive`, `alone`, `typed`, `external` and
`levelled 2ed` are the task's. An expectation may go on with `float`, `free`, `interfering`, `early A B`, `late A B`,
`critical`, `longest`.
`by NAME [UNITS% [WORK]]` assigns. `change …` and `team TASK NAME UNITS% [WORK]` are read in `terms.py`: changes that
are made before the plan is scheduled, and who is then to be on a task.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from triptych.plan import (
    STANDARD_WEEK,
    Assignment,
    Calendar,
    CalendarException,
    Constraint,
    FloatBasis,
    LagHours,
    LagKind,
    Link,
    LinkKind,
    Plan,
    PlanBuilder,
    ProgressLogic,
    Project,
    Resource,
    Task,
    TaskType,
    parse_instant,
)
from triptych.plan.changes import Change
from triptych.plan.model import Shifts

from .terms import changed, minutes, share

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass
class Expected:
    """One `expect` line."""

    name: str
    start: str
    finish: str
    floats: dict[str, int] = field(default_factory=dict)
    dates: dict[str, str] = field(default_factory=dict)
    flags: dict[str, bool] = field(default_factory=dict)


@dataclass
class Example:
    """A plan and what must come of it."""

    plan: Plan
    expected: list[Expected] = field(default_factory=list)
    diagnostics: list[str] = field(default_factory=list)
    uid: dict[str, int] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    team: list[Assignment] = field(default_factory=list)


def parse(text: str) -> Example:
    """Read one example."""
    reader = _Reader()
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            reader.line(line.split())
    return reader.example()


class _Reader:
    def __init__(self) -> None:
        self.project = Project(1, "Example", parse_instant("2026-03-02T08:00"), 1)
        self.calendars = [Calendar(1, "Standard", STANDARD_WEEK)]
        self.people: list[Resource] = []
        self.tasks: list[Task] = []
        self.after: list[tuple[int, str]] = []
        self.assigned: list[tuple[int, str, int, int | None]] = []
        self.changes: list[Change] = []
        self.team: list[Assignment] = []
        self.expected: list[Expected] = []
        self.diagnostics: list[str] = []
        self.uid: dict[str, int] = {}

    def line(self, words: list[str]) -> None:
        handler = getattr(self, f"_read_{words[0]}", None)
        if handler is not None:
            handler(words[1:])
        else:
            self._task(words[0], *minutes(words[1]), words[2:])

    def _read_project(self, words: list[str]) -> None:
        start = words[0] if "T" in words[0] else f"{words[0]}T08:00"
        values: dict[str, object] = {"start": parse_instant(start)}
        for key, value in zip(words[1::2], words[2::2], strict=True):
            name, read = _SETTINGS[key]
            values[name] = read(value)
            if key == "from-finish":
                values["from_finish"] = True
        self.project = replace(self.project, **values)  # type: ignore[arg-type]

    def _read_calendar(self, words: list[str]) -> None:
        name, rest = words[0], " ".join(words[2:])
        week: list[Shifts] = [()] * 7
        exceptions = []
        for part in rest.split(";"):
            bits = part.split()
            if bits[0] == "off":
                exceptions += [_away(bit) for bit in bits[1:]]
                continue
            first, _, last = bits[0].partition("-")
            shifts = tuple(
                (int(a) * 60, int(b) * 60)
                for a, b in sorted(tuple(map(int, bit.split("-"))) for bit in bits[1:])
            )
            for day in range(_DAYS.index(first), _DAYS.index(last or first) + 1):
                week[day] = shifts
        uid = len(self.calendars) + 1
        self.calendars.append(Calendar(uid, name, tuple(week), tuple(exceptions)))
        if name == "project":
            self.project = replace(self.project, calendar=uid)

    def _read_person(self, words: list[str]) -> None:
        absences = tuple(_away(words[i + 1]) for i, word in enumerate(words) if word == "away")
        calendar = next(
            (self._calendar(words[i + 1]) for i, word in enumerate(words) if word == "calendar"), None
        )
        self.people.append(Resource(len(self.people) + 1, words[0], calendar, absences))

    def _calendar(self, name: str) -> int:
        return next(each.uid for each in self.calendars if each.name == name)

    def _read_summary(self, words: list[str]) -> None:
        self._task(words[0], 0, elapsed=False, words=words[1:])

    def _task(self, name: str, duration: int, elapsed: bool, words: list[str]) -> None:
        uid = self.uid[name] = len(self.tasks) + 1
        values: dict[str, object] = {}
        rest = list(words)
        while rest:
            self._option(uid, rest.pop(0), rest, values)
        task = Task(
            uid=uid, name=name, project=1, duration=duration, elapsed=elapsed, milestone=duration == 0
        )
        self.tasks.append(replace(task, **values))  # type: ignore[arg-type]

    def _option(self, uid: int, word: str, rest: list[str], values: dict[str, object]) -> None:
        if word in _DATED:
            values[_DATED[word]] = parse_instant(rest.pop(0))
        elif word in _FLAGS:
            values |= _FLAGS[word]
        elif word in _MINUTES:
            values[_MINUTES[word]] = minutes(rest.pop(0))[0]
        elif word in ("start", "also"):
            values |= _constraint("constraint" if word == "start" else "secondary", rest)
        elif word in ("typed", "external"):
            dates = {"start": parse_instant(rest.pop(0)), "finish": parse_instant(rest.pop(0))}
            values |= {"manual" if word == "typed" else "external": True, **dates}
        else:
            self._relation(uid, word, rest, values)

    def _relation(self, uid: int, word: str, rest: list[str], values: dict[str, object]) -> None:
        match word:
            case "after":
                while rest and rest[0] not in _OPTIONS:
                    self.after.append((uid, rest.pop(0)))
            case "in":
                values["parent"] = self.uid[rest.pop(0)]
            case "by":
                self.assigned.append((uid, rest.pop(0), *share(rest)))
            case "calendar":
                values["calendar"] = self._calendar(rest.pop(0))
            case "done":
                values["percent_complete"] = int(rest.pop(0))
            case "split":
                after, _, gap = rest.pop(0).partition("+")
                values["splits"] = ((minutes(after)[0], minutes(gap)[0]),)
            case _:
                raise AssertionError(f"unknown word {word}")

    def _read_expect(self, words: list[str]) -> None:
        found = Expected(words[0], words[1], words[2])
        rest = words[3:]
        while rest:
            word = rest.pop(0)
            if word in ("critical", "longest"):
                found.flags[word] = True
            elif word in ("early", "late"):
                found.dates |= {f"{word}_start": rest.pop(0), f"{word}_finish": rest.pop(0)}
            else:
                found.floats[_FLOATS[word]] = minutes(rest.pop(0))[0]
        self.expected.append(found)

    def _read_change(self, words: list[str]) -> None:
        self.changes.append(changed(words, self.uid, self._person))

    def _read_team(self, words: list[str]) -> None:
        self.team.append(Assignment(self.uid[words[0]], self._person(words[1]), *share(words[2:])))

    def _person(self, name: str) -> int:
        return next(each.uid for each in self.people if each.name == name)

    def _read_diagnostic(self, words: list[str]) -> None:
        self.diagnostics += words

    def example(self) -> Example:
        builder = PlanBuilder(
            projects=[self.project],
            tasks=self.tasks,
            links=[self._link(succ, text) for succ, text in self.after],
            calendars=self.calendars,
            resources=self.people,
            assignments=[
                Assignment(task, self._person(name), units, work) for task, name, units, work in self.assigned
            ],
        )
        plan, found = builder.build()
        assert not found, found
        return Example(plan, self.expected, self.diagnostics, self.uid, self.changes, self.team)

    def _link(self, succ: int, text: str) -> Link:
        match = re.fullmatch(r"(\w+?)(?::(FS|SS|FF|SF))?([+-][\d.]+(?:[a-z]+|e?%))?", text)
        assert match, f"not a predecessor: {text}"
        lag, kind = 0, LagKind.WORKING
        if match[3] and match[3].endswith("e%"):
            lag, kind = int(match[3][:-2]), LagKind.ELAPSED_PERCENT
        elif match[3] and match[3].endswith("%"):
            lag, kind = int(match[3][:-1]), LagKind.PERCENT
        elif match[3]:
            lag, elapsed = minutes(match[3].lstrip("+"))
            kind = LagKind.ELAPSED if elapsed else LagKind.WORKING
        return Link(self.uid[match[1]], succ, LinkKind[match[2] or "FS"], lag, kind)


#: The words of a project, each with its setting and how its value is read.
_SETTINGS: dict[str, tuple[str, Callable[[str], object]]] = {
    "dialect": ("dialect", str),
    "status": ("status_date", parse_instant),
    "honour": ("honour_constraints", lambda value: value == "yes"),
    "finish": ("finish", parse_instant),
    "from-finish": ("finish", parse_instant),
    "lag-hours": ("lag_hours", LagHours),
    "logic": ("progress_logic", ProgressLogic),
    "float": ("float_basis", FloatBasis),
    "limit": ("critical_limit", lambda value: minutes(value)[0]),
    "open-ends": ("open_ends_critical", lambda value: value == "yes"),
    "longest-path": ("critical_by_path", lambda value: value == "yes"),
}
_DATED = {"deadline": "deadline", "from": "actual_start", "to": "actual_finish", "resume": "resume"}
_MINUTES = {"left": "remaining", "levelled": "levelling_delay"}
_FLAGS: dict[str, dict[str, object]] = {
    "inactive": {"active": False},
    "hammock": {"hammock": True},
    "opening": {"start_milestone": True},
    "milestone": {"milestone": True},
    "alone": {"ignore_resource_calendars": True},
    "effort-driven": {"effort_driven": True},
    **{each.name.lower().replace("_", "-"): {"type": each} for each in TaskType},
}
_FLOATS = {"float": "total_float", "free": "free_float", "interfering": "interfering_float"}
_OPTIONS = {*_DATED, *_MINUTES, *_FLAGS, "start", "also", "typed", "external", "after", "in", "by", "calendar", "done",
            "split"}  # fmt: skip


def _constraint(name: str, rest: list[str]) -> dict[str, object]:
    kind = Constraint[rest.pop(0)]
    return {name: kind} | ({f"{name}_date": parse_instant(rest.pop(0))} if kind.dated else {})


def _away(text: str) -> CalendarException:
    first, _, last = text.partition("..")
    return CalendarException(date.fromisoformat(first), date.fromisoformat(last or first))
