"""The analysis sheet: of each project the published average, standard deviation and skew of its activities' indices."""

from collections.abc import Iterator
from dataclasses import dataclass

from .archive import DATA
from .records import Tracked
from .whole import projects
from .workbooks import Cells, sheets

SHEET = "DSLIB_Analysis_Scheet.xlsx"
#: The indices of time in the order of the sheet, as `records.Indices` names them.
INDICES = ("ci", "si", "ssi", "cri_r", "cri_rho", "cri_tau")
_AUTHENTIC, _TIME = 9, 24


@dataclass(frozen=True, slots=True)
class Spread:
    """Over the activities of a project, in percent (the skew is a number); the skew is None where it is not stated."""

    average: float
    deviation: float
    skew: float | None


@dataclass(frozen=True, slots=True)
class Published:
    """What the sheet says of a project."""

    tracked: Tracked
    time: dict[str, Spread]


def published() -> Iterator[Published]:
    """Every project of the sheet that can be read and whose indices of time are stated, with its file."""
    files = {each.code: each for each in projects()}
    for row in rows():
        time = _spreads(row)
        if row[0] in files and len(time) == len(INDICES):
            yield Published(files[row[0]], time)


def rows() -> list[Cells]:
    """The sheet's rows of projects."""
    (_, found), *_ = sheets(DATA / SHEET, "DSLIB")
    return [each for each in found if each and str(each[0]).startswith("C20")]


def authentic() -> frozenset[str]:
    """The codes of the projects whose tracking data the sheet marks as authentic (G, its green)."""
    return frozenset(str(each[0]) for each in rows() if each[_AUTHENTIC] == "G")


def _spreads(row: Cells) -> dict[str, Spread]:
    found = {}
    for number, name in enumerate(INDICES):
        average, deviation, skew = (_value(each) for each in row[_TIME + 3 * number : _TIME + 3 * number + 3])
        if average is not None and deviation is not None:
            found[name] = Spread(average, deviation, skew)
    return found


def _value(cell: object) -> float | None:
    return float(cell) if isinstance(cell, int | float) else None
