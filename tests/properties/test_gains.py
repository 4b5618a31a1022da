"""Laws of what pulls a date in and of drag: what is stated is what the engine gives."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.plans import plans
from triptych.engine import DIALECTS, Option, PullIn, Schedule, drag_of, drags, pull_in, schedule
from triptych.engine.compiled import compiled_passes
from triptych.engine.pull_in.levers import Lever
from triptych.engine.pull_in.question import Question
from triptych.engine.schedule import schedule_by
from triptych.plan import Plan
from triptych.plan.changes import SetDuration, apply_all
from triptych.plan.worktime import working_minutes

dialects = st.sampled_from(sorted(DIALECTS))
goals = st.sampled_from([60, 480, 960, 2400])


def asked(plan: Plan, dialect: str, data: Any, goal: int) -> tuple[Schedule, PullIn]:
    """What pulls in some task of the plan."""
    found = schedule(plan, dialect=dialect)
    return found, pull_in(found, data.draw(st.sampled_from(plan.tasks.uid.tolist())), goal)


def told(answer: PullIn) -> list[Option]:
    return [*answer.options, *filter(None, [answer.combination, answer.furthest])]


@given(plan=plans(), dialect=dialects, data=st.data(), goal=goals)
def test_every_stated_gain_is_what_applying_the_changes_gives(
    plan: Plan, dialect: str, data: st.DataObject, goal: int
) -> None:
    found, answer = asked(plan, dialect, data, goal)
    row = plan.index_of[answer.task]
    for option in told(answer):
        after = int(schedule(apply_all(plan, option.changes)[0], dialect=dialect).finish[row])
        gained = working_minutes(plan.calendars[0], plan.calendars, after, int(found.finish[row]))
        assert (option.gain, option.finish) == (gained, after)
        assert gained > 0
        assert option.meets is (gained >= goal)
        assert (option.then is None) is option.meets


@given(plan=plans(), dialect=dialects, data=st.data(), goal=goals)
def test_the_goal_is_met_or_something_is_in_the_way(
    plan: Plan, dialect: str, data: st.DataObject, goal: int
) -> None:
    _, answer = asked(plan, dialect, data, goal)
    assert (answer.combination is None) is bool(answer.in_the_way)
    assert answer.furthest is None or answer.combination is None
    if answer.combination is not None:
        assert answer.combination.meets
        assert answer.combination.cost <= min(
            (each.cost for each in answer.options if each.meets), default=10**9
        )


@given(plan=plans(constraints=False), dialect=dialects, data=st.data(), goal=goals)
def test_no_lever_that_helps_alone_is_missed(
    plan: Plan, dialect: str, data: st.DataObject, goal: int
) -> None:
    found, answer = asked(plan, dialect, data, goal)
    question = Question(found, plan.index_of[answer.task], goal, hidden=(), may=None)
    most = max((question.gain([(each, each.room)]) for each in levers(question)), default=0)
    assert min(most, goal) <= max((each.gain for each in answer.options), default=0)


def levers(question: Question) -> list[Lever]:
    """Every lever of a plan, on the way to the target or not."""
    plan, rack = question.plan, question.rack
    made: list[Lever | None] = [rack.link(link) for link in range(len(plan.links))]
    for row in range(len(plan)):
        made += [rack.shorten(row), *rack.pins(row), *rack.leaves(row, 0, 10**9)]
    return [*dict.fromkeys(each for each in made if each is not None)]


@given(plan=plans(max_tasks=30), dialect=dialects, data=st.data())
def test_compiled_and_interpreted_passes_pull_alike(plan: Plan, dialect: str, data: st.DataObject) -> None:
    fast = schedule_by(plan, [DIALECTS[dialect]], compiled_passes())
    found, answer = asked(plan, dialect, data, 480)
    assert pull_in(fast, answer.task, 480) == answer
    assert drags(fast) == drags(found)


@given(plan=plans(constraints=False), dialect=dialects)
def test_drag_is_the_finish_with_the_task_taking_no_time(plan: Plan, dialect: str) -> None:
    found = schedule(plan, dialect=dialect)
    ours = drags(found)
    for row in np.flatnonzero(~plan.is_summary).tolist():
        uid = int(plan.tasks.uid[row])
        expected = by_force(found, row, dialect) if found.longest_path[row] else 0
        assert (ours.get(uid, 0), drag_of(found, uid)) == (expected, expected)


def by_force(found: Schedule, row: int, dialect: str) -> int:
    """The whole plan scheduled again, with the task taking no time."""
    plan = found.plan
    nothing = SetDuration(int(plan.tasks.uid[row]), 0, elapsed=bool(plan.tasks.elapsed[row]))
    after = schedule(nothing.apply(plan), dialect=dialect)
    ends = int(after.project_finish[0]), int(found.project_finish[0])
    return max(0, working_minutes(plan.calendars[0], plan.calendars, *ends))


@given(plan=plans(), dialect=dialects)
def test_only_the_longest_path_drags(plan: Plan, dialect: str) -> None:
    found = schedule(plan, dialect=dialect)
    on_path = plan.tasks.uid[found.longest_path & ~plan.is_summary].tolist()
    assert set(drags(found)) <= set(on_path)
    assert all(each >= 0 for each in drags(found).values())
    with pytest.raises(KeyError):
        drag_of(found, 10**6)
