"""Every lever of a plan, made when first asked for, each once."""

from collections.abc import Callable
from fractions import Fraction
from functools import partial

import numpy as np

from triptych.engine.what_if import remaining_of
from triptych.plan import CalendarException, Constraint, LinkKind, Plan, Project, ResourceKind
from triptych.plan.changes import Change
from triptych.plan.quantities import MINUTES_PER_DAY, day_number

from .levers import HOLD_FINISHES, HOLD_STARTS, ByPlan, CutLag, EndLeave, Lever, Overlap, Shorten, Unpin

MINUTES_PER_WEEK = 7 * MINUTES_PER_DAY

May = Callable[[Change], bool]


class Rack:
    """The levers of a plan that may be pulled: those all of whose changes `may` be made. `refused` are the rows of
    tasks on which there would be others."""

    def __init__(self, plan: Plan, may: May | None = None) -> None:
        self.plan, self.may = plan, may
        self.refused: set[int] = set()
        self._made: dict[tuple[object, ...], Lever | None] = {}

    def shorten(self, row: int) -> Lever | None:
        """How the task at a row can be shortened."""
        return self._once(("shorten", row), partial(self._shorten, row))

    def link(self, link: int) -> Lever | None:
        """How the link at a row of the links can give way."""
        return self._once(("link", link), partial(self._link, link))

    def pins(self, row: int) -> list[Unpin]:
        """How the constraints that hold the task at a row can give way."""
        made = [self._once(("pin", row, second), partial(self._pin, row, second)) for second in (False, True)]
        return [each for each in made if isinstance(each, Unpin)]

    def by_plan(self, row: int) -> Lever | None:
        """How a task that is scheduled by hand can give way; one of another plan cannot."""
        return self._once(("by plan", row), partial(self._by_plan, row))

    def leaves(self, row: int, first: int, last: int) -> list[Lever]:
        """Leave between two instants of those who work on the task at a row."""
        found = []
        table = self.plan.assignments
        begin, end = np.searchsorted(table.task, (row, row + 1))
        for resource in table.resource[begin:end].tolist() if not self.plan.tasks.elapsed[row] else ():
            for absence in self._absences(resource):
                if _days(absence)[0] < last and _days(absence)[1] > first:
                    key = ("leave", resource, absence.first, absence.last, absence.name)
                    found.append(self._once(key, partial(self._leave, row, resource, absence)))
        return [each for each in found if each is not None]

    def _once(self, key: tuple[object, ...], make: Callable[[], Lever | None]) -> Lever | None:
        if key not in self._made:
            lever = make()
            if lever is not None and not self._may(lever):
                self.refused.add(lever.row)
                lever = None
            self._made[key] = lever
        return self._made[key]

    def _may(self, lever: Lever) -> bool:
        return self.may is None or all(map(self.may, lever.changes(lever.room)))

    def _project(self, row: int) -> Project:
        return self.plan.projects[int(self.plan.tasks.project[row])]

    def _round_the_clock(self, row: int) -> Fraction:
        """Minutes round the clock for a working minute."""
        return Fraction(MINUTES_PER_WEEK, max(1, self._project(row).minutes_per_week))

    def _shorten(self, row: int) -> Lever | None:
        task = self.plan.task_at(row)
        if self.plan.is_summary[row] or task.hammock or not task.active or task.external:
            return None
        left = remaining_of(task)
        day = MINUTES_PER_DAY if task.elapsed else self._project(row).minutes_per_day
        room = left - max(-(-left // 2), min(left, day))
        ratio = self._round_the_clock(row) if task.elapsed else Fraction(1)
        return Shorten(row=row, room=room, ratio=ratio, task=task, remaining=left) if room > 0 else None

    def _link(self, at: int) -> Lever | None:
        link = self.plan.link_at(at)
        if link.lag > 0:
            return self._cut_lag(at)
        kept = link.lag == 0 or not (link.lag_kind.elapsed or link.lag_kind.percent)
        return self._overlap(at) if link.kind is LinkKind.FS and kept else None

    def _cut_lag(self, at: int) -> Lever | None:
        link, row = self.plan.link_at(at), int(self.plan.links.succ[at])
        pred = self.plan.task(link.pred)
        ratio = self._round_the_clock(row) if link.lag_kind.elapsed else Fraction(1)
        if link.lag_kind.percent:
            if pred.duration == 0:
                return None
            ratio *= Fraction(100, pred.duration)
        succ = self.plan.task_at(row)
        return CutLag(row=row, room=link.lag, ratio=ratio, link=link, pred=pred, succ=succ)

    def _overlap(self, at: int) -> Lever | None:
        row, pred_row = int(self.plan.links.succ[at]), int(self.plan.links.pred[at])
        pred, lead = self.plan.task_at(pred_row), -int(self.plan.links.lag[at])
        marks = not self.plan.is_summary[row] and self.plan.tasks.duration[row] == 0
        if self.plan.is_summary[pred_row] or pred.hammock or not pred.active or marks:
            return None
        left = Fraction(remaining_of(pred), 2)
        room = int(left / self._round_the_clock(row) if pred.elapsed else left) - lead
        succ = self.plan.task_at(row)
        return (
            Overlap(row=row, room=room, pred_row=pred_row, pred=pred, succ=succ, lead=lead)
            if room > 0
            else None
        )

    def _pin(self, row: int, secondary: bool) -> Lever | None:
        task = self.plan.task_at(row)
        kind = task.secondary if secondary else task.constraint
        holds = {Constraint.SNET} if self.plan.is_summary[row] else HOLD_STARTS | HOLD_FINISHES
        return Unpin(row=row, task=task, secondary=secondary) if kind in holds else None

    def _by_plan(self, row: int) -> Lever | None:
        task = self.plan.task_at(row)
        ours = task.manual and not task.external and not self.plan.is_summary[row]
        return ByPlan(row=row, task=task) if ours else None

    def _absences(self, resource: int) -> list[CalendarException]:
        """Whole days away: what is worked of the others' is not told by a change."""
        person = self.plan.resources[resource]
        works = person.kind is ResourceKind.WORK
        return [each for each in person.absences if works and not each.shifts]

    def _leave(self, row: int, resource: int, absence: CalendarException) -> Lever:
        return EndLeave(row=row, resource=self.plan.resources[resource], absence=absence)


def _days(absence: CalendarException) -> tuple[int, int]:
    """When an absence begins and has ended."""
    first, last = day_number(absence.first), day_number(absence.last) + 1
    return first * MINUTES_PER_DAY, last * MINUTES_PER_DAY
