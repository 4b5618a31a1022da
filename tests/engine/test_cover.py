"""Who takes over, what an absence does, and how many of which role are missing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import chain, combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.plans import CALENDARS, MONDAY
from triptych.engine import schedule
from triptych.engine.cover import Known, away, cover, covers, roles_by_month
from triptych.engine.cover.sharing import Group, share
from triptych.engine.cover.words import stand_in_sentence
from triptych.formats import read_plan
from triptych.plan import (
    Assignment,
    CalendarException,
    Link,
    Plan,
    PlanBuilder,
    Project,
    Resource,
    Task,
    can_do,
    parse_instant,
)
from triptych.plan.changes import AddAbsence, Assign, CannotApply, Unassign, apply_all

D = 480
at = parse_instant
ANA = Resource(1, "Ana", role="Mason", rate=6_000)
BO = Resource(2, "Bo", role="Mason", rate=5_000)
CLEO = Resource(3, "Cleo", role="Driver", skills=("mason ",), rate=4_000)
DAN = Resource(4, "Dan")
EVE = Resource(5, "Eve", role="Driver")
EVERYBODY = (ANA, BO, CLEO, DAN, EVE)
WALL = Task(uid=1, name="Wall", duration=3 * D)
ROOF = Task(uid=2, name="Roof", duration=2 * D, deadline=at("2026-03-06T17:00"))
DRIVE = Task(uid=3, name="Drive", duration=5 * D)
OPEN = Task(uid=4, name="Open", milestone=True)
REAL = Path(__file__).parents[3] / "shared" / "data" / "oracle" / "mspdi"


def plan(
    tasks: Sequence[Task] = (WALL, ROOF, DRIVE, OPEN),
    team: Sequence[Assignment] = (Assignment(1, 1), Assignment(3, 2, 50)),
    people: Sequence[Resource] = EVERYBODY,
    **project: Any,
) -> Plan:
    made, found = PlanBuilder(
        projects=[replace(Project(1, "House", MONDAY, 1, currency="€"), **project)],
        tasks=[replace(each, project=1) for each in tasks],
        links=[Link(a, b) for a, b in ((1, 2), (2, 4)) if {a, b} <= {each.uid for each in tasks}],
        calendars=list(CALENDARS),
        resources=list(people),
        assignments=list(team),
    ).build()
    assert not found, found
    return made


# Who could take it over.


def test_a_role_is_ones_own_or_a_skill() -> None:
    assert can_do(CLEO, "Mason")
    assert can_do(ANA, "mason")
    assert not can_do(EVE, "Mason")
    assert not can_do(DAN, "")


def test_those_who_are_free_come_before_those_who_are_not_and_the_unknown_last() -> None:
    found = cover(schedule(plan()), 1, 1)
    assert [(each.name, each.known) for each in found.stand_ins] == [
        ("Cleo", Known.SKILL),
        ("Bo", Known.ROLE),
        ("Dan", Known.UNKNOWN),
    ]
    cleo, bo, _ = found.stand_ins
    assert (cleo.free, cleo.overlap, cleo.cost, cleo.overload) == (3 * D, 1.0, -24 * 2_000, 0)
    assert (bo.free, bo.cost, bo.overload) == (1.5 * D, -24 * 1_000, 1.5 * D)
    assert found.best is cleo
    assert bo.sentence.startswith("Bo has the role, but not the time: free for 12 h of 24 h, ")
    assert found.sentence == (
        "Who could take over the 24 h of Ana on “Wall”? Cleo could, who has the skill: free for all 24 h, "
        "it finishes as planned, it costs € 480 less. 1 other is able to."
    )


def test_the_finishes_are_those_of_the_plan_with_the_change() -> None:
    absent = replace(BO, absences=(CalendarException(date(2026, 3, 3), date(2026, 3, 3)),))
    people = (ANA, absent, DAN)
    before = plan(team=(Assignment(1, 1),), people=people)
    bo = cover(schedule(before), 1, 1).stand_ins[0]
    after = schedule(apply_all(before, bo.changes)[0])
    assert bo.changes == (Unassign(1, 1), Assign(1, 2))
    assert bo.task_finish == after.finish[0] == at("2026-03-05T17:00")
    assert (bo.task_delay, bo.project_delay) == (D, D)
    assert bo.overlap == pytest.approx(2 / 3)
    assert "it finishes 1d later, on Thu 5 Mar 2026, and the project 1d later" in bo.sentence


def test_stated_work_goes_along_and_shared_work_is_shared_again() -> None:
    alone = plan(team=(Assignment(1, 1, 100, 3 * D),))
    assert cover(schedule(alone), 1, 1).stand_ins[0].changes[1] == Assign(1, 3, 100, 3 * D)
    driven = replace(WALL, effort_driven=True)
    both = plan((driven,), (Assignment(1, 1, 100, 3 * D), Assignment(1, 5, 100, 3 * D)))
    cleo = cover(schedule(both), 1, 1).stand_ins[0]
    after = apply_all(both, cleo.changes)[0]
    assert cleo.changes[1] == Assign(1, 3, 100, None)
    assert after.assignments.work.tolist() == [3 * D, 3 * D]
    assert after.tasks.duration.tolist() == [3 * D]


def test_without_a_role_nobody_is_known_to_be_able() -> None:
    found = cover(schedule(plan(team=(Assignment(1, 4),))), 1, 4)
    assert found.best is None
    assert {each.known for each in found.stand_ins} == {Known.UNKNOWN}
    assert found.sentence.startswith(
        "Nobody is known to be able to take over the 24 h of Dan on “Wall”: Dan has no role on record."
    )
    lonely = cover(schedule(plan(team=(Assignment(1, 5),), people=(EVE,))), 1, 5)
    assert lonely.stand_ins == ()
    assert "nobody else is known to be “Driver”" in lonely.sentence


def test_who_is_not_on_the_task_is_a_mistake_and_what_is_done_needs_nobody() -> None:
    found = schedule(plan())
    with pytest.raises(ValueError, match="not on task"):
        cover(found, 1, 5)
    assert covers(found, 2) == ()
    done = replace(WALL, actual_start=MONDAY, percent_complete=100)
    assert cover(schedule(plan((done,), (Assignment(1, 1),))), 1, 1).sentence == (
        "Ana has nothing left to do on “Wall”."
    )


def test_only_those_with_the_most_time_are_looked_at_closely() -> None:
    found = cover(schedule(plan()), 1, 1, most=1)
    assert [each.name for each in found.stand_ins] == ["Cleo"]
    assert found.left_out == 2


# What an absence does.


def test_an_absence_tells_what_slips_and_who_stands_in() -> None:
    before = plan()
    found = away(schedule(before), 1, date(2026, 3, 3), date(2026, 3, 4))
    assert [(each.name, each.minutes) for each in found.waiting.slips] == [
        ("Wall", 2 * D), ("Roof", 2 * D), ("Open", 2 * D),
    ]  # fmt: skip
    assert [each.name for each in found.waiting.broken] == ["Roof"]
    assert found.waiting.finishes[0].minutes == 2 * D
    assert found.sentence == (
        "Ana is away from Tue 3 Mar 2026 to Wed 4 Mar 2026: 2 tasks and 1 milestone slip, “Wall” most, by 2d; "
        "“House” finishes 2d later, on Tue 10 Mar 2026; 1 deadline breaks (“Roof”)."
    )
    assert [each and each.name for each in found.chosen] == ["Cleo"]
    assert found.changes[0] == AddAbsence(1, date(2026, 3, 3), date(2026, 3, 4))
    after = schedule(apply_all(before, found.changes)[0])
    assert after.project_finish[0] == schedule(before).project_finish[0]
    assert found.choice == (
        "With Cleo on “Wall”, no task finishes later; “House” finishes as planned, on Fri 6 Mar 2026."
    )


def test_who_stands_in_for_one_task_is_not_free_for_the_next() -> None:
    both = plan((WALL, replace(ROOF, deadline=None), DRIVE), (Assignment(1, 1, 50), Assignment(3, 1, 50)))
    found = away(schedule(both), 1, date(2026, 3, 2), date(2026, 3, 3))
    assert [each and each.name for each in found.chosen] == ["Cleo", "Cleo"]
    whole = plan((WALL, DRIVE), (Assignment(1, 1), Assignment(3, 1)), (ANA, BO, CLEO))
    found = away(schedule(whole), 1, date(2026, 3, 2), date(2026, 3, 3))
    assert sorted(each.name for each in found.chosen if each) == ["Bo", "Cleo"]


def test_an_absence_without_work_moves_nothing_and_a_wrong_one_is_refused() -> None:
    found = schedule(plan())
    assert away(found, 5, date(2026, 3, 2), date(2026, 3, 2)).sentence == (
        "Eve has no work on Mon 2 Mar 2026: nothing moves."
    )
    with pytest.raises(CannotApply):
        away(found, 1, date(2026, 3, 4), date(2026, 3, 3))


# How many of which role are missing.


def test_the_lack_by_month_counts_a_skill_once() -> None:
    long = Task(uid=1, name="Long", duration=30 * D)
    other = Task(uid=3, name="Other", duration=10 * D)
    team = (Assignment(1, 1, 200), Assignment(3, 3, 50), Assignment(3, 4))
    found = roles_by_month(schedule(plan((long, other), team, (ANA, CLEO, DAN))))
    march = {each.role: each for each in found.rows if each.month == date(2026, 3, 1)}
    assert (march["Mason"].demand, march["Mason"].capacity) == (44 * D, 22 * D)
    assert march["Mason"].helped == 17 * D  # Cleo's 22 days less the 5 that her own role takes
    assert march["Mason"].lack == 5 * D
    assert march["Mason"].lacking_people == pytest.approx(5 / 22)
    assert (march["Driver"].demand, march["Driver"].lack) == (5 * D, 0)
    assert (march[""].demand, march[""].lack) == (10 * D, 0)
    assert [each.month.month for each in found.rows if each.role == "Mason"] == [3, 4]
    peak = next(each for each in found.peaks if each.role == "Mason")
    assert (peak.people, peak.there, peak.at) == (2, 1, MONDAY)
    assert found.sentence.startswith("1 role lacks people: Mason. Most at a time: ")


def test_who_lacks_time_without_a_role_is_told_first() -> None:
    long = replace(WALL, duration=10 * D)
    team = (Assignment(1, 4, 200),)
    assert roles_by_month(schedule(plan((long,), team))).sentence == (
        "1 person without a role on record lacks time: Dan (80 h). 160 h of the work are of people without a role on record."
    )


def test_a_task_on_time_that_delays_the_project_is_no_contradiction() -> None:
    found = cover(schedule(plan()), 1, 1).stand_ins[0]
    late = replace(found, task_delay=0, project_delay=D, overload=0.0)
    assert "the task finishes as planned, but what follows makes the project finish 1d later" in (
        stand_in_sentence(late, 3 * D, D, "€")
    )


def test_without_work_nothing_is_asked() -> None:
    assert roles_by_month(schedule(plan(team=()))).sentence == "No open work has people on it."


GROUPS = st.lists(
    st.tuples(st.integers(-1, 3), st.sets(st.integers(0, 3)), st.integers(0, 50)), min_size=1, max_size=6
)


@given(groups=GROUPS, demand=st.lists(st.integers(0, 80), min_size=4, max_size=4))
def test_no_sharing_leaves_less_lacking(groups: list[tuple[int, set[int], int]], demand: list[int]) -> None:
    """What lacks in all is the most by which any set of roles asks for more than those who can do one of them have."""
    people = [Group(own, frozenset(can | ({own} - {-1})), minutes) for own, can, minutes in groups]
    given_minutes = share(people, np.array(demand, np.float64))
    assert (given_minutes >= 0).all()
    for at_row, each in enumerate(people):
        assert given_minutes[at_row].sum() <= each.minutes + 1e-4
        assert all(role in each.roles for role in np.flatnonzero(given_minutes[at_row]).tolist())
    sets = chain.from_iterable(combinations(range(4), size) for size in range(5))
    least = max(
        sum(demand[role] for role in chosen)
        - sum(each.minutes for each in people if each.roles & set(chosen))
        for chosen in sets
    )
    assert sum(demand) - given_minutes.sum() == pytest.approx(least, abs=1e-3)


@given(
    own=st.tuples(st.integers(0, 60), st.integers(0, 60)),
    both=st.tuples(st.integers(0, 60), st.integers(0, 60)),
    demand=st.tuples(st.integers(0, 120), st.integers(0, 120)),
)
def test_two_roles_are_shared_exactly(
    own: tuple[int, int], both: tuple[int, int], demand: tuple[int, int]
) -> None:
    """With two roles the lack is what either asks beyond all who can do it, or both beyond everybody."""
    groups = [Group(role, frozenset({role}), own[role]) for role in (0, 1)]
    groups += [Group(role, frozenset({0, 1}), both[role]) for role in (0, 1)]
    lack = sum(demand) - share(groups, np.array(demand, np.float64)).sum()
    beyond = [demand[role] - own[role] - sum(both) for role in (0, 1)]
    assert lack == pytest.approx(max(0, *beyond, sum(demand) - sum(own) - sum(both)))


def test_ones_own_role_comes_first() -> None:
    groups = [Group(0, frozenset({0, 1}), 10)]
    assert share(groups, np.array([10.0, 10.0])).tolist() == [[10, 0]]


# The plans of others.


@pytest.mark.skipif(
    not REAL.exists(), reason="the plans of others, ../shared/data beside the source, are not there"
)
@pytest.mark.parametrize(
    "stem", ["residential_construction", "software_development", "mpsplib_6_mp_j30_a2_nr1"]
)
def test_real_plans_get_sound_answers(stem: str) -> None:
    file = REAL / f"{stem}.xml"
    value = read_plan(file.read_bytes(), name=file.name).plan
    assert value is not None
    roles = ("Builder", "Finisher")
    people = tuple(replace(each, role=roles[n % 2]) for n, each in enumerate(value.resources))
    value = replace(value, resources=people)
    found = schedule(value)
    months = roles_by_month(found)
    assert all(0 <= each.lack <= each.demand for each in months.rows)
    task = int(value.tasks.uid[value.assignments.task[0]])
    for each in covers(found, task):
        for one in each.stand_ins:
            assert 0 <= one.free <= each.needed
            assert 0 <= one.overlap <= 1
            assert schedule(apply_all(value, one.changes)[0]).finish[value.index_of[task]] == one.task_finish
