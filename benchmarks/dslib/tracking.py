"""Tracking periods: what was known of every activity at each status date."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from .cells import minutes, moment, number, text
from .records import Period, Price, Progress

_PERIOD, _ACTIVITIES = "TrackingPeriod", "TProTrackActivities-1"


@dataclass(frozen=True, slots=True)
class Activity:
    """What an activity was planned to take (working minutes) and to cost."""

    duration: int
    price: Price


def periods(root: etree._Element, known: Mapping[int, Activity]) -> tuple[tuple[Period, ...], list[str]]:
    """The periods by status date, and what is wrong with them. In the file each period's head is followed by its rows, in
    which the number of an activity stands before its progress."""
    found, faults = [], []
    heads: list[etree._Element] = []
    for table in root.findall("TrackingList"):
        for row in table:
            if row.tag == _PERIOD:
                heads.append(row)
            elif row.tag == _ACTIVITIES and heads:
                found.append(_period(heads.pop(), row, known))
    if heads:
        faults.append(f"tracking: {len(heads)} periods without activities")
    dated = [each for each in found if each is not None]
    if len(dated) < len(found):
        faults.append(f"tracking: {len(found) - len(dated)} periods without a date")
    if any(first.at > second.at for first, second in pairwise(dated)):
        faults.append("tracking: periods are not in order")
    return tuple(sorted(dated, key=lambda each: each.at)), faults


def _period(head: etree._Element, table: etree._Element, known: Mapping[int, Activity]) -> Period | None:
    at = moment(text(head, "EndDate"))
    if at is None:
        return None
    cells = list(table)
    pairs = zip(cells[::2], cells[1::2], strict=True)
    progress = {int(uid.text or 0): row for uid, row in pairs}
    return Period(
        name=text(head, "Name"),
        at=at,
        progress={uid: _progress(row, known[uid]) for uid, row in progress.items() if uid in known},
    )


def _progress(row: etree._Element, activity: Activity) -> Progress:
    """Durations are hours and costs deviations from the plan, as beside them in the workbooks: PAC, what the work done was
    planned to cost, is what is due at once and the actual hours; PRC is the rest of the plan's cost."""
    start = moment(text(row, "ActualStart"))
    done, left = minutes(row, "ActualDuration"), minutes(row, "RemainingDuration")
    spent = activity.price.at(done / 60, started=start is not None)
    rest = activity.price.at(left / 60, started=start is None)
    return Progress(
        actual_start=start,
        actual_duration=done,
        remaining_duration=left,
        complete=number(row, "PercentageComplete"),
        actual_cost=100 * (spent + number(row, "ActualCostDev")),
        remaining_cost=100 * (rest + number(row, "RemainingCostDev")),
    )
