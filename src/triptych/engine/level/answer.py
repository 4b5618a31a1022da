"""What a search found, and what it makes of the plan."""

from dataclasses import dataclass, replace

import numpy as np

from triptych.engine.compiled import Passes
from triptych.engine.dialects import DIALECTS
from triptych.engine.schedule import Schedule, schedule_by
from triptych.plan import Plan
from triptych.plan.changes import Change, SetLevellingDelay, SplitTask
from triptych.plan.tables import I64, SplitTable

from .puzzle import Puzzle
from .workbench import Workbench


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a solver is: schedules generated, what the best one weighs, and the least that any can (None: not known)."""

    generated: int
    score: int
    bound: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """Keys by node with which generation gives the best schedule found, what it weighs, how many were generated, and the
    least that any schedule weighs, where that is known."""

    keys: I64
    score: int
    generated: int
    bound: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Levelled:
    """A puzzle's answer as a plan: by row the minutes round the clock that each task is held up, the splits of those that are
    interrupted, and the schedule that follows."""

    delay: I64
    pauses: dict[int, tuple[tuple[int, int], ...]]
    plan: Plan
    schedule: Schedule
    bench: Workbench


def levelled(puzzle: Puzzle, answer: Answer, passes: Passes) -> Levelled:
    """The plan with the delays and interruptions of an answer, scheduled."""
    work = Workbench(puzzle, passes)
    work.generate(answer.keys)
    delay = puzzle.plan.tasks.levelling_delay.copy()
    rows = np.flatnonzero(puzzle.movable | (puzzle.pinned & (puzzle.node >= 0)))
    delay[rows] = work.delays()[puzzle.node[rows]]
    _keep_what_does_as_well(puzzle, work, delay, rows)
    pauses = _pauses(puzzle, work)
    plan = replace(puzzle.plan, tasks=puzzle.plan.tasks.with_columns(levelling_delay=delay))
    if pauses:
        plan = replace(plan, splits=_with_pauses(plan.splits, pauses))
    readers = [DIALECTS[name] for name in puzzle.ground.dialects]
    found = schedule_by(plan, readers, puzzle.ground.run.passes, like=puzzle.ground.run)
    return Levelled(delay, pauses, plan, found, work)


def _keep_what_does_as_well(puzzle: Puzzle, work: Workbench, delay: I64, rows: I64) -> None:
    """Let today's delay stand where it ends between the same shifts as the one that was found."""
    held = puzzle.today.plan.tasks.levelling_delay
    starts = work.starts
    for row in rows[(held[rows] > 0) & (delay[rows] > 0) & (held[rows] != delay[rows])].tolist():
        node = int(puzzle.node[row])
        logic, minutes = int(starts[node] - delay[row]), int(puzzle.plan.tasks.duration[row])
        if work.passes.node_start(work.net, node, logic + int(held[row]), minutes) == starts[node]:
            delay[row] = held[row]


def _pauses(puzzle: Puzzle, work: Workbench) -> dict[int, tuple[tuple[int, int], ...]]:
    """The interruptions of each row: after so many working minutes, for so many."""
    row_of = {int(node): row for row, node in enumerate(puzzle.node.tolist()) if node >= 0}
    found: dict[int, list[tuple[int, int]]] = {}
    done: dict[int, int] = {}
    last: dict[int, int] = {}
    for node, start, finish in work.pieces():
        row = row_of[node]
        hours = int(puzzle.ground.run.compiled.network.node["row"][node])
        begin, end = work.worked(hours, start), work.worked(hours, finish)
        if row in last and begin > last[row]:
            found.setdefault(row, []).append((done[row], begin - last[row]))
        done[row] = done.get(row, 0) + end - begin
        last[row] = end
    return {row: tuple(each) for row, each in found.items()}


def _with_pauses(splits: SplitTable, pauses: dict[int, tuple[tuple[int, int], ...]]) -> SplitTable:
    """The interruptions of a plan and those of other rows."""
    rows = [(row, after, gap) for row, each in pauses.items() for after, gap in each]
    rows += zip(splits.task.tolist(), splits.after.tolist(), splits.gap.tolist(), strict=True)
    task, after, gap = zip(*sorted(rows), strict=True)
    return SplitTable(np.array(task, np.int32), np.array(after, np.int64), np.array(gap, np.int64))


def changes_to(today: Plan, found: Levelled, rows: I64) -> list[Change]:
    """The changes that make of some rows of today's plan what levelling made of them."""
    changes: list[Change] = []
    for row in rows.tolist():
        uid = int(today.tasks.uid[row])
        if found.delay[row] != today.tasks.levelling_delay[row]:
            changes.append(SetLevellingDelay(uid, int(found.delay[row])))
        changes.extend(SplitTask(uid, after, gap) for after, gap in found.pauses.get(row, ()))
    return changes
