"""The baselines' starts beside ours, activity by activity, and why they differ."""

from collections import Counter
from collections.abc import Iterable

import numpy as np

from triptych.engine import schedule
from triptych.plan import Plan
from triptych.plan.tables import Flags

from .holds import as_planned, starts
from .records import Tracked
from .value import clock_of

AT_LINKS = "where the links put it"
HELD = "held back by the planner"
AGAINST = "earlier than a link of its own file allows"


def compare(projects: Iterable[Tracked]) -> dict[str, int]:
    """How many activities the baseline starts where their links put them, later or earlier; and of how many the start is ours,
    by links alone and with the planner's holds."""
    found = Counter[str]()
    for each in projects:
        planned, allowed = (starts(each).planned, starts(each).allowed)
        for uid, at in planned.items():
            found[AT_LINKS if at == allowed[uid] else HELD if at > allowed[uid] else AGAINST] += 1
        alone, held = _equal(each, each.plan), _equal(each, as_planned(each))
        found += Counter({"activities": len(held), "ours by links alone": int(alone.sum())})
        found += Counter({"ours with the holds": int(held.sum()), "projects": 1})
        found += Counter({"projects in whole": int(held.all())})
    return dict(found)


def _equal(tracked: Tracked, plan: Plan) -> Flags:
    """Whether each start of the baseline is that of the scheduled plan, as working time."""
    table, clock, found = tracked.baseline.tasks, clock_of(tracked), schedule(plan)
    rows = [plan.index_of[uid] for uid in table.uid.tolist()]
    equal: Flags = np.asarray(clock.worked(found.start[rows].astype(np.int64)) == clock.worked(table.start))
    return equal
