"""What is asked of levelling."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

#: What a better schedule is: `finish` of the projects; `lateness`, finishes after their due dates; `movement`, as little as may
#: be moved from where it is today; `overload`, where too much work in an hour is weighed against waiting.
Objective = Literal["finish", "lateness", "movement", "overload"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How to level. Tasks and projects are named by uid.

    `project_weights` says what a project's minute counts for beside the others' (1 where nothing is said).
    `overload_days`: with the objective `overload`, so many days of a project's delay are worth one day of overload.
    `within_float` moves nothing beyond its late finish; `overbooking` is how many per cent more than there is may be
    asked of everyone; `interrupt` is the shortest piece in working minutes that tasks may be interrupted into (None:
    they are not). `by_priority`: a task of higher priority always goes first, not only where it costs no more.

    `pinned` tasks stay on their dates, and what precedes them may not push them; `refused` ones
    keep the delay that they have, and the others make way; `accepted` ones are held up by so many minutes as an earlier proposal
    said, or (None) by as many as this one says, which is then told as accepted. `stand_ins` lets others
    take work over who can do it. The search generates so many `schedules`, on so many `threads`; the same
    `seed`, threads and schedules give the same answer.
    """

    objective: Objective = "finish"
    project_weights: Mapping[int, int] = field(default_factory=dict)
    overload_days: float = 1.0
    within_float: bool = False
    overbooking: int = 0
    interrupt: int | None = None
    by_priority: bool = False
    pinned: frozenset[int] = frozenset()
    refused: frozenset[int] = frozenset()
    accepted: Mapping[int, int | None] = field(default_factory=dict)
    stand_ins: bool = False
    schedules: int = 2_000
    threads: int = 1
    seed: int = 1

    @property
    def kept_waits(self) -> dict[int, int]:
        """Of what is accepted, the waits that are known beforehand."""
        return {uid: delay for uid, delay in self.accepted.items() if delay is not None}
