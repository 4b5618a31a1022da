"""A portfolio with what is asked of it, to be solved with other limits again and again."""

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
        self, *, most: I64 | None = None, least: I64 | None = None, hint: Flags | None = None
    ) -> Best | None:
        """The best choice, perhaps within other limits by row; None where there is none. Raises OutOfTime."""
        asked = self.model.problem(self.aim)
        limits = Problem(
            asked.matrix, asked.least if least is None else least, asked.most if most is None else most, asked.gain
        )  # fmt: skip
        return best(limits, self.model.tie_breaks, self.solver, seconds=self.seconds, hint=hint)

    def rows(self, kind: Kind) -> I64:
        """The rows of one kind."""
        return np.array([at for at, each in enumerate(self.model.rows) if each.kind is kind], np.int64)

    def with_candidate(self, candidate: int) -> Best | None:
        """The best choice in which a candidate runs."""
        least = self.model.least.copy()
        rows = [at for at in self.rows(Kind.CANDIDATE).tolist() if self.model.rows[at].of == candidate]
        least[rows] = 1
        return self.best(least=least)

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
