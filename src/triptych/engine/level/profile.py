"""What is taken of each resource over time, in the plain style of the passes (see `engine.early`).

A resource's slots are instants in order, the first long before any plan, and the units taken from each to the next; after the last
nothing is taken.
"""

from triptych.engine.columns import FAR, NONE

from .records import Bench


def slot_at(bench: Bench, resource: int, at: int) -> int:
    """The last slot that is not after `at`."""
    low = bench.profile[resource].first
    high = low + bench.profile[resource].count
    while high - low > 1:
        middle = (low + high) // 2
        if bench.at[middle] <= at:
            low = middle
        else:
            high = middle
    return low


def room_left(bench: Bench, resource: int, units: int) -> int:
    """How much others may take while one takes `units`: nothing, where it alone takes more than there is."""
    room: int = bench.profile[resource].capacity - units
    return room if room > 0 else 0


def busy_until(bench: Bench, resource: int, units: int, start: int, finish: int) -> int:
    """The end of the last stretch between `start` and `finish` in which there are no `units` left; NONE without any."""
    room = room_left(bench, resource, units)
    slot = slot_at(bench, resource, finish - 1)
    while bench.taken[slot] <= room:
        if bench.at[slot] <= start:
            return NONE
        slot -= 1
    return bench.at[slot + 1]  # the last slot takes nothing, so this one is not the last


def busy_from(bench: Bench, resource: int, units: int, start: int, finish: int) -> int:
    """The beginning of the first stretch between `start` and `finish` in which there are no `units` left; FAR without
    any. It may lie before `start`."""
    room = room_left(bench, resource, units)
    end = bench.profile[resource].first + bench.profile[resource].count
    slot = slot_at(bench, resource, start)
    while slot < end and bench.at[slot] < finish:
        if bench.taken[slot] > room:
            return bench.at[slot]
        slot += 1
    return FAR


def cut(bench: Bench, resource: int, at: int) -> int:
    """The slot that begins at `at`, made if there is none."""
    slot = slot_at(bench, resource, at)
    if bench.at[slot] == at:
        return slot
    end = bench.profile[resource].first + bench.profile[resource].count
    for each in range(end, slot + 1, -1):
        bench.at[each] = bench.at[each - 1]
        bench.taken[each] = bench.taken[each - 1]
    bench.at[slot + 1] = at
    bench.taken[slot + 1] = bench.taken[slot]
    bench.profile[resource].count += 1
    return slot + 1


def take(bench: Bench, resource: int, units: int, start: int, finish: int) -> None:
    """Take so many units of the resource from `start` to `finish`; give them back, when negative."""
    if finish <= start:
        return
    first = cut(bench, resource, start)
    end = cut(bench, resource, finish)
    for slot in range(first, end):
        bench.taken[slot] += units


def take_all(bench: Bench, node: int, start: int, finish: int) -> None:
    """Take everybody whom a node needs from `start` to `finish`."""
    for each in range(bench.place[node].use, bench.place[node + 1].use):
        take(bench, bench.use[each].resource, bench.use[each].units, start, finish)


def all_busy_until(bench: Bench, node: int, start: int, finish: int) -> int:
    """Until when somebody whom the node needs is busy, the last time between `start` and `finish`; NONE if nobody is."""
    latest = NONE
    for each in range(bench.place[node].use, bench.place[node + 1].use):
        found = busy_until(bench, bench.use[each].resource, bench.use[each].units, start, finish)
        latest = found if found > latest else latest
    return latest


def all_busy_from(bench: Bench, node: int, start: int, finish: int) -> int:
    """From when somebody whom the node needs is busy, the first time between `start` and `finish`; FAR if nobody is."""
    earliest = FAR
    for each in range(bench.place[node].use, bench.place[node + 1].use):
        found = busy_from(bench, bench.use[each].resource, bench.use[each].units, start, finish)
        earliest = found if found < earliest else earliest
    return earliest


def clear_profiles(bench: Bench) -> None:
    """Only what stands before anything movable is placed."""
    for resource in range(len(bench.profile)):
        here = bench.profile[resource]
        here.count = bench.set_count[resource]
        for slot in range(here.first, here.first + here.count):
            bench.at[slot] = bench.set_at[slot]
            bench.taken[slot] = bench.set_taken[slot]
    bench.tally[0] = 0
    bench.tally[1] = 0
