"""The score: 100 points, less what each check that does not pass costs.

A check that passes costs nothing. One that does not costs in proportion to how far its share of the tasks (links,
people …) is beyond the limit, up to all its points where the share is `Check.full`; an index by how far it is below the
least. Shares and not numbers count, so a large plan and a small one compare; a check that cannot be computed costs
nothing. The points are ours, for the DCMA gives none: the most for what makes dates meaningless (no logic, a critical
path that does not hold), the least for what is only untidy. They add up to more than 100: a plan that fails in
everything has 0 long before.
"""

from collections.abc import Sequence

from .answer import Family, FamilyScore, Outcome


def score_of(outcomes: Sequence[Outcome]) -> float | None:
    """The score of a plan; None where nothing could be computed."""
    if all(each.fault is not None for each in outcomes):
        return None
    return max(0.0, 100.0 - sum(each.cost for each in outcomes))


def families_of(outcomes: Sequence[Outcome]) -> tuple[FamilyScore, ...]:
    """The score of each family by itself, and what it takes from the score of the whole."""
    return tuple(
        _family(family, [each for each in outcomes if each.check.family is family]) for family in Family
    )


def _family(family: Family, outcomes: Sequence[Outcome]) -> FamilyScore:
    stake = sum(each.check.points for each in outcomes if each.fault is None)
    cost = sum(each.cost for each in outcomes)
    return FamilyScore(family, None if stake == 0 else 100 * (1 - cost / stake), cost)
