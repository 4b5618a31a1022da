"""Compile the passes ahead of time: `python -m triptych.engine.warm`. A server runs this beside itself when it starts,
so that the first large plan finds them ready."""

import numpy as np

from triptych.plan import STANDARD_WEEK, Calendar, Link, PlanBuilder, Project, Task, parse_instant
from triptych.plan.uncertainty import Uncertainty

from .compiled import are_lanes_warm, compiled_passes, mark_warm
from .dialects import DIALECTS
from .forecast import forecast
from .live import LivePlan
from .schedule import schedule_by


def warm() -> None:
    """Call every compiled function once on a small plan, unless that has been done before on this machine."""
    if are_lanes_warm():
        return
    project = Project(1, "Warm-up", parse_instant("2026-03-02T08:00"), calendar=1)
    tasks = [Task(uid=1, name="Phase"), *(Task(uid=uid, parent=1, duration=480) for uid in (2, 3))]
    plan, _ = PlanBuilder([project], tasks, [Link(2, 3)], [Calendar(1, "Standard", STANDARD_WEEK)]).build()
    passes = compiled_passes()
    found = schedule_by(plan, [DIALECTS["p6"]], passes)
    passes.mark_driving(found.run.net, np.zeros(len(found.run.compiled.link), np.int32))
    passes.as_late_as_no_one_minds(found.run.net)
    LivePlan.of(found).set_duration(2, 960)
    forecast(plan, Uncertainty(), weigh=True)
    mark_warm()


if __name__ == "__main__":
    warm()
