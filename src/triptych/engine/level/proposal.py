"""The result of levelling: a proposal, line by line, with reasons, before and after. Nothing is changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from triptych.engine.costs import costs_of
from triptych.engine.ripple import Ripple, compare
from triptych.engine.schedule import Schedule
from triptych.engine.workload import Stretch, Workload
from triptych.plan import Diagnostic, Instant
from triptych.plan.changes import Change

from .blame import Busy

#: What levelling proposes for a task: it `waits` (longer than today), goes `sooner` (an earlier delay is taken back), is
#: `interrupted`, is `held` on the date where it is pinned, or is `handed-over` to somebody else.
Kind = Literal["waits", "sooner", "interrupted", "held", "handed-over"]


@dataclass(frozen=True, slots=True)
class Line:
    """One task of a proposal (uid), with the changes that would do it.

    `delay` is how many minutes round the clock it waits after what precedes it. `because` says who is busy with what until
    then; `otherwise` is how many minutes of work too much there would be if it alone did not wait.
    """

    task: int
    kind: Kind
    start_before: Instant
    finish_before: Instant
    start_after: Instant
    finish_after: Instant
    delay: int
    because: tuple[Busy, ...]
    otherwise: float
    sentence: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """A schedule in figures: each project's finish by uid, what everything costs (hundredths of the currency), and the minutes of work
    that are asked beyond what there is, of how many people."""

    finish: dict[int, Instant]
    cost: int
    overload: float
    people: int


@dataclass(frozen=True, slots=True)
class Left:
    """An overload that stays: of a resource (uid), from when to when, by how many minutes of work, and why."""

    resource: int
    stretch: Stretch
    sentence: str


@dataclass(frozen=True, eq=False)
class Proposal:
    """What levelling proposes. `lines` are in order of their new starts; tasks that only follow others have none.

    `score` is what the schedule weighs under the terms and `bound` the least that any could (None: not known), for its
    finishes alone: `soonest` says, by project (uid), before when none finishes, as far as that is proven. `generated` is how many schedules were tried. `sentence` tells it all in one or two.
    """

    today: Schedule
    after: Schedule
    lines: tuple[Line, ...]
    before_figures: Figures
    after_figures: Figures
    left: tuple[Left, ...]
    sentence: str
    generated: int
    score: int
    bound: int | None
    soonest: Mapping[int, Instant]
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def changes(self) -> tuple[Change, ...]:
        """All changes, to be previewed, kept as a scenario, applied and undone as one."""
        return tuple(change for line in self.lines for change in line.changes)

    @cached_property
    def ripple(self) -> Ripple:
        """Everything that moves."""
        return compare(self.today, self.after)


def figures_of(found: Schedule, load: Workload) -> Figures:
    """A schedule in figures."""
    plan = found.plan
    finish = {
        each.uid: Instant(int(at)) for each, at in zip(plan.projects, found.project_finish, strict=True)
    }
    excess = load.excess
    return Figures(
        finish,
        round(float(costs_of(plan, found).planned.sum())),
        float(excess.sum()),
        int((excess > 0).sum()),
    )
