"""The benchmarks' plans: such as the builder would build, the same for the same seed, and of a realistic length."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.networks import CALENDARS, DAY, MONDAY, chain, layered, merge
from benchmarks.peers.mspdi import write
from triptych.engine import schedule
from triptych.formats import read_plan
from triptych.plan import LinkKind, Plan
from triptych.plan.builder import rebuild
from triptych.plan.quantities import MINUTES_PER_DAY
from triptych.plan.worktime import calendar_faults

PLANS = [layered(600), layered(600, grouped=True), layered(40, links_per_task=1), chain(50), merge(50)]
NAMES = ["layered", "grouped", "sparse", "chain", "merge"]


@pytest.mark.parametrize("plan", PLANS, ids=NAMES)
def test_the_builder_would_have_built_it(plan: Plan) -> None:
    assert rebuild(plan) == plan
    assert schedule(plan).diagnostics == ()
    assert not calendar_faults(CALENDARS)


def test_the_same_seed_gives_the_same_plan() -> None:
    assert layered(300, seed=5) == layered(300, seed=5)
    assert layered(300, seed=5) != layered(300, seed=6)


def test_a_portfolio_has_some_of_everything_in_its_measure() -> None:
    plan = layered(20_000)
    tasks, links = plan.tasks, plan.links
    assert len(tasks) == 20_000
    assert len(links) == pytest.approx(2 * len(tasks), rel=0.1)
    assert np.mean(links.kind == LinkKind.FS) == pytest.approx(0.9, abs=0.02)
    assert (links.lag[links.kind == LinkKind.FS] == 0).all()
    assert links.lag.min() < 0 < links.lag.max()
    assert np.mean(tasks.duration == 0) == pytest.approx(0.05, abs=0.01)
    assert np.mean(tasks.constraint > 0) == pytest.approx(0.04, abs=0.01)
    assert np.mean(tasks.deadline > 0) == pytest.approx(0.03, abs=0.01)
    assert set(tasks.calendar.tolist()) == {-1, *range(1, len(CALENDARS))}
    assert 0.01 < np.mean(tasks.actual_start > 0) < 0.08
    assert np.any((tasks.actual_start > 0) & (tasks.actual_finish < 0))
    assert np.mean(links.pred < links.succ) == pytest.approx(0.5, abs=0.02), "rows are in no order"


def test_progress_is_before_the_status_date_and_work_after_it() -> None:
    plan = layered(2000, dialect="triptych")
    status, tasks = plan.project.status_date, plan.tasks
    assert status is not None
    assert tasks.actual_start.max() < status
    assert tasks.actual_finish.max() <= status
    result = schedule(plan)
    finished, started = tasks.actual_finish > 0, tasks.actual_start > 0
    assert (result.finish[finished] == tasks.actual_finish[finished]).all()
    assert (result.start[started] == tasks.actual_start[started]).all()
    assert (result.finish[~finished] >= status).all()


def test_outlines_change_no_date() -> None:
    flat, grouped = schedule(layered(3000)), schedule(layered(3000, grouped=True))
    leaves = ~grouped.plan.is_summary
    assert grouped.plan.level.max() == 2
    assert np.sum(leaves) == 3000
    for column in ("start", "finish", "late_finish", "total_float"):
        assert np.array_equal(np.sort(getattr(grouped, column)[leaves]), np.sort(getattr(flat, column)))


def test_great_plans_last_years_not_centuries() -> None:
    years = (schedule(layered(20_000)).finish.max() - MONDAY) / MINUTES_PER_DAY / 365
    assert 1 < years < 3
    long = chain(1_000_000)
    assert int(long.tasks.duration.sum()) <= 10_000 * DAY


def test_a_chain_and_a_merge_are_what_they_say() -> None:
    line, fan = schedule(chain(5)), schedule(merge(20))
    assert np.array_equal(np.argsort(line.start), np.arange(5))
    assert line.critical.all()
    assert np.sum(fan.plan.links.succ == 20) == 20
    assert fan.start[20] > fan.finish[:20].max()


def test_peers_get_the_same_plan() -> None:
    plan = layered(400, grouped=True)
    read = read_plan(write(plan)).plan
    assert read is not None
    ours = {"name": read.tasks.name, "remaining": read.tasks.remaining, "type": read.tasks.type}
    assert read.tasks == plan.tasks.with_columns(**ours)
    assert read.links == plan.links
    assert [(each.week, each.exceptions) for each in read.calendars] == [
        (each.week, tuple(replace(one, name="") for one in each.exceptions)) for each in CALENDARS
    ]
