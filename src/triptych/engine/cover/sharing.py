"""People with several roles: whose time goes to which role, so that as little as possible is lacking."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from triptych.engine.pieces import F64

#: Less than a hundred thousandth of a minute is nothing.
_NOTHING = 1e-5


@dataclass(frozen=True, slots=True)
class Group:
    """People who can do the same: their own role (-1 without one), all the roles that they can do (numbers), and the
    minutes that there are of them."""

    own: int
    roles: frozenset[int]
    minutes: float


def share(groups: Sequence[Group], demand: F64) -> F64:
    """The minutes that each group gives to each role (groups × roles).

    Everybody serves their own role first, those who can do little else before those who can do more; what is left of
    them goes to the roles of their skills. Where that leaves a role short, people change places as long as it helps: from
    whoever has time left, along roles that they can do and people who do those now, to the role that is short. That is
    the method of Ford and Fulkerson (1956, shortest paths first as Edmonds and Karp, 1972), so the sum of what lacks is
    the least possible: the most by which any set of roles asks for more than all people who can do one of them have.
    """
    given = np.zeros((len(groups), len(demand)))
    for role in range(len(demand)):
        own = [at for at, each in enumerate(groups) if each.own == role]
        left = float(demand[role])
        for at in sorted(own, key=lambda at: len(groups[at].roles)):
            given[at, role] = min(left, groups[at].minutes)
            left -= given[at, role]
    while path := _path(groups, demand, given):
        _move(groups, demand, given, path)
    return given


def _path(groups: Sequence[Group], demand: F64, given: F64) -> list[tuple[int, int]]:
    """The shortest way from a group with time left to a role that is short, as pairs of a group and the role that it gives
    more to; each role but the last is given less by the next group. Empty where there is none."""
    short = set(np.flatnonzero(demand - given.sum(axis=0) > _NOTHING).tolist())
    if not short:
        return []
    start = [at for at, each in enumerate(groups) if each.minutes - given[at].sum() > _NOTHING]
    came: dict[int, tuple[int, int] | None] = dict.fromkeys(start)
    queue, seen = deque(start), set[int]()
    while queue:
        group = queue.popleft()
        for role in sorted(groups[group].roles - seen):
            seen.add(role)
            if role in short:
                return _way(came, group, role)
            for other in np.flatnonzero(given[:, role] > _NOTHING).tolist():
                if other not in came:
                    came[other] = (group, role)
                    queue.append(other)
    return []


def _way(came: dict[int, tuple[int, int] | None], group: int, role: int) -> list[tuple[int, int]]:
    way = [(group, role)]
    while (before := came[way[0][0]]) is not None:
        way.insert(0, before)
    return way


def _move(groups: Sequence[Group], demand: F64, given: F64, path: list[tuple[int, int]]) -> None:
    """As much as goes along the path."""
    first, last = path[0][0], path[-1][1]
    amounts = [groups[first].minutes - given[first].sum(), demand[last] - given[:, last].sum()]
    amounts += [given[path[at + 1][0], role] for at, (_, role) in enumerate(path[:-1])]
    amount = min(amounts)
    for at, (group, role) in enumerate(path):
        given[group, role] += amount
        if at + 1 < len(path):
            given[path[at + 1][0], role] -= amount
