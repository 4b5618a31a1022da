"""Levers pulled together: where several ways to the target are equally long, something must give way on each."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import ceil

from triptych.engine.schedule import Schedule

from .amounts import least, softened
from .cut import NEVER, cheapest_cut
from .levers import Lever, Overlap, Shorten
from .question import Pull, Question, changes_of
from .ways import Step, Ways, ways_to


@dataclass(frozen=True, slots=True)
class Combined:
    """What the levers gain together; without the goal, the way on which nothing gives way any more (empty where there
    are too many)."""

    pulls: list[Pull]
    gain: int
    blocked: tuple[Step, ...] | None = None

    def rank(self, goal: int) -> tuple[bool, int, int, int]:
        """Less is better: what meets the goal, and costs little in few changes; else what gains most."""
        meets = self.gain >= goal
        cost = sum(lever.cost(amount) for lever, amount in self.pulls)
        return not meets, 0 if meets else -self.gain, cost, len(changes_of(self.pulls))


def combined(asked: Question) -> Combined:
    """The levers that meet the goal together, as cheaply as was found, or that gain most.

    Greedy: the cheapest set that cuts every driving way is pulled until another way drives, and so on, each time on the
    plan as it is then. At last every lever that turns out to be more than is needed is given back.
    """
    found = _searched(asked, {})
    if found.gain >= asked.goal or not any(isinstance(lever, Overlap) for lever, _ in found.pulls):
        return found
    other = _searched(asked, {Overlap: Overlap.weight * 3})  # what is shortened first can be overlapped still
    return min(found, other, key=lambda each: each.rank(asked.goal))


def _searched(asked: Question, weights: dict[type, int]) -> Combined:
    search = _Search(asked, weights)
    while search.gain < asked.goal and len(search.used) < asked.most and search.extend():
        pass
    search.give_back()
    pulls = softened(asked, [*search.used.items()], search.gain)
    blocked = None if search.gain >= asked.goal else search.blocked
    return Combined(pulls, asked.gain(pulls), blocked)


@dataclass(slots=True)
class _Search:
    asked: Question
    weights: dict[type, int]
    used: dict[Lever, int] = field(default_factory=dict)
    banned: set[Lever] = field(default_factory=set)
    gain: int = 0
    blocked: tuple[Step, ...] = ()
    now: Schedule = field(init=False)

    def __post_init__(self) -> None:
        self.now = self.asked.found

    def extend(self) -> bool:
        """Pull one more set of levers; False where nothing gives way any more."""
        cut = cheapest_cut(self._ways(), self._price)
        if cut.blocked is not None:
            self.blocked = cut.blocked
            return False
        if not cut.levers:
            return False
        minutes = min([self.asked.goal - self.gain, *map(self._minutes_left, cut.levers)])
        if not (self._pull(cut.levers, minutes) or self._pull(cut.levers, NEVER)):
            self._keep_on(cut.levers)
        return True

    def _ways(self) -> Ways:
        asked = self.asked
        return asked.ways if self.now is asked.found else ways_to(self.now, asked.row, asked.rack)

    def _price(self, step: Step) -> int:
        lever = step.lever
        given_up = lever is None or lever in self.banned or self._minutes_left(lever) == 0
        return NEVER if given_up or lever is None else self.weights.get(type(lever), lever.weight)

    def _left(self, lever: Lever) -> int:
        """How much further a lever may be pulled: what is overlapped is at most half of what is left of a task."""
        used = self.used.get(lever, 0)
        if isinstance(lever, Overlap):
            shortened = self.asked.rack.shorten(lever.pred_row)
            return (
                lever.room - ceil(self.used.get(shortened, 0) / 2) - used if shortened else lever.room - used
            )
        if isinstance(lever, Shorten):
            leads = (
                o.lead + n for o, n in self.used.items() if isinstance(o, Overlap) and o.pred_row == lever.row
            )
            return min(lever.room, lever.remaining - 2 * max(leads, default=0)) - used
        return lever.room - used

    def _minutes_left(self, lever: Lever) -> int:
        """The same in working minutes."""
        if lever.decision:
            return NEVER if lever not in self.used else 0
        return max(0, int(self._left(lever) / lever.ratio))

    def _pull(self, levers: Iterable[Lever], minutes: int) -> bool:
        """Pull the levers by so many minutes more, and by no more than gains; False, and nothing done, if that gains
        nothing."""
        used, now = self._with(levers, minutes)
        gain = self.asked.gain_to(int(now.finish[self.asked.row]))
        if gain <= self.gain:
            return False
        if gain - self.gain < minutes:
            fewer, then = self._with(levers, gain - self.gain)
            if self.asked.gain_to(int(then.finish[self.asked.row])) >= gain:
                used, now = fewer, then
        self.used, self.now, self.gain = used, now, gain
        return True

    def _with(self, levers: Iterable[Lever], minutes: int) -> tuple[dict[Lever, int], Schedule]:
        used = dict(self.used)
        for lever in levers:
            more = 1 if lever.decision else min(self._left(lever), ceil(minutes * lever.ratio))
            used[lever] = used.get(lever, 0) + more
        return used, self.asked.after(list(used.items()))

    def _keep_on(self, levers: Iterable[Lever]) -> None:
        """Levers that gain nothing together stay pulled as far as they go, and are given back if it was for nothing:
        another way, or a date that holds as well, may have taken over in that very instant. What puts its own task off
        and is no decision, behind which another may stand, is not tried again."""
        _, then = self._with(levers, NEVER)
        later = then.finish > self.now.finish
        worse = {each for each in levers if later[each.row] and not each.decision}
        self.banned |= worse
        self.used, self.now = self._with([each for each in levers if each not in worse], NEVER)

    def give_back(self) -> None:
        """Leave out each lever, the dearest first, or pull it less, as far as the gain is no less than is asked."""
        want = min(self.gain, self.asked.goal)
        for lever in sorted(self.used, key=lambda each: (-each.weight, -each.row)):
            amount = self.used.pop(lever)
            if self._gains(self.used, want):
                continue
            self.used[lever] = amount
            if not lever.decision and self._gains(self.used | {lever: amount - 1}, want):
                self.used[lever] = self._least(lever, amount, want)

    def _least(self, lever: Lever, amount: int, want: int) -> int:
        return least(0, amount, lever.step, lambda less: self._gains(self.used | {lever: less}, want))

    def _gains(self, used: dict[Lever, int], want: int) -> bool:
        return self.asked.gain([*used.items()]) >= want
