"""Levelling with choices: other people for the work, and overload that is worth having."""

from triptych.engine import schedule
from triptych.engine.level import Terms, level
from triptych.plan import Resource
from triptych.plan.changes import Assign, Unassign, apply_all

from .small import levelled, plan, task

WELDERS = (
    Resource(1, "Ada", role="Welder"),
    Resource(2, "Bo", role="Painter", skills=("welder",)),
    Resource(3, "Cy", role="Painter"),
)
YARD = plan(task("A", 5), task("B", 4), task("C", 3), by={1: "A B C"}, people=WELDERS)


def test_work_goes_to_somebody_who_can_do_it_and_is_free() -> None:
    found = level(schedule(YARD), Terms(stand_ins=True))
    changed, _ = apply_all(YARD, found.changes)
    assert schedule(changed).finish.tolist() == found.after.finish.tolist()
    handed = [each for each in found.lines if each.kind == "handed-over"]
    task = handed[0].task
    assert [each.changes for each in handed] == [(Unassign(task, 1), Assign(task, 2))]
    name = YARD.task(task).name
    assert handed[0].sentence == f"“{name}” goes to Bo instead of Ada, and starts Mon 2 Mar 2026, 08:00."
    alone = levelled(YARD)
    assert found.after_figures.finish[1] < alone.after_figures.finish[1]
    assert found.after_figures.overload == 0


def test_nobody_gets_work_that_they_cannot_do() -> None:
    others = plan(task("A", 5), task("B", 4), by={1: "A B"}, people=(WELDERS[0], WELDERS[2]))
    assert all(each.kind == "waits" for each in levelled(others, Terms(stand_ins=True)).lines)


def test_nobody_gets_work_where_that_brings_nothing() -> None:
    found = levelled(plan(task("A", 5), by={1: "A"}, people=WELDERS), Terms(stand_ins=True))
    assert found.lines == ()


def test_overload_stays_where_waiting_costs_more() -> None:
    painted = plan(
        *(task(*each) for each in zip("ABCD", (5, 4, 3, 2), strict=True)), by={1: "A B C", 2: "D"}, links="AD"
    )
    dear, some, cheap = (
        level(schedule(painted), Terms(objective="overload", overload_days=days)) for days in (5.0, 1.0, 0.05)
    )
    assert dear.after_figures.overload == 0
    assert cheap.after_figures.overload == cheap.before_figures.overload
    assert 0 < some.after_figures.overload < some.before_figures.overload
    assert some.left[0].sentence.endswith("waiting would cost more than it is worth.")
