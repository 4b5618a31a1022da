"""How durations may stray, and what ProTrack's own simulation made of it."""

from collections import defaultdict
from collections.abc import Iterable

from lxml import etree

from .cells import number, text
from .records import Indices, Profile

#: The four that every file has without stating them; the points stand in the workbooks' risk sheets under these names.
STANDARD = {
    1: Profile(1, "standard - no risk", ((99.0, 0.0), (100.0, 100.0), (101.0, 0.0))),
    2: Profile(2, "standard - symmetric", ((80.0, 0.0), (100.0, 100.0), (120.0, 0.0))),
    3: Profile(3, "standard - skewed left", ((80.0, 0.0), (110.0, 100.0), (120.0, 0.0))),
    4: Profile(4, "standard - skewed right", ((80.0, 0.0), (90.0, 100.0), (120.0, 0.0))),
}
#: `Field` of a result: averages and (population) standard deviations over the activities are those of the analysis sheet's columns,
#: to its one decimal, in half of the projects (CI: 70 of 140); of the others the sheet tells another simulation. So known, too: 93
#: to 95 are CRI of cost, by activity, and 781 to 783 of resources. 110 to 156, one of each a project, seem to be errors of forecasts.
_CI, _SI, _SSI, _CRI_R, _CRI_RHO, _CRI_TAU = range(41, 47)
#: The working hours that the project took in each run: one value a run, by its number.
_DURATION = 132


def profiles(root: etree._Element, activities: Iterable[etree._Element]) -> dict[int, Profile]:
    """The profile of each activity, by uid: one of the standard ones, or the file's own."""
    known = STANDARD | {each.uid: each for each in _own(root)}
    chosen = {int(number(each, "UniqueID")): int(number(each, "Distribution")) for each in activities}
    return {uid: known[profile] for uid, profile in chosen.items() if profile in known}


def _own(root: etree._Element) -> Iterable[Profile]:
    """Each stands under a tag of its own. `Style` is 1 for percent, 0 for hours (the workbooks' “relative” and “absolute”).
    X is where and Y how likely, from 0 to 100; `StartDuration` and `EndDuration` are only the ends of the picture."""
    for table in root.findall("SensitivityDistributions"):
        for row in table:
            where, how = row.findall("Distribution/X"), row.findall("Distribution/Y")
            if where:
                points = tuple(
                    (float(x.text or 0), float(y.text or 0)) for x, y in zip(where, how, strict=True)
                )
                yield Profile(
                    int(number(row, "UniqueID")),
                    text(row, "Name"),
                    points,
                    relative=number(row, "Style") == 1,
                )


def _results(root: etree._Element) -> dict[int, dict[int, float]]:
    """By field, and then by what they are of."""
    found: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for row in root.iterfind("Simulation/Results/Result"):
        found[int(number(row, "Field"))][int(number(row, "Object"))] = number(row, "Value")
    return found


def indices(root: etree._Element) -> dict[int, Indices]:
    """The indices of each activity, by uid; empty where the project was not simulated."""
    found = _results(root)
    columns = [found.get(field, {}) for field in (_CI, _SI, _SSI, _CRI_R, _CRI_RHO, _CRI_TAU)]
    whole = set.intersection(*map(set, columns))
    return {uid: Indices(*(column[uid] for column in columns)) for uid in sorted(whole)}


def runs(root: etree._Element) -> tuple[float, ...]:
    """The durations of the simulated runs, in working minutes."""
    found = _results(root).get(_DURATION, {})
    return tuple(found[run] * 60 for run in sorted(found))
