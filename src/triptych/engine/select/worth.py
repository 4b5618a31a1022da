"""What a little more of each limit would buy: solved anew, for what one more buys is no price that could be read off
the choice."""

from dataclasses import dataclass
from fractions import Fraction

from triptych.engine.forecast.words import money
from triptych.plan.tables import I64

from .case import Case
from .exact import Best, OutOfTime
from .model import Kind
from .words import gained, names, people, sentence, when

#: One person.
_ONE = 100


@dataclass(frozen=True, slots=True)
class Worth:
    """With `more` of a limit (hundredths; of a role, in every period) the best choice gains so much more, and other
    projects run; it is not `known` where the time was up before. An empty `name` is every budget together."""

    kind: Kind
    name: str
    more: int
    gain: int
    comes: tuple[str, ...]
    goes: tuple[str, ...]
    sentence: str
    known: bool = True


def worths(case: Case, *, step: Fraction = Fraction(1, 10)) -> tuple[Worth, ...]:
    """What each budget is worth if it grows by `step` of itself, all of them together, and one more person of each
    role: what buys most first. Raises OutOfTime where there is nothing to begin from, ValueError for a portfolio
    without any choice."""
    now = case.best()
    if now is None:
        raise ValueError("there is no choice to begin from")
    found = [_worth(case, now, each, step) for each in _limits(case)]
    budgets = [row for row, each in enumerate(case.model.rows) if each.kind is Kind.BUDGET]
    if len(budgets) > 1:
        found.append(_worth(case, now, budgets, step, every=True))
    return tuple(sorted(found, key=lambda each: -each.gain))


def _limits(case: Case) -> list[list[int]]:
    """The rows of each budget and each role."""
    rows: dict[tuple[Kind, int], list[int]] = {}
    for at, each in enumerate(case.model.rows):
        if each.kind in (Kind.BUDGET, Kind.ROLE):
            rows.setdefault((each.kind, each.of), []).append(at)
    return list(rows.values())


def _worth(case: Case, now: Best, rows: list[int], step: Fraction, *, every: bool = False) -> Worth:
    most = case.model.most.copy()
    kind, of = case.model.rows[rows[0]].kind, case.model.rows[rows[0]].of
    more = _more(case, rows, step)
    most[rows] += more
    portfolio = case.model.portfolio
    name = (
        "" if every else portfolio.budgets[of].name if kind is Kind.BUDGET else list(portfolio.capacity)[of]
    )
    amount = int(more.sum()) if kind is Kind.BUDGET else _ONE
    what = _what(case, kind, of, amount, every=every)
    try:
        then = case.best(most=most, then=[case.sameness(now.taken)]) or now
    except OutOfTime:
        told = sentence(f"{what}: the time was up before it was found what that would buy")
        return Worth(kind, name, amount, 0, (), (), told, known=False)
    before, after = case.chosen(now.taken), case.chosen(then.taken)
    comes, goes = case.names(after - before), case.names(before - after)
    told = _sentence(case, what, then.gain - now.gain, comes, goes)
    return Worth(kind, name, amount, then.gain - now.gain, comes, goes, told)


def _more(case: Case, rows: list[int], step: Fraction) -> I64:
    """By row."""
    most = case.model.most[rows]
    if case.model.rows[rows[0]].kind is Kind.ROLE:
        return most * 0 + _ONE
    return most * step.numerator // step.denominator


def _what(case: Case, kind: Kind, of: int, amount: int, *, every: bool) -> str:
    portfolio = case.model.portfolio
    if kind is Kind.ROLE:
        return f"{people(amount, list(portfolio.capacity)[of])} more, all the time"
    where = "over all budgets" if every else when(portfolio.budgets[of])
    return f"{money(amount, portfolio.currency)} more {where}"


def _sentence(case: Case, what: str, gain: int, comes: tuple[str, ...], goes: tuple[str, ...]) -> str:
    if gain <= 0:
        return sentence(f"{what} would buy nothing")
    ways = [f"“{comes[0]}” could run" if len(comes) == 1 else f"{names(comes)} could run"] if comes else []
    ways += [f"{'without' if comes else 'it could run without'} {names(goes)}"] if goes else []
    how = f": {' '.join(ways)}" if ways else ": the same projects, sooner"
    return sentence(f"{what} would buy {gained(case.model.portfolio, case.aim, gain)}{how}")
