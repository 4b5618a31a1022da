"""What levelling once got wrong, each on the smallest plan that shows it. Whoever mends one takes its mark away."""

from dataclasses import replace
from datetime import date
from itertools import permutations

import numpy as np
import pytest

from tests.plans import MONDAY
from triptych.engine import schedule
from triptych.engine.level import Answer, Terms, level
from triptych.engine.level.answer import levelled as levelled_plan
from triptych.engine.level.passes import interpreted
from triptych.engine.level.search import Search
from triptych.engine.level.workbench import Workbench, make_puzzle
from triptych.engine.workload import Workload
from triptych.plan import (
    CalendarException,
    Constraint,
    LagKind,
    Link,
    LinkKind,
    Plan,
    PlanBuilder,
    Resource,
    Task,
    TaskType,
)

from .small import ANA, BO, FIRST, D, at, dates, levelled, plan, task

DOT = replace(ANA, calendar=3)
TWO = plan(task("A", 2), task("B", 1), by={1: "A B"})


def wrong(reason: str) -> pytest.MarkDecorator:
    return pytest.mark.xfail(strict=True, raises=AssertionError, reason=reason)


def with_links(value: Plan, *links: Link) -> Plan:
    """The plan with these links."""
    made, found = PlanBuilder(
        projects=list(value.projects),
        tasks=list(value.each_task()),
        links=list(links),
        calendars=list(value.calendars),
        resources=list(value.resources),
        assignments=list(value.each_assignment()),
    ).build()
    assert not found, found
    return made


def with_work(value: Plan, uid: int, minutes: int) -> Plan:
    """The plan with the work of everyone on one task stated."""
    table = value.assignments
    work = np.where(table.task == value.index_of[uid], minutes, table.work)
    return replace(value, assignments=replace(table, work=work))


def test_others_wait_for_an_accepted_task_where_it_will_be() -> None:
    assert dates(levelled(TWO, Terms(accepted={1: 2 * 1440}))) == {"A": "03-04 08:00", "B": "03-02 08:00"}


def test_others_may_work_where_an_accepted_task_no_longer_is() -> None:
    found = levelled(TWO, Terms(accepted={2: 3 * 1440}))
    assert dates(found) == {"A": "03-02 08:00", "B": "03-05 08:00"}
    assert [each.task for each in found.lines] == [2]


def test_others_make_way_for_a_refused_task_that_is_pushed() -> None:
    tasks = (task("A", 1), task("B", 2, priority=800), task("C", 1), task("E", 5, priority=800))
    value = plan(*tasks, by={1: "C E", 2: "A B"}, links="AC")
    levelled(value, Terms(refused=frozenset({2, 3})))


def test_a_pinned_task_stays_when_what_precedes_it_goes_sooner() -> None:
    value = plan(task("A", 1, levelling_delay=1440), task("B", 1), by={1: "A", 2: "B"}, links="AB")
    levelled(value, Terms(pinned=frozenset({2})))


def test_a_pin_binds_only_what_precedes_it_though_open_ends_are_critical() -> None:
    project = replace(FIRST, open_ends_critical=True)
    value = plan(task("A", 1), task("B", 1), task("C", 0), by={1: "A B"}, projects=(project,))
    levelled(value, Terms(pinned=frozenset({3})))


def test_a_pin_binds_only_what_precedes_it_though_others_have_dates_to_meet() -> None:
    soft = {"constraint": Constraint.FNLT, "constraint_date": at("2026-03-02T17:00")}
    value = plan(task("A", 1, **soft), task("B", 1, **soft), task("C", 0), by={1: "A B"})
    levelled(value, Terms(pinned=frozenset({3})))


def test_there_is_room_before_a_pinned_task_if_the_other_waits() -> None:
    value = plan(task("A", 2), task("B", 1), task("C", 1), by={1: "A B", 2: "C"}, links="BC")
    assert levelled(value, Terms(pinned=frozenset({3}))).left == ()


def test_there_is_room_within_float_in_another_order() -> None:
    tasks = (task("A", 2), task("B", 1), task("C", 1), task("E", 3))
    value = plan(*tasks, by={1: "A B", 2: "E"}, links="BC")
    assert levelled(value, Terms(within_float=True)).left == ()


def test_nobody_waits_for_work_that_is_done() -> None:
    begun = task("A", 2, actual_start=MONDAY, percent_complete=50)
    assert levelled(plan(begun, task("B", 1), by={1: "A B"})).lines == ()


def test_nobody_waits_for_an_interruption() -> None:
    split = task("A", 2, splits=((D, D),))
    on_tuesday = task("B", 1, constraint=Constraint.SNET, constraint_date=at("2026-03-03T08:00"))
    assert levelled(plan(split, on_tuesday, by={1: "A B"})).lines == ()


