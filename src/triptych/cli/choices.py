"""Choices on the command line: in sentences and tables of 80 columns, and as objects for programs."""

import re
import textwrap
from collections.abc import Iterable, Sequence
from typing import Any

from triptych.engine.forecast.words import money
from triptych.engine.select import Choice, Kind, LeftOut, Run, Use
from triptych.engine.select.frontier import Frontier, Point
from triptych.engine.select.stability import Stability
from triptych.engine.select.words import gained, names, percent, sentence, spelled
from triptych.engine.select.worth import Worth
from triptych.plan import Diagnostic

from .table import Column, print_table, width_of

_WIDTH = 80
_KEEP = "\N{NO-BREAK SPACE}"
#: About so many points of a frontier are printed.
_ROWS = 20
#: Columns that names take up in a cell of a table.
_CELL = 22
#: Marks what a project that is left out would need more of.
_MARK = "*"


def print_choice(found: Choice) -> None:
    """The answer, what runs when, what is left out and why, and how much of everything is used."""
    _say(found.sentences(), indent="")
    portfolio, name = found.portfolio, found.portfolio.timeline.name
    weighed = any(each.weight for each in portfolio.candidates)
    columns = [Column("Project", cut=True), Column("From"), Column("To"), Column("Value", right=True)]
    columns += [Column("Weight", right=True)] if weighed else []
    rows = [
        (
            each.candidate.name, name(each.start), name(each.finish), money(each.value, portfolio.currency),
            *([f"{each.candidate.weight / 100:.2f}"] if weighed else []), money(each.cost, portfolio.currency),
        )
        for each in found.runs
    ]  # fmt: skip
    print()
    print_table([*columns, Column("Cost", right=True)], rows, [False] * len(rows))
    if found.left_out:
        print("\nLeft out:")
        _say([each.sentence for each in found.left_out])
    _print_money(found)
    _print_people(found)


def _say(told: Iterable[str], indent: str = "  ") -> None:
    """Wrapped, and no number parted from its sign or word."""
    for each in told:
        kept = re.sub(r" (?=\d)", _KEEP, each)
        lines = textwrap.fill(
            kept, _WIDTH, initial_indent=indent, subsequent_indent=2 * indent, break_on_hyphens=False
        )
        print(lines.replace(_KEEP, " "))


def _few(told: Sequence[str]) -> str:
    """As many names as have room in a cell, the first in any case, and how many more."""
    shown = list(told[:1])
    for name in told[1:]:
        if width_of(", ".join([*shown, name])) > _CELL:
            break
        shown.append(name)
    more = f" +{len(told) - len(shown)}" if len(told) > len(shown) else ""
    return f"{', '.join(shown)}{more}"


def _print_money(found: Choice) -> None:
    uses = [each for each in found.uses if each.kind is Kind.BUDGET]
    if not uses:
        return
    sign, held = found.portfolio.currency, [each.reserve for each in found.portfolio.budgets]
    headings = ("Used", "To plan with", "Left", "Held back") if any(held) else ("Used", "Budget", "Left")
    columns = (Column("Money"), *(Column(each, right=True) for each in headings), Column("Too little for", cut=True))  # fmt: skip
    rows = []
    for each, reserve in zip(uses, held, strict=True):
        amounts = (each.used, each.limit, each.limit - each.used, reserve)[: len(headings)]
        rows.append((each.name, *(money(amount, sign) for amount in amounts), _few(each.keeps_out)))
    print()
    print_table(columns, rows, [each.full for each in uses])


