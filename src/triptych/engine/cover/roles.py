"""How many of which role are missing, by month."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from triptych.engine.pieces import F64
from triptych.engine.schedule import Schedule
from triptych.engine.workload import Workload
from triptych.plan import Calendar, Instant, Plan
from triptych.plan.quantities import MINUTES_PER_DAY, day_number, day_of
from triptych.plan.spelling import count, day_in_words, hours, month_in_words
from triptych.plan.tables import I64
from triptych.plan.worktime import Hours, Span, worked_until

from .sharing import Group, share
from .words import LITTLE, listed


@dataclass(frozen=True, slots=True)
class RoleMonth:
    """One role in one month, in minutes of work: what is asked of the people of the role (`demand`), what there is of
    those (`capacity`), what people of other roles who have the skill give to it (`helped`), and what is lacking.

    `full_time` are the minutes of one full-time person by the first project's calendar. The first month counts from the
    first day of open work, the last one to the last day. `role` is empty for the people without one: each of those does
    their own work, and what one lacks no other can give.
    """

    role: str
    month: date
    demand: float
    capacity: float
    helped: float
    lack: float
    full_time: float

    @property
    def needed_people(self) -> float:
        """The demand in full-time people."""
        return self.demand / self.full_time if self.full_time else 0.0

    @property
    def lacking_people(self) -> float:
        """The lack in full-time people."""
        return self.lack / self.full_time if self.full_time else 0.0


@dataclass(frozen=True, slots=True)
class Peak:
    """The most full-time people that are asked of a role at one time, when that first is so, and how many there are."""

    role: str
    people: float
    at: Instant
    there: float


@dataclass(frozen=True, slots=True)
class Roles:
    """The demand by role and month. `rows` are by month and role, where anything is asked; those without a role last.
    `alone` are the people without a role who lack time in some month, with the minutes that they lack in all."""

    months: tuple[date, ...]
    rows: tuple[RoleMonth, ...]
    peaks: tuple[Peak, ...]
    alone: tuple[tuple[str, float], ...]
    sentence: str

    def lack_of(self, role: str) -> float:
        """The minutes of work of a role that are lacking in all."""
        return sum(each.lack for each in self.rows if each.role == role)


def roles_by_month(found: Schedule, load: Workload | None = None) -> Roles:
    """How many of which role are missing, by month: the open work of the people of each role against the time of all who
    can do it, each minute of whom counts once (`sharing`).

    Within a month the hours add up: a role with too much in one week and too little in the next lacks nothing here, and
    its peak tells.
    """
    load = load or Workload.of(found)
    if not len(load.pieces.task):
        return Roles((), (), (), (), "No open work has people on it.")
    table = _Table(found, load)
    rows = tuple(row for at in range(len(table.months)) for row in table.month(at))
    alone = table.alone()
    made = Roles(table.months, rows, table.peaks(), alone, "")
    return replace(made, sentence=_sentence(made))


class _Table:
    """Demand and capacity by person and month, and who can do what."""

    def __init__(self, found: Schedule, load: Workload) -> None:
        self.plan, self.load = found.plan, load
        p = load.pieces
        first, last = int(p.start.min()) // MINUTES_PER_DAY, int(p.finish.max() - 1) // MINUTES_PER_DAY + 1
        self.edges, self.months = _months(first, last)
        people = range(len(self.plan.resources))
        self.demand = np.array([load.demand(each, self.edges) for each in people])
        self.capacity = np.array([load.capacity(each, self.edges) for each in people])
        self.full_time = _minutes_of(self.plan, self.edges)
        self._name_roles()

    def _name_roles(self) -> None:
        """The roles of all who work, numbered in the order of the plan; capitals make no difference."""
        self.names: list[str] = []
        numbers: dict[str, int] = {}

        def number(role: str) -> int:
            key = role.strip().casefold()
            if not key:
                return -1
            if key not in numbers:
                numbers[key] = len(self.names)
                self.names.append(role.strip())
            return numbers[key]

        people = self.plan.resources
        works = self.load.clock >= 0
        self.own = np.array(
            [number(each.role) if works[at] else -2 for at, each in enumerate(people)], np.int64
        )
        self.able = [
            frozenset(n for role in (each.role, *each.skills) if (n := number(role)) >= 0)
            if works[at]
            else frozenset()
            for at, each in enumerate(people)
        ]

    def month(self, at: int) -> list[RoleMonth]:
        """The roles that anything is asked of in one month."""
        demand, capacity = self.demand[:, at], self.capacity[:, at]
        asked = np.array([demand[self.own == role].sum() for role in range(len(self.names))])
        groups = self._groups(demand, capacity)
        given = share(groups, asked)
        own = np.array([each.own for each in groups], np.int64)
        rows = [
            RoleMonth(
                role=name,
                month=self.months[at],
                demand=float(asked[role]),
                capacity=float(capacity[self.own == role].sum()),
                helped=float(given[own != role, role].sum()),
                lack=_nothing_little(float(asked[role] - given[:, role].sum())),
                full_time=float(self.full_time[at]),
            )
            for role, name in enumerate(self.names)
            if asked[role] >= LITTLE
        ]
        return rows + self._without_role(at)

    def _groups(self, demand: F64, capacity: F64) -> list[Group]:
        """People by what they can do. Who has skills and no role gives what their own work leaves."""
        minutes: defaultdict[tuple[int, frozenset[int]], float] = defaultdict(float)
        left = np.where(self.own == -1, np.maximum(capacity - demand, 0.0), capacity)
        for at, roles in enumerate(self.able):
            if roles:
                minutes[int(self.own[at]), roles] += float(left[at])
        return [Group(own, roles, total) for (own, roles), total in minutes.items()]

    def _without_role(self, at: int) -> list[RoleMonth]:
        alone = self.own == -1
        demand, capacity = self.demand[alone, at], self.capacity[alone, at]
        if demand.sum() < LITTLE:
            return []
        busy = demand >= LITTLE
        lack = float(np.maximum(demand - capacity, 0.0).sum())
        there = float(capacity[busy].sum())
        return [
            RoleMonth(
                "",
                self.months[at],
                float(demand.sum()),
                there,
                0.0,
                _nothing_little(lack),
                float(self.full_time[at]),
            )
        ]

    def alone(self) -> tuple[tuple[str, float], ...]:
        """Those without a role who lack time, most first."""
        lack = np.maximum(self.demand - self.capacity, 0.0).sum(axis=1)
        rows = [at for at in np.flatnonzero(self.own == -1).tolist() if lack[at] >= LITTLE]
        rows.sort(key=lambda at: -lack[at])
        return tuple((self.plan.resources[at].name or "Somebody", float(lack[at])) for at in rows)

    def peaks(self) -> tuple[Peak, ...]:
        """The peak of every role with open work."""
        p, units = self.load.pieces, np.array([each.units / 100 for each in self.plan.resources])
        found = []
        for role, name in enumerate(self.names):
            mine = self.own[p.resource] == role
            if mine.any():
                at = np.concatenate([p.finish[mine], p.start[mine]])
                rate = np.concatenate([-p.rate[mine], p.rate[mine]])
                order = np.lexsort((rate > 0, at))  # what ends makes room for what begins
                level = np.cumsum(rate[order])
                most = int(level.argmax())
                there = float(units[self.own == role].sum())
                found.append(Peak(name, float(level[most]), Instant(int(at[order][most])), there))
        return tuple(found)


def _nothing_little(minutes: float) -> float:
    return minutes if minutes >= LITTLE else 0.0


def _months(first: int, last: int) -> tuple[I64, tuple[date, ...]]:
    """The instants at which the months begin from the day `first` on, and the end of the day before `last`; and the first
    of each month."""
    months = [day_of(first).replace(day=1)]
    while (after := _next(months[-1])) < day_of(last):
        months.append(after)
    days = [first, *(day_number(each) for each in months[1:]), last]
    return np.array(days, np.int64) * MINUTES_PER_DAY, tuple(months)


def _next(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _minutes_of(plan: Plan, edges: I64) -> F64:
    """The working minutes between the edges of one full-time person, by the first project's calendar."""
    calendar: Calendar = plan.calendars[plan.calendar_index[plan.project.calendar]]
    unrolled = Hours(Span(int(edges[0]) // MINUTES_PER_DAY, int(edges[-1]) // MINUTES_PER_DAY))
    unrolled.add(unrolled.days(calendar, {each.uid: each for each in plan.calendars}))
    table = unrolled.columns()
    return np.diff(worked_until(table.opens, table.closes, table.before, edges)).astype(np.float64)


def _alone(told: Sequence[tuple[str, float]], *, more: bool) -> str:
    """Who lacks time and has no role on record, and how much."""
    people = f"{len(told)} {'person' if len(told) == 1 else 'people'} without a role on record"
    lacks = f"{'lacks' if len(told) == 1 else 'lack'} time{' too' if more else ''}"
    return f"{people} {lacks}: {listed([f'{name} ({hours(minutes)})' for name, minutes in told])}."


def _sentence(made: Roles) -> str:
    """What lacks most, and what was left out of it."""
    lacking = [each for each in made.rows if each.lack and each.role]
    parts = []
    if lacking:
        roles = sorted({each.role for each in lacking}, key=lambda role: -made.lack_of(role))
        worst = max(lacking, key=lambda each: each.lacking_people)
        parts.append(
            f"{count(len(roles), 'role')} {'lacks' if len(roles) == 1 else 'lack'} people: {listed(roles)}. Most at a time: "
            f"{worst.lacking_people:.1f} of “{worst.role}” ({hours(worst.lack)}) in {month_in_words(worst.month)}."
        )
    if made.alone:
        parts.append(_alone(made.alone, more=bool(lacking)))
    if made.peaks and not lacking and not made.alone:
        parts.append("Every role has the time for its work in every month.")
    if any(not each.role for each in made.rows):
        total = sum(each.demand for each in made.rows if not each.role)
        parts.append(f"{hours(total)} of the work are of people without a role on record.")
    over = [each for each in made.peaks if each.people > each.there + 1e-6]
    if over:
        worst_peak = max(over, key=lambda each: each.people - each.there)
        parts.append(
            f"At its peak, on {day_in_words(worst_peak.at)}, “{worst_peak.role}” needs {worst_peak.people:g} people and has {worst_peak.there:g}."
        )
    return " ".join(parts)
