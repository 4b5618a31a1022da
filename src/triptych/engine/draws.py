"""Random numbers for many iterations abreast: what chance makes of durations. See `early` for the style.

A draw is a hash of its counter: of the iteration's number and of the key of what is drawn for, both mixed with the seed
beforehand. So any draw can be made at any time, by any thread, in any order, and a task's draws are the same whatever
else is in the plan.
"""

from math import sqrt
from typing import Any, NamedTuple

import numpy as np

#: What one duration or one size is drawn from: `shape` FIXED (always `low`), TRIANGULAR, TABLED or STEPPED. A triangle goes
#: from `low` to `high` with `cut` of its area left of the mode, `left` is the width times the width left of it, `right`
#: the same right of it. A table holds quantiles of the value less `low`, by `high`; between
#: them values lie on a straight line, of a stepped one there are none. `least` is the least that may come out, `pause`
#: is added to what does; `first` is where its influences begin (one more record ends the last).
DRAW = np.dtype(
    [("key", np.uint32)]
    + [(name, np.int32) for name in ("shape", "table", "first", "least", "pause")]
    + [(name, np.float32) for name in ("low", "high", "cut", "left", "right")],
    align=True,
)
#: Something that several tasks feel: it happens when the draw of `event` lies in `since` to `until`, and then has the size
#: of its own draw (at the same place in another table); else it is `otherwise`.
DRIVER = np.dtype(
    [("event", np.uint32)] + [(name, np.float32) for name in ("since", "until", "otherwise")], align=True
)
#: What a duration feels of a driver: it is multiplied by it or, where it `adds`, so many minutes longer.
INFLUENCE = np.dtype([("driver", np.int32), ("adds", np.int32)], align=True)

FIXED, TRIANGULAR, TABLED, STEPPED = 0, 1, 2, 3
#: Steps of a table of quantiles.
STEPS = 1024


class Luck(NamedTuple):
    """Everything that is drawn, by node, and by driver."""

    draw: Any
    influence: Any
    size: Any
    driver: Any
    table: Any


def mixed(number: Any) -> Any:
    """A hash of 32 bits whose every bit depends on every bit of the number (the multipliers are C. Wellons'
    `lowbias32`). Every step is cast, for a product of two such numbers would be kept in 64 bits."""
    number = np.uint32(number ^ np.uint32(number >> np.uint32(16)))
    number = np.uint32(number * np.uint32(0x7FEB352D))
    number = np.uint32(number ^ np.uint32(number >> np.uint32(15)))
    number = np.uint32(number * np.uint32(0x846CA68B))
    return np.uint32(number ^ np.uint32(number >> np.uint32(16)))


def chance(counter: Any, key: Any) -> Any:
    """A number from 0 to less than 1, in steps of 2**-24."""
    return np.float32(np.float32(np.int32(mixed(counter ^ key) >> np.uint32(8))) * np.float32(2**-24))


def count_iterations(first: int, seed: int, counters: Any) -> None:
    """The counters of the iterations from number `first` on."""
    for lane in range(len(counters)):
        counters[lane] = mixed(np.uint32(np.uint32(first + lane) ^ np.uint32(seed)))


def draw_shape(luck: Luck, draws: Any, at: int, counters: Any, out: Any) -> None:
    """One draw for every iteration, by the inverse of its distribution."""
    here = draws[at]
    key, low, high = here.key, here.low, here.high
    if here.shape == FIXED:
        for lane in range(len(out)):
            out[lane] = low
    elif here.shape == TRIANGULAR:
        cut, left, right = here.cut, here.left, here.right
        for lane in range(len(out)):
            found = chance(counters[lane], key)
            before = low + sqrt(found * left)
            after = high - sqrt((np.float32(1) - found) * right)
            out[lane] = before if found < cut else after
    elif here.shape == STEPPED:
        first = here.table * (STEPS + 1)
        for lane in range(len(out)):
            step = np.int32(chance(counters[lane], key) * np.float32(STEPS))
            out[lane] = low + high * luck.table[first + step]
    else:
        first = here.table * (STEPS + 1)
        for lane in range(len(out)):
            found = chance(counters[lane], key) * np.float32(STEPS)
            step = np.int32(found)
            below = luck.table[first + step]
            part = found - np.float32(step)
            out[lane] = low + high * (below + part * (luck.table[first + step + 1] - below))


def draw_drivers(luck: Luck, counters: Any, felt: Any) -> None:
    """What every driver is in every iteration."""
    for at in range(len(luck.driver)):
        here, out = luck.driver[at], felt[at]
        draw_shape(luck, luck.size, at, counters, out)
        event, since, until, otherwise = here.event, here.since, here.until, here.otherwise
        if since > 0 or until < 1:
            for lane in range(len(out)):
                found = chance(counters[lane], event)
                out[lane] = out[lane] if since <= found < until else otherwise


def draw_minutes(luck: Luck, node: int, counters: Any, felt: Any, part: Any, out: Any) -> None:
    """The minutes that a node takes in every iteration, its pauses included. `part` is room to work in."""
    here = luck.draw[node]
    least, pause = here.least, here.pause
    first, end = here.first, luck.draw[node + 1].first
    if here.shape == FIXED and first == end:
        out[:] = np.int32(here.low) + pause
        return
    draw_shape(luck, luck.draw, node, counters, part)
    for at in range(first, end):
        influence = luck.influence[at]
        driver = felt[influence.driver]
        if influence.adds == 1:
            for lane in range(len(out)):
                part[lane] += driver[lane]
        else:
            for lane in range(len(out)):
                part[lane] *= driver[lane]
    for lane in range(len(out)):
        out[lane] = max(np.int32(part[lane] + np.float32(0.5)), least) + pause