def _print_people(found: Choice) -> None:
    """How many of each role are busy, of how many, by period: as many periods abreast as fit."""
    portfolio = found.portfolio
    roles = [
        role for role in portfolio.capacity if any(each.name == role and each.used for each in found.uses)
    ]
    roles += [role for role in portfolio.capacity if role not in roles and any(each.name == role and each.keeps_out for each in found.uses)]  # fmt: skip
    if not roles:
        return
    cells = {(each.name, each.period): _busy(each) for each in found.uses if each.kind is Kind.ROLE}
    widest = max(map(width_of, [*cells.values(), portfolio.timeline.name(0)]))
    abreast = max(1, (_WIDTH - max(map(width_of, [*roles, "Busy"]))) // (widest + 2))
    for first in range(0, portfolio.timeline.count, abreast):
        periods = range(first, min(first + abreast, portfolio.timeline.count))
        columns = [Column("Busy"), *(Column(portfolio.timeline.name(each), right=True) for each in periods)]
        print()
        print_table(columns, [(role, *(cells[role, each] for each in periods)) for role in roles], [False] * len(roles))  # fmt: skip
    if any(cell.startswith(_MARK) for cell in cells.values()):
        print(f"{_MARK} what a project that is left out needs more of")


def _busy(use: Use) -> str:
    return f"{_MARK if use.keeps_out else ''}{spelled(use.used)}/{spelled(use.limit)}"


def print_frontier(found: Frontier) -> None:
    """What each amount of money buys, in steps of a twentieth of all of it."""
    sign, here = found.portfolio.currency, found.today
    print("\nWhat money buys (all budgets together, in today’s proportions):")
    _say(found.sentences())
    columns = (Column("Money", right=True), Column("Buys", right=True), Column("Comes", cut=True), Column("Goes", cut=True))  # fmt: skip
    before: tuple[str, ...] = ()
    rows, shown = [], _thinned(found)
    for each in shown:
        comes = [name for name in each.runs if name not in before]
        goes = [name for name in before if name not in each.runs]
        rows.append((money(each.money, sign), gained(found.portfolio, found.aim, each.gain), _few(comes), _few(goes)))  # fmt: skip
        before = each.runs
    print()
    print_table(columns, rows, [each is here for each in shown])
    if not found.whole:
        print("The time was up before it was found what less money buys.")
    if len(shown) < len(found.points):
        print(f"--json and --svg tell all {len(found.points)} steps.")


def _thinned(found: Frontier) -> list[Point]:
    """The last point of each twentieth of the money, and today's."""
    most = max((each.money for each in found.points), default=0) or 1
    last = {_ROWS * each.money // most: each for each in found.points}
    return [each for each in found.points if each is found.today or each in last.values()]


def print_worths(told: Sequence[Worth]) -> None:
    """What a little more of each limit would buy."""
    print("\nWhat a little more would buy:")
    _say(each.sentence for each in told if each.gain > 0 or not each.known)
    nothing = [each.name for each in told if each.known and each.gain <= 0 and each.name]
    together = any(each.known and each.gain <= 0 and not each.name for each in told)
    if nothing:
        nor = ", nor would more over all budgets" if together else ""
        _say([sentence(f"more of {names(nothing, 'or', most=len(nothing))} alone would buy nothing{nor}")])
    elif together:
        _say(["More over all budgets would buy nothing."])


def print_stability(found: Stability) -> None:
    """Which projects are sure, torn and hopeless."""
    print("\nIf the estimates are wrong:")
    _say(found.sentences())
    columns = (Column("Project", cut=True), Column("Chosen", right=True), Column("Today"), Column("Verdict"))
    rows = [(each.name, percent(each.share), "runs" if each.today else "", each.verdict.value) for each in found.standings]  # fmt: skip
    print()
    print_table(columns, rows, [each.today for each in found.standings])
    unproved = found.draws - found.impossible - found.proved
    print(
        f"\nChosen anew {found.draws:,} times with seed {found.seed}{f', {unproved} of them without a proof' if unproved else ''}."
    )


def as_object(
    choice: Choice, curve: Frontier | None, told: Sequence[Worth], stable: Stability | None, found: Iterable[Diagnostic]
) -> dict[str, Any]:  # fmt: skip
    """Everything, money in whole units of the currency."""
    return {
        "by": choice.aim.value,
        "value": choice.value / 100,
        "weight": choice.weight / 100,
        "cost": choice.cost / 100,
        "bound": choice.bound / 100,
        "proved": choice.proved,
        "sentences": choice.sentences(),
        "runs": [_run(choice, each) for each in choice.runs],
        "left_out": [_left_out(choice, each) for each in choice.left_out],
        "uses": [_use(choice, each) for each in choice.uses],
        **({"frontier": _frontier(curve)} if curve is not None else {}),
        **({"worth": [_worth(each) for each in told]} if told else {}),
        **({"stability": _stability(stable)} if stable is not None else {}),
        "diagnostics": [each.as_json() for each in found],
    }


def _run(choice: Choice, run: Run) -> dict[str, Any]:
    name = choice.portfolio.timeline.name
    return {
        "name": run.candidate.name, "from": name(run.start), "to": name(run.finish), "value": run.value / 100,
        "weight": run.candidate.weight / 100, "cost": run.cost / 100,
    }  # fmt: skip


def _left_out(choice: Choice, left: LeftOut) -> dict[str, Any]:
    name = choice.portfolio.timeline.name
    short = [
        {"kind": each.kind.name.lower(), "name": each.name, **({"period": name(each.period)} if each.period >= 0 else {}),
         "needs": each.needs / 100, "free": each.free / 100}
        for each in left.short
    ]  # fmt: skip
    swap = left.swap
    return {
        "name": left.candidate.name,
        "from": name(left.start),
        "short": short,
        "swap": swap and {"goes": swap.goes, "comes": swap.comes, "moves": swap.moves, "loss": swap.loss / 100, "proved": swap.proved},
        "ruled_out": left.ruled_out,
        "sentence": left.sentence,
    }  # fmt: skip


def _use(choice: Choice, use: Use) -> dict[str, Any]:
    period = {"period": choice.portfolio.timeline.name(use.period)} if use.period >= 0 else {}
    return {
        "kind": use.kind.name.lower(), "name": use.name, **period, "used": use.used / 100, "limit": use.limit / 100,
        "keeps_out": use.keeps_out,
    }  # fmt: skip


def _frontier(found: Frontier) -> dict[str, Any]:
    return {
        "sentences": found.sentences(),
        "points": [_point(each) for each in found.points],
        "whole": found.whole,
    }


def _point(point: Point) -> dict[str, Any]:
    return {
        "money": point.money / 100, "share": float(point.share), "gain": point.gain / 100, "runs": point.runs,
        "comes": point.comes, "goes": point.goes, "proved": point.proved,
    }  # fmt: skip


def _worth(worth: Worth) -> dict[str, Any]:
    return {
        "kind": worth.kind.name.lower(), "name": worth.name, "more": worth.more / 100, "gain": worth.gain / 100,
        "comes": worth.comes, "goes": worth.goes, "sentence": worth.sentence, "known": worth.known,
    }  # fmt: skip


def _stability(found: Stability) -> dict[str, Any]:
    return {
        "draws": found.draws,
        "seed": found.seed,
        "kept": found.kept,
        "impossible": found.impossible,
        "proved": found.proved,
        "breaks": dict(found.breaks),
        "mean_regret": float(found.regret.mean()) / 100 if len(found.regret) else None,
        "projects": [{"name": each.name, "share": each.share, "today": each.today, "verdict": each.verdict.value} for each in found.standings],
        "sentences": found.sentences(),
    }  # fmt: skip
