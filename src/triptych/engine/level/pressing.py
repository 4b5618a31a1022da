"""Which overload is worth having: tasks that had better not wait, whether their people are free or not."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from triptych.engine.columns import put
from triptych.engine.compiled import Passes
from triptych.plan.tables import I64

from .answer import Answer, Progress
from .puzzle import Puzzle
from .workbench import Workbench


def press(
    puzzle: Puzzle, answer: Answer, passes: Passes, tell: Callable[[Progress], bool]
) -> tuple[Puzzle, Answer]:
    """The puzzle with the tasks pressed that cost less so than waiting, and its answer: from the better of all waiting
    and none, one task after the other is tried the other way as long as that helps, up to as many schedules as the terms
    allow."""
    search = _Pressing(puzzle, answer, passes)
    search.begin()
    tried, found = 0, True
    while found:
        found = False
        for node in search.nodes:
            if tried >= puzzle.terms.schedules:
                return search.result(tried)
            tried += 1
            found |= search.turn(node)
            if not tell(Progress(answer.generated + tried, search.score)):
                return search.result(tried)
    return search.result(tried)


class _Pressing:
    """A bench on which single tasks are pressed and let go again."""

    def __init__(self, puzzle: Puzzle, answer: Answer, passes: Passes) -> None:
        self.puzzle, self.answer = puzzle, answer
        self.work = Workbench(puzzle, passes)
        self.pressed = puzzle.place["pressed"].copy()
        self.score = answer.score
        self.nodes: list[int] = []

    def begin(self) -> None:
        """Wait for all, or press everything that can be: what weighs less. Tasks that wait the longest are tried first."""
        self.work.generate(self.answer.keys)
        waits = self.work.delays()
        movable = self.puzzle.node[self.puzzle.movable]
        self.nodes = movable[np.argsort(-waits[movable], kind="stable")].tolist()
        before = self.score
        for node in self.nodes:
            self._put(node, 1)
        everything = self.work.generate(self.answer.keys)
        if everything >= before:
            for node in self.nodes:
                self._put(node, 0)
        self.score = min(before, everything)

    def turn(self, node: int) -> bool:
        """Press a task, or let it go; whether that weighs less. Otherwise it is as it was."""
        now = int(self.pressed[node])
        self._put(node, 1 - now)
        score = self.work.generate(self.answer.keys)
        if score < self.score:
            self.score = score
            return True
        self._put(node, now)
        return False

    def _put(self, node: int, value: int) -> None:
        self.pressed[node] = value
        put(self.work.bench.place, node, "pressed", value)

    def result(self, tried: int) -> tuple[Puzzle, Answer]:
        place = self.puzzle.place.copy()
        place["pressed"] = self.pressed
        keys: I64 = self.answer.keys
        return replace(self.puzzle, place=place), Answer(
            keys, self.score, self.answer.generated + tried, self.answer.bound
        )
