"""Laws of scheduling that hold for every plan."""

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.plans import plans
from triptych.engine import DIALECTS, compare, explain, schedule
from triptych.engine.columns import picked
from triptych.engine.compiled import compiled_passes
from triptych.engine.live import LivePlan
from triptych.engine.schedule import schedule_by
from triptych.plan import Calendar, LinkKind, Plan, PlanBuilder, Task, TaskType
from triptych.plan.changes import (
    AddLink,
    AddTasks,
    Assign,
    CannotApply,
    Change,
    JoinTask,
    MoveTask,
    RemoveTask,
    SetActive,
    SetConstraint,
    SetDuration,
    SetMode,
    SetName,
    SetProgress,
    SetSecondaryConstraint,
    SetTaskType,
    SetUnits,
    SetWork,
    SplitTask,
    Unassign,
    apply_all,
)
from triptych.plan.quantities import NO_INSTANT
from triptych.plan.worktime import working_minutes

DATES = ("start", "finish", "early_start", "early_finish", "late_start", "late_finish")
dialects = st.sampled_from(sorted(DIALECTS))


@given(plan=plans(constraints=False), dialect=dialects)
def test_no_link_is_violated(plan: Plan, dialect: str) -> None:
    result = schedule(plan, dialect=dialect)
    for link in plan.each_link():
        pred, succ = plan.index_of[link.pred], plan.index_of[link.succ]
        if link.lag or plan.is_summary[pred] or plan.is_summary[succ]:
            continue  # lag is on someone's hours and summaries bind what is below: the corpus states those
        anchor = (result.finish if link.kind.from_finish else result.start)[pred]
        held = (result.start if link.kind.to_start else result.finish)[succ]
        assert held >= anchor or _same_working_instant(plan, succ, link.kind, int(anchor), int(held))


def _same_working_instant(plan: Plan, succ: int, kind: LinkKind, anchor: int, held: int) -> bool:
    """A finish may be spelled at the end of the shift before: nobody on the task works between the two."""
    if kind.to_start:
        return False
    calendars = [*plan.calendars, *hours_of(plan, succ)]
    mine = calendars[len(plan.calendars) :]
    return any(working_minutes(each, calendars, held, anchor) == 0 for each in mine)


def hours_of(plan: Plan, row: int) -> list[Calendar]:
    """The calendars that the task at a row is worked in: its people's, its own, its project's."""
    task = plan.task_at(row)
    own = task.calendar if task.calendar is not None else plan.project.calendar
    people = plan.assignments.resource[plan.assignments.task == row].tolist()
    found = [Calendar(100, "Own", base=own)]
    for number, person in enumerate(map(plan.resources.__getitem__, people), 101):
        base = person.calendar if person.calendar is not None else own
        found.append(Calendar(number, person.name, base=base, exceptions=person.absences))
    return found


@given(plan=plans(constraints=False), dialect=dialects)
def test_float_is_never_negative_without_a_date_to_meet(plan: Plan, dialect: str) -> None:
    result = schedule(plan, dialect=dialect)
    assert result.total_float.min() >= 0
    assert result.free_float.min() >= 0


@given(plan=plans(constraints=False))
def test_something_is_critical(plan: Plan) -> None:
    result = schedule(plan)
    assert result.critical.any()
    assert result.critical_path()


@given(plan=plans(), dialect=dialects)
def test_durations_are_kept(plan: Plan, dialect: str) -> None:
    """Someone works on a task from its start to its finish, no less than its duration at elapsed time."""
    result = schedule(plan, dialect=dialect)
    facts = plan.tasks.manual | plan.tasks.hammock | (plan.tasks.percent_complete > 0)
    facts |= plan.tasks.actual_start != NO_INSTANT
    leaves = ~plan.is_summary & ~facts
    if not leaves.any():
        return
    assert (result.finish - result.start)[leaves].min() >= 0
    assert ((result.finish - result.start) >= plan.tasks.duration)[leaves].all()


@given(plan=plans(), seed=st.randoms(use_true_random=False), dialect=dialects)
def test_the_order_of_input_is_irrelevant(plan: Plan, seed: Any, dialect: str) -> None:
    links = list(plan.each_link())
    people = list(plan.each_assignment())
    seed.shuffle(links)
    seed.shuffle(people)
    builder = PlanBuilder(
        projects=list(plan.projects),
        tasks=list(plan.each_task()),
        links=links,
        calendars=list(plan.calendars),
        resources=list(plan.resources),
        assignments=people,
    )
    again, found = builder.build()
    assert not found
    assert again == plan
    _same_dates(plan, again, dialect)


@given(plan=plans(), dialect=dialects)
def test_scheduling_is_a_function(plan: Plan, dialect: str) -> None:
    _same_dates(plan, plan, dialect)
    ripple = compare(schedule(plan, dialect=dialect), schedule(plan, dialect=dialect))
    assert (ripple.moved, ripple.sentence) == ((), "moves nothing")


def _same_dates(left: Plan, right: Plan, dialect: str) -> None:
    one, other = schedule(left, dialect=dialect), schedule(right, dialect=dialect)
    for name in (*DATES, "total_float", "free_float", "critical"):
        assert np.array_equal(getattr(one, name), getattr(other, name)), name


@given(plan=plans(), dialect=dialects, field=st.sampled_from(["start", "finish"]), data=st.data())
def test_every_date_has_a_reason_that_ends(plan: Plan, dialect: str, field: Any, data: st.DataObject) -> None:
    task = data.draw(st.sampled_from(plan.tasks.uid.tolist()))
    found = explain(schedule(plan, dialect=dialect), task, field)
    assert found.steps
    assert found.steps[0].task == task
    assert found.steps[-1].reason != "link"


