"""Levelling by a solver from outside, after our own search: what it answers, proves, and does without any answer."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from triptych.engine import schedule
from triptych.engine.compiled import Passes
from triptych.engine.level import Answer as Found
from triptych.engine.level import Progress, Proposal, Terms, by_solver, level
from triptych.engine.level.by_solver import BySolver
from triptych.engine.level.puzzle import Puzzle
from triptych.engine.level.workbench import Workbench
from triptych.engine.solvers import Answer, Ask, Relaxation, Status
from triptych.engine.solvers import Progress as Step
from triptych.engine.solvers.cp_sat import CpSat, is_here
from triptych.plan import CalendarException, Plan

from .small import ANA, at, dates, plan, task
from .verifier import verify

needs_ortools = pytest.mark.skipif(not is_here(), reason="the extra solvers (OR-Tools) is not installed")
#: Ana is away on Tuesday and Wednesday, and has work for four days.
AWAY = replace(ANA, absences=(CalendarException(date(2026, 3, 3), date(2026, 3, 4)),))
THREE = plan(task("A", 2), task("B", 1), task("C", 1), by={1: "A B C"}, people=(AWAY,))


#: Ana has a long task and two short ones, and Bo waits for one of those.
SPREAD = plan(task("A", 3), task("B", 1), task("C", 1), task("D", 2), by={1: "A B C", 2: "D"}, links="BD")


class Standing:
    """A solver that answers what it is told to, and keeps what it was asked."""

    def __init__(self, answer: Answer) -> None:
        self.answer, self.asked = answer, list[tuple[Relaxation, Ask]]()

    def solve(self, relaxation: Relaxation, ask: Ask) -> Answer:
        self.asked.append((relaxation, ask))
        if ask.progress is not None:
            ask.progress(Step(None, self.answer.bound))
        ask.cancelled()
        return self.answer


def by(solver: BySolver, value: Plan, tell: Callable[[Progress], bool] = lambda _: True) -> Proposal:
    asked = Terms(schedules=40)
    proposal = level(schedule(value), asked, solver=solver, tell=tell)
    verify(proposal, asked)
    return proposal


NOTHING = Answer(Status.UNKNOWN, None, None, 0, 0.0)


def test_without_an_answer_our_own_stands() -> None:
    own = level(schedule(THREE), Terms(schedules=40))
    found = by(BySolver(Standing(NOTHING)), THREE)
    assert (found.changes, found.score, found.bound) == (own.changes, own.score, own.bound)


def test_the_relaxation_counts_working_minutes_alone() -> None:
    solver = Standing(NOTHING)
    by(BySolver(solver, 3.0, 2, 7), THREE)
    ((asked, ask),) = solver.asked
    assert asked.duration.tolist() == [2, 1, 1], "in steps of a day"
    assert asked.release.tolist() == [0, 0, 0]
    assert asked.horizon == 4
    assert asked.hint is not None
    assert min(asked.hint.tolist()) == 0
    assert (ask.seconds, ask.workers, ask.seed) == (3.0, 2, 7)


def test_a_bound_is_told_in_dates_and_is_never_above_the_score() -> None:
    heard: list[Progress] = []
    solver = Standing(replace(NOTHING, bound=4))
    found = by(BySolver(solver), THREE, lambda each: heard.append(each) or True)  # type: ignore[func-returns-value]
    assert found.after.project_finish[0] == at("2026-03-09T17:00")
    assert found.bound is not None
    weight = 100 * 3
    late = at("2026-03-09T17:00") - int(schedule(THREE).project_finish[0])
    assert found.bound == weight * late <= found.score
    assert heard[-1].bound == found.bound
    assert found.soonest == {1: at("2026-03-09T17:00")}
    assert by(BySolver(Standing(replace(NOTHING, bound=3))), THREE).soonest == {1: at("2026-03-06T17:00")}
    assert by(BySolver(Standing(replace(NOTHING, bound=9))), THREE).bound == found.score


class LastFirst:
    """A search that found only the worst order."""

    def solve(self, puzzle: Puzzle, passes: Passes, tell: Callable[[Progress], bool]) -> Found:  # noqa: ARG002
        keys = -np.arange(len(puzzle.place) - 1)
        return Found(keys, Workbench(puzzle, passes).generate(keys), 1)


def test_starts_of_the_solver_are_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """The better of both stands: the short ones first, so that everybody waits less."""
    own = level(schedule(SPREAD), Terms(schedules=1), solver=LastFirst())
    monkeypatch.setattr(by_solver, "Search", LastFirst)
    better, worse = np.array([2, 0, 1, 1], np.int64), np.array([0, 3, 4, 4], np.int64)
    found, other = (
        by(BySolver(Standing(Answer(Status.FEASIBLE, each, 4, 0, 0.0))), SPREAD) for each in (better, worse)
    )
    assert found.score < own.score == other.score
    assert dates(found) == {"A": "03-04 08:00", "B": "03-02 08:00", "C": "03-03 08:00", "D": "03-03 08:00"}
    assert found.generated > own.generated


def test_whoever_says_that_it_is_enough_is_heard_before_the_solver_begins() -> None:
    solver = Standing(NOTHING)
    by(BySolver(solver), THREE, lambda _: False)
    assert solver.asked == []


@needs_ortools
def test_cp_sat_proves_a_plan_with_leave() -> None:
    found = by(BySolver(CpSat(), 20.0), THREE)
    assert set(dates(found).values()) <= {"03-02 08:00", "03-05 08:00", "03-06 08:00", "03-09 08:00"}
    late = at("2026-03-09T17:00") - int(schedule(THREE).project_finish[0])
    assert found.bound == 100 * 3 * late
