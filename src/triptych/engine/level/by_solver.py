"""Our own search, and then a solver from outside that begins from its answer and says how much better any could be."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from triptych.engine.compiled import Passes
from triptych.engine.solvers import Ask
from triptych.engine.solvers import Progress as Step
from triptych.engine.solvers import Solver as Outside
from triptych.plan.tables import I64

from .answer import Answer, Progress
from .puzzle import Puzzle
from .relaxed import Relaxed, relaxed
from .search import Search
from .workbench import Workbench

#: How often what the solver found is turned back and forth.
_TURNS = 4


@dataclass(frozen=True, slots=True)
class BySolver:
    """A solver of puzzles: what our own search finds on the puzzle's terms, or better, after so many `seconds` of another on so
    many `workers`, with that `seed`."""

    outside: Outside
    seconds: float = 10.0
    workers: int = 1
    seed: int = 1

    def solve(self, puzzle: Puzzle, passes: Passes, tell: Callable[[Progress], bool]) -> Answer:
        """The better of both answers, with the greatest bound that holds."""
        listener = _Listener(tell)
        own = Search().solve(puzzle, passes, listener)
        if listener.enough or not puzzle.movable.any() or own.score <= puzzle.least:
            return own
        work = Workbench(puzzle, passes)
        work.generate(own.keys)
        flat = relaxed(puzzle, passes, _horizon(puzzle, work))
        listener.hear(own, flat)
        found = self.outside.solve(flat.from_hint(work.starts), self._ask(listener))
        bound = max(puzzle.least, flat.score_of(found.bound) or puzzle.least)
        best = own
        if found.starts is not None:
            exact = _exact(work, flat.keys_of(found.starts, work.starts))
            best = replace(
                min(own, exact, key=lambda each: each.score), generated=own.generated + exact.generated
            )
        return replace(best, bound=min(bound, best.score))

    def _ask(self, listener: "_Listener") -> Ask:
        return Ask(self.seconds, self.workers, self.seed, cancelled=listener.asked, progress=listener.step)


def _horizon(puzzle: Puzzle, work: Workbench) -> int:
    """When all must be finished: what is better than a schedule of one project finishes no later; of several, one may."""
    last = int(work.ends.max())
    first = int(puzzle.ground.project_start.min())
    return last if len(puzzle.goal) == 1 else last + (last - first)


def _exact(work: Workbench, keys: I64) -> Answer:
    """The best schedule that keys lead to, generated forwards, and backwards and forwards again some times."""
    best = Answer(keys, work.generate(keys), 1 + _TURNS)
    for _ in range(_TURNS):
        keys = work.generate_backwards(work.finishes, work.ends)
        score = work.generate(keys)
        if score < best.score:
            best = replace(best, keys=keys, score=score)
    return best


class _Listener:
    """Passes progress on, and keeps in mind that somebody said that it is enough."""

    def __init__(self, tell: Callable[[Progress], bool]) -> None:
        self.tell, self.enough = tell, False
        self.so_far: Progress | None = None
        self.flat: Relaxed | None = None

    def __call__(self, progress: Progress) -> bool:
        self.so_far = progress
        self.enough = self.enough or not self.tell(progress)
        return not self.enough

    def hear(self, own: Answer, flat: Relaxed) -> None:
        """From now on the solver of `flat` works, from our own answer."""
        self.so_far, self.flat = Progress(own.generated, own.score, own.bound), flat

    def step(self, step: Step) -> None:
        """The solver came further; what its starts weigh is known only when they are generated."""
        if self.flat is None or self.so_far is None:
            return
        least = self.flat.score_of(step.bound)
        if least is not None and least > (self.so_far.bound or least - 1):
            self.so_far = replace(self.so_far, bound=min(least, self.so_far.score))

    def asked(self) -> bool:
        """Whether the solver is to stop."""
        return self.so_far is not None and not self(self.so_far)
