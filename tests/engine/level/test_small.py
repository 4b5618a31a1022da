"""Levelling of small plans: who waits for whom, and until when."""

from dataclasses import replace
from datetime import date

import pytest

from tests.plans import MONDAY
from triptych.engine import schedule
from triptych.engine.level import Busy, Progress, Terms, level
from triptych.engine.level.puzzle import Puzzle
from triptych.engine.level.search import Search
from triptych.plan import CalendarException, Constraint, Resource, ResourceKind, Task
from triptych.plan.changes import SetLevellingDelay, SplitTask

from .small import ANA, BO, FIRST, SECOND, D, at, dates, levelled, plan, task

#: A matters most, so that it is clear what goes first.
FIRST_OF_ALL = task("A", 2, priority=800)
TWO = plan(FIRST_OF_ALL, task("B", 1), by={1: "A B"})
THREE = plan(FIRST_OF_ALL, task("B", 1, priority=700), task("C", 1), by={1: "A B C"})


def test_before_when_nothing_finishes_is_told_by_project() -> None:
    tasks = (task("A", 1), task("B", 1, project=2), task("C", 3))
    found = levelled(plan(*tasks, by={1: "A B"}, projects=(FIRST, SECOND)))
    assert found.soonest == {1: at("2026-03-04T17:00"), 2: at("2026-03-02T17:00")}


def test_two_tasks_of_one_person_are_done_one_after_the_other() -> None:
    found = levelled(TWO)
    assert dates(found) == {"A": "03-02 08:00", "B": "03-04 08:00"}
    assert found.changes == (SetLevellingDelay(2, 2 * 1440),)
    (line,) = found.lines
    assert (line.kind, line.delay, line.otherwise) == ("waits", 2 * 1440, D)
    assert line.because == (Busy(1, (1,), at("2026-03-03T17:00"), short=False),)
    assert (found.before_figures.overload, found.before_figures.people) == (D, 1)
    assert (found.after_figures.overload, found.after_figures.people, found.left) == (0, 0, ())
    assert found.ripple.moved[-1].task == 2


def test_nothing_is_proposed_where_nobody_is_overloaded() -> None:
    found = levelled(plan(task("A", 2), task("B", 1), by={1: "A", 2: "B"}))
    assert (found.lines, found.changes, found.left, found.diagnostics) == ((), (), (), ())
    assert found.after_figures == found.before_figures


def test_a_person_at_half_time_does_two_things_at_a_quarter_but_not_at_more() -> None:
    half = (replace(ANA, units=50), BO)
    found = levelled(
        plan(FIRST_OF_ALL, task("B", 1, priority=800), task("C", 1), by={1: "A25 B25 C50"}, people=half)
    )
    assert dates(found) == {"A": "03-02 08:00", "B": "03-02 08:00", "C": "03-04 08:00"}


def test_a_team_of_three_is_shared() -> None:
    tasks = (FIRST_OF_ALL, task("B", 1), task("C", 3, priority=700), task("D", 1))
    team = (Resource(1, "Crew", units=300),)
    found = levelled(plan(*tasks, by={1: "A200 B100 C200 D300"}, people=team))
    assert dates(found) == {"A": "03-02 08:00", "B": "03-02 08:00", "C": "03-04 08:00", "D": "03-09 08:00"}


def test_leave_in_the_middle_keeps_a_task_and_whoever_waits_for_it() -> None:
    away = replace(ANA, absences=(CalendarException(date(2026, 3, 3), date(2026, 3, 4)),))
    found = levelled(plan(FIRST_OF_ALL, task("B", 1), by={1: "A B"}, people=(away,)))
    assert dates(found) == {"A": "03-02 08:00", "B": "03-06 08:00"}


def test_what_follows_comes_along_without_a_line() -> None:
    found = levelled(plan(task("A", 2), task("B", 1), task("C", 1), by={1: "A B", 2: "C"}, links="BC"))
    assert [each.task for each in found.lines] == [1]
    found = levelled(plan(task("A", 2), task("B", 2), task("C", 3), by={1: "A B", 2: "C"}, links="BC"))
    assert dates(found) == {"A": "03-04 08:00", "B": "03-02 08:00", "C": "03-04 08:00"}


