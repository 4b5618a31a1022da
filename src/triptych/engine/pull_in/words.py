"""Levers in the planner's words."""

from collections.abc import Collection
from functools import singledispatchmethod

from triptych.plan import Constraint, LagKind, Plan, Task, spell_duration
from triptych.plan.quantities import MINUTES_PER_DAY, day_number
from triptych.plan.spelling import day_in_words, in_words

from .levers import ByPlan, CutLag, EndLeave, Lever, Overlap, Shorten, Unpin


class Words:
    """Sentences about one plan; the names of `hidden` tasks are not told."""

    def __init__(self, plan: Plan, hidden: Collection[int]) -> None:
        self.plan, self.hidden = plan, hidden

    def name(self, uid: int) -> str:
        """A task in a sentence."""
        return (
            "a task you may not see"
            if uid in self.hidden
            else f"“{self.plan.tasks.name[self.plan.index_of[uid]]}”"
        )

    def length(self, task: Task, minutes: int, *, elapsed: bool | None = None) -> str:
        """Minutes as the task's project spells them."""
        per_day = self.plan.projects[self.plan.project_index[task.project]].minutes_per_day
        elapsed = task.elapsed if elapsed is None else elapsed
        return spell_duration(minutes, minutes_per_day=per_day, elapsed=elapsed)

    def limit(self, lever: Lever) -> str | None:
        """How far a lever goes, in a sentence, where that is our rule and not the plan's."""
        if isinstance(lever, Shorten):
            left = self.length(lever.task, lever.remaining - lever.room)
            return f"{_capital(self._what(lever))} is not shortened below {left}."
        if isinstance(lever, Overlap):
            lead = self.length(lever.succ, lever.lead + lever.room, elapsed=False)
            names = _capital(self.name(lever.succ.uid)), self.name(lever.pred.uid)
            return f"{names[0]} does not start more than {lead} before {names[1]} has finished."
        return None

    def _what(self, lever: Shorten) -> str:
        name = self.name(lever.task.uid)
        return name if lever.task.actual_start is None else f"what remains of {name}"

    @singledispatchmethod
    def deed(self, lever: Lever, amount: int) -> str:
        """What is done when a lever is pulled by an amount: the beginning of a sentence."""
        raise NotImplementedError

    @deed.register
    def _(self, lever: Shorten, amount: int) -> str:
        what = self.name(lever.task.uid)
        if lever.task.actual_start is not None:
            what = f"what remains of {what}"
        before, after = (
            self.length(lever.task, each) for each in (lever.remaining, lever.remaining - amount)
        )
        return f"Shorten {what} from {before} to {after}"

    @deed.register
    def _(self, lever: CutLag, amount: int) -> str:
        ends = f"between {self.name(lever.pred.uid)} and {self.name(lever.succ.uid)}"
        if amount == lever.link.lag:
            return f"Take out the lag of {self._lag(lever, amount)} {ends}"
        after = lever.link.lag - amount
        return f"Cut the lag {ends} from {self._lag(lever, lever.link.lag)} to {self._lag(lever, after)}"

    def _lag(self, lever: CutLag, size: int) -> str:
        kind = lever.link.lag_kind
        return f"{size} %" if kind.percent else self.length(lever.succ, size, elapsed=kind is LagKind.ELAPSED)

    @deed.register
    def _(self, lever: Overlap, amount: int) -> str:
        lead = self.length(lever.succ, lever.lead + amount, elapsed=False)
        return f"Start {self.name(lever.succ.uid)} {lead} before {self.name(lever.pred.uid)} has finished"

    @deed.register
    def _(self, lever: Unpin, amount: int) -> str:  # noqa: ARG002 - all or nothing
        name = self.name(lever.task.uid)
        if lever.kind is Constraint.ALAP:
            return f"Start {name} as soon as possible, not as late as possible"
        pin, date = f"the pin of {name} ({lever.kind.words})", in_words(lever.date or 0)
        return (
            f"Take off {pin} {date}"
            if lever.to is None
            else f"Move {pin} from {date} to {in_words(lever.to)}"
        )

    @deed.register
    def _(self, lever: EndLeave, amount: int) -> str:  # noqa: ARG002
        away = lever.absence
        first, last = (day_in_words(day_number(each) * MINUTES_PER_DAY) for each in (away.first, away.last))
        days = f"on {first}" if first == last else f"from {first} to {last}"
        return f"Have {lever.resource.name} work {days} instead of being away"

    @deed.register
    def _(self, lever: ByPlan, amount: int) -> str:  # noqa: ARG002
        return f"Let the plan schedule {self.name(lever.task.uid)}, which is scheduled by hand"


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
