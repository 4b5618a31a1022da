"""What somebody has to spare while another's work goes on."""

from dataclasses import dataclass

import numpy as np

from triptych.engine.pieces import Pieces
from triptych.engine.workload import Workload


@dataclass(frozen=True, slots=True)
class Spare:
    """Of the minutes of work `needed`, those for which somebody is `free`; and the share of the working time in which
    they work at all."""

    needed: float
    free: float
    overlap: float


def spare(load: Workload, pieces: Pieces, resource: int) -> Spare:
    """What the resource at a row has to spare for these pieces, which are another's: while they go on, at most at their
    rates, and no more than is left of its units."""
    first, last = int(pieces.start.min()), int(pieces.finish.max())
    begin, end, left = load.free(resource, first, last)
    needed = free = 0.0
    total = shared = 0
    for at in range(len(pieces.task)):
        start, finish, row = int(pieces.start[at]), int(pieces.finish[at]), int(pieces.hours[at])
        low, high = np.clip(begin, start, finish), np.clip(end, start, finish)
        work = int(np.diff(load.timetable.worked(row, np.array([start, finish])))[0])
        rate = float(pieces.rate[at])
        needed += rate * work
        free += float((np.minimum(left, rate) * (high - low)).sum())
        total += work
        shared += int((load.timetable.worked(row, high) - load.timetable.worked(row, low)).sum())
    return Spare(needed, min(free, needed), shared / max(total, 1))
