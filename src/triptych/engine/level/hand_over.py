"""Who could do it instead: work that waits for one person goes to another who can do it, where that helps."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from triptych.engine.compiled import Passes
from triptych.engine.dialects import DIALECTS
from triptych.engine.giving import give
from triptych.engine.schedule import Schedule, schedule_by
from triptych.plan import Plan, ResourceKind, can_do
from triptych.plan.changes import CannotApply, Change, apply_all

from .answer import Answer, Progress, levelled
from .blame import Blame
from .puzzle import Puzzle
from .workbench import Workbench, make_puzzle

#: An hour of a project's finish, and that much at least, is what handing one task over must bring.
_WORTH = 60
#: Tasks tried, the longest waits first, before it is enough; and tasks of all plans scheduled for that together.
_MOST, _WORK = 200, 2_000_000


@dataclass(frozen=True, slots=True)
class HandOver:
    """A task that goes from one resource to another; uids."""

    task: int
    giver: int
    taker: int

    def changes(self, plan: Plan) -> tuple[Change, ...]:
        """The changes that hand it over."""
        row, giver = plan.index_of[self.task], plan.resource_index[self.giver]
        table = plan.assignments
        at = int(np.flatnonzero((table.task == row) & (table.resource == giver))[0])
        return give(plan, at, plan.resource_index[self.taker])


def hand_over(
    puzzle: Puzzle, answer: Answer, passes: Passes, tell: Callable[[Progress], bool]
) -> tuple[Puzzle, Answer, tuple[HandOver, ...]]:
    """The puzzle after the hand-overs that help, its answer, and them: the task that waits the longest first, to whoever
    has the role of the person whom it waits for and brings its project most."""
    trade = _Trade(puzzle, answer, passes, tell)
    while trade.one():
        pass
    return trade.puzzle, trade.answer, tuple(trade.done)


class _Trade:
    """Hand-overs, one after the other."""

    def __init__(
        self, puzzle: Puzzle, answer: Answer, passes: Passes, tell: Callable[[Progress], bool]
    ) -> None:
        self.puzzle, self.answer, self.passes, self.tell = puzzle, answer, passes, tell
        self.done: list[HandOver] = []
        self.left = min(_MOST, max(_WORK // max(len(puzzle.plan), 1), 5))
        self.over = False

    def one(self) -> bool:
        """Make the first hand-over that helps; whether there was one."""
        found = levelled(self.puzzle, self.answer, self.passes)
        blame = Blame(self.puzzle, found)
        given = np.isin(self.puzzle.plan.tasks.uid, [each.task for each in self.done])
        rows = np.flatnonzero(self.puzzle.movable & (found.delay > 0) & ~given)
        for row in rows[np.argsort(-found.delay[rows], kind="stable")].tolist():
            tries = [self._tried(offer) for offer in self._offers(blame, row) if not self._enough()]
            best = min(
                (each for each in tries if each is not None), key=lambda each: each[1].score, default=None
            )
            if best is not None and best[1].score <= self.answer.score - self._worth(row):
                self.puzzle, self.answer = best[0], best[1]
                self.done.append(best[2])
                return True
        return False

    def _enough(self) -> bool:
        self.left -= 1
        self.over = self.over or not self.tell(Progress(self.answer.generated, self.answer.score))
        return self.over or self.left < 0

    def _worth(self, row: int) -> int:
        """What a hand-over of the task at a row must bring at least."""
        goal = self.puzzle.goal[int(self.puzzle.plan.tasks.project[row])]
        return int(max(goal["weight"], goal["late"])) * _WORTH

    def _offers(self, blame: Blame, row: int) -> list[HandOver]:
        """Everybody who can do the work of somebody whom the task waits for, and is not on it."""
        plan, table = self.puzzle.plan, self.puzzle.plan.assignments
        team = set(table.resource[table.task == row].tolist())
        task = int(plan.tasks.uid[row])
        return [
            HandOver(task, busy.resource, other.uid)
            for busy in blame.busy(row)
            for at, other in enumerate(plan.resources)
            if at not in team
            and other.kind is ResourceKind.WORK
            and can_do(other, plan.resources[plan.resource_index[busy.resource]].role)
        ]

    def _tried(self, offer: HandOver) -> tuple[Puzzle, Answer, HandOver] | None:
        """The puzzle after a hand-over, answered by the keys at hand and by a few passes from there."""
        today = self.puzzle.today
        try:
            plan, _ = apply_all(today.plan, offer.changes(today.plan))
        except CannotApply:
            return None
        puzzle = self._like(_scheduled(today, plan, self.passes))
        work = Workbench(puzzle, self.passes)
        best = work.generate(self.answer.keys), self.answer.keys
        for _ in range(2):
            keys = work.generate_backwards(work.finishes, work.ends)
            best = min(best, (work.generate(keys), keys), key=lambda each: each[0])
        return puzzle, Answer(best[1], best[0], self.answer.generated), offer

    def _like(self, today: Schedule) -> Puzzle:
        """The puzzle of another plan, weighed as this one."""
        made = make_puzzle(today, self.puzzle.terms, self.passes)
        return replace(made, goal=self.puzzle.goal, prices=self.puzzle.prices)


def _scheduled(today: Schedule, plan: Plan, passes: Passes) -> Schedule:
    return schedule_by(plan, [DIALECTS[name] for name in today.dialects], passes, like=today.run)
