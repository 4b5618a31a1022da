"""How a P2X file spells things. It is XML in which each table stands twice: first a head, then the rows."""

from collections.abc import Iterator
from datetime import datetime

from lxml import etree

from triptych.plan import Instant, LinkKind, instant
from triptych.plan.quantities import FIRST_YEAR

#: `LagType` beside the predecessors in the workbooks of the same projects: all but one of 2,953 links agree.
LINK_KINDS = {0: LinkKind.SS, 1: LinkKind.SF, 2: LinkKind.FS, 3: LinkKind.FF}
#: Lags are working hours: 8 is spelled `+1d` in the workbook of a day of eight hours. Their `LagKind` is always 0.
LAG_KIND = 0


def rows(root: etree._Element, table: str, tag: str) -> Iterator[etree._Element]:
    """The rows of a table."""
    for each in root.findall(table):
        yield from each.findall(tag)


def text(row: etree._Element, tag: str) -> str:
    """A cell, empty where there is none."""
    return (row.findtext(tag) or "").strip()


def number(row: etree._Element, tag: str) -> float:
    """A cell as a number, 0 where there is none."""
    return float(text(row, tag) or 0)


def minutes(row: etree._Element, tag: str) -> int:
    """A cell that counts hours, in minutes."""
    return round(number(row, tag) * 60)


def money(amount: float) -> int:
    """An amount in whole hundredths."""
    return round(amount * 100)


def moment(spelled: str) -> Instant | None:
    """`ddmmyyyyHHMM` as an instant; `0` and the first of January of the year 100 mean that there is none."""
    if len(spelled) != 12 or int(spelled[4:8]) < FIRST_YEAR:
        return None
    day, month, year = int(spelled[:2]), int(spelled[2:4]), int(spelled[4:8])
    return instant(datetime(year, month, day, int(spelled[8:10]), int(spelled[10:])))  # noqa: DTZ001 - local
