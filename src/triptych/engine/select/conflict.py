"""Why no choice keeps all demands: a few that cannot hold together, and what would let them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from triptych.engine.forecast.words import money
from triptych.plan import Diagnostic
from triptych.plan.diagnostics import error
from triptych.plan.tables import I64

from .case import Case
from .exact import Best, best
from .model import Kind, Row
from .solver import NO_LIMIT, Problem
from .words import names, people, sentence, when

_LIMITS = (Kind.BUDGET, Kind.ROLE)


def conflicts(case: Case) -> tuple[Diagnostic, ...]:
    """What cannot hold, where no choice is possible: each budget and role that alone is too little for what must run,
    or else the fewest demands that were found to contradict each other: none of them could be left out."""
    free = case.without_limits(*_LIMITS)
    if _possible(case, free) is None:
        return (_together(case, free),)
    alone = tuple(_too_little(case, free))
    return alone or (_together(case, case.model.most),)


def _possible(case: Case, most: I64, least: I64 | None = None) -> Best | None:
    """Any choice within these limits."""
    model = case.model
    nothing = np.zeros(len(model.start), np.int64)
    least = model.least if least is None else least
    return best(Problem(model.matrix, least, most, nothing), (), case.solver, seconds=case.seconds)


def _too_little(case: Case, free: I64) -> Iterator[Diagnostic]:
    """Each limit that what must run exceeds at its least, wherever it starts."""
    model = case.model
    for at, row in enumerate(model.rows):
        if row.kind in _LIMITS:
            problem = Problem(model.matrix, model.least, free, -model.matrix[at])
            found = best(problem, (), case.solver, seconds=case.seconds)
            if found is not None and -found.gain > row.most:
                forced = case.chosen(found.taken & (model.matrix[at] > 0))
                yield _short(case, row, case.names(forced), -found.gain)


def _short(case: Case, row: Row, told: tuple[str, ...], needed: int) -> Diagnostic:
    portfolio, missing = case.model.portfolio, needed - row.most
    one = len(told) == 1
    whose = f"{names(told)} cannot be left out and"
    way = f"widen when {'it' if one else 'they'} may start, or let {'it' if one else 'one'} be left out"
    if row.kind is Kind.BUDGET:
        budget, sign = portfolio.budgets[row.of], portfolio.currency
        cost = f"{'costs' if one else 'cost'} {money(needed, sign)} {when(budget)} at the least"
        less = " less its reserve" if budget.reserve else ""
        there = f"the budget{less} is {money(row.most, sign)}: raise it by {money(missing, sign)}"
        return error(
            "select.budget-exceeded",
            sentence(f"{whose} {cost}, and {there}, {way}"),
            f"budget {budget.name}",
        )
    role, period = list(portfolio.capacity)[row.of], portfolio.timeline.name(row.period)
    need = f"{'needs' if one else 'need'} {people(needed, role)} in {period} at the least"
    there = f"there {'is' if row.most == 100 else 'are'} {people(row.most, role)}: find {people(missing, role)} more"
    return error(
        "select.role-exceeded", sentence(f"{whose} {need}, and {there}, {way}"), f"role “{role}”, {period}"
    )


@dataclass(frozen=True, slots=True)
class _Demand:
    """Rows that are one demand."""

    kind: Kind
    of: int
    rows: tuple[int, ...]


def _together(case: Case, most: I64) -> Diagnostic:
    """Demands that cannot all hold, though any of them could be left out: the others go one after another (a deletion
    filter; Chinneck & Dravnieks, 1991)."""
    least, most, kept, budgets = case.model.least.copy(), most.copy(), [], []
    for demand in _demands(case):
        rows = list(demand.rows)
        before = most[rows], least[rows]
        if demand.kind is not Kind.CANDIDATE:  # that each starts once is no demand
            most[rows] = NO_LIMIT
        least[rows] = -NO_LIMIT
        if _possible(case, most, least) is not None:
            most[rows], least[rows] = before
            kept.append(_demanded(case, demand))
            budgets += rows if demand.kind is Kind.BUDGET else []
    short = _missing_in_all(case, budgets)
    return error(
        "select.conflict",
        f"No choice keeps all of these: {'; '.join(kept)}.{short} Give one of them up, or widen when projects may start.",
        "candidates",
        demands=kept,
    )


def _missing_in_all(case: Case, budgets: list[int]) -> str:
    """By how much what must run costs more, at its least and wherever it starts, than these budgets (rows) hold together;
    empty where they would hold it at another time."""
    model = case.model
    held = sorted(
        (each.first, each.last) for each in (model.portfolio.budgets[model.rows[at].of] for at in budgets)
    )
    if not held or any(after[0] <= before[1] for before, after in pairwise(held)):  # some would count twice
        return ""
    cost = model.matrix[budgets].sum(axis=0)
    problem = Problem(model.matrix, model.least, case.without_limits(*_LIMITS), -cost)
    found = best(problem, (), case.solver, seconds=case.seconds)
    missing = 0 if found is None else -found.gain - int(model.most[budgets].sum())
    if missing <= 0:
        return ""
    return f" In all, at least {money(missing, model.portfolio.currency)} are missing."


def _demands(case: Case) -> list[_Demand]:
    """All that might be given up: limits, of roles each period, then groups and dependencies, and last what must run."""
    order = (Kind.ROLE, Kind.BUDGET, Kind.GROUP, Kind.DEPENDENCY, Kind.CANDIDATE)
    rows: dict[tuple[Kind, int, int], list[int]] = {}
    for at, row in enumerate(case.model.rows):
        if row.kind is not Kind.CANDIDATE or row.least > 0:
            rows.setdefault((row.kind, row.of, row.period if row.kind is Kind.ROLE else -1), []).append(at)
    found = [_Demand(kind, of, tuple(those)) for (kind, of, _), those in rows.items()]
    return sorted(found, key=lambda each: order.index(each.kind))


def _demanded(case: Case, demand: _Demand) -> str:
    portfolio, kind, of = case.model.portfolio, demand.kind, demand.of
    if kind is Kind.CANDIDATE:
        return f"“{portfolio.candidates[of].name}” must run"
    if kind is Kind.BUDGET:
        budget = portfolio.budgets[of]
        return f"{money(budget.planned, portfolio.currency)} {when(budget)}"
    if kind is Kind.ROLE:
        row = case.model.rows[demand.rows[0]]
        return f"{people(row.most, list(portfolio.capacity)[of])} in {portfolio.timeline.name(row.period)}"
    if kind is Kind.GROUP:
        group = portfolio.groups[of]
        return f"the group “{group.name}” of {names(group.members)}"
    dependency = portfolio.dependencies[of]
    words = {"runs": "runs", "started": "has started", "finished": "has finished"}[dependency.bond]
    return f"“{dependency.project}” only if “{dependency.on}” {words}"
