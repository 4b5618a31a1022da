"""Our own levelling, called as its users call it: the one place that knows how."""

import time
from dataclasses import dataclass
from importlib.metadata import version

from benchmarks.peers import Found
from triptych.engine import schedule
from triptych.engine.level import Terms
from triptych.engine.level import level as level_schedule
from triptych.engine.warm import warm
from triptych.plan import Plan
from triptych.plan.tables import I32

from .company import company
from .instance import Instance
from .plans import as_plan, steps_of

#: More schedules than are ever generated in the time of a comparison.
_ENDLESS = 1_000_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Levelled:
    """Dates by row, and how many schedules were generated for them."""

    start: I32
    finish: I32
    generated: int


def warm_up() -> None:
    """Compile and load the code, which is none of the plans' doing."""
    warm()
    level_plan(company(100, 5), schedules=None, seconds=0.01, threads=1, seed=1)


def level_plan(
    plan: Plan, *, schedules: int | None, seconds: float | None, threads: int, seed: int
) -> Levelled:
    """The plan's dates once it is levelled; `schedules` or `seconds` end the search, or both."""
    most = schedules or (_ENDLESS if seconds else Terms().schedules)
    terms = Terms(schedules=most, threads=threads, seed=seed)
    begun = time.perf_counter()
    found = level_schedule(
        schedule(plan), terms, tell=lambda _: seconds is None or time.perf_counter() - begun < seconds
    )
    return Levelled(found.after.start, found.after.finish, found.generated)


def level(
    instance: Instance, *, schedules: int | None, seconds: float | None, threads: int, seed: int
) -> Found:
    """Its best starts; the time begins before the plan is scheduled, and includes the proposal that users get."""
    plan = as_plan(instance)
    begun = time.perf_counter()
    found = level_plan(plan, schedules=schedules, seconds=seconds, threads=threads, seed=seed)
    taken = time.perf_counter() - begun
    return Found(steps_of(instance, found.start, found.finish), 0, taken, f"Triptych {version('triptych')}")
