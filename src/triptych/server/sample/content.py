"""The sample's content as values: who works at Tideglass and what it runs. `reading` fills them from the files."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from triptych.plan import Diagnostic
from triptych.plan.model import Shifts

from .lines import Line
from .outline import Outline
from .terms import Wait


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
    skills: tuple[str, ...] = ()


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
    lines: tuple[Line, ...]
    faults: tuple[Diagnostic, ...] = field(default=())

    @property
    def signing_in(self) -> list[Person]:
        return [each for each in self.people.values() if each.signs_in]

    @property
    def every_line(self) -> list[Line]:
        """The lines of the record, those inside others too."""
        return [each for line in self.lines for each in line.everything()]
