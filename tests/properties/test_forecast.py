"""The law of forecasts: every iteration is a schedule. What it simulates is the plan, by all its rules."""

from dataclasses import replace

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.plans import plans
from triptych.engine import DIALECTS
from triptych.engine.compiled import compiled_lanes
from triptych.engine.forecast.course import chart_course, planned_finishes
from triptych.engine.forecast.luck import tell_fortune
from triptych.engine.forecast.run import LANES, Bench, Trial
from triptych.engine.lanes import PACED, Planned
from triptych.engine.schedule import Schedule, schedule_by
from triptych.plan import LagKind, Plan
from triptych.plan.quantities import NO_INSTANT
from triptych.plan.tables import I32, I64
from triptych.plan.uncertainty import Branch, Effect, Factor, Range, Risk, Spread, Uncertainty, Way

dialects = st.sampled_from(sorted(DIALECTS))
SPREAD = Spread(Range(0.5, 1.0, 2.0))


def what_may_happen(plan: Plan) -> Uncertainty:
    """Something of everything."""
    uids = plan.tasks.uid.tolist()
    delay, factor = Range(60, 480, 960), Range(0.8, 1.0, 1.4)
    ways = (Way("short", 0.5, tuple(uids[1::3])), Way("long", 0.5, tuple(uids[2::3])))
    return Uncertainty(
        spreads=(SPREAD,),
        risks=(Risk("Late delivery", Effect(0.4, delay=delay, factor=factor), tuple(uids[::2])),),
        factors=(Factor("Weather", factor),),
        branches=(Branch("Permit", ways),),
    )


def simulated(found: Schedule, what: Uncertainty) -> tuple[Bench, I64, I64]:
    """One block, forward: the bench, what every row took in every lane, and its early finish (an instant)."""
    fortune = tell_fortune(found, what, 7)
    chart = chart_course(found, fortune.least, np.zeros(len(found.run.net.dates)), None)
    planned = Planned(planned_finishes(chart, found), np.zeros(len(found.run.net.dates), np.float32))
    bench = Bench(Trial(chart.net, chart.course, fortune.luck, planned, chart.lines, chart.gaps, 7, False))
    bench.run(0, False)
    node, step = found.run.compiled.node, chart.course.step[:-1]
    minutes, finish = (
        np.zeros((len(found.plan), LANES), np.int64),
        np.zeros((len(found.plan), LANES), np.int64),
    )
    for row in np.flatnonzero(found.run.counted):
        here = node[row]
        paced = step["kind"][here] == PACED
        drawn = bench.room.finish[here] - (bench.room.start[here] if paced else 0)
        minutes[row] = drawn - fortune.luck.draw["pause"][here]
        line = step["finish_line"][here]
        finish[row] = (
            _instants(chart.net.open, int(step["row"][here]), bench.room.finish[here])
            if paced
            else bench.room.bank[line]
        )
    return bench, np.where((fortune.minutes > 0)[:, None], minutes, -1), finish


def _instants(hours: object, row: int, worked: I32) -> I64:
    passes = compiled_lanes()
    found = [hours.interval[passes.holding(hours, row, each - 1)] for each in worked.tolist()]  # type: ignore[attr-defined]
    return np.array(
        [each["opens"] + at - each["before"] for each, at in zip(found, worked.tolist(), strict=True)]
    )


def with_minutes(plan: Plan, minutes: I64) -> Plan:
    """The plan with other durations, -1: as they are; what is done of running work stays done."""
    tasks = plan.tasks
    drawn = minutes >= 0
    running = drawn & (tasks.actual_start != NO_INSTANT)
    left = np.where(
        tasks.remaining >= 0,
        tasks.remaining,
        np.rint(tasks.duration * (100 - tasks.percent_complete) / 100).astype(np.int64),
    )
    duration = np.where(running, tasks.duration - left + minutes, np.where(drawn, minutes, tasks.duration))
    remaining = np.where(running, minutes, tasks.remaining)
    return replace(plan, tasks=tasks.with_columns(duration=duration, remaining=remaining))


@given(plan=plans(), dialect=dialects)
def test_every_iteration_is_a_schedule(plan: Plan, dialect: str) -> None:
    assume(not any(each.from_finish for each in plan.projects))
    assume(not (plan.tasks.constraint == 1).any() and not (plan.tasks.secondary == 1).any())
    assume(not np.isin(plan.links.lag_kind, [LagKind.PERCENT, LagKind.ELAPSED_PERCENT]).any())
    readers, passes = [DIALECTS[dialect]] * len(plan.projects), compiled_lanes()
    found = schedule_by(plan, readers, passes)
    assume(not found.run.short)
    _, minutes, finish = simulated(found, what_may_happen(plan))
    counted = found.run.counted
    for lane in (0, 1, 63, LANES - 1):
        again = schedule_by(with_minutes(plan, minutes[:, lane]), readers, passes)
        assert finish[counted, lane].tolist() == again.early_finish[counted].tolist()
