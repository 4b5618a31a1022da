"""One file of ProTrack (P2X) as a tracked project."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from lxml import etree

from triptych.engine.earned import Clock
from triptych.plan import Accrual, Baseline, Constraint, Instant, Link, Plan, PlanBuilder, Project, Task
from triptych.plan.quantities import NO_INSTANT
from triptych.plan.tables import BaselineTable

from . import agenda
from .cells import LAG_KIND, LINK_KINDS, minutes, moment, money, number, rows, text
from .costs import Team, by_the_hour, team
from .records import Price, Tracked
from .simulated import indices, profiles, runs
from .tracking import Activity, periods

PROJECT = 1
#: Groups and activities are numbered apart; a group's uid is its number and this.
GROUPS = 2_000_000
_GROUP, _ACTIVITY = "1", "2"
_SIXTY_YEARS = 60 * 366 * 1440
#: How ProTrack's cells name a bound, and the constraint that it is taken for. No workbook shows them; the baselines' dates keep
#: them all: all 94 locked starts, 4 locked ends and 4 ready starts are met exactly, and none of 8 due starts and 5 due ends is
#: passed. No file has a `ReadyTimeEnd`.
_BOUNDS = {
    "LockedTimeStart": Constraint.MSO, "LockedTimeEnd": Constraint.MFO, "ReadyTimeStart": Constraint.SNET,
    "ReadyTimeEnd": Constraint.FNET, "DueDateStart": Constraint.SNLT, "DueDateEnd": Constraint.FNLT,
}  # fmt: skip


class NotP2X(ValueError):
    """The content is no file of ProTrack."""


@dataclass(frozen=True, slots=True)
class _Source:
    """A file, taken apart."""

    root: etree._Element
    activities: list[etree._Element]
    team: Team
    start: Instant

    @classmethod
    def of(cls, content: bytes) -> "_Source":
        root = parsed(content)
        activities = list(rows(root, "Activities", "Activity"))
        begins = [moment(text(each, "BaseLineStart")) for each in activities]
        start = moment(root.findtext("Agenda/StartDate") or "") or min(filter(None, begins), default=None)
        if start is None or not activities:
            raise NotP2X("it has no activities with dates")
        return cls(root, activities, team(root), start)


def parsed(content: bytes) -> etree._Element:
    """The XML of a file. Raises NotP2X."""
    try:
        root = etree.fromstring(content)
    except etree.XMLSyntaxError as fault:
        raise NotP2X("a workbook" if content[:2] == b"PK" else str(fault)) from fault
    if root.tag != "Project" or root.find("Agenda") is None:
        raise NotP2X(f"its root is {root.tag!r}")
    return root


def read(code: str, content: bytes) -> Tracked:
    """The project of a file. Raises NotP2X for what is none."""
    source = _Source.of(content)
    plan, faults = _plan(source)
    calendar = plan.calendars[0]
    clock = Clock.of(calendar, plan.calendars, source.start, source.start + _SIXTY_YEARS // 6)
    prices, durations = _prices(source), _durations(source)
    known = {uid: Activity(durations[uid], prices[uid]) for uid in durations}
    found, more = periods(source.root, known)
    return Tracked(
        code=code,
        name=text(source.root, "NAME"),
        plan=plan,
        baseline=_baseline(source, clock, prices),
        prices=prices,
        profiles=profiles(source.root, source.activities),
        periods=found,
        start_cpm={_uid(each): minutes(each, "StartCPMUnits") for each in source.activities},
        indices=indices(source.root),
        runs=runs(source.root),
        faults=(*agenda.oddities(calendar), *faults, *more),
    )


def _uid(row: etree._Element) -> int:
    return int(number(row, "UniqueID"))


def _plan(source: _Source) -> tuple[Plan, list[str]]:
    made = agenda.calendar(_agenda(source.root))
    day = max(sum(end - start for start, end in each or ()) for each in made.week) or 480
    settings = Project(
        PROJECT,
        text(source.root, "NAME"),
        source.start,
        agenda.CALENDAR,
        minutes_per_day=day,
        minutes_per_week=day * (sum(bool(each) for each in made.week) or 5),
    )
    tasks, faults = _tasks(source)
    builder = PlanBuilder(
        projects=[settings],
        tasks=tasks,
        links=list(_links(source.root)),
        calendars=[made],
        resources=list(source.team.resources),
        assignments=list(source.team.assignments),
    )
    for resource, assignments in by_the_hour(source.activities):
        builder.resources.append(resource)
        builder.assignments.extend(assignments)
    plan, found = builder.build()
    return plan, [*faults, *(f"{each.code}: {each.place}" for each in found)]


def _agenda(root: etree._Element) -> etree._Element:
    found = root.find("Agenda")
    assert found is not None, "`parsed` has seen to it"
    return found


def _tasks(source: _Source) -> tuple[list[Task], list[str]]:
    groups = {_uid(each): text(each, "Name") for each in rows(source.root, "ActivityGroups", "ActivityGroup")}
    named = {_uid(each): each for each in source.activities}
    made: list[Task] = []
    faults: list[str] = []
    for kind, uid, parent, wbs in _outline(source.root):
        if kind == _GROUP and uid in groups:
            made.append(Task(uid=uid + GROUPS, name=groups[uid], parent=parent, project=PROJECT, wbs=wbs))
        elif kind == _ACTIVITY and uid in named:
            made.append(_task(named.pop(uid), parent, wbs))
        else:
            faults.append(f"outline: a row of no group or activity ({kind} {uid})")
    faults += [f"outline: activity {uid} is not in it" for uid in named]
    return [*made, *(_task(each, None, "") for each in named.values())], faults


def _outline(root: etree._Element) -> Iterator[tuple[str, int, int | None, str]]:
    """The rows of `OutlineList`, nested as they are: what kind, its number, the uid of its group, its WBS code."""
    waiting: list[tuple[etree._Element, int | None, str]] = [
        (each, None, "") for each in root.findall("OutlineList/List")
    ]
    while waiting:
        listed, parent, wbs = waiting.pop(0)
        for place, row in enumerate(listed.findall("Child"), 1):
            kind, uid, code = text(row, "Type"), int(number(row, "Data")), f"{wbs}{place}"
            yield kind, uid, parent, code
            below = row.find("List")
            if below is not None:
                waiting.append((below, uid + GROUPS, f"{code}."))


def _task(row: etree._Element, parent: int | None, wbs: str) -> Task:
    bounds = list(_bounds(row))[:2]
    late = Constraint.ALAP if number(row, "Constraints/Direction") else Constraint.ASAP
    first, second = (*bounds, *2 * [(late, None)])[:2]
    return Task(
        uid=_uid(row),
        name=text(row, "Name"),
        parent=parent,
        project=PROJECT,
        wbs=wbs,
        milestone=bool(number(row, "IsMilestone")),
        duration=minutes(row, "BaseLineDuration"),
        fixed_cost=money(number(row, "FixedBaselineCost")),
        fixed_cost_accrual=Accrual.START,
        constraint=first[0],
        constraint_date=first[1],
        secondary=second[0] if bounds else Constraint.ASAP,
        secondary_date=second[1] if bounds else None,
    )


def _bounds(row: etree._Element) -> Iterator[tuple[Constraint, Instant | None]]:
    for tag, kind in _BOUNDS.items():
        if (at := moment(text(row, f"Constraints/{tag}"))) is not None:
            yield kind, at


def _links(root: etree._Element) -> Iterator[Link]:
    for row in rows(root, "Relations", "Relation"):
        assert int(number(row, "LagKind")) == LAG_KIND, "no file has another"
        kind = LINK_KINDS[int(number(row, "LagType"))]
        yield Link(int(number(row, "FromTask")), int(number(row, "ToTask")), kind, minutes(row, "Lag"))


def _prices(source: _Source) -> dict[int, Price]:
    found = {}
    for row in source.activities:
        of_team = source.team.prices.get(_uid(row), Price())
        found[_uid(row)] = of_team.plus(number(row, "FixedBaselineCost"), number(row, "BaselineCostByUnit"))
    return found


def _durations(source: _Source) -> dict[int, int]:
    return {_uid(each): minutes(each, "BaseLineDuration") for each in source.activities}


def _baseline(source: _Source, clock: Clock, prices: Mapping[int, Price]) -> Baseline:
    """The dates that the file states; it has no finishes, so they are the starts and the durations after them."""
    uids = [_uid(each) for each in source.activities]
    starts = [moment(text(each, "BaseLineStart")) for each in source.activities]
    durations = [minutes(each, "BaseLineDuration") for each in source.activities]
    finishes = [
        None if start is None else clock.after(start, duration)
        for start, duration in zip(starts, durations, strict=True)
    ]
    costs = [money(prices[uid].at(duration / 60)) for uid, duration in zip(uids, durations, strict=True)]
    table = BaselineTable(
        uid=np.array(uids, np.int64),
        start=_instants(starts),
        finish=_instants(finishes),
        duration=np.array(durations, np.int64),
        work=np.array(durations, np.int64),
        cost=np.array(costs, np.int64),
    )
    return Baseline(0, table, "baseline")


def _instants(values: list[Instant | None]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array([NO_INSTANT if each is None else each for each in values], np.int64)
