"""Past periods drawn to stand for those to come.

Drawing each past period with the same chance (the bootstrap; Efron, 1979) takes the history for all that
the team can do. It is a sample: of eight weeks the average itself is known to a third of a week's
deviation, and the further the forecast reaches, the more that matters. So each iteration first draws how
likely each past period is (the Bayesian bootstrap; Rubin, 1981), and then periods by those chances. Good
and bad weeks that come in runs stay together if whole runs are drawn, round the end of the history to its
beginning (the circular block bootstrap; Politis & Romano, 1992).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from triptych.plan.tables import I64

F64 = NDArray[np.float64]
#: Iterations computed abreast. Each block has its own generator, so that more iterations leave the first
#: ones as they are.
LANES = 1_000
#: Periods drawn at a time, to whole runs.
_STEP = 32


@dataclass(frozen=True, slots=True)
class Resampling:
    """How the `periods` of a history are drawn: `run` consecutive ones together, `plain` with the same
    chance for each."""

    periods: int
    run: int = 1
    plain: bool = False
    seed: int = 1

    def draw(self, block: int) -> Iterator[I64]:
        """The places in the history of the periods to come, without end: arrays of LANES lines, an
        iteration each, and as many periods as are drawn at a time. The same for the same seed and block,
        however many are taken."""
        rng = self.generator(block)
        edges = None if self.plain else self._edges(rng)
        while True:
            luck = rng.random((LANES, -(-_STEP // self.run)))
            first = self._alike(luck) if edges is None else self._by_chance(luck, edges)
            yield ((first[:, :, None] + np.arange(self.run)) % self.periods).reshape(LANES, -1)

    def generator(self, *of: int) -> np.random.Generator:
        """The generator of a block, or of something else of it; PCG64 for good, since the default may
        change."""
        return np.random.Generator(np.random.PCG64(np.random.SeedSequence((self.seed, *of))))

    def _alike(self, luck: F64) -> I64:
        return (luck * self.periods).astype(np.int64)

    def _edges(self, rng: np.random.Generator) -> F64:
        """Where the share of each period ends, in each iteration: Dirichlet-distributed shares, summed up.

        Runs overlap, so that a history holds no more than `periods / run` of them that are independent, and
        each counts as that much less.
        """
        weight = (
            rng.standard_gamma(1 / self.run, (LANES, self.periods)) + 1e-300
        )  # all of them may come out as nothing
        edges: F64 = np.cumsum(weight, axis=1)
        return edges / edges[:, -1:]

    def _by_chance(self, luck: F64, edges: F64) -> I64:
        """The place whose share each number falls in; all iterations are searched at once, each raised by
        its number."""
        lines = np.arange(LANES)[:, None]
        found: I64 = (
            np.searchsorted((edges + lines).ravel(), luck + lines, side="right") - lines * self.periods
        )
        within: I64 = np.minimum(found, self.periods - 1)  # a sum next to a whole number may be rounded to it
        return within
