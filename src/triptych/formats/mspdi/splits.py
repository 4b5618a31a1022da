"""Interruptions of tasks.

The format has no field for them: they are the working time within a task in which nobody's spread work
(`TimephasedData`) has any. The duration of a task is the working time between them, so it tells whether a period
without work is an interruption or part of the duration, and how far a period with less work than usual reaches.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from triptych.plan import Calendar, Project, Resource, Splits, Task

from .assignments import Period, Spread
from .hours import Clock, WorkingTime
from .source import Source

#: Dates and durations are rounded to minutes, each by itself.
_TOLERANCE = 2

_Pieces = list[tuple[int, int]]


def interrupted(
    source: Source,
    tasks: Sequence[Task],
    spreads: Mapping[int, Spread],
    saved: Mapping[int, Mapping[str, int]],
    plan: tuple[Project, Sequence[Calendar], Sequence[Resource]],
) -> list[Task]:
    """The tasks with their interruptions. `saved` holds their saved start and finish by uid.

    A file may say that work was edited by hand but not how it is spread. What its dates then leave over beyond the
    duration is an interruption of known length at an unknown place: it is put halfway, and a note says so.
    """
    by_uid = {each.uid: each for each in reversed(tasks)}  # of two with one number, the first stands
    chosen = [uid for uid, each in by_uid.items() if _may_be_split(each, spreads.get(uid))]
    dates = [at for uid in chosen for at in _dates(spreads[uid].periods, saved.get(uid, {}))]
    if not dates:
        return list(tasks)
    time = WorkingTime(*plan, (min(dates), max(dates)))
    found: dict[int, Splits] = {}
    for uid in chosen:
        task, spread = by_uid[uid], spreads[uid]
        clock = time.of(task, spread.people)
        placed = splits_of(task.duration, spread, clock) if spread.periods else None
        found[uid] = _halfway(task, clock, saved.get(uid, {})) if placed is None else placed
    _tell(source, sorted(uid for uid, splits in found.items() if splits and not spreads[uid].periods))
    return [
        replace(each, splits=found[each.uid]) if each is by_uid[each.uid] and found.get(each.uid) else each
        for each in tasks
    ]


def _may_be_split(task: Task, spread: Spread | None) -> bool:
    if spread is None or task.duration < 2:
        return False
    return bool(spread.periods) or (spread.contoured and not task.manual)


def _dates(periods: Iterable[Period], saved: Mapping[str, int]) -> list[int]:
    found = [saved[name] for name in ("start", "finish") if name in saved]
    for each in periods:
        found += (each.start, each.finish)
    return found


def _tell(source: Source, tasks: list[int]) -> None:
    if not tasks:
        return
    source.note(
        "task.unplaced-splits",
        f"{len(tasks)} {'task is' if len(tasks) == 1 else 'tasks are'} interrupted, as the saved dates show, but the "
        "file does not say when; the interruptions are put halfway. Save the plan from Microsoft Project itself, "
        "whose files say when.",
        tasks=tasks,
    )


def splits_of(duration: int, spread: Spread, clock: Clock) -> Splits:
    """The interruptions that spread work shows of a task of that duration, in working minutes of its clock."""
    worked = [each for each in spread.periods if each.work > 0]
    pieces = _joined((clock.at(each.start), clock.at(each.finish)) for each in worked)
    if len(pieces) < 2:
        return ()
    surplus = sum(finish - start for start, finish in pieces) - duration
    if surplus > _TOLERANCE:
        pieces = _trimmed(pieces, surplus, _shortfalls(worked, spread.units, clock))
    elif surplus < -_TOLERANCE:
        pieces = _filled(pieces, -surplus)
    return _as_splits(pieces, duration)


def _joined(pieces: Iterable[tuple[int, int]]) -> _Pieces:
    """The same stretches of working time in order, those that touch as one."""
    result: _Pieces = []
    for start, finish in sorted(pieces):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(finish, result[-1][1]))
        elif start < finish:
            result.append((start, finish))
    return result


def _shortfalls(worked: Iterable[Period], units: int, clock: Clock) -> dict[tuple[int, int], int]:
    """By the ends of each period in working time: the minutes of it that its work does not fill."""
    found = {}
    for each in worked:
        start, finish = clock.at(each.start), clock.at(each.finish)
        found[start, finish] = finish - start - round(each.work * 100 / max(1, units))
    return found


def _trimmed(pieces: _Pieces, surplus: int, shortfalls: Mapping[tuple[int, int], int]) -> _Pieces:
    """Less of the periods beside interruptions, which are told in whole days though work may go on at noon."""
    opening = {start: short for (start, _), short in shortfalls.items() if short > 0}
    closing = {finish: short for (_, finish), short in shortfalls.items() if short > 0}
    result = list(pieces)
    for row in range(1, len(pieces)):
        (start, finish), (again, end) = result[row - 1], result[row]
        late = min(surplus, opening.get(again, 0))
        soon = min(surplus - late, closing.get(finish, 0), finish - start - 1)
        result[row - 1 : row + 1] = [(start, finish - soon), (again + late, end)]
        surplus -= late + soon
    return result


def _filled(pieces: _Pieces, missing: int) -> _Pieces:
    """More of the time without work, which the duration counts, the last of it first."""
    result = list(pieces)
    for row in range(len(result) - 2, -1, -1):
        (start, finish), (again, end) = result[row], result[row + 1]
        step = min(missing, again - finish)
        result[row], missing = (start, finish + step), missing - step
        if finish + step == again:
            result[row : row + 2] = [(start, end)]
    return result


def _as_splits(pieces: _Pieces, duration: int) -> Splits:
    done, found = 0, []
    for (start, finish), (again, _) in pairwise(pieces):
        done += finish - start
        if 0 < done < duration and again > finish:
            found.append((done, again - finish))
    return tuple(found)


def _halfway(task: Task, clock: Clock, saved: Mapping[str, int]) -> Splits:
    """The interruptions that only the saved dates show: of what is done, and of what remains."""
    if task.percent_complete >= 100 or "start" not in saved or "finish" not in saved:
        return ()
    start, finish = clock.at(saved["start"]), clock.at(saved["finish"])
    if task.actual_start is None or task.resume is None:
        return _middle(0, task.duration, finish - start)
    remaining = task.duration if task.remaining is None else min(task.remaining, task.duration)
    done, resumed = task.duration - remaining, clock.at(task.resume)
    return _middle(0, done, resumed - start) + _middle(done, task.duration, finish - resumed)


def _middle(begin: int, end: int, span: int) -> Splits:
    """One interruption within the work from `begin` to `end`, which takes `span` minutes with it."""
    gap = span - (end - begin)
    return (((begin + end) // 2, gap),) if gap > _TOLERANCE and end - begin > 1 else ()
