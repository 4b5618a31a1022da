"""The answer: what would pull a date in, as data and in sentences."""

from dataclasses import dataclass
from typing import Literal

from triptych.engine.explain import Reason
from triptych.plan import Instant
from triptych.plan.changes import Change

#: What stands in the way: the reasons of an explanation, a task that is as short as it may be, a lever that is not the
#: reader's to pull, or more ways of one length than are cut at once.
Hindrance = Reason | Literal["shortest", "rights", "many-ways"]


@dataclass(frozen=True, slots=True)
class Option:
    """One way to pull the target in, or several together.

    `changes` are made in their order; `deeds` says each lever in words. `gain` is working minutes of the target's
    project calendar, `finish` the target's finish then. `cost` is working minutes of compression (see `levers`); what
    costs none but is somebody's to decide is marked `decision`. `meets` tells whether the goal is met; where it is
    not, `then` says what holds the target next.
    """

    changes: tuple[Change, ...]
    deeds: tuple[str, ...]
    gain: int
    finish: Instant
    cost: int
    decision: bool
    meets: bool
    sentence: str
    then: str | None = None


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What stands in the way of pulling the target in further, and on which task."""

    task: int
    reason: Hindrance
    sentence: str


@dataclass(frozen=True, slots=True)
class PullIn:
    """What would pull the finish of `task` in by `goal` working minutes of its project's calendar.

    `options` are single ones, the cheapest a gained minute first; `combination` is the cheapest found that meets the
    goal, which may be one of them. Without one, `furthest` is what gains most, if anything does, and `in_the_way`
    what stands in the way of more.
    """

    task: int
    goal: int
    finish: Instant
    options: tuple[Option, ...]
    combination: Option | None
    furthest: Option | None
    in_the_way: tuple[Obstacle, ...]
    sentence: str
