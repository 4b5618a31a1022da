"""The relaxation forbids nothing that may be generated: the smallest plans of each thing that it must leave out."""

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest

from triptych.engine import schedule
from triptych.engine.level import Terms
from triptych.engine.level.passes import interpreted
from triptych.engine.level.relaxed import relaxed
from triptych.engine.level.workbench import Workbench, make_puzzle
from triptych.engine.solvers import broken_by
from triptych.plan import Constraint, LagKind, Link, LinkKind, Plan

from .small import ANA, BO, D, at, plan, task
from .test_mended import with_links

MORNINGS = replace(BO, calendar=3)
ON_MONDAY = task("B", 1, constraint=Constraint.MSO, constraint_date=at("2026-03-02T08:00"))


@pytest.mark.parametrize(
    ("value", "links"),
    [
        # B's Monday ends at noon, and so does B, though A goes on until the evening.
        (plan(task("A", 6), task("B", 1), by={1: "A", 2: "B"}, people=(ANA, MORNINGS)), (Link(1, 2, LinkKind.FF),)),
        # B starts on Monday, whatever A does.
        (plan(task("A", 1), ON_MONDAY, task("C", 1), by={1: "A C", 2: "B"}), (Link(1, 2),)),
        # B takes Ana on Tuesday, though C has her then.
        (plan(task("A", 1), task("B", 1, priority=1000), task("C", 3), by={1: "B C", 2: "A"}), (Link(1, 2),)),
        # Ana is free while A is interrupted.
        (plan(task("A", 2, splits=((D, D),)), task("B", 1, constraint=Constraint.SNET, constraint_date=at("2026-03-03T08:00")), by={1: "A B"}), ()),
        # Four hours of B's mornings before A ends are a whole day of A's.
        (plan(task("A", 2), task("B", 1, calendar=3), task("C", 1), by={1: "A C", 2: "B"}), (Link(1, 2, LinkKind.FS, -240),)),
        # A day round the clock after Friday is nothing of working time, before Saturday one day.
        (plan(task("A", 5), task("B", 1), task("C", 1), by={1: "A C", 2: "B"}), (Link(1, 2, LinkKind.FS, 1440, LagKind.ELAPSED),)),
        (plan(task("A", 2), task("B", 1), task("C", 1), by={1: "A C", 2: "B"}), (Link(1, 2, LinkKind.FS, -1440, LagKind.ELAPSED),)),
        # What is elapsed goes on over the weekend.
        (plan(task("A", 5), task("B", 6, elapsed=True), task("C", 1), by={1: "A C", 2: "B"}), (Link(1, 2), Link(2, 3))),
        # A start that leads to a finish is not known to bind the start.
        (plan(task("A", 2), task("B", 4), task("C", 1), by={1: "A C", 2: "B"}), (Link(1, 2, LinkKind.SF),)),
    ],
    ids=["FF in other hours", "capped", "pressed", "cut", "lead in other hours", "lag", "lead", "elapsed", "SF"],
)  # fmt: skip
def test_every_order_keeps_the_relaxation(value: Plan, links: tuple[Link, ...]) -> None:
    puzzle = make_puzzle(schedule(with_links(value, *links)), Terms(), interpreted())
    work = Workbench(puzzle, interpreted())
    for keys in permutations(range(len(puzzle.place) - 1)):
        work.generate(np.array(keys))
        flat = relaxed(puzzle, interpreted(), int(work.finishes.max()))
        assert flat.binding
        assert broken_by(flat.relaxation, flat.steps_of(work.starts)) == ()
