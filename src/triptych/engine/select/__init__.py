"""Portfolio choice: which projects to run under budgets by year and people by role, and when each starts.

`choose` finds the choice with the most value or strategic weight and proves that none has more (integer programming:
a column for each project and start, a row for each demand; Markowitz, 1952, for choosing under a limit, Lorie & Savage,
1955, for choosing projects). `frontier` tells what each amount of money buys, `worth` what a little more of one limit
does, `stability` what becomes of the choice when the estimates are wrong.
"""

from collections.abc import Callable

from triptych.plan import Diagnostic
from triptych.plan.diagnostics import error
from triptych.plan.portfolio import Portfolio

from .answer import Choice, LeftOut, Run, Shortage, Swap, Use
from .case import Case
from .conflict import conflicts
from .exact import Best, OutOfTime
from .faults import doubts, faults
from .highs import Highs
from .model import Aim, Kind, Model, within
from .reasons import Reasons
from .solver import Solver

__all__ = [
    "SECONDS", "Aim", "Choice", "Kind", "LeftOut", "OutOfTime", "Run", "Shortage", "Swap", "Use", "case_of", "choose", "out_of_time",
]  # fmt: skip

#: How long each question to the solver may take.
SECONDS = 60.0
#: Projects that are left out may be thought about for as long together, and none longer than its part of so many. Each is
#: asked about twice.
_AT_LEAST, _TWICE = 10, 2


def case_of(
    portfolio: Portfolio, aim: Aim = Aim.VALUE, *, solver: Solver | None = None, seconds: float = SECONDS
) -> Case:
    """The question that a portfolio is. Raises ValueError for one with `faults`."""
    found = faults(portfolio)
    if found:
        raise ValueError("; ".join(each.message for each in found))
    return Case(Model.of(portfolio), aim, solver or Highs(), seconds)


def choose(
    portfolio: Portfolio, aim: Aim = Aim.VALUE, *, solver: Solver | None = None, seconds: float = SECONDS, reasons: bool = True,
    known: Callable[[], None] = lambda: None,
) -> Choice | tuple[Diagnostic, ...]:  # fmt: skip
    """The best choice, and with `reasons` why the others are left out. Each question to the solver may take so many
    `seconds`: the choice is one, why a project is left out another. `known` hears when the choice is, before why.

    Of choices that are worth as much the cheapest counts, of those the one that starts soonest; the order of the
    candidates decides nothing. Where there is no choice, why not instead: what is wrong with the portfolio, or which
    demands cannot hold together.
    """
    found = (*faults(portfolio), *_weightless(portfolio, aim))
    if found:
        return found
    case = case_of(portfolio, aim, solver=solver, seconds=seconds)
    try:
        best = case.best()
        if best is None:
            return conflicts(case)
    except OutOfTime:
        return (out_of_time(seconds),)
    known()
    return _choice(case, best, reasons=reasons)


def _weightless(portfolio: Portfolio, aim: Aim) -> tuple[Diagnostic, ...]:
    """That there is nothing to go by: every choice would be as good."""
    if aim is not Aim.WEIGHT or not portfolio.candidates or any(each.weight for each in portfolio.candidates):
        return ()
    message = "No candidate has any points to weigh by. State [criteria], and scores of the candidates."
    return (error("select.no-weight", message),)


def out_of_time(seconds: float) -> Diagnostic:
    """That nothing can be said yet."""
    return error(
        "select.out-of-time",
        f"No choice was found in {seconds:g} seconds, nor that there is none. Allow more.",
    )


def _choice(case: Case, best: Best, *, reasons: bool) -> Choice:
    portfolio, running = case.model.portfolio, case.chosen(best.taken)
    rest = [each for each in range(len(portfolio.candidates)) if each not in running]
    why = Reasons(case, best, case.seconds / _TWICE / max(_AT_LEAST, len(rest)))
    left_out = tuple(why.left_out(each) for each in rest) if reasons else ()
    return Choice(
        portfolio=portfolio,
        aim=case.aim,
        runs=tuple(_runs(case, best)),
        left_out=left_out,
        uses=tuple(_uses(case, best, left_out)),
        gain=best.gain,
        bound=best.bound,
        diagnostics=doubts(portfolio),
    )


def _runs(case: Case, best: Best) -> list[Run]:
    """What runs, the first to start first."""
    model = case.model
    found = []
    for column in best.taken.nonzero()[0].tolist():
        who, start = model.portfolio.candidates[int(model.candidate[column])], int(model.start[column])
        found.append(
            Run(who, start, start + who.lasts - 1, int(model.value[column]), int(model.cost[column]))
        )
    return sorted(found, key=lambda each: (each.start, each.finish, each.candidate.name))


def _uses(case: Case, best: Best, left_out: tuple[LeftOut, ...]) -> list[Use]:
    """Every budget, and every role in every period."""
    portfolio, runs = case.model.portfolio, _runs(case, best)
    found = [
        (Kind.BUDGET, each.name, -1, sum(within(one.candidate.cost, one.start, each.first, each.last) for one in runs), each.planned)
        for each in portfolio.budgets
    ] + [
        (Kind.ROLE, role, period, sum(within(one.candidate.need.get(role, ()), one.start, period, period) for one in runs), there)
        for role, people in portfolio.capacity.items()
        for period, there in enumerate(people)
    ]  # fmt: skip
    lacking: dict[tuple[Kind, str, int], list[str]] = {}
    for each in left_out:
        for short in each.short:
            lacking.setdefault((short.kind, short.name, short.period), []).append(each.candidate.name)
    return [Use(kind, name, period, used, limit, tuple(lacking.get((kind, name, period), ()))) for kind, name, period, used, limit in found]  # fmt: skip
