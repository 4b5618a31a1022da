"""The answer to who could take a task over, as data and in sentences."""

from dataclasses import dataclass
from enum import StrEnum

from triptych.plan import Instant
from triptych.plan.changes import Change


class Known(StrEnum):
    """How it is known that somebody can do the work: it is their role, or one of their skills; or it is not known."""

    ROLE = "role"
    SKILL = "skill"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class StandIn:
    """Somebody who could take a task over from another person.

    `free` is how many minutes of the work they could do, while the task goes on, with the time that is left of them;
    `overlap` the share of the task's working time in which they work at all (0 to 1). `cost` is what it costs more than
    with the person replaced (hundredths of the currency, negative for less), None where one of the two has no rate.
    `task_finish` and `project_finish` are what the finishes become, and the delays working minutes of the project's
    calendar (negative for earlier). `overload` is by how many minutes of work they would then have too much on top of
    what they have too much now. `changes` are what does it, in their order.
    """

    resource: int
    name: str
    known: Known
    free: float
    overlap: float
    cost: int | None
    task_finish: Instant
    task_delay: int
    project_finish: Instant
    project_delay: int
    overload: float
    changes: tuple[Change, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Cover:
    """Who could take over the work of `person` (a uid) on `task`, best first: those known to be able to, then those who
    are free for all of it, then those with whom project and task finish earliest, then the least overloaded and the
    cheapest.

    `role` is the role asked for, empty where the person has none on record; `needed` is the work that is left, in
    minutes. Of many who could, `left_out` with little time to spare are not looked at closely.
    """

    task: int
    person: int
    role: str
    needed: float
    finish: Instant
    stand_ins: tuple[StandIn, ...]
    left_out: int
    sentence: str

    @property
    def best(self) -> StandIn | None:
        """The first who is known to be able to."""
        return next((each for each in self.stand_ins if each.known is not Known.UNKNOWN), None)
