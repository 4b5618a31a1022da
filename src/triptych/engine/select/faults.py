"""What is wrong with a portfolio before anything is solved: all of it at once."""

from collections import Counter
from collections.abc import Iterator

from triptych.plan import Diagnostic
from triptych.plan.amounts import MOST_MONEY
from triptych.plan.diagnostics import error, warning
from triptych.plan.portfolio import Bond, Candidate, Portfolio
from triptych.plan.spelling import meant

from .words import names

#: Columns for the solver; more are no list that somebody chooses from.
_MOST_STARTS = 20_000


def faults(portfolio: Portfolio) -> tuple[Diagnostic, ...]:
    """Why nothing can be chosen from it."""
    return (
        *_of_names(portfolio),
        *(fault for each in portfolio.candidates for fault in _of_candidate(portfolio, each)),
        *_of_limits(portfolio),
        *_of_groups(portfolio),
        *_of_dependencies(portfolio),
    )


def doubts(portfolio: Portfolio) -> tuple[Diagnostic, ...]:
    """What may be meant, and had better be looked at."""
    return (
        *_unlimited_years(portfolio),
        *(each for one in portfolio.candidates for each in _beyond(portfolio, one)),
    )


def _place(candidate: Candidate) -> str:
    return f"candidate “{candidate.name}”"


def _of_names(portfolio: Portfolio) -> Iterator[Diagnostic]:
    if not portfolio.candidates:
        yield error("select.no-candidates", "There is nothing to choose from. Name candidates.")
    for name, times in Counter(each.name for each in portfolio.candidates).items():
        if times > 1:
            yield error(
                "select.same-name", f"{times} candidates are called “{name}”. Give each its own name.", f"candidate “{name}”"
            )  # fmt: skip
    if sum(max(0, each.latest - each.earliest + 1) for each in portfolio.candidates) > _MOST_STARTS:
        yield error("select.too-large", f"There are more than {_MOST_STARTS:,} starts to choose from. Narrow the windows.")  # fmt: skip


def _of_candidate(portfolio: Portfolio, each: Candidate) -> Iterator[Diagnostic]:
    place = _place(each)
    if each.latest < each.earliest:
        yield error("select.window", "Its latest start is before its earliest. Exchange them.", place)
    if each.lasts < 1:
        yield error("select.lasts", "It lasts less than one period. Say how many it lasts.", place)
    longest = max([len(each.cost), *(len(need) for need in each.need.values())])
    if longest > each.lasts >= 1:
        yield error("select.lasts", f"It lasts {each.lasts} periods, and costs or needs are stated for {longest}.", place)  # fmt: skip
    for role in each.need:
        if role not in portfolio.capacity:
            yield error("select.unknown-role", f"It needs “{role}”, and nothing says how many there are{meant(role, portfolio.capacity)}. {_roles(portfolio)}", place)  # fmt: skip
    amounts = [each.value, each.weight, each.cost_of_delay, *each.cost, *(one for need in each.need.values() for one in need)]  # fmt: skip
    if (
        min(
            [*each.cost, *(one for need in each.need.values() for one in need), each.cost_of_delay], default=0
        )
        < 0
    ):
        yield error("select.negative", "A cost or a need is below nothing. What a project brings in is its value.", place)  # fmt: skip
    if max(map(abs, amounts)) > MOST_MONEY:
        yield error("select.amount", "An amount is beyond a trillion. Check its zeros.", place)


def _roles(portfolio: Portfolio) -> str:
    if not portfolio.capacity:
        return "State the roles."
    return f"There are {', '.join(portfolio.capacity)}."


