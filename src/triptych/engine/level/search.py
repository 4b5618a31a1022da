"""The search of our own: priority rules, improved forwards and backwards."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from triptych.engine.compiled import Passes

from .answer import Answer
from .puzzle import Puzzle, Workbench

if TYPE_CHECKING:
    from .level import Progress


class Search:
    def solve(self, puzzle: Puzzle, passes: Passes, tell: "Callable[[Progress], bool]") -> Answer:
        work = Workbench(puzzle, passes)
        run = puzzle.ground.run
        best = None
        for name in ("late_finish", "late_start", "early_start"):
            keys = run.dates(name).astype(np.int64)
            score = work.generate(keys)
            for _ in range(3):
                if best is None or score < best[0]:
                    best = score, work.starts
                late = work.generate_backwards(work.finishes, work.ends)
                score = work.generate(late)
            if score < best[0]:
                best = score, work.starts
        return Answer(best[1], best[0], 20)
