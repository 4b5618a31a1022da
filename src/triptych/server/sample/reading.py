"""people.toml, company.toml, the record and the plans, read into values, with every fault found on the way."""

import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final

from triptych.plan import Diagnostic
from triptych.plan.model import Shifts

from .content import (
    Content,
    Crossing,
    FeatureText,
    GrantText,
    Holiday,
    Hours,
    Leave,
    Person,
    ProductText,
    Program,
    ProjectFile,
)
from .lines import read_lines
from .names import dangling
from .outline import parse_outline
from .terms import read_days, read_wait

_DAY_NAMES: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LEAVE: Final = re.compile(r"(?P<first>\S+) to (?P<last>\S+) (?P<name>.+)")
FOLDER: Final = files("triptych.server.sample")


def read_content(folder: Traversable = FOLDER) -> Content:
    """Read people.toml, company.toml, the record and the plans. Raises KeyError or ValueError where a toml file is wrong."""
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
        lines=tuple(read_lines(folder)),
        faults=tuple(faults),
    )
    return Content(**{**vars(content), "faults": (*faults, *dangling(content))})


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
                skills=tuple(row.get("skills", ())),
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
