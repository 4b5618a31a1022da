"""What a change does beside moving dates."""

from dataclasses import replace

from tests.plans import build
from triptych.engine import schedule
from triptych.engine.impact import Amount, impact
from triptych.plan import Assignment, Link, Plan, Task
from triptych.plan.changes import AddLink, Change, SetDuration, apply_all


def plan() -> Plan:
    """A (2 d, Ann) and B (3 d, Ann) at once, then C, a milestone; Ann costs 50.00 an hour."""
    tasks = [
        Task(uid=1, name="A", duration=960),
        Task(uid=2, name="B", duration=1440),
        Task(uid=3, name="C", milestone=True),
    ]
    made = build(tasks, [Link(1, 3), Link(2, 3)], assignments=[Assignment(1, 1), Assignment(2, 1)])
    people = (replace(made.resources[0], rate=5000), *made.resources[1:])
    return replace(made, resources=people, projects=(replace(made.project, currency="EUR"),))


def done(*changes: Change) -> tuple[Plan, Plan]:
    before = plan()
    return before, apply_all(before, list(changes))[0]


def test_a_longer_task_costs_more_and_moves_the_milestone() -> None:
    before, after = done(SetDuration(2, 1920))
    found = impact(schedule(before), schedule(after), projects=[1])
    assert found.cost == {"EUR": Amount(5000 * 40, 5000 * 48)}
    assert [each.task for each in found.milestones] == [3]
    assert [each.moved.task for each in found.reasons] == [3, 2]
    assert "“C” starts on" in found.reasons[0].sentence
    assert found.overload == {}
    assert found.overload_total == Amount(960, 960)


def test_one_after_the_other_overloads_nobody() -> None:
    before, after = done(AddLink(1, 2))
    found = impact(schedule(before), schedule(after), projects=[1])
    assert found.overload == {1: Amount(960, 0)}
    assert found.cost["EUR"].delta == 0


def test_nothing_is_told_of_other_projects_and_hidden_tasks() -> None:
    before, after = done(SetDuration(2, 1920))
    elsewhere = impact(schedule(before), schedule(after), projects=[])
    assert (elsewhere.cost, elsewhere.milestones, elsewhere.reasons) == ({}, (), ())
    veiled = impact(schedule(before), schedule(after), projects=[1], hidden={2})
    assert [each.moved.task for each in veiled.reasons] == [3]
    assert "“B”" not in veiled.reasons[0].sentence
