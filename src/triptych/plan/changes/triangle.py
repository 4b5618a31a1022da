"""Work = duration × units: what follows when one of the three is typed, by the type of the task.

The rule is Microsoft Project's, and `docs/rules/work.md` states it with examples. Only work that is stated follows
and is followed: an assignment without work stays without, and has no say in the duration. Everything is whole
minutes and whole percent, rounded to the nearest.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from triptych.plan.builder import MAX_DURATION
from triptych.plan.kinds import TaskType
from triptych.plan.model import Assignment

from .applying import CannotApply

#: A thousand full-time people: more units are a typing error.
MOST_UNITS = 100_000
#: What they do in a century.
MOST_WORK = MAX_DURATION * MOST_UNITS // 100


@dataclass(frozen=True, slots=True)
class Effort:
    """The triangle of one task: its `minutes`, and the `team` with its units and, where stated, its work.

    `idle` are the resources that do no work: materials and costs. With `fixed` nothing follows anything: the dates
    of the task are facts, or come from elsewhere.
    """

    minutes: int
    team: tuple[Assignment, ...]
    type: TaskType
    effort_driven: bool
    idle: frozenset[int] = frozenset()
    fixed: bool = False

    def stretched(self, minutes: int) -> "Effort":
        """The duration was typed: work follows, or on fixed work the units."""
        if minutes == self.minutes:
            return self
        spread = _thinner if self.type is TaskType.FIXED_WORK else _longer
        team = [spread(each, self.minutes, minutes) if self._follows(each) else each for each in self.team]
        return self._made(team, minutes=minutes)

    def with_work(self, resource: int, work: int) -> "Effort":
        """The work of one was typed: the duration follows, or on fixed duration their units."""

        def change(old: Assignment) -> Assignment:
            units = self._units(old, work) if self._keeps_duration and self._follows(old) else old.units
            return replace(old, work=work, units=units)

        return self._with(resource, change)

    def with_units(self, resource: int, units: int) -> "Effort":
        """The units of one were typed: the duration follows, or on fixed duration their work."""

        def change(old: Assignment) -> Assignment:
            work = self._work(old, units) if self._keeps_duration and self._follows(old) else old.work
            return replace(old, work=work, units=units)

        return self._with(resource, change)

    def joined_by(self, newcomer: Assignment) -> "Effort":
        """Somebody joins. Work of their own is added; without it, effort-driven work is shared with them."""
        joined = self._made((*self.team, replace(newcomer, work=None)))
        if newcomer.work is not None:
            return joined.with_work(newcomer.resource, newcomer.work)
        stated = self.stated()
        if stated and self._shares and self._follows(newcomer):
            return joined.shared(stated, [*stated, newcomer])
        return joined

    def left_by(self, resource: int) -> "Effort":
        """Somebody leaves: the others take over effort-driven work, else theirs goes with them."""
        left = self._made([each for each in self.team if each.resource != resource])
        stated, remaining = self.stated(), left.stated()
        if len(remaining) == len(stated) or not remaining:
            return left
        return left.shared(stated, remaining) if self._shares else left.followed()

    def stated(self) -> list[Assignment]:
        """Those whose work is stated, and so has a say."""
        return [each for each in self.team if each.work is not None and self._follows(each)]

    def followed(self) -> "Effort":
        """The duration of who takes longest, unless it is fixed or nobody's work says how long they take."""
        lengths = [_share(each.work, 100, each.units) for each in self.stated() if each.work and each.units]
        return self if self._keeps_duration or not lengths else self._made(self.team, minutes=max(lengths))

    def shared(self, before: Sequence[Assignment], after: Sequence[Assignment]) -> "Effort":
        """All the work of those before on those after, by their units; on fixed duration also all the units."""
        weights = [each.units for each in after]
        if not sum(weights):
            return self
        works = _parts(sum(each.work or 0 for each in before), weights)
        units = _parts(sum(each.units for each in before), weights) if self._keeps_duration else weights
        new = {
            each.resource: replace(each, work=work, units=share)
            for each, work, share in zip(after, works, units, strict=True)
        }
        return self._made([new.get(each.resource, each) for each in self.team]).followed()

    @property
    def _keeps_duration(self) -> bool:
        return self.type is TaskType.FIXED_DURATION

    @property
    def _shares(self) -> bool:
        """Whether the work stays when people come and go; fixed work always does."""
        return self.effort_driven or self.type is TaskType.FIXED_WORK

    def _follows(self, each: Assignment) -> bool:
        return not self.fixed and each.resource not in self.idle

    def _with(self, resource: int, change: Callable[[Assignment], Assignment]) -> "Effort":
        """One of the team changed; the duration follows if they have a say in it."""
        made = self._made([change(each) if each.resource == resource else each for each in self.team])
        has_say = any(each.resource == resource for each in made.stated())
        return made.followed() if has_say else made

    def _units(self, old: Assignment, work: int) -> int:
        """The units that do other work in the time of the old, or of the task where there was none."""
        if work and old.work and old.units:
            return max(1, _share(old.units, work, old.work))
        return max(1, _share(work, 100, self.minutes)) if work and self.minutes else old.units

    def _work(self, old: Assignment, units: int) -> int | None:
        """The work that other units do in the time of the old."""
        if old.work is None:
            return None
        return _share(old.work, units, old.units) if old.units else _share(self.minutes, units, 100)

    def _made(self, team: Iterable[Assignment], *, minutes: int | None = None) -> "Effort":
        made = replace(self, team=tuple(team), minutes=self.minutes if minutes is None else minutes)
        if not 0 <= made.minutes <= MAX_DURATION:
            raise CannotApply("task.bad-duration", "A duration is at least 0 and at most 100 years.")
        new = set(made.team) - set(self.team)
        if any(not 0 <= each.units <= MOST_UNITS for each in new):
            raise CannotApply("assignment.bad-units", f"Units are at least 0 and at most {MOST_UNITS:,} %.")
        if any(not 0 <= (each.work or 0) <= MOST_WORK for each in new):
            raise CannotApply(
                "assignment.bad-work", "Work is at least 0 and at most 1,000 people's for 100 years."
            )
        return made


def _longer(each: Assignment, was: int, now: int) -> Assignment:
    """The work of other minutes with the same units."""
    if each.work is None:
        return each
    return replace(each, work=_share(each.work, now, was) if was else _share(now, each.units, 100))


def _thinner(each: Assignment, was: int, now: int) -> Assignment:
    """The units that do the same work in other minutes; in none at all nothing can be done, so they stay."""
    if not each.work or not now:
        return each
    units = _share(each.units, was, now) if was and each.units else _share(each.work, 100, now)
    return replace(each, units=max(1, units))


def _share(amount: int, part: int, whole: int) -> int:
    """`amount` × `part` / `whole`, rounded to the nearest."""
    return (2 * amount * part + whole) // (2 * whole)


def _parts(amount: int, weights: Sequence[int]) -> list[int]:
    """The amount in parts as the weights are to one another, which add up to it exactly."""
    edges = [_share(amount, upto, sum(weights)) for upto in accumulate(weights, initial=0)]
    return [end - begin for begin, end in pairwise(edges)]