@wrong("who is done with their part is kept busy until the last of the team is")
def test_nobody_waits_for_what_only_another_still_does() -> None:
    away = replace(BO, absences=(CalendarException(date(2026, 3, 3), date(2026, 3, 12)),))
    found = levelled(plan(task("A", 2), task("B", 1), by={1: "A B", 2: "A"}, people=(ANA, away)))
    assert found.after_figures.finish == found.before_figures.finish


def test_stated_work_of_a_team_is_done_in_each_ones_own_hours() -> None:
    mornings = replace(BO, calendar=3)
    value = plan(task("A", 1), task("B", 1), by={1: "A", 2: "A B50"}, people=(ANA, mornings))
    levelled(with_work(value, 1, 240), dialect="msproject")


def test_stated_work_of_an_elapsed_task_is_done_in_its_persons_hours() -> None:
    friday = {"constraint": Constraint.SNET, "constraint_date": at("2026-03-06T08:00")}
    value = plan(task("A", 1, **friday), task("B", 9, elapsed=True, **friday), by={1: "A50 B"})
    levelled(with_work(value, 2, D))


def test_others_wait_for_a_task_by_hand_without_a_duration() -> None:
    typed = Task(uid=2, name="B", manual=True, start=MONDAY, finish=at("2026-03-02T17:00"))
    assert dates(levelled(plan(task("A", 1), typed, by={1: "A B"})))["A"] == "03-03 08:00"


@pytest.mark.parametrize("dialect", ["triptych", "msproject", "p6"])
def test_others_make_way_for_what_is_done_as_late_as_possible(dialect: str) -> None:
    late = task("A", 1, constraint=Constraint.ALAP)
    value = plan(late, task("B", 1), task("C", 1), task("E", 3), by={1: "A B C", 2: "E"})
    found = levelled(value, dialect=dialect)
    assert dates(found)["A"] == "03-04 08:00"
    assert sorted((dates(found)["B"], dates(found)["C"])) == ["03-02 08:00", "03-03 08:00"]


def test_others_make_way_for_what_is_later_once_its_project_is() -> None:
    late = task("A", 1, constraint=Constraint.ALAP)
    value = plan(late, task("C", 3), task("E", 1), task("F", 3), by={1: "A C", 2: "E F"})
    found = levelled(value)
    assert (dates(found)["A"], dates(found)["C"], found.left) == ("03-05 08:00", "03-02 08:00", ())


def test_what_is_done_as_late_as_possible_meets_what_ends_the_project_and_that_is_told() -> None:
    late = task("A", 1, constraint=Constraint.ALAP)
    found = level(schedule(plan(late, task("B", 1), task("C", 1), by={1: "A B C"})), Terms(schedules=50))
    assert [each.stretch.excess for each in found.left] == [D]
    assert "held by its constraint" in found.left[0].sentence


def test_the_best_that_was_found_with_interruptions_is_what_is_proposed() -> None:
    on_wednesday = task("A", 0.125, constraint=Constraint.SNET, constraint_date=at("2026-03-04T08:00"))
    found = levelled(plan(on_wednesday, task("B", 3), by={1: "A B"}), Terms(interrupt=240))
    assert [(each.task, each.kind) for each in found.lines] == [(2, "interrupted")]


def test_the_best_that_was_found_around_an_accepted_task_is_what_is_proposed() -> None:
    value = plan(task("A", 0.125), task("B", 0.5), by={1: "A B"})
    assert levelled(value, Terms(accepted={2: 600})).after_figures.finish == {1: at("2026-03-03T12:00")}
    assert [each.task for each in levelled(value, Terms(accepted={2: 600})).lines] == [2]


def test_by_priority_the_search_weighs_what_is_proposed() -> None:
    tasks = (task("A", 1, priority=800), task("B", 1), task("C", 2))
    value = plan(*tasks, by={1: "A B", 2: "C"}, links="BC")
    puzzle = make_puzzle(schedule(value), Terms(by_priority=True, schedules=50), interpreted())
    answer = Search().solve(puzzle, interpreted(), lambda _: True)
    assert Workbench(puzzle, interpreted()).generate(answer.keys) == answer.score


def test_what_is_typed_without_a_duration_is_told_when_it_asks_for_too_much() -> None:
    typed = Task(uid=1, name="A", manual=True, start=MONDAY, finish=at("2026-03-02T17:00"))
    value = plan(typed, by={1: "A"}, people=(replace(ANA, units=0),))
    assert [each.stretch.excess for each in levelled(value, Terms(overbooking=50)).left] == [D]


