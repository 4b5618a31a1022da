"""Where ways can be cut: the steps that every way shares, and the cheapest set of levers with one on every way."""

from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass

from .levers import Lever
from .places import SOURCE, TARGET, Place
from .ways import Step, Ways

#: The price of what cannot give way.
NEVER = 10**9
#: So many ways at most are cut at once: whoever needs more has another problem.
MOST_WAYS = 40

Price = Callable[[Step], int]


@dataclass(frozen=True, slots=True)
class Cut:
    """The levers to pull together, in the order of their tasks; or none, and a way on which nothing can give way,
    from the source to the target (empty where there are too many ways)."""

    levers: tuple[Lever, ...] = ()
    blocked: tuple[Step, ...] | None = None


def cheapest_cut(ways: Ways, price: Price) -> Cut:
    """The cut of least price, by the theorem that it equals the greatest flow (Ford and Fulkerson, 1956; Phillips and
    Dessouky used it to shorten projects, 1977), found by shortest augmenting paths (Edmonds and Karp, 1972)."""
    flow = _Flow(ways, price)
    for _ in range(MOST_WAYS):
        way = flow.augmenting()
        if way is None:
            return Cut(tuple(sorted(flow.cut(), key=lambda each: each.row)))
        size = min(flow.left(*arc) for arc in way)
        if size >= NEVER // 2:
            return Cut(blocked=tuple(step for step, forward in way if forward))
        flow.push(way, size)
    return Cut(blocked=())


_Arc = tuple[Step, bool]  # forward or back


class _Flow:
    def __init__(self, ways: Ways, price: Price) -> None:
        self.price = {step: price(step) for steps in ways.steps.values() for step in steps}
        self.used = dict.fromkeys(self.price, 0)
        self.arcs: dict[Place, list[_Arc]] = {}
        for step in self.price:
            self.arcs.setdefault(step.tail, []).append((step, True))
            self.arcs.setdefault(step.head, []).append((step, False))

    def left(self, step: Step, forward: bool) -> int:
        """How much more can flow along an arc."""
        return self.price[step] - self.used[step] if forward else self.used[step]

    def push(self, way: list[_Arc], size: int) -> None:
        for step, forward in way:
            self.used[step] += size if forward else -size

    def augmenting(self) -> list[_Arc] | None:
        """A shortest way along which more can flow."""
        came = self._reached()
        if TARGET not in came:
            return None
        way, place = [], TARGET
        while (arc := came[place]) is not None:
            way.append(arc)
            place = arc[0].tail if arc[1] else arc[0].head
        return way[::-1]

    def _reached(self) -> dict[Place, _Arc | None]:
        """Every place that flow can still reach from the source, and by which arc."""
        came: dict[Place, _Arc | None] = {SOURCE: None}
        waiting = deque([SOURCE])
        while waiting and TARGET not in came:
            for arc in self.arcs.get(waiting.popleft(), ()):
                place = arc[0].head if arc[1] else arc[0].tail
                if place not in came and self.left(*arc) > 0:
                    came[place] = arc
                    waiting.append(place)
        return came

    def cut(self) -> set[Lever]:
        """The levers of the steps out of what can be reached."""
        came = self._reached()
        out = (step for step in self.price if step.tail in came and step.head not in came)
        return {step.lever for step in out if step.lever is not None}


def alone(ways: Ways) -> list[Lever]:
    """The levers that cut every way from the source to the target by themselves, in outline order."""
    steps: defaultdict[Lever, set[Step]] = defaultdict(set)
    for step in (each for found in ways.steps.values() for each in found):
        if step.lever is not None:
            steps[step.lever].add(step)
    shared = {step.lever for step in _shared(ways)}
    found = (
        lever
        for lever, mine in steps.items()
        if lever in shared or (len(mine) > 1 and TARGET not in _reach(ways, mine))
    )
    return sorted(found, key=lambda each: each.row)


def _shared(ways: Ways) -> list[Step]:
    """The steps that every way takes, in order: walking along one way, those that no other way leads past."""
    way = _any_way(ways)
    own = set(way)
    at = {step.head: number + 1 for number, step in enumerate(way)}
    found, seen, furthest = [], {SOURCE}, 0
    waiting = [SOURCE]
    for number, step in enumerate(way):
        while waiting:
            for each in ways.steps.get(waiting.pop(), ()):
                if each.head in at and each not in own:
                    furthest = max(furthest, at[each.head])
                elif each.head not in at and each.head not in seen:
                    seen.add(each.head)
                    waiting.append(each.head)
        if furthest <= number:
            found.append(step)
        waiting.append(step.head)
    return found


def _any_way(ways: Ways) -> list[Step]:
    """Some way from the source to the target."""
    came = _reach(ways, set())
    way, place = [], TARGET
    while place != SOURCE and place in came:
        way.append(came[place])
        place = came[place].tail
    return way[::-1]


def _reach(ways: Ways, without: set[Step]) -> dict[Place, Step]:
    """What can be reached from the source without some steps, and by which."""
    came: dict[Place, Step] = {}
    waiting = [SOURCE]
    while waiting and TARGET not in came:
        for step in ways.steps.get(waiting.pop(), ()):
            if step.head not in came and step not in without:
                came[step.head] = step
                waiting.append(step.head)
    return came