def _of_limits(portfolio: Portfolio) -> Iterator[Diagnostic]:
    for budget in portfolio.budgets:
        if not 0 <= budget.reserve <= max(0, budget.amount):
            yield error("select.reserve", "More is held back than there is.", f"budget {budget.name}")
        if not 0 <= budget.amount <= MOST_MONEY:
            yield error(
                "select.amount", "A budget lies between nothing and a trillion.", f"budget {budget.name}"
            )
    for role, people in portfolio.capacity.items():
        if min(people, default=0) < 0:
            yield error("select.negative", "There cannot be less than nobody.", f"role “{role}”")
        if len(people) != portfolio.timeline.count:
            yield error(
                "select.capacity", f"How many there are is stated for {len(people)} of {portfolio.timeline.count} periods.", f"role “{role}”"
            )  # fmt: skip


def _of_groups(portfolio: Portfolio) -> Iterator[Diagnostic]:
    known = {each.name for each in portfolio.candidates}
    for group in portfolio.groups:
        place = f"group “{group.name}”"
        unknown = [each for each in group.members if each not in known]
        if unknown:
            yield error(
                "select.unknown-candidate",
                f"There is no candidate {names(unknown, 'or')}{meant(unknown[0], known) if len(unknown) == 1 else ''}.",
                place,
            )
        if group.most is not None and group.most < group.least:
            yield error(
                "select.group", f"At least {group.least} and at most {group.most} cannot both be.", place
            )
        if group.least > len(group.members):
            yield error("select.group", f"At least {group.least} of {len(group.members)} cannot be.", place)


def _of_dependencies(portfolio: Portfolio) -> Iterator[Diagnostic]:
    known = {each.name for each in portfolio.candidates}
    for each in portfolio.dependencies:
        place = f"candidate “{each.project}”"
        for name in (each.project, each.on):
            if name not in known:
                yield error(
                    "select.unknown-candidate",
                    f"There is no candidate “{name}” to depend on{meant(name, known)}.",
                    place,
                )
        if each.project == each.on:
            yield error("select.circle", "It depends on itself. Take that out.", place)
    circle = _circle(portfolio)
    if circle:
        told = " → ".join(f"“{each}”" for each in circle)
        yield error("select.circle", f"Each of these waits for the next to finish or start: {told}. Take one out.", f"candidate “{circle[0]}”")  # fmt: skip


def _circle(portfolio: Portfolio) -> list[str]:
    """Names around a circle in which at least one waits for another to finish, if there is one."""
    waits: dict[str, list[str]] = {}
    for each in portfolio.dependencies:
        if each.bond is not Bond.RUNS and each.project != each.on:
            waits.setdefault(each.project, []).append(each.on)
    for each in portfolio.dependencies:
        if each.bond is Bond.FINISHED and each.project != each.on:
            way = _way(waits, each.on, each.project)
            if way:
                return [each.project, *way]
    return []


def _way(waits: dict[str, list[str]], start: str, goal: str) -> list[str]:
    """The names from one to another along what they wait for, or none."""
    ways, seen = [[start]], {start}
    for way in ways:  # grows as it is walked
        if way[-1] == goal:
            return way
        for name in waits.get(way[-1], ()):
            if name not in seen:
                seen.add(name)
                ways.append([*way, name])
    return []


def _unlimited_years(portfolio: Portfolio) -> Iterator[Diagnostic]:
    """Years without a budget among years with one: more likely forgotten than free."""
    limited = {each for one in portfolio.budgets for each in range(one.first, one.last + 1)}
    if not limited:
        return
    free = {portfolio.timeline.year(each) for each in range(portfolio.timeline.count) if each not in limited}
    if free:
        told = ", ".join(map(str, sorted(free)))
        yield warning("select.no-budget", f"There is no budget for {told}: nothing limits money there. State one, or 0.", "budget")  # fmt: skip


def _beyond(portfolio: Portfolio, each: Candidate) -> Iterator[Diagnostic]:
    over = each.latest + each.lasts - portfolio.timeline.count
    if over > 0 and each.latest > each.earliest:
        yield warning(
            "select.beyond",
            f"It may start so late that it goes on after {portfolio.timeline.name(portfolio.timeline.count - 1)}, where nothing limits it. "
            "Let it start sooner, or add periods.",
            _place(each),
        )  # fmt: skip