def test_what_others_push_takes_its_people_when_it_comes() -> None:
    """B must follow A's last minutes, and may not wait: they meet, and that is told."""
    value = plan(task("A", 1), task("B", 0.125, priority=1000), by={1: "A B"})
    found = levelled(with_links(value, Link(1, 2, lag=-60)))
    assert [each.stretch.excess for each in found.left] == [60]


def test_a_plan_without_tasks_needs_no_levelling() -> None:
    assert level(schedule(plan(by={})), Terms(schedules=10)).lines == ()


def test_a_pinned_task_is_not_pushed_by_the_start_of_what_precedes_it() -> None:
    split, cure = task("B", 1, splits=((30, D),)), Task(uid=3, name="C", duration=1440, elapsed=True)
    value = plan(task("A", 0.5), split, cure, task("D", 0), by={1: "A B C"})
    links = (
        Link(2, 3, LinkKind.SS, 50),
        Link(3, 4, LinkKind.FF),
        Link(1, 4, LinkKind.SF, -576, LagKind.ELAPSED),
    )
    levelled(with_links(value, *links), Terms(pinned=frozenset({4})), lenient=True)


def test_what_precedes_that_is_bound_by_the_night_as_well() -> None:
    """B must start by Tuesday, 18:00, which is in its shift or on Wednesday: A is done before that shift ends."""
    noon = task("D", 0, constraint=Constraint.SNET, constraint_date=at("2026-03-03T13:00"))
    value = plan(task("A", 1), task("B", 0.5), task("C", 1), noon, by={1: "A C", 2: "B"})
    links = (Link(1, 2), Link(2, 4, LinkKind.SF, -300, LagKind.ELAPSED))
    asked = Terms(pinned=frozenset({4}))
    puzzle = make_puzzle(schedule(with_links(value, *links)), asked, interpreted())
    work, keys = Workbench(puzzle, interpreted()), np.arange(4)
    keys[puzzle.node[2]] = -1  # C goes first
    work.generate(keys)
    assert work.starts[puzzle.node[3]] == at("2026-03-03T13:00")


def test_no_order_leaves_less_overload_with_what_is_pushed_onto_what_pushes_it() -> None:
    """A always meets B, whose finish it pushes; whether C meets B as well or A, it is as much in all."""
    shifts = task("A", 5, calendar=2)
    value = plan(shifts, task("B", 1, priority=1000), task("C", 0.125), by={1: "A150 B C"}, people=(DOT,))
    today = schedule(with_links(value, Link(1, 2, LinkKind.SF, -240, LagKind.ELAPSED)))
    puzzle = make_puzzle(today, Terms(), interpreted())
    orders = (Answer(np.array(keys), 0, 1) for keys in permutations(range(3)))
    loads = [Workload.of(levelled_plan(puzzle, each, interpreted()).schedule) for each in orders]
    least = min(float(each.excess.sum()) for each in loads)
    assert level(today, Terms(schedules=100)).after_figures.overload == least


def test_what_is_done_or_dropped_does_not_ask_for_too_much() -> None:
    started, finished = at("2026-03-02T08:00"), at("2026-03-03T17:00")
    done = task("A", 2, percent_complete=100, actual_start=started, actual_finish=finished)
    for first, told in ((done, 0), (task("A", 2, active=False), 0), (task("A", 2), 1)):
        value = plan(first, task("B", 1), by={1: "A200 B"})
        found = level(schedule(value), Terms(schedules=20)).diagnostics
        assert [each.code for each in found].count("level.too-much-asked") == told


def test_work_that_is_shared_does_not_grow_when_it_is_handed_over() -> None:
    people = [
        Resource(1, "Ana", role="Mason"),
        Resource(2, "Bo", role="Painter"),
        Resource(3, "Cy", role="Mason"),
    ]
    shared = task("B", 4, effort_driven=True, type=TaskType.FIXED_WORK)
    value = with_work(plan(task("A", 4), shared, by={1: "A B", 2: "B"}, people=people), 2, 4 * D)
    after = level(schedule(value), Terms(schedules=50, stand_ins=True)).after.plan
    assert after.assignments.resource.tolist() != value.assignments.resource.tolist()
    work = after.assignments.work[after.assignments.task == 1]
    assert int(work.sum()) == 8 * D


@pytest.mark.parametrize("priority", [500, 900])
def test_a_priority_that_all_have_puts_no_wait_above_the_finish(priority: int) -> None:
    short = [task(name, 1, priority=priority) for name in "ACDEF"]
    long = [task("B", 3, priority=priority), task("Z", 5, priority=priority)]
    value = plan(*short, *long, by={1: "A B C D E F"}, links="BZ")
    assert dates(levelled(value))["B"] == "03-02 08:00"