def test_a_pinned_task_stays_and_the_other_waits() -> None:
    found = levelled(TWO, Terms(pinned=frozenset({2})))
    assert dates(found) == {"A": "03-03 08:00", "B": "03-02 08:00"}


def test_what_precedes_a_pinned_task_may_not_push_it() -> None:
    value = plan(task("A", 1), task("B", 2), task("C", 1), by={1: "A B", 2: "C"}, links="AC")
    assert dates(levelled(value, Terms(pinned=frozenset({3})))) == {
        "A": "03-02 08:00", "B": "03-03 08:00", "C": "03-03 08:00",
    }  # fmt: skip


def test_a_refused_task_goes_first_and_the_rest_around_it() -> None:
    assert dates(levelled(THREE)) == {"A": "03-02 08:00", "B": "03-04 08:00", "C": "03-05 08:00"}
    found = levelled(THREE, Terms(refused=frozenset({2})))
    assert dates(found) == {"A": "03-03 08:00", "B": "03-02 08:00", "C": "03-05 08:00"}
    assert [each.task for each in found.lines] == [1, 3]


def test_within_float_what_has_none_stays_where_it_is_and_that_is_told() -> None:
    value = plan(task("A", 1), task("B", 1), task("C", 2), by={1: "A B", 2: "C"})
    found = levelled(value, Terms(within_float=True))
    assert dates(found) == {"A": "03-02 08:00", "B": "03-03 08:00", "C": "03-02 08:00"}
    found = levelled(TWO, Terms(within_float=True))
    assert found.lines == ()
    (left,) = found.left
    assert (left.resource, left.stretch.start, left.stretch.finish) == (1, MONDAY, at("2026-03-02T17:00"))
    assert (left.stretch.excess, left.stretch.rows) == (D, (0, 1))


def test_more_than_there_is_asked_for_is_told_and_nothing_is_beside_it() -> None:
    found = levelled(plan(task("A", 1), task("B", 1), by={1: "A150 B"}))
    assert dates(found) == {"A": "03-02 08:00", "B": "03-03 08:00"}
    told, late = found.diagnostics
    assert late.code == "level.more-work-than-time"
    assert (told.code, told.place) == ("level.too-much-asked", "task 1")
    assert told.message == (
        "“A” asks for 150 % of Ana, and there is 100 %: no date mends that. Ask for less, or add people."
    )
    assert [each.stretch.excess for each in found.left] == [D / 2]
    (late,) = levelled(plan(task("A", 1), by={1: "A150"}), Terms(overbooking=50)).diagnostics
    assert late.message == (
        "Ana has 12 h of work until Mon 2 Mar 2026, and 8 h to do it in: whatever waits, it ends later, or others "
        "help. Add people, hand work over, or ask for less."
    )


def test_a_task_is_interrupted_while_its_person_is_needed() -> None:
    fixed = task("B", 1, constraint=Constraint.MSO, constraint_date=at("2026-03-03T08:00"))
    value = plan(task("A", 2), fixed, by={1: "A B"})
    found = levelled(value, Terms(interrupt=240))
    assert found.changes == (SplitTask(1, D, D),)
    assert found.lines[0].kind == "interrupted"
    assert found.after.finish[0] == at("2026-03-04T17:00")
    assert dates(levelled(value)) == {"A": "03-04 08:00", "B": "03-03 08:00"}


def test_an_interruption_leaves_no_piece_shorter_than_was_asked() -> None:
    fixed = task("B", 1, constraint=Constraint.MSO, constraint_date=at("2026-03-03T08:00"))
    found = levelled(plan(task("A", 2), fixed, by={1: "A B"}), Terms(interrupt=D + 60))
    assert [each.kind for each in found.lines] == ["waits"]


