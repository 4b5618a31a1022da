"""`triptych select`."""

import math
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

from triptych.engine.select import SECONDS, Aim, Choice, OutOfTime, case_of, choose
from triptych.engine.select.case import Case
from triptych.engine.select.frontier import Frontier, frontier, has_money
from triptych.engine.select.highs import Highs
from triptych.engine.select.solver import Problem, Solved
from triptych.engine.select.stability import Stability, stability, varies
from triptych.engine.select.worth import Worth, worths
from triptych.plan import Diagnostic
from triptych.plan.diagnostics import error
from triptych.plan.portfolio import Portfolio

from .choices import as_object, print_choice, print_frontier, print_stability, print_worths
from .plan_file import exit_code, print_diagnostics, print_json
from .portfolio_file import read_candidates
from .watch import Watch

_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of the command."""

    by: str = "value"
    frontier: bool = False
    worth: bool = False
    step: float = 10.0
    stability: int = 0
    seed: int = 1
    seconds: float = SECONDS
    svg: Path | None = None

    @property
    def wants_frontier(self) -> bool:
        return self.frontier or self.svg is not None

    @property
    def questions(self) -> int:
        """How many there are: what to choose, why not the others, and what else is asked."""
        return 2 + self.wants_frontier + self.worth + bool(self.stability)


def run(file: Path, asked: Asked, *, as_json: bool) -> int:
    """Choose from the portfolio and print what comes out; 2 when the file or an option is wrong, or nothing can be
    chosen."""
    aim, found = _aim(asked.by)
    portfolio, told = read_candidates(file, simulate=asked.stability > 0)
    found += told
    if portfolio is not None:
        found += _unanswerable(portfolio, asked)
    if portfolio is None or aim is None or exit_code(tuple(found)) > 1:
        print_diagnostics(tuple(found))
        return 2
    with Watch(asked.seconds) as watch:
        solver = _Sharing(watch, asked.questions)
        choice = choose(portfolio, aim, solver=solver, seconds=asked.seconds, known=solver.begin)
        if not isinstance(choice, Choice):
            print_diagnostics(
                (*found, *(each if each.place else replace(each, place=str(file)) for each in choice))
            )
            return 2
        more = _more(case_of(portfolio, aim, solver=solver, seconds=asked.seconds), asked, solver)
    if watch.stopped:
        print("triptych: stopped; this is what was found so far", file=sys.stderr)
    found += [*choice.diagnostics, *more.faults]
    if as_json:
        print_json(as_object(choice, more.frontier, more.worths, more.stability, found))
    else:
        _print(choice, more)
        print_diagnostics(tuple(found))
    return 2 if more.faults or not _draw(more.frontier, asked) else 0


class _Sharing:
    """A solver for several questions, one after the other: each may take an equal share of the time that is left, and none goes
    on after Ctrl+C."""

    def __init__(self, watch: Watch, questions: int) -> None:
        """The first question begins."""
        self.watch, self.questions = watch, questions
        self.solver, self.until = Highs(lambda: watch.stopped), 0.0
        self.begin()

    def begin(self) -> None:
        """Another question."""
        spent = self.watch.spent
        self.until = spent + (self.watch.seconds - spent) / self.questions
        self.questions -= 1

    def solve(self, problem: Problem, *, seconds: float) -> Solved:
        left = self.until - self.watch.spent
        if self.watch.stopped or left <= 0:
            return Solved(None, math.inf, proved=False)
        return self.solver.solve(problem, seconds=min(seconds, left))


def _aim(by: str) -> tuple[Aim | None, list[Diagnostic]]:
    try:
        return Aim(by), []
    except ValueError:
        return None, [error("option.by", f"“{by}” is nothing to choose by; there are {' and '.join(Aim)}.", "--by")]  # fmt: skip


def _unanswerable(portfolio: Portfolio, asked: Asked) -> list[Diagnostic]:
    """Questions that this portfolio has no answer to."""
    found = []
    if asked.wants_frontier and not has_money(portfolio):
        found.append(error("select.no-money", "A frontier needs money to vary. State a [budget].", "--frontier"))  # fmt: skip
    if asked.stability and not varies(portfolio):
        found.append(error("select.certain", "Nothing in the file is uncertain. Give candidates a value_range, cost_range or need_range, or a [spread] that all feel.", "--stability"))  # fmt: skip
    return found


@dataclass(slots=True)
class _More:
    """What is answered besides the choice, and which of it took too long."""

    frontier: Frontier | None = None
    worths: tuple[Worth, ...] = ()
    stability: Stability | None = None
    faults: tuple[Diagnostic, ...] = ()


def _more(case: Case, asked: Asked, solver: _Sharing) -> _More:
    made, faults = _More(), list[Diagnostic]()

    def answer(option: str, question: Callable[[], _Answer]) -> _Answer | None:
        solver.begin()
        try:
            return question()
        except OutOfTime:
            why = "it was stopped" if solver.watch.stopped else f"the {case.seconds:g} seconds were up"
            faults.append(error("select.out-of-time", f"{option}: {why} before anything was found.", option))
            return None

    if asked.wants_frontier:
        made.frontier = answer("--frontier", lambda: frontier(case))
    if asked.worth:
        made.worths = answer("--worth", lambda: worths(case, step=Fraction(str(asked.step)) / 100)) or ()
    if asked.stability:
        made.stability = answer("--stability", lambda: _stability(case, asked, solver.watch))
    made.faults = tuple(faults)
    return made


def _stability(case: Case, asked: Asked, watch: Watch) -> Stability:
    return stability(
        case,
        draws=asked.stability,
        seed=asked.seed,
        watch=lambda done, most: watch.goes_on(f"chosen {done:,} times of {most:,}"),
    )


def _print(choice: Choice, more: _More) -> None:
    print_choice(choice)
    if more.frontier is not None:
        print_frontier(more.frontier)
    if more.worths:
        print_worths(more.worths)
    if more.stability is not None:
        print_stability(more.stability)


def _draw(found: Frontier | None, asked: Asked) -> bool:
    """Write the picture if one is asked for; whether it could be."""
    if asked.svg is None or found is None:
        return True
    from triptych.pictures.frontier import frontier_svg  # noqa: PLC0415 - asked for seldom

    try:
        asked.svg.write_text(frontier_svg(found), encoding="utf-8")
    except OSError as fault:
        print(f"triptych: {fault.filename}: {fault.strerror}", file=sys.stderr)
        return False
    return True
