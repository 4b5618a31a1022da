"""Changes as they stand in the log, and what they name: which tasks, and which right they need."""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError

from triptych.apps.people.roles import Verb
from triptych.plan import changes as c
from triptych.plan.builder import MAX_DURATION
from triptych.plan.changes.triangle import MOST_UNITS
from triptych.plan.quantities import FIRST_YEAR, LAST_YEAR


@dataclasses.dataclass(frozen=True, slots=True)
class NewTask:
    """Add a task; its number is given when it is added. `before` is the sibling it precedes, else it is the last."""

    name: str
    parent: int | None = None
    before: int | None = None
    minutes: int = 480
    milestone: bool = False
    op: Literal["add_task"] = "add_task"


Wish = c.Change | NewTask

_LOGGED: TypeAdapter[list[c.Change]] = TypeAdapter(list[Annotated[c.Change, Field(discriminator="op")]])


def renumbered(changes: Sequence[Wish], numbers: Mapping[int, int]) -> list[Wish]:
    """The changes with other numbers for some of the tasks that they name."""
    found: list[Wish] = []
    for change in changes:
        names = [name for name in ("task", "pred", "succ", "parent", "before") if hasattr(change, name)]
        new = {name: numbers[getattr(change, name)] for name in names if getattr(change, name) in numbers}
        found.append(dataclasses.replace(change, **new) if new else change)  # type: ignore[arg-type]  # of one kind each
    return found


def by_place(ids: Iterable[int]) -> dict[int, int]:
    """The numbers of new tasks by those under which changes speak of them: -1 the first, -2 the second."""
    return {-1 - at: uid for at, uid in enumerate(ids)}


def to_json(changes: Sequence[c.Change]) -> list[dict[str, Any]]:
    """The changes as the log keeps them."""
    found: list[dict[str, Any]] = _LOGGED.dump_python(list(changes), mode="json")
    return found


def from_json(rows: Sequence[Any]) -> list[c.Change]:
    """The changes of a log entry."""
    return _LOGGED.validate_python(rows)


_WISHES: TypeAdapter[list[Wish]] = TypeAdapter(list[Annotated[Wish, Field(discriminator="op")]])

#: What plans are changed by behind the doors alone: by undo, and by verbs of their own.
_INTERNAL = (c.AddTasks, c.RestoreDuration, c.RestoreSplits, c.RestoreActive, c.SetBaseline)


def wishes_to_json(wishes: Sequence[Wish]) -> list[dict[str, Any]]:
    """Changes that are wished for, as a scenario or a change request keeps them."""
    found: list[dict[str, Any]] = _WISHES.dump_python(list(wishes), mode="json")
    return found


def wishes_from_json(rows: Any) -> list[Wish]:
    """The changes that a scenario or a change request holds. Raises ValueError, in words, for what are none."""
    try:
        found = _WISHES.validate_python(rows)
    except ValidationError as fault:
        first = fault.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        raise ValueError(f"{place}: {first['msg']}" if place else first["msg"]) from fault
    if any(isinstance(each, _INTERNAL) for each in found):
        raise ValueError("some of these changes are not made by themselves")
    return found


def subjects(changes: Iterable[Wish]) -> set[int]:
    """The tasks that the changes name; of a baseline the project, for the tasks stay as they are."""
    found: set[int] = set()
    for change in changes:
        if isinstance(change, c.AddTasks):
            found.update(each.uid for each in change.tasks)
        if isinstance(change, c.RestoreActive):
            found.update(change.tasks)
        if isinstance(change, c.SetBaseline):
            found.add(change.project)
        if isinstance(change, c.SetProject):
            found.add(change.value.uid)
        for name in ("task", "pred", "succ"):
            value = getattr(change, name, None)
            if value is not None:
                found.add(value)
    return found


def written_to(changes: Iterable[c.Change]) -> set[int | str]:
    """What a later undo must not overrun: the tasks and projects by number, resources and calendars by word."""
    found: set[int | str] = set(subjects(changes))
    for change in changes:
        if isinstance(change, c.SetResource):
            found.add(f"resource {change.value.uid}")
        if isinstance(change, c.SetCalendar):
            found.add(f"calendar {change.value.uid}")
    return found


def context(changes: Iterable[Wish]) -> set[int]:
    """The tasks that must be there for the changes to make sense, beside their subjects."""
    found: set[int] = set()
    for change in changes:
        if isinstance(change, (NewTask, c.AddTasks, c.MoveTask)) and change.before is not None:
            found.add(change.before)
        if isinstance(change, (NewTask, c.MoveTask)) and change.parent is not None:
            found.add(change.parent)
    return found


def needed(change: Wish) -> tuple[Verb, set[int]]:
    """The right that a change needs, and the tasks in whose projects it is needed.

    A link moves its successor, so it is the successor's plan that is changed; to see the predecessor is enough.
    """
    if isinstance(change, c.SetProgress):
        return Verb.PROGRESS, {change.task}
    if isinstance(change, (c.SetBaseline, c.SetProject)):
        return Verb.EDIT_PLAN, set()
    if isinstance(change, c.MoveTask):
        return Verb.EDIT_PLAN, {change.task} | ({change.parent} if change.parent is not None else set())
    if isinstance(change, (c.AddLink, c.RemoveLink, c.SetLag)):
        return Verb.EDIT_PLAN, {change.succ}
    return Verb.EDIT_PLAN, subjects([change])


#: Whole numbers of changes and the bounds within which the columns and the arithmetic hold them.
_BOUNDS: dict[str, tuple[int, int]] = {
    "minutes": (0, MAX_DURATION),
    "remaining": (-1, MAX_DURATION),
    "work": (0, MAX_DURATION),
    "after": (1, MAX_DURATION),
    "gap": (1, MAX_DURATION),
    "lag": (-MAX_DURATION, MAX_DURATION),
    "units": (0, MOST_UNITS),
}


def faults(change: Wish) -> list[str]:
    """What of a change no plan could hold: numbers out of bounds, years out of the calendar, words too long."""
    found = []
    for name, (least, most) in _BOUNDS.items():
        value = getattr(change, name, None)
        if value is not None and not least <= value <= most:
            found.append(f"{name} is to be from {least} to {most}")
    for name in ("first", "last"):
        day = getattr(change, name, None)
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            found.append(f"{name} is to be in the years {FIRST_YEAR} to {LAST_YEAR}")
    words = getattr(change, "name", "")
    if "\x00" in words or len(words) > 500:
        found.append("a name has at most 500 characters")
    if isinstance(change, NewTask) and not words.strip():
        found.append("a task needs a name")
    return found