def test_a_delay_that_is_not_needed_is_taken_back() -> None:
    found = levelled(plan(task("A", 1, levelling_delay=2880), by={1: "A"}))
    assert [(each.kind, each.delay) for each in found.lines] == [("sooner", 0)]
    assert found.changes == (SetLevellingDelay(1, 0),)
    assert levelled(plan(FIRST_OF_ALL, task("B", 1, levelling_delay=2880), by={1: "A B"})).lines == ()


def test_who_can_wait_the_longest_waits() -> None:
    tasks = (task("A", 2), task("B", 1, priority=800), task("C", 1))
    value = plan(*tasks, by={1: "A B", 2: "C"}, links="AC")
    assert dates(levelled(value))["B"] == "03-04 08:00"
    assert dates(levelled(value, Terms(by_priority=True))) == {
        "A": "03-03 08:00", "B": "03-02 08:00", "C": "03-05 08:00",
    }  # fmt: skip


def test_overbooking_allows_so_much_more() -> None:
    value = plan(task("A", 1), task("B", 1), by={1: "A50 B60"})
    assert levelled(value, Terms(overbooking=10)).lines == ()
    assert len(levelled(value, Terms(overbooking=9)).lines) == 1


@pytest.mark.parametrize(
    "fixed",
    [
        task("A", 2, priority=1000),
        task("A", 2, actual_start=MONDAY),
        task("A", 2, constraint=Constraint.MSO, constraint_date=MONDAY),
        task("A", 2, manual=True, start=MONDAY, finish=at("2026-03-03T17:00")),
    ],
    ids=["never levelled", "under way", "held by a date", "by hand"],
)
def test_what_may_not_wait_stays_and_others_wait_for_it(fixed: Task) -> None:
    found = levelled(plan(fixed, task("B", 1, priority=900), by={1: "A B"}))
    assert dates(found) == {"A": "03-02 08:00", "B": "03-04 08:00"}


def test_materials_are_not_levelled() -> None:
    sand = (Resource(1, "Sand", kind=ResourceKind.MATERIAL),)
    assert levelled(plan(task("A", 1), task("B", 1), by={1: "A500 B500"}, people=sand)).lines == ()


def test_projects_share_their_people_by_weight() -> None:
    both = (FIRST, SECOND)
    value = plan(task("A", 2), task("B", 1, project=2), by={1: "A B"}, projects=both)
    assert dates(levelled(value)) == {"A": "03-03 08:00", "B": "03-02 08:00"}, "the shorter first"
    found = levelled(value, Terms(project_weights={2: 5}))
    assert found.after_figures.finish == {1: at("2026-03-04T17:00"), 2: at("2026-03-02T17:00")}
    found = levelled(value, Terms(project_weights={1: 5}))
    assert found.after_figures.finish == {1: at("2026-03-03T17:00"), 2: at("2026-03-04T17:00")}


def test_terms_that_name_what_is_not_there_are_refused() -> None:
    found = schedule(TWO)
    for terms in (
        Terms(pinned=frozenset({9})),
        Terms(refused=frozenset({9})),
        Terms(accepted={9: 60}),
    ):
        with pytest.raises(ValueError, match="no task 9"):
            level(found, terms)
    with pytest.raises(ValueError, match="no project 9"):
        level(found, Terms(project_weights={9: 2}))


def test_another_solver_can_be_given_and_hears_of_its_puzzle() -> None:
    asked: list[Puzzle] = []

    class Mine(Search):
        def solve(self, puzzle, passes, tell):  # type: ignore[no-untyped-def]
            asked.append(puzzle)
            return super().solve(puzzle, passes, tell)

    heard: list[Progress] = []
    found = level(schedule(TWO), solver=Mine(), tell=lambda each: heard.append(each) or True)  # type: ignore[func-returns-value]
    assert found.changes == levelled(TWO).changes
    assert heard[-1].score == found.score
    assert asked[0].capacity.tolist() == [10_000, 10_000]
