"""Laws of levelling: whatever the plan, the terms and the search, a proposal keeps what it promises."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.level.crowds import crowded, dense, dialects, terms
from tests.engine.level.verifier import verify
from triptych.engine import Schedule, schedule
from triptych.engine.compiled import Passes
from triptych.engine.level import Answer, Progress, Proposal, Terms, level
from triptych.engine.level.answer import levelled
from triptych.engine.level.passes import compiled, interpreted
from triptych.engine.level.puzzle import Puzzle
from triptych.engine.level.search import Search
from triptych.engine.level.workbench import Workbench, make_puzzle
from triptych.plan import Plan

#: A law that takes a search, or two, is searched with half as many examples.
few = settings(max_examples=settings().max_examples // 2)


def all_may_wait(plan: Plan) -> Plan:
    """A plan in which no task has the priority of what is never levelled."""
    priority = np.minimum(plan.tasks.priority, 999).astype(np.int32)
    return replace(plan, tasks=plan.tasks.with_columns(priority=priority))


class Shuffled:
    """A solver that takes tasks in any order."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def solve(self, puzzle: Puzzle, passes: Passes, tell: Callable[[Progress], bool]) -> Answer:  # noqa: ARG002
        keys = np.random.default_rng(self.seed).permutation(len(puzzle.place) - 1)
        return Answer(keys, Workbench(puzzle, passes).generate(keys), 1)


class Kept:
    """A solver that keeps what another is asked and answers."""

    def __init__(self) -> None:
        self.puzzle: Any = None
        self.answer: Any = None
        self.passes: Any = None

    def solve(self, puzzle: Puzzle, passes: Passes, tell: Callable[[Progress], bool]) -> Answer:
        answer = Search().solve(puzzle, passes, tell)
        self.puzzle, self.passes, self.answer = puzzle, passes, answer
        return answer


@given(plan=crowded(), dialect=dialects, data=st.data())
def test_every_proposal_keeps_what_it_promises(plan: Plan, dialect: str | None, data: st.DataObject) -> None:
    asked = data.draw(terms(plan))
    verify(level(schedule(plan, dialect=dialect), asked), asked)


@given(plan=dense(), dialect=dialects, data=st.data(), seed=st.integers(0, 99))
def test_whatever_comes_first_nobody_is_overloaded(
    plan: Plan, dialect: str | None, data: st.DataObject, seed: int
) -> None:
    asked = data.draw(terms(plan))
    verify(level(schedule(plan, dialect=dialect), asked, solver=Shuffled(seed)), asked, lenient=True)


@given(plan=crowded(), dialect=dialects)
@few
def test_nothing_waits_longer_where_nobody_is_overloaded(plan: Plan, dialect: str | None) -> None:
    found = level(schedule(plan, dialect=dialect), Terms(schedules=12))
    if found.before_figures.overload < 1:
        held = found.after.plan.tasks.levelling_delay <= plan.tasks.levelling_delay
        assert held.all()
        assert found.left == ()


@given(plan=crowded(), dialect=dialects, data=st.data())
@few
def test_generated_dates_are_those_of_the_schedule(
    plan: Plan, dialect: str | None, data: st.DataObject
) -> None:
    kept = Kept()
    level(schedule(plan, dialect=dialect), data.draw(terms(plan)), solver=kept)
    found = levelled(kept.puzzle, kept.answer, kept.passes)
    rows = np.flatnonzero(kept.puzzle.node >= 0)
    nodes = kept.puzzle.node[rows]
    assert found.bench.starts[nodes].tolist() == found.schedule.early_start[rows].tolist()
    assert found.bench.finishes[nodes].tolist() == found.schedule.early_finish[rows].tolist()


@given(plan=crowded(), dialect=dialects, data=st.data())
@few
def test_it_is_never_worse_than_to_take_the_most_pressing_first(
    plan: Plan, dialect: str | None, data: st.DataObject
) -> None:
    kept = Kept()
    level(schedule(plan, dialect=dialect), data.draw(terms(plan)), solver=kept)
    keys = kept.puzzle.ground.run.dates("late_finish").astype(np.int64)
    assert kept.answer.score <= Workbench(kept.puzzle, kept.passes).generate(keys)


@given(plan=dense(), dialect=dialects, data=st.data())
@few
def test_what_is_answered_is_what_was_found(plan: Plan, dialect: str | None, data: st.DataObject) -> None:
    kept = Kept()
    level(schedule(plan, dialect=dialect), data.draw(terms(plan)), solver=kept)
    assert Workbench(kept.puzzle, kept.passes).generate(kept.answer.keys) == kept.answer.score


@given(plan=crowded(), dialect=dialects, data=st.data())
@few
def test_the_same_seed_gives_the_same_answer(plan: Plan, dialect: str | None, data: st.DataObject) -> None:
    asked = data.draw(terms(plan))
    found = schedule(plan, dialect=dialect)
    one, other = level(found, asked), level(found, asked)
    assert (one.lines, one.left, one.sentence) == (other.lines, other.left, other.sentence)
    assert (one.score, one.generated, one.bound) == (other.score, other.generated, other.bound)
    assert one.after.plan == other.after.plan


@given(plan=dense(), dialect=dialects)
@few
def test_levelled_again_it_is_no_worse(plan: Plan, dialect: str | None) -> None:
    """As long as all may wait: what may not is asked for where it is, and that is elsewhere the second time."""
    asked = Terms(schedules=12)
    once = level(schedule(all_may_wait(plan), dialect=dialect), asked)
    again = level(once.after, asked)
    assert again.after_figures.overload <= once.after_figures.overload + 1
    assert _finishes(again) <= _finishes(once)


def _finishes(proposal: Proposal) -> int:
    return sum(proposal.after_figures.finish.values())


@given(plan=crowded(), dialect=dialects, data=st.data())
@settings(max_examples=6)
def test_compiled_and_interpreted_levelling_agree(
    plan: Plan, dialect: str | None, data: st.DataObject
) -> None:
    found, asked = schedule(plan, dialect=dialect), data.draw(terms(plan))
    plain, fast = (_solved(found, asked, passes) for passes in (interpreted(), compiled()))
    assert plain[0] == fast[0]
    assert plain[1].plan == fast[1].plan
    for name in ("start", "finish", "late_start", "late_finish", "total_float"):
        assert np.array_equal(getattr(plain[1], name), getattr(fast[1], name)), name


def _solved(found: Schedule, asked: Terms, passes: Passes) -> tuple[int, Schedule]:
    puzzle = make_puzzle(found, asked, passes)
    answer = Search().solve(puzzle, passes, lambda _: True)
    return answer.score, levelled(puzzle, answer, passes).schedule