def changes_for(plan: Plan) -> st.SearchStrategy[Change]:
    """Changes that may or may not apply to the plan."""
    uid = st.sampled_from(plan.tasks.uid.tolist())
    leaf = st.sampled_from(plan.tasks.uid[~plan.is_summary].tolist())
    new = int(plan.tasks.uid.max()) + 1
    date = st.sampled_from([None, "2026-03-09T08:00"])
    return st.one_of(
        st.builds(SetName, uid, st.text(min_size=1, max_size=8)),
        st.builds(SetDuration, leaf, st.integers(0, 5000), st.booleans()),
        st.builds(SetConstraint, uid, st.sampled_from(["ASAP", "ALAP"])),
        st.builds(SetConstraint, uid, st.sampled_from(["SNET", "MFO"]), st.just("2026-03-09T08:00")),
        st.builds(SetSecondaryConstraint, uid, st.just("FNLT"), st.just("2026-03-09T08:00")),
        st.builds(SetProgress, leaf, st.integers(0, 100), st.just("2026-03-02T08:00")),
        st.builds(AddLink, uid, uid, st.sampled_from(["FS", "SS", "FF", "SF"]), st.integers(-480, 480)),
        st.builds(RemoveTask, uid),
        st.builds(MoveTask, uid, st.one_of(st.none(), uid), st.one_of(st.none(), uid)),
        st.just(AddTasks((Task(uid=new, name="New", project=1, duration=480),))),
        st.builds(SplitTask, leaf, st.integers(1, 200), st.integers(1, 960)),
        st.builds(JoinTask, leaf),
        st.builds(SetMode, leaf, st.booleans(), date, date),
        st.builds(SetActive, uid, st.booleans()),
        st.builds(SetTaskType, uid, st.sampled_from([each.name for each in TaskType]), st.booleans()),
        *_changes_of_teams(plan, leaf),
    )


def _changes_of_teams(plan: Plan, leaf: st.SearchStrategy[int]) -> list[st.SearchStrategy[Change]]:
    person, units = st.sampled_from([each.uid for each in plan.resources]), st.integers(0, 200)
    found: list[st.SearchStrategy[Change]] = [
        st.builds(Assign, leaf, person, units, st.sampled_from([None, 600]))
    ]
    if len(plan.assignments):
        there = st.sampled_from([(each.task, each.resource) for each in plan.each_assignment()])
        minutes = st.integers(0, 5000)
        found.append(st.builds(lambda pair: Unassign(pair[0], pair[1]), there))
        found.append(st.builds(lambda pair, units: SetUnits(pair[0], pair[1], units), there, units))
        found.append(st.builds(lambda pair, work: SetWork(pair[0], pair[1], work), there, minutes))
    return found


@given(plan=plans(), data=st.data())
def test_undo_after_do_is_the_same_plan(plan: Plan, data: st.DataObject) -> None:
    changes = data.draw(st.lists(changes_for(plan), max_size=5))
    try:
        after, inverses = apply_all(plan, changes)
    except (CannotApply, KeyError):
        return
    restored, redo = apply_all(after, inverses)
    assert restored == plan
    assert apply_all(restored, redo)[0] == after


@given(plan=plans(max_tasks=30), dialect=dialects)
def test_compiled_and_interpreted_passes_agree(plan: Plan, dialect: str) -> None:
    plain = schedule(plan, dialect=dialect)
    fast = schedule_by(plan, [DIALECTS[dialect]], compiled_passes())
    for name in (*DATES, "total_float", "free_float", "driver", "driving_links"):
        assert np.array_equal(getattr(plain, name), getattr(fast, name)), name


@given(plan=plans(), dialect=dialects, data=st.data())
def test_a_live_plan_is_its_plan_scheduled(plan: Plan, dialect: str, data: st.DataObject) -> None:
    """Dating anew only what a change reaches gives every date and float that scheduling the whole plan gives."""
    live = LivePlan(plan, dialect=dialect)
    leaves = plan.tasks.uid[~plan.is_summary].tolist()
    edits = st.tuples(st.sampled_from(leaves), st.sampled_from([0, 60, 480, 1440, 4800]))
    for task, minutes in data.draw(st.lists(edits, min_size=1, max_size=4)):
        before = schedule(live.plan, dialect=dialect)
        reach = live.set_duration(task, minutes)
        after = schedule(live.plan, dialect=dialect)
        moved = (before.start != after.start) | (before.finish != after.finish)
        assert sorted(reach.rows.tolist()) == np.flatnonzero(moved & ~plan.is_summary).tolist()
        assert live.project_finish() == after.project_finish[0]
        for name in (*DATES[2:], "total_float", "free_float"):
            assert np.array_equal(by_row(live, name), getattr(after, name)[~plan.is_summary]), name
        for uid in plan.tasks.uid.tolist():
            row = plan.index_of[uid]
            assert (live.start_of(uid), live.finish_of(uid)) == (after.start[row], after.finish[row]), uid


def by_row(live: LivePlan, name: str) -> Any:
    """A column of the live plan's tasks, without the summaries; where it keeps one up to date."""
    if not live._follows:
        return getattr(live.schedule, name)[~live.plan.is_summary]
    return picked(live._run.net.dates, live._run.compiled.node[~live.plan.is_summary], name)


@given(plan=plans(), dialect=dialects)
def test_free_float_is_a_part_of_total_float(plan: Plan, dialect: str) -> None:
    result = schedule(plan, dialect=dialect)
    leaves = ~plan.is_summary & ~plan.tasks.hammock
    assert (result.free_float >= 0)[leaves].all()
    assert (result.free_float <= np.maximum(result.total_float, 0))[leaves].all()
