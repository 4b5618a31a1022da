"""Baselines: what was once planned of every task."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from triptych.plan import NO_INSTANT, Baseline, Task
from triptych.plan.tables import BaselineTable

from .rows import Row
from .source import Source

_LAST = 10
_READ = frozenset("Number Start Finish Duration DurationFormat Work Cost".split())  # noqa: SIM905 - as elsewhere
_WORK, _COST = 4, 5  # in a line

#: Uid, start, finish, duration, work and cost of one task.
_Line = list[int]


class Baselines:
    """Collects the baselines of tasks as they are read."""

    def __init__(self) -> None:
        self.lines: defaultdict[int, dict[int, _Line]] = defaultdict(dict)

    def note(self, source: Source, row: Row, uid: int) -> None:
        """Take in the baselines of one task."""
        for each in row.rows("Baseline"):
            number = each.optional_integer("Number", within=(0, _LAST))
            if number is None or each.flag("Interim"):
                source.tally.count("Interim plans", "they are no baselines")
                continue
            self.lines[number].setdefault(uid, _line(each, uid))
            source.tally.note(each, _READ)

    def result(self, tasks: Sequence[Task]) -> list[Baseline]:
        """The baselines by their numbers. The file adds up work and costs in summaries; here they keep what is their
        own, and of what has been deleted below them since."""
        for lines in self.lines.values():
            _take_out_sums(lines, tasks)
        return [Baseline(number, _table(self.lines[number].values())) for number in sorted(self.lines)]


def _line(row: Row, uid: int) -> _Line:
    start, finish = row.at("Start"), row.at("Finish")
    return [
        uid,
        NO_INSTANT if start is None else start,
        NO_INSTANT if finish is None else finish,
        row.minutes("Duration") or 0,
        row.minutes("Work") or 0,
        row.integer("Cost"),
    ]


def _take_out_sums(lines: dict[int, _Line], tasks: Sequence[Task]) -> None:
    """Take from every summary what its children, summaries among them, have: parents stand before their children."""
    for task in tasks:
        child, parent = lines.get(task.uid), lines.get(-1 if task.parent is None else task.parent)
        for at in (_WORK, _COST):
            if child is not None and parent is not None:
                parent[at] = max(0, parent[at] - child[at])


def _table(lines: Iterable[_Line]) -> BaselineTable:
    columns = zip(*lines, strict=True)
    return BaselineTable(*(np.array(each, np.int64) for each in columns))
