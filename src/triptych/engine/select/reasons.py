"""Why a project is left out, and what would have to give way for it."""

from dataclasses import dataclass

import numpy as np

from triptych.engine.forecast.words import money
from triptych.plan.portfolio import Bond
from triptych.plan.tables import I64, Flags

from .answer import LeftOut, Shortage, Swap
from .case import Case
from .exact import Best, OutOfTime
from .model import Kind, Row
from .words import gained, names, people, sentence, spelled, when

_LIMITS = (Kind.BUDGET, Kind.ROLE)
_UNKNOWN = "the time was up before a way to run it was found"


@dataclass(frozen=True, slots=True, eq=False)
class _Attempt:
    """A column of a project that is left out, and the rows that break if it is taken besides."""

    column: int
    broken: I64
    #: By how much of their limits, all rows together: the least is the nearest to fitting.
    excess: float


@dataclass(frozen=True, slots=True, eq=False)
class Reasons:
    """What was chosen of a case, what is free beside it, and how many seconds may be thought about each project that is
    left out."""

    case: Case
    chosen: Best
    seconds: float

    def left_out(self, candidate: int) -> LeftOut:
        """Why a candidate does not run."""
        model, nearest = self.case.model, self._nearest(candidate)
        short = tuple(self._short(nearest, row) for row in nearest.broken.tolist() if self._row(row).kind in _LIMITS)  # fmt: skip
        who, start = model.portfolio.candidates[candidate], int(model.start[nearest.column])
        try:
            swap, known = self._swap(candidate), True
        except OutOfTime:
            swap, known = None, False
        way = self._way_in(swap, alone=not len(nearest.broken)) if known else _UNKNOWN
        told = f"{sentence(f'“{who.name}”{self._why(candidate, nearest)}')} {sentence(way)}"
        return LeftOut(who, start, short, swap, ruled_out=known and swap is None, sentence=told)

    def _row(self, at: int) -> Row:
        return self.case.model.rows[at]

    def _nearest(self, candidate: int) -> _Attempt:
        """The start at which the least is missing, of those at which it adds something if there are any: the fewest
        demands, then the least of them."""
        columns = self.case.model.columns_of(candidate)
        worth = columns[self.case.model.gain(self.case.aim)[columns] > 0]
        found = [self._attempt(each) for each in (worth if len(worth) else columns).tolist()]
        return min(found, key=lambda each: (len(self._kinds(each.broken)), each.excess, each.column))

    def _kinds(self, rows: I64) -> set[tuple[Kind, int]]:
        return {(self._row(each).kind, self._row(each).of) for each in rows.tolist()}

    def _attempt(self, column: int) -> _Attempt:
        model = self.case.model
        used = model.used(self.chosen.taken) + model.matrix[:, column]
        broken = np.flatnonzero(used > model.most)
        over = (used[broken] - model.most[broken]) / np.maximum(model.most[broken], 1)
        return _Attempt(column, broken, float(over.sum()))

    def _short(self, attempt: _Attempt, row: int) -> Shortage:
        model, about = self.case.model, self._row(row)
        free = about.most - int(model.used(self.chosen.taken)[row])
        name = model.portfolio.budgets[about.of].name if about.kind is Kind.BUDGET else list(model.portfolio.capacity)[about.of]  # fmt: skip
        return Shortage(about.kind, name, about.period, int(about.amounts[attempt.column]), free)

    def _why(self, candidate: int, attempt: _Attempt) -> str:
        """The end of a sentence that begins with the project's name."""
        if not len(attempt.broken):
            return self._not_worth(attempt.column)
        worst: dict[tuple[Kind, int], int] = {}
        for row in attempt.broken.tolist():  # of several periods of a role the first with the most missing
            about, short = self._row(row), self._lack(row, attempt)
            key = about.kind, about.of
            if key not in worst or short > self._lack(worst[key], attempt):
                worst[key] = row
        several = {key: sum((self._row(each).kind, self._row(each).of) == key for each in attempt.broken.tolist()) for key in worst}  # fmt: skip
        told = [self._words(candidate, attempt, row, several[key]) for key, row in worst.items()]
        return f"{self._started(candidate, attempt)}{', and '.join(told)}"

    def _lack(self, row: int, attempt: _Attempt) -> int:
        return int(self.case.model.used(self.chosen.taken)[row] + self._row(row).amounts[attempt.column] - self._row(row).most)  # fmt: skip

    def _started(self, candidate: int, attempt: _Attempt) -> str:
        model = self.case.model
        if len(model.columns_of(candidate)) == 1:
            return " "
        return f", even if it starts in {model.portfolio.timeline.name(int(model.start[attempt.column]))}, "

    def _not_worth(self, column: int) -> str:
        """It would fit, and nobody wants it."""
        case, worth = self.case, int(self.case.model.gain(self.case.aim)[column])
        if worth <= 0:
            return f" would fit, and adds no {case.aim.words}"
        more = gained(case.model.portfolio, case.aim, worth)
        return f" would fit with {more} more {case.aim.words}: the time was up before that was found"

    def _words(self, candidate: int, attempt: _Attempt, row: int, periods: int) -> str:
        about, portfolio = self._row(row), self.case.model.portfolio
        if about.kind is Kind.BUDGET:
            short = self._short(attempt, row)
            budget, sign = portfolio.budgets[about.of], portfolio.currency
            left = "nothing" if short.free == 0 else money(short.free, sign)
            return f"costs {money(short.needs, sign)} {when(budget)}, where {left} is left"
        if about.kind is Kind.ROLE:
            return self._of_role(attempt, row, periods)
        if about.kind is Kind.GROUP:
            return self._of_group(candidate, row)
        return self._of_dependency(about)

    def _of_role(self, attempt: _Attempt, row: int, periods: int) -> str:
        about, portfolio = self._row(row), self.case.model.portfolio
        short = self._short(attempt, row)
        free = {0: "none is", 100: "1 is"}.get(short.free, f"{spelled(short.free)} are")
        later = f" (and too few in {periods - 1} more {portfolio.timeline.unit}{'s' if periods > 2 else ''})" if periods > 1 else ""  # fmt: skip
        if about.amounts[attempt.column] > about.most:
            there = {0: "there is none", 100: "there is only 1"}.get(
                about.most, f"there are only {spelled(about.most)}"
            )
            return f"needs {people(short.needs, short.name)} in {portfolio.timeline.name(about.period)}, and {there}{later}"  # fmt: skip
        return f"needs {people(short.needs, short.name)} in {portfolio.timeline.name(about.period)}, where {free} free{later}"  # fmt: skip

    def _of_group(self, candidate: int, row: int) -> str:
        model = self.case.model
        group = model.portfolio.groups[self._row(row).of]
        running = self.case.chosen(self.chosen.taken)
        mine = {at for at, each in enumerate(model.portfolio.candidates) if each.name in group.members}
        others = self.case.names((running & mine) - {candidate})
        if not others:
            return f"is of “{group.name}”, of which none may run"
        return f"gives way to {names(others)}: only {group.most} of “{group.name}” may run"

    def _of_dependency(self, about: Row) -> str:
        portfolio = self.case.model.portfolio
        bond = portfolio.dependencies[about.of]
        running = self.case.names(self.case.chosen(self.chosen.taken))
        if bond.on not in running:
            return f"needs “{bond.on}”, which is left out"
        words = {Bond.FINISHED: "has not finished", Bond.STARTED: "has not started"}[bond.bond]
        return f"needs “{bond.on}”, which {words} by then"

    def _swap(self, candidate: int) -> Swap | None:
        """What would let it in; None where nothing does. Raises OutOfTime."""
        chosen = self.chosen.taken
        other = self.case.with_candidate(candidate, chosen, self.seconds)
        if other is None:
            return None
        before, after = self.case.chosen(chosen), self.case.chosen(other.taken)
        starts = self._starts(chosen), self._starts(other.taken)
        return Swap(
            goes=self.case.names(before - after),
            comes=self.case.names(after - before - {candidate}),
            moves=self.case.names({each for each in before & after if starts[0][each] != starts[1][each]}),
            loss=self.chosen.gain - other.gain,
            proved=other.proved,
        )

    def _starts(self, taken: Flags) -> dict[int, int]:
        model = self.case.model
        return dict(zip(model.candidate[taken].tolist(), model.start[taken].tolist(), strict=True))

    def _way_in(self, swap: Swap | None, *, alone: bool) -> str:
        """What would have to give way, in a sentence."""
        if swap is None:
            return "there is no choice with it at all"
        if alone:
            return "it could run all the same"
        portfolio = self.case.model.portfolio
        least = "" if swap.proved else "at most "
        less = f"{least}{gained(portfolio, self.case.aim, swap.loss)} less" if swap.loss else "just as much"
        ways = [f"without {names(swap.goes)}"] if swap.goes else []
        ways += [f"with {names(swap.comes)} too"] if swap.comes else []
        ways += [f"with {names(swap.moves)} at another time"] if swap.moves and not swap.goes else []
        return f"it could run {', '.join(ways) or 'as well'}: {less} {self.case.aim.words} in all"
