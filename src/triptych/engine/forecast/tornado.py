"""What to fix first: how far the finish leans on each thing that is not certain."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from triptych.engine.compiled import compiled_lanes

from .luck import SPENDS, Driver
from .result import F64, Forecast, Goal
from .run import LANES

#: The share of the iterations that counts as low, and as high.
_TAIL = 0.1


@dataclass(frozen=True, slots=True)
class Bar:
    """One input of a forecast. `low` is the average finish (an instant) where it came out in the lowest tenth of its
    draws, `high` that in the highest; of a thing that happens or not, where it did not and where it did. `swing` is the
    working minutes between them. `correlation` is that with the finish (Pearson). `task` is a uid, None for what
    several tasks feel."""

    name: str
    task: int | None
    low: int
    high: int
    swing: int
    correlation: float


def tornado(found: Forecast, goal: int = 0, *, most: int = 12) -> tuple[Bar, ...]:
    """The inputs that move a goal's finish most, the widest first; each for itself, a task without what it feels with
    others.

    All drivers are looked at, and the tasks with the strongest correlation. Averages are over the first iterations,
    those whose finishes are kept.
    """
    here = found.goals[goal]
    count = found.collected.finish.shape[1]
    bars = [
        _bar(here, driver.name, None, found.collected.felt[number, :count], otherwise=_otherwise(driver))
        for number, driver in enumerate(found.drivers)
        if _says_something(driver)
    ]
    rows = _strongest(found, goal, 3 * most)
    tasks = found.schedule.plan.tasks
    for row, minutes in zip(rows, minutes_of(found, rows, alone=True), strict=True):
        bars.append(_bar(here, tasks.name[row], int(tasks.uid[row]), minutes))
    told = [each for each in bars if each is not None and each.swing != 0]
    return tuple(sorted(told, key=lambda each: (-abs(each.swing), each.name))[:most])


def minutes_of(found: Forecast, rows: Sequence[int], *, alone: bool = False) -> F64:
    """The minutes that tasks took in each of the kept iterations, one line a row: drawn once more, which gives the
    same. `alone` is what their own draws made of them, without what they feel together with others."""
    passes, luck = compiled_lanes(), found.fortune.luck
    blocks = found.collected.finish.shape[1] // LANES
    result = np.zeros((len(rows), blocks * LANES))
    counters, minutes = np.zeros(LANES, np.uint32), np.zeros(LANES, np.int32)
    part, felt = np.zeros(LANES, np.float32), np.zeros((len(luck.driver), LANES), np.float32)
    for block in range(blocks):
        passes.count_iterations(block * LANES, found.seed, counters)
        passes.draw_drivers(luck, counters, felt)
        for place, row in enumerate(rows):
            node = int(found.schedule.run.compiled.node[row])
            if alone:
                passes.draw_shape(luck, luck.draw, node, counters, part)
            else:
                passes.draw_minutes(luck, node, counters, felt, part, minutes)
            result[place, block * LANES : (block + 1) * LANES] = part if alone else minutes
    return result


def _strongest(found: Forecast, goal: int, most: int) -> list[int]:
    """The tasks of a goal whose duration goes most with its finish."""
    mine = found.schedule.run.counted & (found.deviation > 0)
    if len(found.goals) > 1:
        mine &= found.schedule.plan.tasks.project == found.goals[goal].project
    rows = np.flatnonzero(mine)
    order = np.argsort(-np.abs(found.cruciality[rows]), kind="stable")
    return [int(row) for row in rows[order][:most]]


def _says_something(driver: Driver) -> bool:
    """Not of money alone; nor the last way of a branch, which is gone when the others are not."""
    return driver.how != SPENDS and not (driver.since > 0 and driver.until > 1 - 1e-9)


def _otherwise(driver: Driver) -> float | None:
    """What it is where it does not happen; None of what is more or less, and always there."""
    return driver.otherwise if driver.until - driver.since < 1 else None


def _bar(
    goal: Goal, name: str, task: int | None, values: NDArray[np.generic], *, otherwise: float | None = None
) -> Bar | None:
    finish, worked = (
        goal.finish[: len(values)].astype(np.float64),
        goal.worked[: len(values)].astype(np.float64),
    )
    drawn: F64 = values.astype(np.float64)
    low, high = _ends(drawn, otherwise)
    if not low.any() or not high.any() or drawn.std() == 0 or worked.std() == 0:
        return None
    return Bar(
        name=name,
        task=task,
        low=round(float(finish[low].mean())),
        high=round(float(finish[high].mean())),
        swing=round(float(worked[high].mean() - worked[low].mean())),
        correlation=float(np.corrcoef(drawn, worked)[0, 1]),
    )


def _ends(drawn: F64, otherwise: float | None) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """The iterations in which something came out low, and high; or did not happen, and did."""
    if otherwise is not None:
        return drawn == otherwise, drawn != otherwise
    return drawn <= np.quantile(drawn, _TAIL), drawn >= np.quantile(drawn, 1 - _TAIL)
