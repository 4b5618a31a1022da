"""Where paths meet: what follows several tasks waits for the last of them, which is later than any of them on
average."""

from dataclasses import dataclass

import numpy as np

from triptych.plan import LinkKind

from .result import Forecast

#: Minutes of bias that are worth telling.
_LEAST = 120


@dataclass(frozen=True, slots=True)
class Merge:
    """A task that follows several. `bias` is how much later (minutes round the clock) the last of its predecessors is
    on average than the average of the one that is latest by itself; `critical` in what share of the iterations the task
    was. `task` is a uid."""

    task: int
    name: str
    predecessors: int
    bias: float
    critical: float


def merges(found: Forecast, *, most: int = 8) -> tuple[Merge, ...]:
    """The merges that cost most, by their bias as far as they are critical. Finish-to-start links from tasks that are
    open yet, summaries among them."""
    links, open_rows = found.schedule.plan.links, found.fortune.minutes > 0
    waits = (links.kind == LinkKind.FS) & (open_rows | found.schedule.plan.is_summary)[links.pred]
    succ, count = np.unique(links.succ[waits], return_counts=True)
    told = [
        _merge(found, row, np.unique(links.pred[waits & (links.succ == row)]))
        for row in succ[count > 1].tolist()
        if found.criticality[row] > 0
    ]
    worth = sorted(
        (each for each in told if each.bias >= _LEAST), key=lambda each: -each.bias * each.critical
    )
    return tuple(worth[:most])


def _merge(found: Forecast, row: int, preds: "np.ndarray[tuple[int], np.dtype[np.int32]]") -> Merge:
    finishes = found.finishes[preds].astype(np.float64)
    tasks = found.schedule.plan.tasks
    return Merge(
        task=int(tasks.uid[row]),
        name=tasks.name[row],
        predecessors=len(preds),
        bias=float(finishes.max(axis=0).mean() - finishes.mean(axis=1).max()),
        critical=float(found.criticality[row]),
    )
