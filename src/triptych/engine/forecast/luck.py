"""Uncertainty as the draws read it: a distribution for every node, and the drivers that several nodes feel."""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from triptych.engine.draws import DRAW, DRIVER, INFLUENCE, Luck
from triptych.engine.schedule import Schedule
from triptych.engine.what_if import remaining_of
from triptych.plan.quantities import NO_INSTANT
from triptych.plan.tables import I32, I64, Flags
from triptych.plan.uncertainty import (
    CERTAIN,
    Branch,
    Choice,
    Distribution,
    Range,
    Risk,
    Uncertainty,
)

from .shapes import Tables, greatest

U32 = NDArray[np.uint32]
Records = NDArray[np.void]
MULTIPLIES, ADDS, SPENDS = 0, 1, 2
_ONCE = Range(1.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Driver:
    """Something that many may feel: its `size`, whether it happens (`event`, from `since` to `until` of all chance),
    what it is `otherwise`, the rows that feel it and how."""

    name: str
    size: Distribution
    how: int
    rows: tuple[int, ...]
    event: str = ""
    since: float = 0.0
    until: float = 1.0
    otherwise: float = 1.0


@dataclass(frozen=True, slots=True)
class Fortune:
    """What chance does to a scheduled plan. `minutes` is what each row's draw is about: what remains of it, without its
    pauses (0: nothing), and `most` the most that may come out. `planned` is what each node takes as planned, `least`
    the least that it may, or -1 where that is nothing but may be more."""

    luck: Luck
    drivers: tuple[Driver, ...]
    minutes: I64
    most: I64
    planned: NDArray[np.float32]
    least: I32


def tell_fortune(found: Schedule, what: Uncertainty, seed: int) -> Fortune:
    """The draws of every node of a scheduled plan. What is said of tasks that are not in it is left aside."""
    open_rows = rows_to_draw(found)
    minutes, pauses = _minutes(found, open_rows)
    tables, spread = Tables(), _by_distribution(found, what, minutes)
    draw = _blank(found, seed)
    planned = draw["low"][:-1].copy()
    node = found.run.compiled.node
    draw["low"][node[open_rows]] -= pauses[open_rows]
    draw["pause"][node[open_rows]] = pauses[open_rows]
    for value, rows in spread.items():
        _set_draws(draw, node[rows], minutes[rows], tables.shape_of(value), value)
    drivers = tuple(_drivers(found, what, open_rows))
    influence = _influences(draw, drivers, node)
    size = np.concatenate([_size(each, tables, seed) for each in drivers] or [np.zeros(0, DRAW)])
    events = np.array([_event(each, seed) for each in drivers], DRIVER)
    luck = Luck(draw, influence, size, events, tables.whole())
    most = _most(minutes, spread, drivers)
    return Fortune(luck, drivers, minutes, most, planned, _least(found, draw, drivers))


def rows_to_draw(found: Schedule) -> Flags:
    """The tasks whose durations are not known yet: active, neither summaries nor hammocks, not done, and without typed
    dates at both ends."""
    tasks = found.plan.tasks
    done = (tasks.actual_finish != NO_INSTANT) | ((tasks.percent_complete == 100) & (tasks.actual_start != NO_INSTANT))  # fmt: skip
    typed = (tasks.manual | tasks.external) & (tasks.start != NO_INSTANT) & (tasks.finish != NO_INSTANT)
    flags: Flags = found.run.counted & ~done & ~typed & (found.run.compiled.node >= 0)
    return flags


def _minutes(found: Schedule, rows: Flags) -> tuple[I64, I64]:
    """What remains of each of these rows, and the pauses to come in it."""
    plan, net, node = found.plan, found.run.net, found.run.compiled.node
    minutes, pauses = np.zeros(len(plan), np.int64), np.zeros(len(plan), np.int64)
    minutes[rows] = plan.tasks.duration[rows]
    whole = net.node["duration"][node].astype(np.int64)
    special = net.node["special"][node]
    started = rows & (special >= 0) & (plan.tasks.actual_start != NO_INSTANT)
    for row in np.flatnonzero(started).tolist():
        minutes[row] = remaining_of(plan.task_at(row))
        whole[row] = net.bounds["remaining"][special[row]]
    pauses[rows] = whole[rows] - minutes[rows]
    return minutes, pauses


def _by_distribution(found: Schedule, what: Uncertainty, minutes: I64) -> "dict[Distribution, list[int]]":
    """The rows of each distribution of what remains, as a factor of it; rows that are certain have none."""
    plan = found.plan
    chosen: list[Distribution] = [CERTAIN] * len(plan)
    every = np.flatnonzero(minutes > 0).tolist()
    for spread in what.spreads:
        for row in rows_named(found, spread.tasks) if spread.tasks else every:
            chosen[row] = spread.factor
    for estimate in what.estimates:
        row = plan.index_of.get(estimate.task, -1)
        if row >= 0 and plan.tasks.duration[row] > 0:
            chosen[row] = estimate.minutes.times(1 / int(plan.tasks.duration[row]))
    found_rows: dict[Distribution, list[int]] = {}
    for row in every:
        if chosen[row] is not CERTAIN:
            found_rows.setdefault(chosen[row], []).append(row)
    return found_rows


def rows_named(found: Schedule, tasks: Sequence[int]) -> list[int]:
    """The rows of the tasks of these uids, of a summary's all below it; of unknown ones none."""
    plan = found.plan
    inside = np.zeros(len(plan), np.bool_)
    for uid in tasks:
        if uid in plan.index_of:
            inside[plan.index_of[uid]] = True
    if (inside & plan.is_summary).any():
        for row in range(len(plan)):  # parents stand before what is below them
            above = plan.tasks.parent[row]
            inside[row] |= above >= 0 and inside[above]
    return np.flatnonzero(inside & ~plan.is_summary).tolist()


def _blank(found: Schedule, seed: int) -> Records:
    """Every node takes what it is planned to, with a key of its own."""
    net, compiled = found.run.net, found.run.compiled
    draw = np.zeros(len(net.node), DRAW)
    draw["low"] = net.node["duration"]
    special = net.node["special"][:-1]
    at = np.flatnonzero(special >= 0)
    at = at[net.bounds["started"][special[at]] == 1]
    draw["low"][at] = net.bounds["remaining"][special[at]]
    rows = np.flatnonzero(compiled.node >= 0)
    draw["key"][compiled.node[rows]] = _keys(found.plan.tasks.uid[rows], seed)
    return draw


def _set_draws(draw: Records, nodes: I32, minutes: I64, shape: dict[str, Any], value: Distribution) -> None:
    """One distribution, a factor, on the minutes of many nodes."""
    for name in ("shape", "table", "cut"):
        draw[name][nodes] = shape.get(name, 0)
    for name in ("low", "high"):
        draw[name][nodes] = shape.get(name, 0) * minutes
    for name in ("left", "right"):
        draw[name][nodes] = shape.get(name, 0) * minutes**2
    draw["least"][nodes] = 0 if isinstance(value, Choice) and min(value.values)[0] <= 0 else 1


def _drivers(found: Schedule, what: Uncertainty, rows: Flags) -> Iterable[Driver]:
    def named(tasks: Sequence[int]) -> tuple[int, ...]:
        return tuple(each for each in rows_named(found, tasks) if rows[each])

    every = tuple(np.flatnonzero(rows).tolist())
    for factor in what.factors:
        yield Driver(factor.name, factor.factor, MULTIPLIES, named(factor.tasks) if factor.tasks else every)
    for branch in what.branches:
        yield from _ways(branch, named)
    for risk in what.risks:
        yield from _strikes(risk, named(risk.tasks))


def _ways(branch: Branch, named: Any) -> Iterable[Driver]:
    whole = sum(each.weight for each in branch.ways)
    since = 0.0
    for way in branch.ways:
        until = since + way.weight / whole
        yield Driver(
            f"{branch.name}: {way.name}", _ONCE, MULTIPLIES, named(way.tasks),
            event=f"branch {branch.name}", since=since, until=until, otherwise=0.0,
        )  # fmt: skip
        since = until


def _strikes(risk: Risk, rows: tuple[int, ...]) -> Iterable[Driver]:
    """What a risk does, each with the same event."""
    effect = risk.effect
    struck = Driver(risk.name, _ONCE, ADDS, rows, f"risk {risk.name}", 0.0, effect.probability, 0.0)
    if effect.delay is not None:
        yield replace(struck, size=effect.delay)
    if effect.factor is not None:
        yield replace(struck, size=effect.factor, how=MULTIPLIES, otherwise=1.0)
    if effect.cost is not None:
        yield replace(struck, size=effect.cost, how=SPENDS)


def _influences(draw: Records, drivers: Sequence[Driver], node: I32) -> Records:
    """What each node feels: what multiplies, then what adds, and last whether it is done at all."""
    felt = [
        (int(node[row]), each.how + 2 * (each.otherwise == 0 and each.how == MULTIPLIES), number)
        for number, each in enumerate(drivers)
        if each.how != SPENDS
        for row in each.rows
    ]
    felt.sort()
    made = np.zeros(len(felt), INFLUENCE)
    made["driver"], made["adds"] = [each[2] for each in felt], [each[1] == ADDS for each in felt]
    draw["first"] = np.searchsorted([each[0] for each in felt], np.arange(len(draw)))
    return made


def _size(driver: Driver, tables: Tables, seed: int) -> Records:
    made = np.zeros(1, DRAW)
    made["key"] = _key(seed, f"size {driver.how} {driver.name}")
    for name, value in tables.shape_of(driver.size).items():
        made[name] = value
    return made


def _event(driver: Driver, seed: int) -> tuple[int, float, float, float]:
    return _key(seed, driver.event or driver.name), driver.since, driver.until, driver.otherwise


def _least(found: Schedule, draw: Records, drivers: Sequence[Driver]) -> I32:
    """What each node takes at least; the draws of those that feel something are told."""
    least = np.where(draw["shape"] == 0, draw["low"].astype(np.int32), draw["least"]).astype(np.int32)
    node = found.run.compiled.node
    for each in drivers:
        mine = node[list(each.rows)] if each.how != SPENDS else node[:0]
        if each.how == ADDS:
            least[mine] = np.where(least[mine] <= 0, -1, 1)
        else:
            least[mine] = 0 if each.otherwise == 0 else np.minimum(least[mine], 1)
        draw["least"][mine] = np.maximum(least[mine], 0)
    return least[:-1]


def _most(minutes: I64, spread: dict[Distribution, list[int]], drivers: Sequence[Driver]) -> I64:
    """The most that may come out for each row, all that may strike it striking with its worst."""
    most = minutes.astype(np.float64)
    for value, rows in spread.items():
        most[rows] *= max(1.0, greatest(value))
    for how in (MULTIPLIES, ADDS):
        for each in drivers:
            if each.how == how == MULTIPLIES:
                most[list(each.rows)] *= max(1.0, greatest(each.size))
            elif each.how == how:
                most[list(each.rows)] += max(0.0, greatest(each.size))
    return np.ceil(most).astype(np.int64)


def _keys(uids: I64, seed: int) -> U32:
    """A key for each uid."""
    low, high = (uids & 0xFFFFFFFF).astype(np.uint32), (uids >> 32).astype(np.uint32)
    return _hashed(_hashed(low ^ np.uint32(_key(seed, "task"))) ^ high)


def _hashed(numbers: U32) -> U32:
    """`draws.mixed` of many numbers."""
    numbers = (numbers ^ (numbers >> np.uint32(16))) * np.uint32(0x7FEB352D)
    numbers = (numbers ^ (numbers >> np.uint32(15))) * np.uint32(0x846CA68B)
    return numbers ^ (numbers >> np.uint32(16))


def _key(seed: int, name: str) -> int:
    """A key for something that has a name."""
    return int(_hashed(np.array([zlib.crc32(f"{seed} {name}".encode())], np.uint32))[0])
