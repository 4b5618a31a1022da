"""Work = duration × units at its edges, and its laws. The rule with its examples is `docs/rules/work.md`."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.plans import MONDAY, build
from triptych.plan import Assignment, Resource, ResourceKind, Task, TaskType
from triptych.plan.changes import (
    Assign,
    CannotApply,
    Change,
    SetDuration,
    SetUnits,
    SetWork,
    Unassign,
    apply_all,
)
from triptych.plan.changes.triangle import MOST_UNITS, Effort

UNITS, DURATION, WORK = TaskType.FIXED_UNITS, TaskType.FIXED_DURATION, TaskType.FIXED_WORK
Team = list[tuple[int, int | None]]


def effort(
    minutes: int, *team: tuple[int, int | None], kind: TaskType = UNITS, driven: bool = False
) -> Effort:
    """People 1, 2 … with their units and work."""
    people = tuple(Assignment(1, at, units, work) for at, (units, work) in enumerate(team, 1))
    return Effort(minutes, people, kind, driven)


def told(found: Effort) -> tuple[int, Team]:
    return found.minutes, [(each.units, each.work) for each in found.team]


JOINER = Assignment(1, 9)


@pytest.mark.parametrize(
    ("found", "minutes", "team"),
    [
        # From nothing, units say the work, and work the units.
        (effort(0, (50, 0)).stretched(480), 480, [(50, 240)]),
        (effort(480, (50, 240)).stretched(0), 0, [(50, 0)]),
        (effort(0, (100, 240), kind=WORK).stretched(480), 480, [(50, 240)]),
        (effort(480, (100, 240), kind=WORK).stretched(0), 0, [(100, 240)]),
        (effort(480, (0, 240), kind=WORK).stretched(960), 960, [(25, 240)]),
        (effort(480, (0, 0), kind=DURATION).with_units(1, 50), 480, [(50, 240)]),
        (effort(480, (0, 240), kind=DURATION).with_units(1, 25), 480, [(25, 120)]),
        (effort(480, (100, None), kind=DURATION).with_work(1, 240), 480, [(50, 240)]),
        (effort(0, (100, None), kind=DURATION).with_work(1, 240), 0, [(100, 240)]),
        # Some percent is always needed, and no work takes no units away.
        (effort(48000, (100, 48000), kind=DURATION).with_work(1, 1), 48000, [(1, 1)]),
        (effort(480, (100, 480), kind=DURATION).with_work(1, 0), 480, [(100, 0)]),
        (effort(480, (1, 5), kind=WORK).stretched(4800), 4800, [(1, 5)]),
        # Who does no work, or gives none of their time, has no say in the duration.
        (effort(480, (100, 480)).with_work(1, 0), 480, [(100, 0)]),
        (effort(480, (100, 480)).with_units(1, 0), 480, [(0, 480)]),
        (effort(480, (100, 480), (0, 960)).with_work(1, 240), 240, [(100, 240), (0, 960)]),
        # The unstated are left as they are.
        (effort(480, (100, None), (100, 480)).stretched(960), 960, [(100, None), (100, 960)]),
        (effort(480, (100, None)).with_units(1, 50), 480, [(50, None)]),
        (effort(480, (100, None), (100, 480)).with_units(1, 50), 480, [(50, None), (100, 480)]),
        (effort(480, (100, None), driven=True).joined_by(JOINER), 480, [(100, None), (100, None)]),
        (effort(480, (100, None), (100, 480), driven=True).left_by(1), 480, [(100, 480)]),
        (effort(480, (100, None), (100, 480), driven=True).left_by(2), 480, [(100, None)]),
        # Parts are whole and add up.
        (effort(100, (100, 100), (100, 100), driven=True).joined_by(JOINER), 67, [(100, 67), (100, 66), (100, 67)]),
        (
            effort(480, (100, 480), (0, 0), kind=DURATION, driven=True).joined_by(JOINER),
            480,
            [(50, 240), (0, 0), (50, 240)],
        ),
        (effort(480, (100, 480), (0, 0), driven=True).left_by(1), 480, [(0, 0)]),
        # A number typed again changes nothing.
        (effort(480, (33, 160), kind=WORK).stretched(480), 480, [(33, 160)]),
    ],
)  # fmt: skip
def test_edges(found: Effort, minutes: int, team: Team) -> None:
    assert told(found) == (minutes, team)


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda: effort(480, (100, 480), kind=WORK).stretched(1).stretched(480 * 10**6), "task.bad-duration"),
        (lambda: effort(480, (1, 480)).with_work(1, 10**7), "task.bad-duration"),
        (lambda: effort(1, (100, None), kind=DURATION).with_work(1, 10**6), "assignment.bad-units"),
        (lambda: effort(480, (100, 480)).with_units(1, MOST_UNITS + 1), "assignment.bad-units"),
        (lambda: effort(480, (100, 480)).with_work(1, -1), "assignment.bad-work"),
        (lambda: effort(480, (100, 480)).stretched(-1), "task.bad-duration"),
    ],
)
def test_what_no_plan_could_hold_is_refused(act: Callable[[], Effort], code: str) -> None:
    with pytest.raises(CannotApply) as refusal:
        act()
    assert refusal.value.code == code


def test_what_a_plan_came_with_is_not_refused_again() -> None:
    plenty = effort(480, (MOST_UNITS * 2, 480), (100, 480))
    assert told(plenty.with_work(2, 240))[1] == [(MOST_UNITS * 2, 480), (100, 240)]


shares = st.tuples(st.integers(0, 300), st.one_of(st.none(), st.integers(0, 5000)))
efforts = st.builds(
    lambda minutes, team, kind, driven: effort(minutes, *team, kind=kind, driven=driven),
    st.integers(0, 5000),
    st.lists(shares, max_size=4),
    st.sampled_from(TaskType),
    st.booleans(),
)
Act = Callable[[Effort], Effort]
stretches: st.SearchStrategy[Act] = st.builds(
    lambda minutes: lambda e: e.stretched(minutes), st.integers(0, 5000)
)
shifts: st.SearchStrategy[Act] = st.one_of(
    st.builds(lambda who, units: lambda e: e.with_units(who, units), st.integers(1, 4), st.integers(0, 300)),
    st.builds(lambda units: lambda e: e.joined_by(Assignment(1, 9, units)), st.integers(0, 300)),
    st.builds(lambda who: lambda e: e.left_by(who), st.integers(1, 4)),
)
statements: st.SearchStrategy[Act] = st.builds(
    lambda who, work: lambda e: e.with_work(who, work), st.integers(1, 4), st.integers(0, 5000)
)


def work_of(found: Effort) -> int:
    return sum(each.work or 0 for each in found.team)


@given(before=efforts, act=shifts | statements)
def test_a_fixed_duration_stays_whatever_is_typed_of_the_team(before: Effort, act: Act) -> None:
    fixed = replace(before, type=DURATION)
    assert _done(fixed, act).minutes == fixed.minutes


@given(before=efforts, act=stretches | shifts | statements)
def test_fixed_units_stay_but_where_they_are_typed(before: Effort, act: Act) -> None:
    fixed = replace(before, type=UNITS)
    was, now = _common(fixed, _done(fixed, act))
    assert sum(a.units != b.units for a, b in zip(was, now, strict=True)) <= 1


@given(before=efforts, minutes=st.integers(0, 5000), units=st.integers(0, 300))
def test_fixed_work_stays_whatever_else_is_typed(before: Effort, minutes: int, units: int) -> None:
    fixed = replace(before, type=WORK)
    for act in (lambda e: e.stretched(minutes), lambda e: e.with_units(1, units)):
        assert [each.work for each in _done(fixed, act).team] == [each.work for each in fixed.team]


@given(before=efforts, units=st.integers(1, 300), who=st.integers(1, 4))
def test_effort_driven_work_stays_when_people_come_and_go(before: Effort, units: int, who: int) -> None:
    driven = replace(before, effort_driven=True)
    assert work_of(_done(driven, lambda e: e.joined_by(Assignment(1, 9, units)))) == work_of(driven)
    left = _done(driven, lambda e: e.left_by(who))
    if sum(each.units for each in left.stated()):
        assert work_of(left) == work_of(driven)


@given(before=efforts, act=stretches | shifts)
def test_nobody_invents_work(before: Effort, act: Act) -> None:
    """Only a newcomer gets some, and only of effort-driven work that there is."""
    stated = {each.resource for each in before.stated()}
    new = {each.resource for each in _done(before, act).stated()} - stated
    driven = before.effort_driven or before.type is WORK
    assert new <= ({9} if driven and stated else set())


@given(before=efforts, act=stretches | shifts | statements)
def test_a_fixed_triangle_takes_what_is_typed_and_moves_nothing(before: Effort, act: Act) -> None:
    everybody = frozenset(each.resource for each in before.team) | {9}
    for still in (replace(before, fixed=True), replace(before, idle=everybody)):
        after = _done(still, act)
        was, now = _common(still, after)
        differing = sum(a != b for a, b in zip(was, now, strict=True))
        assert differing + (after.minutes != still.minutes) <= 1


def _done(before: Effort, act: Act) -> Effort:
    try:
        return act(before)
    except CannotApply:
        assume(False)
        raise


def _common(before: Effort, after: Effort) -> tuple[list[Assignment], list[Assignment]]:
    """Those who were there and still are, before and after."""
    both = {each.resource for each in before.team} & {each.resource for each in after.team}
    return tuple([each for each in one.team if each.resource in both] for one in (before, after))  # type: ignore[return-value]


CHANGES: list[Change] = [SetWork(1, 1, 960), SetUnits(1, 1, 50), Assign(1, 3), Unassign(1, 2)]


@pytest.mark.parametrize("change", CHANGES)
def test_nothing_follows_what_comes_from_elsewhere(change: Change) -> None:
    team = [Assignment(1, 1, 100, 480), Assignment(1, 2, 100, 480)]
    done = Task(
        uid=1,
        duration=480,
        effort_driven=True,
        actual_start=MONDAY,
        actual_finish=MONDAY,
        percent_complete=100,
    )
    for task in (done, Task(uid=1, duration=480, effort_driven=True, hammock=True)):
        after, _ = apply_all(build([task], assignments=team), [change])
        assert after.task(1).duration == 480
        others = {each for each in after.each_assignment() if each.resource == 2}
        assert others <= {team[1]}


def test_material_does_no_work() -> None:
    plan = build([Task(uid=1, duration=480, effort_driven=True)], assignments=[Assignment(1, 1, 100, 480)])
    sand = replace(plan, resources=(*plan.resources, Resource(9, "Sand", kind=ResourceKind.MATERIAL)))
    changes: list[Change] = [
        Assign(1, 9, 300, 60),
        SetUnits(1, 9, 500),
        SetWork(1, 9, 90),
        SetDuration(1, 960),
    ]
    after, inverses = apply_all(sand, changes)
    assert list(after.each_assignment()) == [Assignment(1, 1, 100, 960), Assignment(1, 9, 500, 90)]
    assert after.task(1).duration == 960
    assert apply_all(after, inverses)[0] == sand


def test_people_on_a_summary_move_nothing() -> None:
    plan = build([Task(uid=1), Task(uid=2, parent=1, duration=480)], assignments=[Assignment(1, 1, 100, 480)])
    after, _ = apply_all(plan, [SetWork(1, 1, 960), Unassign(1, 1)])
    assert after.tasks == plan.tasks
