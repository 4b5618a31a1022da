"""What a schedule asks of its people, and where that is too much."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.plans import CALENDARS, MONDAY
from triptych.engine import schedule
from triptych.engine.workload import Stretch, Workload, rates
from triptych.plan import (
    Assignment,
    CalendarException,
    Link,
    LinkKind,
    Plan,
    PlanBuilder,
    Project,
    Resource,
    ResourceKind,
    Task,
    parse_instant,
)
from triptych.plan.worktime import worked_until

D = 480
at = parse_instant
ANA, BO = Resource(1, "Ana"), Resource(2, "Bo", units=50)
SAND = Resource(3, "Sand", kind=ResourceKind.MATERIAL)
TWO_DAYS = Task(uid=1, name="A", duration=2 * D)


def plan(
    *tasks: Task,
    team: Sequence[Assignment],
    people: Sequence[Resource] = (ANA, BO, SAND),
    links: Sequence[Link] = (),
    **project: Any,
) -> Plan:
    made, found = PlanBuilder(
        projects=[replace(Project(1, "Example", MONDAY, 1), **project)],
        tasks=[replace(each, project=1) for each in tasks],
        links=list(links),
        calendars=list(CALENDARS),
        resources=list(people),
        assignments=list(team),
    ).build()
    assert not found, found
    return made


def workload(value: Plan, dialect: str | None = None) -> Workload:
    return Workload.of(schedule(value, dialect=dialect))


def pieces(load: Workload) -> list[tuple[int, str, str, float]]:
    p = load.pieces
    spelled = [str(each) for each in np.array(p.start).astype("datetime64[m]")]
    ends = [str(each) for each in np.array(p.finish).astype("datetime64[m]")]
    return [
        (int(who), start[5:], end[5:], round(float(rate), 6))
        for who, start, end, rate in zip(p.resource, spelled, ends, p.rate, strict=True)
    ]


def days(first: str, count: int) -> Any:
    return at(first) + 1440 * np.arange(count + 1)


def test_the_rate_is_stated_work_over_the_duration_or_the_units() -> None:
    found = rates(
        plan(
            TWO_DAYS,
            Task(uid=2, name="Cure", duration=3 * 1440, elapsed=True),
            Task(uid=3, name="Milestone", milestone=True),
            team=(
                Assignment(1, 1, 100, 240), Assignment(1, 2, 50), Assignment(1, 3, 700),
                Assignment(2, 1, 100, 3 * D), Assignment(3, 1, 30, 60),
            ),
        )
    )  # fmt: skip
    assert found.tolist() == [0.25, 0.5, 0.0, 1.0, 0.3]


def test_interruptions_make_several_pieces() -> None:
    split = replace(TWO_DAYS, splits=((D, D), (D + 240, 240)))
    assert pieces(workload(plan(split, team=(Assignment(1, 1),)))) == [
        (0, "03-02T08:00", "03-02T17:00", 1.0),
        (0, "03-04T08:00", "03-04T12:00", 1.0),
        (0, "03-05T08:00", "03-05T12:00", 1.0),
    ]


def test_of_running_work_what_is_left_counts_from_where_it_goes_on() -> None:
    begun = replace(TWO_DAYS, actual_start=MONDAY, percent_complete=75)
    assert pieces(workload(plan(begun, team=(Assignment(1, 1),)))) == [(0, "03-03T13:00", "03-03T17:00", 1.0)]
    late = plan(begun, team=(Assignment(1, 1),), status_date=at("2026-03-06T08:00"))
    assert pieces(workload(late, "p6")) == [(0, "03-06T08:00", "03-06T12:00", 1.0)]
    split = replace(begun, splits=((D, D), (D + 360, 120)), percent_complete=50)
    assert pieces(workload(plan(split, team=(Assignment(1, 1),)))) == [
        (0, "03-04T08:00", "03-04T15:00", 1.0),
        (0, "03-05T08:00", "03-05T10:00", 1.0),
    ]


def test_what_is_done_inactive_or_a_summary_asks_for_nothing() -> None:
    done = Task(uid=2, name="Done", duration=D, percent_complete=100, actual_start=MONDAY)
    off = Task(uid=3, name="Off", duration=D, active=False)
    above = Task(uid=4, name="Above")
    below = Task(uid=5, name="Below", parent=4, duration=D)
    team = [Assignment(each, 1) for each in (2, 3, 4, 5)]
    assert pieces(workload(plan(done, off, above, below, team=team))) == [
        (0, "03-02T08:00", "03-02T17:00", 1.0)
    ]


def test_an_elapsed_task_asks_for_its_people_in_their_hours() -> None:
    cure = Task(uid=1, name="Cure", duration=7 * 1440, elapsed=True)
    load = workload(plan(cure, team=(Assignment(1, 1, 100, 20 * 60), Assignment(1, 2, 25))))
    edges = days("2026-03-02T00:00", 8)
    assert load.demand(0, edges).tolist() == pytest.approx([240, 240, 240, 240, 240, 0, 0, 0])
    assert load.demand(1, edges).tolist() == pytest.approx([120] * 5 + [0] * 3)
    weekend = Task(uid=1, name="Cure", duration=1440, elapsed=True, manual=True, start=at("2026-03-07T00:00"))
    load = workload(plan(weekend, team=(Assignment(1, 1, 100, 360), Assignment(1, 2, 25))))
    assert pieces(load) == [(0, "03-07T00:00", "03-08T00:00", 0.25)]


def test_people_of_different_hours_put_in_their_own() -> None:
    mornings = replace(BO, calendar=3, units=100)
    both = (Assignment(1, 1, 100, 2 * D), Assignment(1, 2, 100, 2 * D))
    apart = workload(plan(TWO_DAYS, team=both, people=(ANA, mornings)))
    assert pieces(apart) == [(0, "03-02T08:00", "03-03T17:00", 1.0), (1, "03-02T08:00", "03-04T12:00", 1.0)]
    together = workload(plan(TWO_DAYS, team=both, people=(ANA, mornings)), "msproject")
    assert pieces(together) == [
        (0, "03-02T08:00", "03-03T17:00", 1.0),
        (1, "03-02T08:00", "03-03T17:00", round(2 * D / 720, 6)),
    ]


def test_capacity_is_the_units_on_the_hours_less_the_absences() -> None:
    away = replace(BO, absences=(CalendarException(date(2026, 3, 4), date(2026, 3, 5), ((480, 720),)),))
    load = workload(plan(TWO_DAYS, team=(Assignment(1, 2),), people=(ANA, away, SAND)))
    edges = days("2026-03-02T00:00", 6)
    assert load.capacity(0, edges).tolist() == [480] * 5 + [0]
    assert load.capacity(1, edges).tolist() == [240, 240, 120, 120, 240, 0]
    assert load.capacity(2, edges).tolist() == [0] * 6


def test_who_has_no_calendar_works_by_that_of_the_task_while_it_goes_on() -> None:
    by_night = Task(uid=1, name="Shift", duration=840 + 300, calendar=2)
    load = workload(plan(by_night, team=(Assignment(1, 1),)))
    edges = days("2026-03-02T00:00", 3)
    assert load.capacity(0, edges).tolist() == [540 + 120, 120 + 660 + 60, 480]
    assert load.overload(0) == ()


def test_an_overload_is_as_long_as_it_can_be() -> None:
    three = [Task(uid=n, name=str(n), duration=n * D) for n in (1, 2, 3)]
    team = [Assignment(1, 1, 50), Assignment(2, 1, 75), Assignment(3, 1, 50), Assignment(1, 2, 50)]
    load = workload(plan(*three, team=team))
    assert load.overload(0) == (Stretch(MONDAY, at("2026-03-03T17:00"), 0.75 * D + 0.25 * D, (0, 1, 2)),)
    assert load.overload(1) == load.overload(2) == ()
    assert load.excess.tolist() == [D, 0, 0]


def test_an_overload_on_different_hours_is_that_of_the_hours_that_they_share() -> None:
    night = Task(uid=2, name="Shift", duration=D, calendar=2)
    load = workload(plan(TWO_DAYS, night, team=(Assignment(1, 1), Assignment(2, 1))))
    # The shift goes from 8:00 to 14:00 and from 22:00 to 24:00; A from 8:00 to 12:00 and from 13:00 to 17:00.
    assert load.overload(0) == (
        Stretch(MONDAY, at("2026-03-02T12:00"), 240, (0, 1)),
        Stretch(at("2026-03-02T13:00"), at("2026-03-02T14:00"), 60, (0, 1)),
    )


def test_a_hammock_asks_for_its_units_from_end_to_end() -> None:
    lead, ties = Task(uid=2, name="Lead", hammock=True), (Link(1, 2, LinkKind.SS), Link(1, 2, LinkKind.FF))
    load = workload(plan(TWO_DAYS, lead, team=(Assignment(1, 1), Assignment(2, 1, 25)), links=ties))
    assert pieces(load)[1] == (0, "03-02T08:00", "03-03T17:00", 0.25)
    assert load.overload(0) == (Stretch(MONDAY, at("2026-03-03T17:00"), 0.25 * 2 * D, (0, 1)),)


def test_the_sums_agree_with_the_pieces() -> None:
    tasks = [Task(uid=n, name=str(n), duration=n * 100, splits=((50, 77),)) for n in range(1, 30)]
    load = workload(plan(*tasks, team=[Assignment(n, 1 + n % 2, 10 * n, 7 * n) for n in range(1, 30)]))
    edges = np.array([at("2026-03-01T00:00"), at("2026-03-03T11:17"), at("2026-04-01T00:00")])
    for who in (0, 1):
        total = sum(7 * n for n in range(1, 30) if n % 2 == who)
        assert load.demand(who, edges).sum() == pytest.approx(total)


@st.composite
def busy(draw: st.DrawFn) -> Plan:
    """Some tasks of all kinds of hours and progress, and two people on them."""
    tasks, team = [], []
    for uid in range(1, draw(st.integers(1, 6)) + 1):
        elapsed = draw(st.booleans())
        length = draw(st.integers(1, 1500))
        cut = draw(st.integers(1, length))
        begun = draw(st.booleans())
        tasks.append(
            Task(
                uid=uid,
                name=str(uid),
                duration=length,
                elapsed=elapsed,
                calendar=draw(st.sampled_from((None, 1, 2, 3))),
                ignore_resource_calendars=draw(st.booleans()),
                splits=((cut, draw(st.integers(1, 500))),) if cut < length else (),
                actual_start=MONDAY if begun else None,
                percent_complete=draw(st.integers(0, 99)) if begun else 0,
            )
        )
        team += [
            Assignment(uid, who, draw(st.integers(0, 150)), draw(st.none() | st.integers(0, 2000)))
            for who in (1, 2)
            if draw(st.booleans())
        ]
    away = (CalendarException(date(2026, 3, 3), date(2026, 3, 3)),)
    people = (replace(ANA, calendar=draw(st.sampled_from((None, 1, 2, 3))), absences=away), BO, SAND)
    links = [Link(n, n + 1) for n in range(1, len(tasks)) if draw(st.booleans())]
    return plan(*tasks, team=team, people=people, links=links)


@given(value=busy(), dialect=st.sampled_from(("triptych", "msproject", "p6")))
def test_the_sweeps_say_what_every_minute_says(value: Plan, dialect: str) -> None:
    """Demand, capacity, what is free and what is too much, against each minute looked at by itself."""
    load = workload(value, dialect)
    first, last = at("2026-03-01T00:00"), at("2026-04-20T00:00")
    minutes = np.arange(first, last + 1)
    for who in (0, 1):
        mine = load.of_resource(who)
        level = np.zeros(len(minutes) - 1)
        for n in range(len(mine.task)):
            works = np.diff(load.timetable.worked(int(mine.hours[n]), minutes)) > 0
            level += (
                mine.rate[n] * works * ((minutes[:-1] >= mine.start[n]) & (minutes[:-1] < mine.finish[n]))
            )
        edges = minutes[::777]
        by_edge = np.add.reduceat(level, np.arange(0, len(edges) - 1) * 777)
        asked = load.demand(who, edges)
        assert asked[:-1] == pytest.approx(by_edge[:-1], abs=1e-5)
        over = np.maximum(level - load.units(who), 0.0)
        runs = np.count_nonzero(np.diff(over > 1e-9)) // 2 + 1
        assert -1e-5 <= over.sum() - load.excess[who] <= 0.5 * runs  # what is less comes of rounding
        begin, end, left = load.free(who, first, last)
        here = load.hours(who)
        is_open = np.diff(worked_until(here.opens, here.closes, here.before, minutes)) > 0
        spare = (np.maximum(load.units(who) - level, 0.0) * is_open).sum()
        assert ((end - begin) * left).sum() == pytest.approx(spare, abs=1e-5)
        assert load.capacity(who, minutes).sum() == pytest.approx(is_open.sum() * load.units(who))
