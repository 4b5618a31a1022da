"""What `triptych level` prints of a proposal: for people, and as JSON."""

import shutil
import sys
import textwrap
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from triptych.engine.forecast.words import money
from triptych.engine.level import Busy, Figures, Left, Line, Proposal
from triptych.engine.ripple import Moved
from triptych.plan import Diagnostic, Plan, spell_instant
from triptych.plan.quantities import MINUTES_PER_DAY, moment
from triptych.plan.spelling import count, day_in_words, hours, in_words

from .table import Column, print_table

#: Where the output is no terminal, its lines are broken to this width.
_WIDTH = 80
#: So many rows of the table are told for each reason that is.
_ROWS = 4
_COLUMNS = (
    Column("WBS"),
    Column("Task", cut=True),
    Column("Today"),
    Column("Levelled"),
    Column("Waits for", cut=True),
)
_FIGURES = (Column(""), Column("Today"), Column("Levelled"))


def codes_of(plan: Plan) -> list[str]:
    """Every row as the options name it: by its WBS code, or as `uid:NUMBER` where that does not name it alone."""
    times = Counter(plan.tasks.wbs)
    pairs = zip(plan.tasks.wbs, plan.tasks.uid.tolist(), strict=True)
    return [wbs if wbs and times[wbs] == 1 else f"uid:{uid}" for wbs, uid in pairs]


def code_of(plan: Plan, uid: int) -> str:
    """One of them."""
    return codes_of(plan)[plan.index_of[uid]]


def print_proposal(proposal: Proposal, most: int | None) -> None:
    """The sentence, the lines, why, what stays, the figures, and how to go on; at most so many reasons."""
    _print_wrapped(proposal.sentence)
    if proposal.lines:
        print()
        rows = _rows(proposal)
        shown = rows if most is None else rows[: _ROWS * most]
        print_table(_COLUMNS, shown, [False] * len(shown))
        if len(shown) < len(rows):
            print(f"… and {len(rows) - len(shown):,} more (--all tells them)")
        reasons = [(row[0], each.sentence) for row, each in zip(rows, proposal.lines, strict=True)]
        _print_reasons("Why", reasons, most)
    if proposal.left:
        _print_reasons("Still overloaded", [("!", each.sentence) for each in proposal.left], most)
    if proposal.lines or proposal.left:
        print()
        figures = list(_figures(proposal))
        print_table(_FIGURES, figures, [False] * len(figures))
    if proposal.lines:
        print()
        _print_wrapped(_how_far(proposal))
        _print_wrapped(_next(proposal))


def _rows(proposal: Proposal) -> list[tuple[str, ...]]:
    """A row for each line. Dates in one year do without it: the sentence above has it."""
    plan, pairs = proposal.after.plan, [_moved(each) for each in proposal.lines]
    one_year = len({moment(at).year for pair in pairs for at in pair}) == 1
    rows, codes = [], codes_of(plan)
    for line, pair in zip(proposal.lines, pairs, strict=True):
        by_the_day = pair[0] // MINUTES_PER_DAY != pair[1] // MINUTES_PER_DAY
        dates = [_day(at, one_year) + ("" if by_the_day else f", {_time(at)}") for at in pair]
        until = "until " if line.start_before == line.start_after else ""
        row = plan.index_of[line.task]
        cells = (f"{until}{each}" for each in dates)
        rows.append((codes[row], plan.tasks.name[row], *cells, _for(plan, line)))
    return rows


def _moved(line: Line) -> tuple[int, int]:
    """The starts before and after; the finishes of what starts as today."""
    if line.start_before == line.start_after:
        return line.finish_before, line.finish_after
    return line.start_before, line.start_after


def _day(at: int, one_year: bool) -> str:
    return day_in_words(at).rpartition(" ")[0] if one_year else day_in_words(at)


def _time(at: int) -> str:
    """`08:15`."""
    when = moment(at)
    return f"{when.hour:02}:{when.minute:02}"


def _for(plan: Plan, line: Line) -> str:
    """Whom it waits for; else what becomes of it."""
    names = dict.fromkeys(plan.resources[plan.resource_index[each.resource]].name for each in line.because)
    if line.kind == "waits":
        return ", ".join(names)
    return line.kind.replace("-", " ")


def _print_reasons(heading: str, reasons: Sequence[tuple[str, str]], most: int | None) -> None:
    print(f"\n{heading}:")
    shown = reasons[:most]
    wide = max(len(mark) for mark, _ in shown) + 2
    for mark, sentence in shown:
        _print_wrapped(sentence, first=f"  {mark:<{wide}}", then=" " * (wide + 2))
    if len(reasons) > len(shown):
        print(f"  … and {len(reasons) - len(shown)} more (--all tells them)")


def _print_wrapped(sentence: str, first: str = "", then: str = "") -> None:
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else _WIDTH
    print(
        textwrap.fill(
            sentence,
            max(width, 40),
            initial_indent=first,
            subsequent_indent=then,
            break_long_words=False,
            break_on_hyphens=False,
        )
    )


