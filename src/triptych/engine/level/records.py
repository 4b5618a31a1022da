"""The records that levelling runs over, beside those of the passes (`engine.columns`).

A node that people work on has *uses*: a resource and the units it takes of it, from the node's start to its finish. What
is taken of a resource over time is its *profile*: instants in order, and the units taken from each to the next.
"""

from typing import Any, Final, NamedTuple

import numpy as np

from triptych.engine.columns import record

#: Units of one full-time person: shares of a hundredth of a per cent are told apart.
WHOLE: Final = 10_000
#: Pieces that one task may be interrupted into.
MOST_PIECES: Final = 16
#: Where prices stand: of a minute that a task is moved, and of a minute of overload.
MOVEMENT, OVERLOAD = 0, 1

#: `use`, `fix` and `cut` are the node's first use, the first stretch of its people's time that is taken before anything is placed,
#: and the first interruption that it has already (one more record ends the last node's). `movable`: levelling may hold it up; `latest` and
#: `limit` are then the latest instants at which it may start and finish (FAR: none). `least` is the shortest piece in working minutes that it may be
#: interrupted into (0: it may not). `pressed`: it takes its people whether they are free or not. `hold`: it starts no sooner than
#: there. `first` is when it would start if nobody were short, `today` when it does in the plan as it is, `weight` what a minute's wait
#: of it counts for. Between `start` and `finish` is what is taken beforehand.
PLACE = record("use fix cut movable latest limit least pressed hold first today weight start finish")
#: A stretch of a resource's time that is taken beforehand.
FIX = record("resource units start finish")
#: An interruption: after so many working minutes of the task, for so many.
CUT = record("after gap")
#: `capacity` is what there is of it in units; `first` its first slot in the profile, `count` how many are in use, `row` its hours.
PROFILE = record("first count capacity row")
USE = record("resource units")
#: A stretch of an interrupted node's work.
PIECE = record("node start finish")
#: What a project's finish counts for: `weight` a minute of it, `late` a minute after `due`; `finish` is filled in.
GOAL = np.dtype(
    [("weight", np.int64), ("late", np.int64), ("due", np.int64), ("finish", np.int64)], align=True
)


class Bench(NamedTuple):
    """Where schedules are generated: what is to be placed, and the room that generation writes to.

    `at` and `taken` are the slots of all profiles, `set_at`, `set_taken` and `set_count` what stands in them before
    anything movable is placed. `waiting`, `heap_key` and `heap_node` are for the queue of nodes that can be placed, `pieces`
    the stretches of interrupted nodes, `tally[0]` their number, `tally[1]` how often something found no place.
    """

    place: Any
    use: Any
    fix: Any
    cut: Any
    profile: Any
    at: Any
    taken: Any
    set_at: Any
    set_taken: Any
    set_count: Any
    waiting: Any
    heap_key: Any
    heap_node: Any
    piece: Any
    goal: Any
    tally: Any


#: What `Crowd.state` holds: the state of the random numbers; which side the parents are of, and the next of them; how many of the crowd
#: there are and how many have been made; schedules generated, and since the best; what that one weighs; whether there are two sides;
#: by how many minutes a changed key may differ.
LUCK, SIDE, NEXT, SIZE, FILLED, GENERATED, SINCE, BEST, BOTH, SWING = range(10)


class Crowd(NamedTuple):
    """Schedules that improve one another. `key` has the dates that each goes by, side by side and node by node; `score` what each
    weighs, of the second side what an early one of that length would; `child` is the one in the making, `best` the keys of the best
    so far. `rank` is added to every node's key when
    generating forwards; `prices` as `weigh` wants them; `worst` is more than any schedule weighs."""

    key: Any
    score: Any
    child: Any
    best: Any
    rank: Any
    state: Any
    prices: Any
    worst: Any
