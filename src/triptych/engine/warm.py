"""Compile the passes ahead of time: `python -m triptych.engine.warm`. A server runs this beside itself when it starts,
so that the first large plan finds them ready."""

import numpy as np

from triptych.plan import (
    STANDARD_WEEK,
    Assignment,
    Calendar,
    Link,
    PlanBuilder,
    Project,
    Resource,
    Task,
    parse_instant,
)
from triptych.plan.uncertainty import Uncertainty

from .compiled import are_lanes_warm, compiled_passes, mark_warm
from .dialects import DIALECTS
from .forecast import forecast
from .level import Terms, levelled
from .level import passes as levelling
from .level.search import Search
from .level.workbench import make_puzzle
from .live import LivePlan
from .schedule import Schedule, schedule_by


def warm() -> None:
    """Call every compiled function once on a small plan, unless that has been done before on this machine."""
    if are_lanes_warm() and levelling.is_warm():
        return
    project = Project(1, "Warm-up", parse_instant("2026-03-02T08:00"), calendar=1)
    tasks = [Task(uid=1, name="Phase"), *(Task(uid=uid, parent=1, duration=480) for uid in (2, 3, 4))]
    calendar, person = Calendar(1, "Standard", STANDARD_WEEK), Resource(1, "Somebody")
    team = [Assignment(uid, 1) for uid in (2, 3, 4)]
    plan, _ = PlanBuilder([project], tasks, [Link(2, 3)], [calendar], [person], team).build()
    passes = compiled_passes()
    found = schedule_by(plan, [DIALECTS["p6"]], passes)
    passes.mark_driving(found.run.net, np.zeros(len(found.run.compiled.link), np.int32))
    passes.as_late_as_no_one_minds(found.run.net)
    LivePlan.of(found).set_duration(2, 960)
    forecast(plan, Uncertainty(), weigh=True)
    mark_warm()
    warm_levelling(found)
    levelling.mark_warm()


def warm_levelling(found: Schedule) -> None:
    """Call every compiled function of levelling once."""
    passes = levelling.compiled()
    puzzle = make_puzzle(found, Terms(schedules=40, interrupt=60, within_float=True), passes)
    levelled(puzzle, Search().solve(puzzle, passes, lambda _: True), passes)


if __name__ == "__main__":
    warm()