def _figures(proposal: Proposal) -> Iterable[tuple[str, ...]]:
    plan, pair = proposal.after.plan, (proposal.before_figures, proposal.after_figures)
    for project in plan.projects:
        what = f"Finish of {project.name}" if len(plan.projects) > 1 else "Finish"
        yield what, *(in_words(each.finish[project.uid]) for each in pair)
    if any(each.cost for each in pair):
        yield "Cost", *(money(each.cost, plan.projects[0].currency) for each in pair)
    yield "Overload", *(hours(each.overload) if each.overload else "none" for each in pair)
    yield "Overloaded", *(count(each.people, "resource") if each.people else "nobody" for each in pair)


def _how_far(proposal: Proposal) -> str:
    """How many schedules were tried, and what is proven of all others: that none weighs less, or when any finishes."""
    generated = proposal.generated
    tried = f"Tried {generated:,} schedule{'' if generated == 1 else 's'}"
    if proposal.bound is not None and proposal.bound >= proposal.score:
        return f"{tried}; there is none better."
    finish, soonest = proposal.after_figures.finish, proposal.soonest
    if soonest and all(finish[uid] <= at for uid, at in soonest.items()):
        return f"{tried}; none finishes sooner."
    if len(soonest) == 1:
        return f"{tried}; a better one may exist, but none finishes before {in_words(*soonest.values())}."
    return f"{tried}; a better one may exist."


def _next(proposal: Proposal) -> str:
    wbs = code_of(proposal.after.plan, proposal.lines[0].task)
    return (
        f"Nothing is changed yet. Level again with --accept {wbs} to keep that wait whatever else changes, with "
        f"--refuse {wbs} to have that task go first, with --pin TASK to hold a task on its dates of today."
    )


def as_object(proposal: Proposal, diagnostics: Iterable[Diagnostic]) -> dict[str, Any]:
    """The proposal as the JSON object that `--json` prints; times are minutes, money whole units of the currency."""
    plan = proposal.after.plan
    return {
        "sentence": proposal.sentence,
        "score": proposal.score,
        "bound": proposal.bound,
        "soonest": [{"project": uid, "finish": spell_instant(at)} for uid, at in proposal.soonest.items()],
        "generated": proposal.generated,
        "lines": [_line(plan, each) for each in proposal.lines],
        "changes": [asdict(each) for each in proposal.changes],
        "before": _figures_object(plan, proposal.before_figures),
        "after": _figures_object(plan, proposal.after_figures),
        "left": [_left(plan, each) for each in proposal.left],
        "ripple": _ripple(proposal),
        "diagnostics": [each.as_json() for each in diagnostics],
    }


def _line(plan: Plan, line: Line) -> dict[str, Any]:
    row = plan.index_of[line.task]
    return {
        "task": line.task,
        "wbs": plan.tasks.wbs[row],
        "name": plan.tasks.name[row],
        "kind": line.kind,
        **_dates(line),
        "delay_minutes": line.delay,
        "because": [_busy(plan, each) for each in line.because],
        "overload_otherwise_minutes": line.otherwise,
        "sentence": line.sentence,
        "changes": [asdict(each) for each in line.changes],
    }


def _dates(moved: Line | Moved) -> dict[str, str | None]:
    names = ("start_before", "finish_before", "start_after", "finish_after")
    return {name: spell_instant(getattr(moved, name)) for name in names}


def _busy(plan: Plan, busy: Busy) -> dict[str, Any]:
    return {
        "resource": busy.resource,
        "name": plan.resources[plan.resource_index[busy.resource]].name,
        "tasks": list(busy.tasks),
        "until": spell_instant(busy.until),
        "short": busy.short,
    }


def _figures_object(plan: Plan, figures: Figures) -> dict[str, Any]:
    return {
        "projects": [
            {"uid": each.uid, "name": each.name, "finish": spell_instant(figures.finish[each.uid])}
            for each in plan.projects
        ],
        "cost": figures.cost / 100,
        "overload_minutes": figures.overload,
        "people_overloaded": figures.people,
    }


def _left(plan: Plan, left: Left) -> dict[str, Any]:
    stretch = left.stretch
    return {
        "resource": left.resource,
        "name": plan.resources[plan.resource_index[left.resource]].name,
        "start": spell_instant(stretch.start),
        "finish": spell_instant(stretch.finish),
        "excess_minutes": stretch.excess,
        "tasks": plan.tasks.uid[list(stretch.rows)].tolist(),
        "sentence": left.sentence,
    }


def _ripple(proposal: Proposal) -> dict[str, Any]:
    ripple = proposal.ripple
    return {
        "sentence": ripple.sentence,
        "tasks": ripple.tasks,
        "milestones": ripple.milestones,
        "moved": [{"task": each.task, "milestone": each.milestone, **_dates(each)} for each in ripple.moved],
    }
