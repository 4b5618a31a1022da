"""`triptych select`."""

import sys
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from triptych.engine.select import SECONDS, Aim, Choice, OutOfTime, case_of, choose, out_of_time
from triptych.engine.select.case import Case
from triptych.engine.select.frontier import Frontier, frontier, has_money
from triptych.engine.select.stability import Stability, stability, varies
from triptych.engine.select.worth import Worth, worths
from triptych.plan import Diagnostic
from triptych.plan.diagnostics import error
from triptych.plan.portfolio import Portfolio

from .choices import as_object, print_choice, print_frontier, print_stability, print_worths
from .plan_file import exit_code, print_diagnostics, print_json
from .portfolio_file import read_candidates
from .watch import Watch


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
    choice = choose(portfolio, aim, seconds=asked.seconds)
    if not isinstance(choice, Choice):
        print_diagnostics(
            (*found, *(each if each.place else replace(each, place=str(file)) for each in choice))
        )
        return 2
    more = _more(case_of(portfolio, aim, seconds=asked.seconds), asked)
    found += [*choice.diagnostics, *more.faults]
    if as_json:
        print_json(as_object(choice, more.frontier, more.worths, more.stability, found))
    else:
        _print(choice, more)
        print_diagnostics(tuple(found))
    return 2 if more.faults or not _draw(more.frontier, asked) else 0


def _aim(by: str) -> tuple[Aim | None, list[Diagnostic]]:
    try:
        return Aim(by), []
    except ValueError:
        return None, [error("option.by", f"“{by}” is nothing to choose by; there are {' and '.join(Aim)}.", "--by")]  # fmt: skip


def _unanswerable(portfolio: Portfolio, asked: Asked) -> list[Diagnostic]:
    """Questions that this portfolio has no answer to."""
    found = []
    if (asked.frontier or asked.svg) and not has_money(portfolio):
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


def _more(case: Case, asked: Asked) -> _More:
    made = _More()
    try:
        if asked.frontier or asked.svg:
            made.frontier = frontier(case)
        if asked.worth:
            made.worths = worths(case, step=Fraction(str(asked.step)) / 100)
        if asked.stability:
            made.stability = _stability(case, asked)
    except OutOfTime:
        made.faults = (out_of_time(case.seconds),)
    return made


def _stability(case: Case, asked: Asked) -> Stability:
    with Watch() as watch:
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
