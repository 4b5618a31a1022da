"""Checks of the logic: what each task waits for, and what waits for it."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from triptych.plan import Severity
from triptych.plan.changes import AddLink, RemoveLink
from triptych.plan.tables import I32, Flags

from .answer import Check, Family, Finding, Result
from .case import NO_OPEN_WORK, Case, counted

_WAIT = "say what it waits for, or that it may begin with the project."
_HAND = "say what needs it, or whether it is needed at all."


class Ends(NamedTuple):
    """The rows at which each project may begin and end without more logic, and the milestones (-1: none) that
    everything may be tied to: nothing leads to the opening one or out of the closing one, so no link to them closes a
    circle."""

    excused_start: Flags
    excused_finish: Flags
    opening: list[int]
    closing: list[int]


def missing_logic(case: Case) -> Result:
    """Point 1: open tasks without predecessor or successor, or of which only one end is held.

    Population: incomplete tasks; no summaries, milestones and level of effort (DCMA-EA PAM 200.1, 2012, section 4). One
    start and one end of each project may be open. A task that has only FF or SF predecessors starts when it likes, one
    that has only SS or SF successors may last as long as it likes: such dangling ends count too (GAO-16-89G, best
    practice 2; the PAM leaves them out). A link of a summary counts for the tasks below, as it binds them; tools that
    read each row alone count more.
    """
    return _open_ends(case, "logic", case.open_work, NO_OPEN_WORK)


def open_milestones(case: Case) -> Result:
    """The same of milestones, which the DCMA leaves out: a milestone that waits for nothing is a date that was typed,
    and one that nothing waits for is reached without consequence. Those that end a project, of which there is one, are
    fine."""
    return _open_ends(case, "open-milestones", case.open & case.milestone, "no milestone is open.")


def _open_ends(case: Case, check: str, population: Flags, nobody: str) -> Result:
    ends, links = ends_of(case), case.plan.links
    no_start = population & ~case.bound(starts=True) & ~ends.excused_start
    no_finish = population & ~case.bound(starts=False) & ~ends.excused_finish
    dangling_start = case.milestone | ~case.linked(links.succ)
    dangling_finish = case.milestone | ~case.linked(links.pred)
    if check == "open-milestones":  # any link dates a milestone: it has one end
        no_start &= ~case.linked(links.succ)
        no_finish &= ~case.linked(links.pred)
    starts = _starts(case, check, ends, np.flatnonzero(no_start).tolist(), dangling_start)
    finishes = _finishes(case, check, ends, np.flatnonzero(no_finish).tolist(), dangling_finish)
    found = sorted((*starts, *finishes), key=lambda each: case.plan.index_of[each.tasks[0]])
    return counted(no_start | no_finish, population, found, nobody=nobody)


def _starts(case: Case, check: str, ends: Ends, rows: list[int], bare: Flags) -> Iterator[Finding]:
    for row in rows:
        name = case.name(row)
        told = "has no predecessor" if bare[row] else "has predecessors of its finish only: its start is open"
        code = "no-predecessor" if bare[row] else "open-start"
        opening = ends.opening[int(case.tasks.project[row])]
        if opening < 0 or opening == row or (case.begun[row] and not case.done[opening]):
            yield case.finding(check, [row], f"{name} {told}.", f"For {name}, {_WAIT}", code=code)
            continue
        fix = AddLink(case.uid(opening), case.uid(row))
        way = f"Link it to the opening milestone {case.name(opening)}, unless it waits for something nearer."
        yield case.finding(check, [row], f"{name} {told}.", way, fix=(fix,), code=code)


def _finishes(case: Case, check: str, ends: Ends, rows: list[int], bare: Flags) -> Iterator[Finding]:
    later = _Milestones(case, ends)
    for row in rows:
        name = case.name(row)
        told = "has no successor" if bare[row] else "holds successors by its start only: its finish is open"
        code = "no-successor" if bare[row] else "open-finish"
        goal = later.after(row)
        if goal < 0:
            yield case.finding(check, [row], f"{name} {told}.", f"For {name}, {_HAND}", code=code)
            continue
        what = "closing milestone" if goal in ends.closing else "next milestone of its phase,"
        way = f"Link it to the {what} {case.name(goal)}, unless something nearer needs it."
        fix = AddLink(case.uid(row), case.uid(goal))
        yield case.finding(check, [row], f"{name} {told}.", way, fix=(fix,), code=code)


class _Milestones:
    """The milestones that a task may be linked to without moving a date or closing a circle: the next of its phase, or
    of the phases that hold that, and the closing one of its project."""

    def __init__(self, case: Case, ends: Ends) -> None:
        self.case, self.ends = case, ends
        self.node = case.schedule.run.compiled.node
        may = case.milestone & case.open & ~case.begun & ~case.tasks.manual
        may &= case.bound(starts=True) & (case.tasks.parent >= 0)
        rows = np.flatnonzero(may)
        self.inside: defaultdict[int, list[int]] = defaultdict(list)
        for row in rows[np.argsort(case.schedule.start[rows], kind="stable")].tolist():
            self.inside[int(case.tasks.parent[row])].append(row)

    def after(self, row: int) -> int:
        """The row of the milestone; -1 without one. It is dated after the task: by its date, and in the order of the
        network, in which no chain leads back."""
        finish, parents = int(self.case.schedule.finish[row]), self.case.tasks.parent
        above = int(parents[row])
        while above >= 0:
            for goal in self.inside[above]:
                if int(self.case.schedule.start[goal]) >= finish and self.node[goal] > self.node[row]:
                    return goal
            above = int(parents[above])
        closing = self.ends.closing[int(self.case.tasks.project[row])]
        return -1 if closing == row else closing


def ends_of(case: Case) -> Ends:
    """Where each project begins and ends."""
    plan, size = case.plan, len(case.plan)
    start_free, finish_free = ~case.linked(plan.links.succ), ~case.linked(plan.links.pred)
    untouched_in = ~case.linked(plan.links.succ, live=False)
    untouched_out = ~case.linked(plan.links.pred, live=False)
    first, last = np.zeros(size, np.bool_), np.zeros(size, np.bool_)
    opening, closing = [], []
    for project in range(len(plan.projects)):
        mine = case.activities & (case.tasks.project == project)
        begins, ends = _first(case, mine & start_free), _last(case, mine & finish_free)
        first[begins[:1]], last[ends[:1]] = True, True
        closes = [row for row in ends if _may_close(case, row, project) and untouched_out[row]]
        opens = [row for row in begins if _may_open(case, row, project) and untouched_in[row]]
        closing.append(_busiest(closes, case.plan.links.succ))
        opening.append(_busiest([row for row in opens if row != closing[-1]], case.plan.links.pred))
    return Ends(first, last, opening, closing)


def _first(case: Case, flags: Flags) -> list[int]:
    """Rows by their start, milestones before tasks, then as they stand."""
    rows = np.flatnonzero(flags)
    return [int(each) for each in rows[np.lexsort((rows, ~case.milestone[rows], case.schedule.start[rows]))]]


def _last(case: Case, flags: Flags) -> list[int]:
    """Rows by their finish, last first, milestones before tasks, then from the bottom."""
    rows = np.flatnonzero(flags)
    return [
        int(each) for each in rows[np.lexsort((-rows, ~case.milestone[rows], -case.schedule.finish[rows]))]
    ]


def _busiest(rows: list[int], ends: I32) -> int:
    """Of several, the one at which most links end; -1 if none does, for that is no milestone that holds a project
    together."""
    links = {row: int((ends == row).sum()) for row in rows}
    best = max(links, key=links.__getitem__, default=-1)
    return best if links.get(best) else -1


def _may_open(case: Case, row: int, project: int) -> bool:
    at_start = int(case.schedule.start[row]) == int(case.schedule.project_start[project])
    return bool(case.milestone[row]) and at_start


def _may_close(case: Case, row: int, project: int) -> bool:
    at_end = int(case.schedule.finish[row]) == int(case.schedule.project_finish[project])
    free = not (case.begun[row] or case.done[row] or case.tasks.manual[row])
    return bool(case.milestone[row]) and at_end and free


def circles(case: Case) -> Result:
    """Links that close a circle, and were left out to date the rest (Kelley and Walker's network has none)."""
    found = [each for each in case.schedule.diagnostics if each.code == "link.cycle"]
    findings = [_circle(case, each.data["tasks"], each.data["link"], each.message) for each in found]
    total = len(case.plan.links)
    return Result(len(findings), total, tuple(findings)) if total else Result(fault="the plan has no links.")


def _circle(case: Case, tasks: list[int], link: tuple[int, int, str], message: str) -> Finding:
    pred, succ, kind = link
    ends = f"{case.name(case.plan.index_of[pred])} → {case.name(case.plan.index_of[succ])}"
    fix = RemoveLink(pred, succ, kind)  # type: ignore[arg-type]
    sentence = message.rsplit(" Remove one", 1)[0]
    way = f"Remove {ends}, which was left out to date the rest, or another of them that is wrong."
    return Finding("circles", Severity.ERROR, tuple(tasks), sentence, way, (fix,), (pred, succ, kind))


CHECKS = (
    Check(
        key="logic",
        number=1,
        title="Tasks without logic",
        family=Family.LOGIC,
        limit=0.05,
        points=35,
        full=0.5,
        why="A task that waits for nothing, or that nothing waits for, moves no date when it slips: the finish is not to be trusted.",
        source="DCMA-EA PAM 200.1, point 1; dangling ends: GAO-16-89G",
        examine=missing_logic,
    ),
    Check(
        key="open-milestones",
        title="Milestones without logic",
        family=Family.LOGIC,
        of="milestones",
        limit=0.05,
        points=8,
        full=0.5,
        why="A milestone that nothing leads to is only a date that somebody typed.",
        source="GAO-16-89G, best practice 2",
        examine=open_milestones,
    ),
    Check(
        key="circles",
        title="Circles of links",
        family=Family.LOGIC,
        of="links",
        points=30,
        full=0.005,
        why="Tasks that wait for one another can never start; one of the links is left out to date the rest.",
        source="Kelley and Walker, 1959",
        examine=circles,
    ),
)
