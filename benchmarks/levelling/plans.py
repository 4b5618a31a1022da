"""An instance as a plan, so that the engine levels what its users give it, and dates back as steps."""

import numpy as np

from triptych.plan import (
    Assignment,
    Calendar,
    Constraint,
    Instant,
    Link,
    Plan,
    PlanBuilder,
    Project,
    Resource,
    Task,
    parse_instant,
)
from triptych.plan.diagnostics import PlanError
from triptych.plan.model import ROUND_THE_CLOCK_WEEK
from triptych.plan.tables import I32, I64

from .instance import Instance
from .verify import NotValid

START = parse_instant("2026-01-05T00:00")
#: Minutes of a step: an hour, with which the longest library ends within the year after next.
STEP = 60
#: Units of one of a resource: a hundred is one full-time person.
UNITS = 100


def as_plan(instance: Instance) -> Plan:
    """A plan of one project with all its activities in order (uid = number + 1), round the clock.

    Several projects are one in the plan too, for the makespan of all counts, not each finish. Activities without duration
    are milestones; a release is "start no earlier than".
    """
    builder = PlanBuilder(
        projects=[Project(1, instance.name, START, calendar=1)],
        tasks=[_task(instance, activity) for activity in range(len(instance))],
        links=[Link(pred + 1, succ + 1) for pred, succ in instance.links],
        calendars=[Calendar(1, "Round the clock", ROUND_THE_CLOCK_WEEK)],
        resources=[
            Resource(each, f"Resource {each}", units=capacity * UNITS)
            for each, capacity in enumerate(instance.capacities, 1)
        ],
        assignments=[
            Assignment(activity, resource, units=amount * UNITS)
            for activity, demand in enumerate(instance.demands, 1)
            for resource, amount in enumerate(demand, 1)
            if amount and instance.durations[activity - 1]
        ],
    )
    plan, found = builder.build()
    if found:
        raise PlanError(found)
    return plan


def _task(instance: Instance, activity: int) -> Task:
    release = instance.releases[instance.projects[activity]]
    return Task(
        uid=activity + 1,
        name=f"Activity {activity + 1}",
        milestone=not instance.durations[activity],
        duration=instance.durations[activity] * STEP,
        constraint=Constraint.SNET if release else Constraint.ASAP,
        constraint_date=Instant(START + release * STEP) if release else None,
    )


def steps_of(instance: Instance, start: I32 | I64, finish: I32 | I64) -> list[int]:
    """The starts of a plan's rows, in steps. Raises NotValid where a task does not begin on a step or does not last as long as
    its activity."""
    lasts = np.array(instance.durations, np.int64) * STEP
    since = start.astype(np.int64) - START
    if ((finish - start) != lasts).any() or (since % STEP).any():
        raise NotValid(
            f"{instance.name}: tasks do not last as long as their activities, or start between steps"
        )
    found: list[int] = (since // STEP).tolist()
    return found
