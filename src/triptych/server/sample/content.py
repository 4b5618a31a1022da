"""The sample's files as values: who works at Tideglass, what it runs, and every fault found on the way."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final

from triptych.plan import Diagnostic
from triptych.plan.diagnostics import error
from triptych.plan.model import Shifts

from .outline import Outline, parse_outline
from .terms import Wait, read_days, read_wait

_DAY_NAMES: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LEAVE: Final = re.compile(r"(?P<first>\S+) to (?P<last>\S+) (?P<name>.+)")
FOLDER: Final = files("triptych.server.sample")


@dataclass(frozen=True, slots=True)
class Leave:
    """Days away, counted from today, both included."""

    first: int
    last: int
    name: str


@dataclass(frozen=True, slots=True)
class Hours:
    """A calendar: seven days of shifts, Monday first, and whether the company's holidays are days off."""

    key: str
    name: str
    week: tuple[Shifts, ...]
    holidays: bool


@dataclass(frozen=True, slots=True)
class Holiday:
    """Days of every year, as (month, day), both included."""

    first: tuple[int, int]
    last: tuple[int, int]
    name: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works in plans or (`works` false) only signs in; or a team or machine, without an account."""

    key: str
    name: str
    role: str
    email: str
    calendar: str = "standard"
    units: int = 100
    leave: tuple[Leave, ...] = ()
    signs_in: bool = False
    works: bool = True
    has_account: bool = True


@dataclass(frozen=True, slots=True)
class ProjectFile:
    """A project: its plan, who manages it, when it starts and how long its work really took."""

    key: str
    name: str
    program: str
    manager: str
    starts: int
    pace: float
    outline: Outline


@dataclass(frozen=True, slots=True)
class Program:
    name: str
    manager: str


@dataclass(frozen=True, slots=True)
class Crossing:
    """A link between projects: `succ` in project `to` waits for a task of project `pred`."""

    to: str
    succ: str
    pred: str
    wait: Wait


@dataclass(frozen=True, slots=True)
class FeatureText:
    """A feature, and the (project, deliverable) that brings it, if any."""

    name: str
    by: tuple[str, str] | None
    state: str | None


@dataclass(frozen=True, slots=True)
class ProductText:
    name: str
    home: str
    manager: str
    vision: str
    features: tuple[FeatureText, ...]


@dataclass(frozen=True, slots=True)
class GrantText:
    """`who` holds `role` on the node called `on`."""

    who: str
    role: str
    on: str


@dataclass(frozen=True)
class Content:
    """Everything the files say. What they say wrongly stands in `faults`."""

    name: str
    administrator: str
    calendars: Mapping[str, Hours]
    holidays: tuple[Holiday, ...]
    people: Mapping[str, Person]
    programs: tuple[Program, ...]
    projects: tuple[ProjectFile, ...]
    crossings: tuple[Crossing, ...]
    products: tuple[ProductText, ...]
    grants: tuple[GrantText, ...]
    faults: tuple[Diagnostic, ...] = field(default=())

    @property
    def signing_in(self) -> list[Person]:
        return [each for each in self.people.values() if each.signs_in]


def read_content(folder: Traversable = FOLDER) -> Content:
    """Read people.toml, company.toml and the plans. Raises KeyError or ValueError where a toml file is wrong."""
    people = tomllib.loads(folder.joinpath("people.toml").read_text(encoding="utf-8"))
    company = tomllib.loads(folder.joinpath("company.toml").read_text(encoding="utf-8"))
    faults: list[Diagnostic] = []
    projects = tuple(_projects(folder, company, faults))
    content = Content(
        name=company["name"],
        administrator=company["administrator"],
        calendars={key: _hours(key, row) for key, row in people["calendar"].items()},
        holidays=tuple(_holiday(days, name) for days, name in people["holidays"].items()),
        people={each.key: each for each in _people(people)},
        programs=tuple(Program(row["name"], row["manager"]) for row in company["program"]),
        projects=projects,
        crossings=tuple(_crossing(row) for row in company["link"]),
        products=tuple(_product(row) for row in company["product"]),
        grants=tuple(GrantText(row["who"], row["role"], row["on"]) for row in company["grant"]),
        faults=tuple(faults),
    )
    return Content(**{**vars(content), "faults": (*faults, *_dangling(content))})


def _projects(
    folder: Traversable, company: dict[str, Any], faults: list[Diagnostic]
) -> Iterator[ProjectFile]:
    for program in company["program"]:
        for row in program["project"]:
            file = f"{row['plan']}.txt"
            text = folder.joinpath("plans", file).read_text(encoding="utf-8")
            outline, found = parse_outline(text, file)
            faults.extend(found)
            yield ProjectFile(
                key=row["plan"],
                name=row["name"],
                program=program["name"],
                manager=row["manager"],
                starts=read_days(row["starts"]),
                pace=row["pace"],
                outline=outline,
            )


def _people(data: dict[str, Any]) -> Iterator[Person]:
    for table, works in (("person", True), ("account", False)):
        for key, row in data[table].items():
            yield Person(
                key=key,
                name=row["name"],
                role=row["role"],
                email=f"{key}@{data['domain']}",
                calendar=row.get("calendar", "standard"),
                units=row.get("units", 100),
                leave=tuple(_leave(text) for text in row.get("leave", ())),
                signs_in=row.get("signs_in", not works),
                works=works,
                has_account=row.get("account", True),
            )


def _leave(text: str) -> Leave:
    found = _LEAVE.fullmatch(text)
    if found is None:
        raise ValueError(f"“{text}” is not a leave such as “+5d to +9d Leave”")
    return Leave(read_days(found["first"]), read_days(found["last"]), found["name"])


def _hours(key: str, row: dict[str, Any]) -> Hours:
    week: list[Shifts] = [()] * 7
    for days, shifts in row["hours"].items():
        first, _, last = days.partition("-")
        for day in range(_DAY_NAMES.index(first), _DAY_NAMES.index(last or first) + 1):
            week[day] = tuple(_shift(each) for each in shifts.split())
    return Hours(key, row["name"], tuple(week), row["holidays"])


def _shift(text: str) -> tuple[int, int]:
    start, finish = (int(clock[:2]) * 60 + int(clock[3:]) for clock in text.split("-"))
    return start, finish


def _holiday(days: str, name: str) -> Holiday:
    first, _, last = days.partition(" to ")
    return Holiday(_month_day(first), _month_day(last or first), name)


def _month_day(text: str) -> tuple[int, int]:
    month, day = text.split("-")
    return int(month), int(day)


def _crossing(row: dict[str, Any]) -> Crossing:
    to, succ = _split(row["task"])
    pred, wait = _split(row["after"])
    return Crossing(to, succ, pred, read_wait(wait))


def _split(text: str) -> tuple[str, str]:
    """`heron: Sea trials` as the plan's key and the task's name."""
    key, _, name = text.partition(": ")
    return key, name


def _product(row: dict[str, Any]) -> ProductText:
    features = (
        FeatureText(each["name"], _split(each["by"]) if "by" in each else None, each.get("state"))
        for each in row["feature"]
    )
    return ProductText(row["name"], row["home"], row["manager"], row["vision"], tuple(features))


def _dangling(content: Content) -> Iterator[Diagnostic]:
    """Names that lead nowhere, from whichever file."""
    known = {(each.key, row.name) for each in content.projects for row in each.outline.rows}
    levels = {
        content.name,
        *(each.name for each in content.programs),
        *(each.name for each in content.projects),
    }
    for place, key in _named_people(content):
        if key not in content.people:
            yield error("content.unknown-person", f"There is nobody “{key}”.", place)
    for place, calendar in _named_calendars(content):
        if calendar not in content.calendars:
            yield error("content.unknown-calendar", f"There is no calendar “{calendar}”.", place)
    for place, end in _named_tasks(content):
        if end not in known:
            yield error("content.unknown-task", f"There is no “{end[0]}: {end[1]}”.", place)
    for place, name in _named_levels(content):
        if name not in levels:
            yield error("content.unknown-level", f"There is no program or project “{name}”.", place)


def _named_people(content: Content) -> Iterator[tuple[str, str]]:
    yield "company.toml", content.administrator
    managed: list[Program | ProjectFile | ProductText] = [
        *content.programs,
        *content.projects,
        *content.products,
    ]
    for each in managed:
        yield f"company.toml, “{each.name}”", each.manager
    for grant in content.grants:
        yield f"company.toml, grant on “{grant.on}”", grant.who
    for project in content.projects:
        for at, row in enumerate(project.outline.rows):
            for key, _ in row.people:
                yield project.outline.place(at), key


def _named_calendars(content: Content) -> Iterator[tuple[str, str]]:
    for person in content.people.values():
        yield f"people.toml, “{person.key}”", person.calendar
    for project in content.projects:
        for at, row in enumerate(project.outline.rows):
            if row.calendar is not None:
                yield project.outline.place(at), row.calendar


def _named_tasks(content: Content) -> Iterator[tuple[str, tuple[str, str]]]:
    for crossing in content.crossings:
        place = f"company.toml, link “{crossing.to}: {crossing.succ}”"
        yield place, (crossing.to, crossing.succ)
        yield place, (crossing.pred, crossing.wait.name)
    for product in content.products:
        for feature in product.features:
            if feature.by is not None:
                yield f"company.toml, feature “{feature.name}”", feature.by


def _named_levels(content: Content) -> Iterator[tuple[str, str]]:
    for product in content.products:
        yield f"company.toml, product “{product.name}”", product.home
    for grant in content.grants:
        yield f"company.toml, grant to “{grant.who}”", grant.on
