"""One question: a target, a goal, and the engine to ask."""

from collections.abc import Collection, Sequence
from functools import cached_property
from itertools import chain

from triptych.engine.schedule import Schedule
from triptych.engine.what_if import WhatIf, worked_between
from triptych.plan import Instant
from triptych.plan.changes import Change
from triptych.plan.quantities import spell_duration

from .levers import Lever, Shorten
from .rack import May, Rack
from .ways import Ways, ways_to
from .words import Words

#: So many single levers are tried at most, and so many times the combination is extended; in a very large plan fewer.
MOST = 40
_FEWEST, _ROWS = 8, 800_000

#: A lever and how far it is pulled.
Pull = tuple[Lever, int]


class Question:
    """By how much is the target pulled in if …? `goal` and every gain are working minutes of its project's calendar."""

    def __init__(
        self, found: Schedule, row: int, goal: int, *, hidden: Collection[int], may: May | None
    ) -> None:
        self.found, self.plan, self.row, self.goal, self.hidden = found, found.plan, row, goal, hidden
        self.uid = int(self.plan.tasks.uid[row])
        self.project = int(self.plan.tasks.project[row])
        self.what_if = WhatIf(found)
        self.rack = Rack(self.plan, may)
        self.words = Words(self.plan, hidden)
        self._finishes: dict[tuple[Change, ...], int] = {}
        self.most = max(_FEWEST, min(MOST, _ROWS // max(1, len(self.plan))))

    @property
    def finish(self) -> Instant:
        """The target's finish now."""
        return Instant(int(self.found.finish[self.row]))

    @cached_property
    def ways(self) -> Ways:
        """The driving ways to the target now."""
        return ways_to(self.found, self.row, self.rack)

    def gain_to(self, finish: int) -> int:
        """How far another finish pulls it in."""
        return worked_between(self.found, self.project, finish, self.finish)

    def gain_by(self, lever: Lever, amount: int) -> int:
        """How far one lever pulls it in."""
        if isinstance(lever, Shorten) and self.what_if.is_quick(lever.row):
            left = lever.task.duration - amount
            return self.gain_to(self.what_if.finish_if_lasting(lever.row, left, self.row))
        return self.gain([(lever, amount)])

    def gain(self, pulls: Sequence[Pull]) -> int:
        """How far some levers pull it in together."""
        return self.gain_to(self.finish_after(pulls))

    def finish_after(self, pulls: Sequence[Pull]) -> Instant:
        """The target's finish with some levers pulled; asked again, it is remembered."""
        changes = changes_of(pulls)
        if changes not in self._finishes:
            self.after(pulls)
        return Instant(self._finishes[changes])

    def after(self, pulls: Sequence[Pull]) -> Schedule:
        """The schedule with some levers pulled."""
        changes = changes_of(pulls)
        found = self.what_if.after(changes)
        self._finishes[changes] = int(found.finish[self.row])
        return found

    def spelled(self, minutes: int) -> str:
        """Minutes as the target's project spells them."""
        return spell_duration(minutes, minutes_per_day=self.plan.projects[self.project].minutes_per_day)


def changes_of(pulls: Sequence[Pull]) -> tuple[Change, ...]:
    """What pulling these levers comes to, in the order of their tasks."""
    ordered = sorted(pulls, key=lambda each: each[0].row)
    return tuple(chain.from_iterable(lever.changes(amount) for lever, amount in ordered))
