"""A piece of a plan without its dates and people, as templates keep it."""

from dataclasses import dataclass, field
from typing import Annotated, Any, Final

from pydantic import Field, TypeAdapter, ValidationError

from triptych.plan.builder import MAX_DURATION
from triptych.plan.changes.links import KindName, LagName
from triptych.plan.changes.triangle import MOST_UNITS

#: As many tasks as one request may add.
MOST: Final = 5000

Minutes = Annotated[int, Field(ge=0, le=MAX_DURATION)]
Name = Annotated[str, Field(min_length=1, max_length=200)]


@dataclass(frozen=True, slots=True)
class PatternTask:
    """A task of a pattern. `parent` is the place of its summary in the list, before its own; `after` are the days
    from the beginning of the whole to its own, which count where it waits for nothing. `roles` are whom it needs, with
    their units; `labels` are numbers of labels."""

    name: Annotated[str, Field(min_length=1, max_length=500)]
    parent: Annotated[int, Field(ge=0)] | None = None
    minutes: Minutes = 0
    elapsed: bool = False
    milestone: bool = False
    after: Annotated[int, Field(ge=0, le=36_500)] = 0
    description: Annotated[str, Field(max_length=100_000)] = ""
    checklist: tuple[Annotated[str, Field(min_length=1, max_length=500)], ...] = ()
    labels: tuple[int, ...] = ()
    roles: dict[Name, Annotated[int, Field(ge=0, le=MOST_UNITS)]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PatternLink:
    """A link between two tasks of a pattern, by their places in the list."""

    pred: Annotated[int, Field(ge=0)]
    succ: Annotated[int, Field(ge=0)]
    kind: KindName = "FS"
    lag: Annotated[int, Field(ge=-MAX_DURATION, le=MAX_DURATION)] = 0
    lag_kind: LagName = "WORKING"


@dataclass(frozen=True, slots=True)
class Pattern:
    """Tasks in outline order, and the links between them."""

    tasks: Annotated[tuple[PatternTask, ...], Field(min_length=1, max_length=MOST)]
    links: tuple[PatternLink, ...] = ()


_KEPT: TypeAdapter[Pattern] = TypeAdapter(Pattern)


def to_json(pattern: Pattern) -> dict[str, Any]:
    """The pattern as a template keeps it."""
    found: dict[str, Any] = _KEPT.dump_python(pattern, mode="json")
    return found


def from_json(content: Any) -> Pattern:
    """The pattern of a template, whose content was looked through when it was written."""
    return _KEPT.validate_python(content)


def faults_of(content: Any) -> str:
    """What of the content is no pattern, in a sentence; empty if it is one."""
    try:
        pattern = from_json(content)
    except ValidationError as fault:
        first = fault.errors()[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}."
    open_ends: list[int] = []
    for at, task in enumerate(pattern.tasks):
        while open_ends and open_ends[-1] != task.parent:
            open_ends.pop()
        if task.parent is not None and not open_ends:
            return f"tasks.{at}: A task stands below its summary, in outline order."
        open_ends.append(at)
    if any(max(each.pred, each.succ) >= len(pattern.tasks) for each in pattern.links):
        return "links: A link joins two tasks of the template."
    return ""
