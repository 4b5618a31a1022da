"""A portfolio with what is asked of it, to be solved with other limits again and again."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from triptych.plan.tables import I64, Flags

from .exact import Best, best
from .model import Aim, Kind, Model
from .solver import NO_LIMIT, Problem, Solver


@dataclass(frozen=True, slots=True)
class Case:
    """The model, the aim, who solves it and how long that may take (seconds for each question)."""

    model: Model
    aim: Aim
    solver: Solver
    seconds: float

    def best(
        self, *, most: I64 | None = None, least: I64 | None = None, then: Sequence[I64] | None = None, seconds: float | None = None
    ) -> Best | None:  # fmt: skip
        """The best choice, perhaps within other limits by row; None where there is none. Of choices that gain as much it
        is the best by further measures (by column), without them by `Model.tie_breaks`. Raises OutOfTime."""
        asked = self.model.problem(self.aim)
        limits = Problem(
            asked.matrix, asked.least if least is None else least, asked.most if most is None else most, asked.gain
        )  # fmt: skip
        then = self.model.tie_breaks if then is None else then
        return best(limits, then, self.solver, seconds=self.seconds if seconds is None else seconds)

    def sameness(self, near: Flags) -> I64:
        """A measure of what stays as in another choice: first that a project runs, then that it starts when it did."""
        runs = np.isin(self.model.candidate, self.model.candidate[near])
        return runs * (len(near) + 1) + near.astype(np.int64)

    def rows(self, kind: Kind) -> I64:
        """The rows of one kind."""
        return np.array([at for at, each in enumerate(self.model.rows) if each.kind is kind], np.int64)

    def with_candidate(self, candidate: int, near: Flags, seconds: float) -> Best | None:
        """The best choice in which a candidate runs, of those the one that is nearest to another choice."""
        least = self.model.least.copy()
        rows = [at for at in self.rows(Kind.CANDIDATE).tolist() if self.model.rows[at].of == candidate]
        least[rows] = 1
        return self.best(least=least, then=[self.sameness(near)], seconds=seconds)

    def without_limits(self, *kinds: Kind) -> I64:
        """The upper limits by row, but none in rows of these kinds."""
        most = self.model.most.copy()
        for kind in kinds:
            most[self.rows(kind)] = NO_LIMIT
        return most

    def chosen(self, taken: Flags) -> frozenset[int]:
        """The numbers of the candidates that are taken."""
        return frozenset(self.model.candidate[taken].tolist())

    def names(self, candidates: "frozenset[int] | set[int]") -> tuple[str, ...]:
        """Their names, in the portfolio's order."""
        return tuple(self.model.portfolio.candidates[each].name for each in sorted(candidates))
