"""Schedule → proposal."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np

from triptych.engine.compiled import Passes
from triptych.engine.dialects import DIALECTS
from triptych.engine.schedule import Schedule
from triptych.engine.workload import Workload, is_open
from triptych.plan import Diagnostic, Instant, ResourceKind
from triptych.plan.diagnostics import warning
from triptych.plan.spelling import day_in_words, hours
from triptych.plan.tables import I64

from .answer import Answer, Levelled, Progress, changes_to, levelled
from .blame import Blame
from .hand_over import HandOver, hand_over
from .passes import passes_for_levelling
from .pressing import press
from .proposal import Kind, Left, Line, Proposal, figures_of
from .puzzle import Puzzle, as_late, asked_of
from .search import Search
from .terms import Terms
from .words import Words
from .workbench import make_puzzle

_MINUTES_PER_HOUR = 60
#: How often an answer that depends on itself is looked for, at most.
_LOOKS = 4


class Solver(Protocol):
    """Whoever answers a puzzle."""

    def solve(self, puzzle: Puzzle, passes: Passes, tell: Callable[[Progress], bool]) -> Answer:
        """The best answer that was found until the terms of the puzzle were met, or `tell`, called now and then, said False."""
        ...


def level(
    found: Schedule,
    terms: Terms | None = None,
    *,
    solver: Solver | None = None,
    tell: Callable[[Progress], bool] = lambda _: True,
) -> Proposal:
    """What to move so that nobody is asked for more than there is of them.

    `solver` is the search of our own unless another is given; `tell` hears how far it is and stops it by saying False. Raises
    ValueError for terms that name tasks or projects that are not in the plan.
    """
    asked = terms or Terms()
    _check(found, asked)
    passes = passes_for_levelling(len(found.plan) * asked.schedules)
    puzzle, answer = _solved(found, asked, solver or Search(), passes, tell)
    handed: tuple[HandOver, ...] = ()
    if asked.stand_ins:
        puzzle, answer, handed = hand_over(puzzle, answer, passes, tell)
        if handed:
            again = (solver or Search()).solve(puzzle, passes, tell)
            generated = answer.generated + again.generated
            answer = replace(min(answer, again, key=lambda each: each.score), generated=generated)
    if asked.objective == "overload":
        puzzle, answer = press(puzzle, answer, passes, tell)
    return _propose(replace(puzzle, today=found), answer, levelled(puzzle, answer, passes), handed)


def _solved(
    found: Schedule, terms: Terms, solver: Solver, passes: Passes, tell: Callable[[Progress], bool]
) -> tuple[Puzzle, Answer]:
    """The puzzle and its answer; looked for again where that depends on itself."""
    puzzle = make_puzzle(found, terms, passes)
    if as_late(found).any() or _goes_by_dates(found):
        return _solved_again(puzzle, solver, passes, tell)
    return puzzle, solver.solve(puzzle, passes, tell)


def _goes_by_dates(found: Schedule) -> bool:
    """Whether the dates of some task decide how much its stated work asks for at a time."""
    tasks, table = found.plan.tasks, found.plan.assignments
    as_one = np.array([DIALECTS[name].crew_as_one for name in found.dialects], np.bool_)[tasks.project]
    team = np.bincount(table.task, minlength=len(tasks.uid)) > 1
    return bool(((tasks.elapsed | (as_one & team))[table.task] & (table.work >= 0)).any())


def _solved_again(
    first: Puzzle, solver: Solver, passes: Passes, tell: Callable[[Progress], bool]
) -> tuple[Puzzle, Answer]:
    """What is to be as late as possible goes later with its project, and stated work may ask for more at a time elsewhere:
    the puzzle is made again by what came of it, some times, and of all the answers the one that leaves the least overload
    stands. Only the first puzzle bounds them all, and where something is as late as possible, only when nobody is short."""
    going = True

    def listen(progress: Progress) -> bool:
        nonlocal going
        going = going and tell(progress)
        return going

    puzzle, there, late = first, first.ground, as_late(first.today)
    tried: list[tuple[int, int, Puzzle, Answer]] = []
    for _ in range(_LOOKS):
        answer = solver.solve(puzzle, passes, listen)
        after = levelled(puzzle, answer, passes).schedule
        left = round(Workload.of(after).excess.sum())
        tried.append((left, answer.score, puzzle, answer))
        more = puzzle.movable[after.plan.assignments.task] & (asked_of(after.plan, after) > puzzle.units)
        if not going or (not (left and more.any()) and np.array_equal(after.start[late], there.start[late])):
            break
        made = make_puzzle(first.today, first.terms, passes, after)
        puzzle, there = replace(made, goal=first.goal, prices=first.prices), after
    _, _, puzzle, answer = min(tried, key=lambda each: each[:2])
    bound = first.least if late.any() else tried[0][3].bound
    return puzzle, replace(answer, generated=sum(each[3].generated for each in tried), bound=bound)


def _check(found: Schedule, terms: Terms) -> None:
    """Refuse terms that cannot be met or that contradict one another."""
    plan, named = found.plan, [*terms.pinned, *terms.refused, *terms.accepted]
    unknown = sorted(uid for uid in named if uid not in plan.index_of)
    foreign = sorted(uid for uid in terms.project_weights if uid not in plan.project_index)
    twice = sorted(uid for uid, times in Counter(named).items() if times > 1)
    whole = sorted(uid for uid in named if uid in plan.index_of and plan.is_summary[plan.index_of[uid]])
    refusals = (
        (unknown, "there is no task {} in this plan"),
        (foreign, "there is no project {} in this plan"),
        (twice, "task {} can be only one of pinned, refused and accepted"),
        (whole, "task {} is a summary: name the tasks below it"),
        (
            sorted(uid for uid, delay in terms.kept_waits.items() if delay < 0),
            "task {} cannot wait less than nothing",
        ),
        (
            sorted(uid for uid, weight in terms.project_weights.items() if weight < 0),
            "project {} weighs nothing or more",
        ),
    )
    for uids, sentence in refusals:
        if uids:
            raise ValueError(sentence.format(uids[0]))
    if (
        terms.overbooking < 0
        or terms.overload_days < 0
        or (terms.interrupt is not None and terms.interrupt < 1)
    ):
        raise ValueError(
            "overbooking and overload days are never negative, and a piece lasts a minute at least"
        )


def _propose(puzzle: Puzzle, answer: Answer, found: Levelled, handed: Sequence[HandOver]) -> Proposal:
    today, after = puzzle.today, found.schedule
    blame, words = Blame(puzzle, found), Words(puzzle, found)
    before_load = Workload.of(today)
    given: dict[int, list[HandOver]] = {}
    for each in handed:
        given.setdefault(puzzle.plan.index_of[each.task], []).append(each)
    rows = _changed(puzzle, found, given)
    lines = tuple(_line(puzzle, found, blame, words, row, given.get(row, ())) for row in rows.tolist())
    figures = figures_of(today, before_load), figures_of(after, blame.load)
    left = _left(puzzle, blame.load, words)
    return Proposal(
        today=today,
        after=after,
        lines=lines,
        before_figures=figures[0],
        after_figures=figures[1],
        left=left,
        sentence=words.whole(len(lines), *figures, allowed=not left),
        generated=answer.generated,
        score=answer.score,
        bound=answer.bound,
        soonest=puzzle.soonest(answer.bound),
        diagnostics=(*_impossible(puzzle), *_short_of_time(today, before_load), *_untold_roles(puzzle)),
    )


def _changed(puzzle: Puzzle, found: Levelled, handed: Iterable[int]) -> I64:
    """The rows that get something else than they have today, by their new start."""
    other = found.delay != puzzle.today.plan.tasks.levelling_delay
    other[[*found.pauses, *handed]] = True
    rows = np.flatnonzero(other)
    return rows[np.lexsort((rows, found.schedule.start[rows]))]


def _line(
    puzzle: Puzzle, found: Levelled, blame: Blame, words: Words, row: int, handed: Sequence[HandOver]
) -> Line:
    today, after, delay = puzzle.today, found.schedule, int(found.delay[row])
    kind = _kind(puzzle, found, row)
    takes = "" if not handed else words.handed(row, handed)
    changes = [change for each in handed for change in each.changes(today.plan)]
    because = blame.busy(row) if delay > 0 and kind != "held" else ()
    otherwise = blame.overload_otherwise(row) if kind == "waits" else 0.0
    reason = words.line(row, kind, because, otherwise) if delay or not handed else ""
    uid = int(puzzle.plan.tasks.uid[row])
    if uid in puzzle.terms.kept_waits or (uid in puzzle.terms.accepted and kind == "waits"):
        because, otherwise, reason = (), 0.0, words.accepted(row)
    dates = (each[row] for each in (today.start, today.finish, after.start, after.finish))
    start_before, finish_before, start_after, finish_after = (Instant(int(each)) for each in dates)
    return Line(
        task=uid,
        kind="handed-over" if handed else kind,
        start_before=start_before,
        finish_before=finish_before,
        start_after=start_after,
        finish_after=finish_after,
        delay=delay,
        because=because,
        otherwise=otherwise,
        sentence=" ".join(filter(None, (takes, reason))),
        changes=(*changes, *changes_to(today.plan, found, np.array([row]))),
    )


def _kind(puzzle: Puzzle, found: Levelled, row: int) -> Kind:
    if puzzle.pinned[row]:
        return "held"
    if row in found.pauses:
        return "interrupted"
    return "waits" if found.delay[row] > 0 else "sooner"


def _left(puzzle: Puzzle, load: Workload, words: Words) -> tuple[Left, ...]:
    """What stays too much, the most first."""
    found = [
        Left(puzzle.plan.resources[resource].uid, stretch, words.left(resource, stretch))
        for resource in np.flatnonzero(load.excess > 0).tolist()
        for stretch in load.overload(resource)
        if not words.is_allowed(resource, stretch)
    ]
    return tuple(sorted(found, key=lambda each: -each.stretch.excess))


def _impossible(puzzle: Puzzle) -> list[Diagnostic]:
    """Open tasks that ask for more of somebody than there is."""
    plan, table = puzzle.plan, puzzle.plan.assignments
    if not len(table):
        return []
    found, units = [], asked_of(plan)
    too_much = (units > puzzle.capacity[table.resource]) & is_open(puzzle.today)[table.task]
    for at in np.flatnonzero(too_much).tolist():
        row, person = int(table.task[at]), plan.resources[int(table.resource[at])]
        message = (
            f"“{plan.tasks.name[row]}” asks for {units[at] / 100:g} % of {person.name}, and there "
            f"is {puzzle.capacity[table.resource[at]] / 100:g} %: no date mends that. Ask for less, or add people."
        )
        found.append(warning("level.too-much-asked", message, f"task {int(plan.tasks.uid[row])}"))
    return found


def _short_of_time(today: Schedule, load: Workload) -> list[Diagnostic]:
    """Resources with more work than there is of them until today's last finish: no order of the tasks mends that."""
    if not len(load.pieces.start):
        return []
    edges = np.array([load.pieces.start.min(), max(load.pieces.finish.max(), today.project_finish.max())])
    found = []
    for resource, person in enumerate(today.plan.resources):
        asked, there = (
            float(each[0]) for each in (load.demand(resource, edges), load.capacity(resource, edges))
        )
        if asked - there >= _MINUTES_PER_HOUR:
            message = (
                f"{person.name or 'Somebody'} has {hours(asked)} of work until {day_in_words(int(edges[1]))}, and {hours(there)} to do it in: "
                "whatever waits, it ends later, or others help. Add people, hand work over, or ask for less."
            )
            found.append(warning("level.more-work-than-time", message, f"resource {person.uid}"))
    return found


def _untold_roles(puzzle: Puzzle) -> list[Diagnostic]:
    """That nobody's role is known, where others were to help."""
    people = [each for each in puzzle.plan.resources if each.kind is ResourceKind.WORK]
    if not puzzle.terms.stand_ins or any(each.role.strip() for each in people):
        return []
    message = "Nobody in this plan has a role, so nothing can be handed over. Give people roles and skills (a team's file does)."
    return [warning("level.no-roles", message)]
