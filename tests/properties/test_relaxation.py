"""Laws of the relaxation that solvers from outside get: it forbids nothing that levelling may do, so its bound is one."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.engine.level.crowds import crowded, dense, dialects, terms
from triptych.engine import schedule
from triptych.engine.level import Terms
from triptych.engine.level.by_solver import BySolver
from triptych.engine.level.passes import interpreted
from triptych.engine.level.relaxed import relaxed
from triptych.engine.level.workbench import Workbench, make_puzzle
from triptych.engine.solvers import broken_by, value_of
from triptych.engine.solvers.cp_sat import CpSat, is_here
from triptych.plan import Plan

#: A law that asks a solver is searched with fewer examples.
few = settings(max_examples=max(settings().max_examples // 4, 10))


@given(plan=st.one_of(crowded(), dense()), dialect=dialects, data=st.data(), seed=st.integers(0, 999))
def test_whatever_is_generated_keeps_the_relaxation(
    plan: Plan, dialect: str | None, data: st.DataObject, seed: int
) -> None:
    asked = data.draw(st.one_of(st.just(Terms()), terms(plan)))
    puzzle = make_puzzle(schedule(plan, dialect=dialect), asked, interpreted())
    assume(puzzle.movable.any())
    work = Workbench(puzzle, interpreted())
    score = work.generate(np.random.default_rng(seed).permutation(len(puzzle.place) - 1))
    assume(not work.short)
    flat = relaxed(puzzle, interpreted(), int(work.finishes.max()))
    assume(flat.binding)
    steps = flat.steps_of(work.starts)
    assert broken_by(flat.relaxation, steps) == ()
    least = flat.score_of(value_of(flat.relaxation, steps))
    assert least is None or least <= score


@pytest.mark.skipif(not is_here(), reason="the extra solvers (OR-Tools) is not installed")
@given(plan=dense(), dialect=dialects)
@few
def test_no_order_of_a_tiny_plan_is_better_than_the_bound(plan: Plan, dialect: str | None) -> None:
    puzzle = make_puzzle(schedule(plan, dialect=dialect), Terms(schedules=8), interpreted())
    assume(int(puzzle.movable.sum()) <= 5)
    found = BySolver(CpSat(), 5.0).solve(puzzle, interpreted(), lambda _: True)
    work = Workbench(puzzle, interpreted())
    assert work.generate(found.keys) == found.score
    assert found.bound is None or found.bound <= found.score
    movable = np.flatnonzero(puzzle.place["movable"][:-1])
    for order in permutations(range(len(movable))):
        keys = np.full(len(puzzle.place) - 1, -1, np.int64)
        keys[movable] = order
        score = work.generate(keys)
        assert work.short or found.bound is None or found.bound <= score
