"""Whether a schedule keeps the links and the hours of its plan, minute by minute (`minutes`), told in sentences."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from triptych.engine import Schedule
from triptych.plan import Constraint, LagHours, Link, Plan, Task
from triptych.plan.tables import Flags

from .minutes import Crew, Minutes, crews_of

_HARD = {
    "msproject": {Constraint.MSO, Constraint.MFO, Constraint.SNLT, Constraint.FNLT, Constraint.ALAP},
    "p6": {Constraint.MSO, Constraint.MFO, Constraint.ALAP},
    "triptych": {Constraint.MSO, Constraint.MFO, Constraint.ALAP},
}
_LAG_HOURS = {
    "msproject": LagHours.SUCCESSOR,
    "p6": LagHours.PREDECESSOR,
    "triptych": LagHours.SUCCESSOR,
}


@dataclass(frozen=True, slots=True)
class Logic:
    """The questions to one schedule of a plan."""

    plan: Plan
    after: Schedule
    minutes: Minutes

    def name(self, row: int) -> str:
        return f"task {int(self.plan.tasks.uid[row])}"

    def is_held(self, row: int) -> bool:
        """Whether a constraint holds a task against logic, or it waits for what follows."""
        at = int(self.plan.tasks.project[row])
        hard = _HARD[self.after.dialects[at]]
        if not self.plan.projects[at].honour_constraints:
            hard = hard - {Constraint.SNLT, Constraint.FNLT}
            hard = hard - (
                {Constraint.MSO, Constraint.MFO} if self.after.dialects[at] == "msproject" else set()
            )
        task = self.plan.task_at(row)
        return task.constraint in hard or task.secondary in hard

    def below(self, row: int) -> list[int]:
        """The leaves of a row that links bind: itself, or all below a summary."""
        if not self.plan.is_summary[row]:
            found = [row]
        else:
            children = np.flatnonzero(self.plan.tasks.parent == row).tolist()
            found = [leaf for child in children for leaf in self.below(child)]
        return [each for each in found if self.plan.tasks.active[each] and not self.plan.tasks.hammock[each]]

    def links(self) -> Iterator[str]:
        """Every link is kept, on the hours that its lag runs on."""
        for link in self.plan.each_link():
            preds, succs = (self.below(self.plan.index_of[uid]) for uid in (link.pred, link.succ))
            running = [row for row in preds if self.plan.task_at(row).actual_start is not None]
            if not preds or (running and not link.kind.from_finish):
                continue
            ends = self.after.finish[preds].max() if link.kind.from_finish else self.after.start[preds].min()
            for row in succs:
                if self._follows_links(row):
                    yield from self._link(link, row, int(ends))

    def _follows_links(self, row: int) -> bool:
        task = self.plan.task_at(row)
        return task.actual_start is None and not is_typed(task) and not self.is_held(row)

    def _link(self, link: Link, row: int, anchor: int) -> Iterator[str]:
        at = self._lagged(link, row, anchor)
        held = int((self.after.start if link.kind.to_start else self.after.finish)[row])
        if held >= at:
            return
        crew = crews_of(self.after, self.minutes).get(row)
        hours = self._hours(self.plan.task_at(row), crew)
        if all(each[self.minutes.within(held, at)].any() for each in hours):
            yield f"{link} asks for {at}, {self.name(row)} has {held}"

    def _lagged(self, link: Link, row: int, anchor: int) -> int:
        pred, succ = self.plan.task(link.pred), self.plan.task(link.succ)
        project = int(self.plan.tasks.project[row])
        lag = round(pred.duration * link.lag / 100) if link.lag_kind.percent else link.lag
        whose = self.plan.projects[project].lag_hours or _LAG_HOURS[self.after.dialects[project]]
        if link.lag_kind.elapsed or whose is LagHours.ROUND_THE_CLOCK:
            return anchor + lag
        hours = {
            LagHours.SUCCESSOR: lambda: self.minutes.gauge(succ),
            LagHours.PREDECESSOR: lambda: self.minutes.gauge(pred),
            LagHours.PROJECT: lambda: self.minutes.calendar(self.plan.projects[project].calendar),
        }[whose]()
        return self.minutes.lagged(hours, anchor, lag)

    def _hours(self, task: Task, crew: Crew | None) -> list[Flags]:
        """The hours in which a task is worked on: one for all, or one for each of a crew whose hours differ."""
        alone = task.elapsed or (task.ignore_resource_calendars and task.calendar is not None)
        if crew is None or alone:
            return [self.minutes.gauge(task)]
        return [crew.union] if crew.together else [flags for _, flags in crew.people]

    def hours(self) -> Iterator[str]:
        """What has not begun is worked in its people's hours, from its start to its finish, for as long as it takes."""
        crews = crews_of(self.after, self.minutes)
        for row in np.flatnonzero(~self.plan.is_summary).tolist():
            task = self.plan.task_at(row)
            if task.actual_start is not None or is_typed(task) or task.hammock or task.duration == 0:
                continue
            hours = self._hours(task, crews.get(row))
            span = self.minutes.within(int(self.after.start[row]), int(self.after.finish[row]))
            worked = [int(each[span].sum()) for each in hours]
            lasts = task.duration + sum(gap for _, gap in task.splits)
            if min(worked) != lasts:
                yield f"{self.name(row)} lasts {lasts} minutes, and is worked on for {worked}"
            if not any(each[span][:1].all() for each in hours) or not any(
                each[span][-1:].all() for each in hours
            ):
                yield f"{self.name(row)} starts or finishes when nobody is there"


def is_typed(task: Task) -> bool:
    """Whether a task keeps the dates that were typed."""
    return (task.manual or task.external) and task.start is not None and task.actual_start is None
