"""Libraries of projects with scarce resources: readers on texts of our own, the archives where they are, the check of results."""

import re
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from benchmarks.levelling import libraries
from benchmarks.levelling.company import FAR, LEAST, MOST, NEAR, company
from benchmarks.levelling.instance import Instance
from benchmarks.levelling.libraries import Known, instances, known, sample
from benchmarks.levelling.plans import START, STEP, as_plan, steps_of
from benchmarks.levelling.race import Way, race
from benchmarks.levelling.texts import NotRead, read_mplib, read_patterson, read_psplib
from benchmarks.levelling.verify import NotValid, faults, plan_faults, verified, verified_plan
from benchmarks.peers import Found, Measured, cp_sat, pyjobshop, taskjuggler
from triptych.engine import schedule
from triptych.engine.solvers import Ask, Goal, Relaxation
from triptych.engine.solvers.cp_sat import CpSat
from triptych.plan.quantities import moment

#: Dig 3 and fetch 2 steps, one digger and two carts of three; then fill 2 steps.
SHED = Instance(
    "shed", (0, 3, 2, 2, 0), ((1, 2), (3,), (3,), (4,), ()),
    ((0, 0), (1, 2), (1, 2), (0, 3), (0, 0)), (1, 3), (0,) * 5, (0,),
)  # fmt: skip
PSPLIB = """{stars}
file with basedata            : shed
{stars}
projects                      :  1
jobs (incl. supersource/sink ):  5
RESOURCES
  - renewable                 :  2   R
{stars}
PROJECT INFORMATION:
pronr.  #jobs rel.date duedate tardcost  MPM-Time
    1      3      0        9        0        5
{stars}
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
   1        1          2           2   3
   2        1          1           4
   3        1          1           4
   4        1          1           5
   5        1          0
{stars}
REQUESTS/DURATIONS:
jobnr. mode duration  R 1  R 2
------------------------------
  1      1     0       0    0
  2      1     3       1    2
  3      1     2       1    2
  4      1     2       0    3
  5      1     0       0    0
{stars}
RESOURCEAVAILABILITIES:
  R 1  R 2
    1    3
{stars}
""".format(stars="*" * 72)
PATTERSON = "5 2\n1 3\n\n0 0 0 2 2\n 3\n3 1 2 1 4\n2 1 2 1 4\n2 0 3 1 5\n0 0 0 0\n"
TWO_SHEDS = """2
2
1 3

5 0
1 1

0 0 0 2 1:2 1:3
3 1 2 1 1:4
2 1 2 1 1:4
2 0 3 1 1:5
0 0 0 0

3 4
1 0

0 0 0 1 2:2
6 1 0 1 2:3
0 0 0 0
"""


def is_here(library: str) -> pytest.MarkDecorator:
    lacks = libraries.lacking(library)
    return pytest.mark.skipif(
        bool(lacks), reason=f"{lacks} of others, in ../shared/data beside the source, is not there"
    )


def test_each_format_is_read() -> None:
    assert read_psplib("shed", PSPLIB) == SHED
    assert read_patterson("shed", PATTERSON) == SHED
    two = read_mplib("sheds", TWO_SHEDS)
    assert two.durations == (*SHED.durations, 0, 6, 0)
    assert two.successors == (*SHED.successors, (6,), (7,), ())
    assert two.demands == (*SHED.demands, (0, 0), (1, 0), (0, 0))
    assert (two.projects, two.releases) == ((0,) * 5 + (1,) * 3, (0, 4))
    assert two.critical_path == 10


@pytest.mark.parametrize(
    ("read", "text", "told"),
    [
        (read_psplib, "hello", "no project of PSPLIB"),
        (read_psplib, PSPLIB.replace("   4        1          1           5", "   4        1          2           5"), "more or fewer numbers"),
        (read_psplib, PSPLIB.replace("  4      1     2", "  4      2     2"), "one mode"),
        (read_psplib, PSPLIB.replace("    1    3\n", "    1    2\n"), "activity 4 needs more than there is"),
        (read_patterson, PATTERSON[:-4], "ends too soon"),
        (read_patterson, PATTERSON + " 1", "more after the last activity"),
        (read_patterson, PATTERSON.replace("1 5", "1 6"), "none of its 5 activities"),
        (read_patterson, PATTERSON.replace("1 5", "1 2"), "in circles"),
        (read_patterson, "five two", "no project in Patterson's format"),
        (read_mplib, TWO_SHEDS.replace("2:3", "2:4"), "no file of MPLIB: '2:4'"),
    ],
)  # fmt: skip
def test_what_is_not_of_its_form_is_refused(read: object, text: str, told: str) -> None:
    assert callable(read)
    with pytest.raises(NotRead, match=f"shed.*{told}"):
        read("shed", text)


def test_bounds_of_a_makespan() -> None:
    assert SHED.critical_path == 5
    assert SHED.earliest == (0, 0, 0, 3, 5)
    assert SHED.work_bound == 6  # the carts: 2·3 + 2·2 + 3·2 = 16 of 3 a step
    assert replace(SHED, releases=(2,)).critical_path == 7


def test_a_result_is_checked() -> None:
    assert verified(SHED, [0, 0, 3, 5, 7], "we") == 7
    assert faults(SHED, [0, 0, 0, 3, 5]) == [
        "resource 0 is used 2 at step 0, of 1",
        "resource 1 is used 4 at step 0, of 3",
    ]
    assert faults(SHED, [0, 0, 3, 4, 7]) == [
        "activity 3 starts at 4, before 2 is finished at 5",
        "resource 1 is used 5 at step 4, of 3",
    ]
    assert faults(replace(SHED, releases=(1,)), [0, 1, 4, 6, 8]) == [
        "activity 0 starts at 0, its project not before 1"
    ]
    assert faults(SHED, [0]) == ["1 starts for 5 activities"]
    with pytest.raises(NotValid, match=r"they on shed: resource 0 .*; resource 1"):
        verified(SHED, [0, 0, 0, 3, 5], "they")


def test_an_instance_is_a_plan_with_the_same_critical_path() -> None:
    for instance in (SHED, read_mplib("sheds", TWO_SHEDS), replace(SHED, releases=(7,))):
        plan = as_plan(instance)
        found = schedule(plan)
        assert found.diagnostics == ()
        steps = steps_of(instance, found.start, found.finish)
        assert steps == list(instance.earliest)
        assert found.finish.max() == START + STEP * instance.critical_path
    assert [each.units for each in as_plan(SHED).resources] == [100, 300]
    assert [(each.task, each.resource, each.units) for each in as_plan(SHED).each_assignment()] == [
        (2, 1, 100), (2, 2, 200), (3, 1, 100), (3, 2, 200), (4, 2, 300),
    ]  # fmt: skip


def test_dates_that_are_no_steps_are_refused() -> None:
    found = schedule(as_plan(SHED))
    for start, finish in ((found.start + 1, found.finish + 1), (found.start, found.finish + STEP)):
        with pytest.raises(NotValid, match="do not last as long"):
            steps_of(SHED, start, finish)


@is_here("j120")
def test_whole_libraries_of_psplib_and_what_is_known_of_them() -> None:
    """What the best known makespans come to over the critical-path bounds, as the literature states it."""
    for library, count, over in (("j30", 480, 13.37), ("j60", 480, 10.37), ("j120", 600, 28.96)):
        every, best = instances(library), known(library)
        assert len(every) == count
        assert len(sample(library)) == 20
        assert all(each.work_bound <= best[each.name].best >= best[each.name].bound for each in every)
        mean = np.mean([best[each.name].best / each.critical_path - 1 for each in every])
        assert mean * 100 == pytest.approx(over, abs=0.005)
    assert known("j30")["j3048_10"] == Known(54, 54)


@is_here("mplib")
def test_projects_that_share_resources() -> None:
    every, best = sample("mplib"), known("mplib")
    assert len(every) == 30
    assert all(len(each.releases) == 24 and len(each) == 24 * 62 for each in every)
    assert all(max(each.critical_path, each.work_bound) <= best[each.name].best for each in every)
    scarce = [each.work_bound / best[each.name].best for each in every]
    assert np.mean(scarce) > 0.8, "all of them share the resources"


def test_what_lacks_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(libraries, "DATA", tmp_path)
    assert libraries.lacking("j30") == "psplib/j30.sm.tar.gz"


def test_a_company_is_the_same_for_the_same_seed_and_realistic() -> None:
    plan = company(1500, 30)
    assert plan == company(1500, 30)
    assert plan != company(1500, 30, seed=2)
    tasks, links = plan.tasks, plan.links
    assert (len(tasks), len(plan.resources)) == (1500, 30)
    assert len(links) == pytest.approx(2 * len(tasks), rel=0.12)
    sizes = np.bincount(tasks.project)
    assert sizes.min() >= LEAST
    assert sizes.max() <= MOST + LEAST
    inside = tasks.project[links.pred] == tasks.project[links.succ]
    back = (links.succ - links.pred)[inside]
    assert np.mean(inside) == pytest.approx(0.99, abs=0.01)
    assert NEAR <= np.percentile(back, 1) <= np.percentile(back, 99) <= FAR
    people = np.bincount(plan.assignments.task, minlength=1500)
    assert set(people.tolist()) == {1, 2}
    assert np.mean(people == 2) == pytest.approx(0.3, abs=0.05)
    assert len({each.calendar for each in plan.resources}) == 3
    assert all(len(each.absences) >= 6 for each in plan.resources)
    found = schedule(plan)
    assert found.diagnostics == ()
    assert 2027 <= moment(int(found.finish.max())).year <= 2028


PLAN = company(60, 3)


def test_dates_of_a_plan_are_checked() -> None:
    """Three people who do all at the earliest are overbooked; one after another nothing is."""
    found = schedule(PLAN)
    broken = plan_faults(PLAN, found.start.astype(np.int64), found.finish.astype(np.int64))
    assert broken
    assert all("to do at" in each for each in broken)
    ends = PLAN.project.start + np.cumsum(PLAN.tasks.duration)
    begins = ends - PLAN.tasks.duration
    assert plan_faults(PLAN, begins, ends) == []
    verified_plan(PLAN, begins, ends)
    early = begins.copy()
    early[59] = PLAN.project.start - 1
    assert plan_faults(PLAN, early, ends)[0] == "task 60 starts before its project"
    late = ends.copy()
    late[0] = ends[59]
    with pytest.raises(NotValid, match=r"plan of 60 tasks: task \d+ starts before 1 is finished"):
        verified_plan(PLAN, begins, late)


def test_ways_are_raced_on_equal_terms_and_counted() -> None:
    best = {"shed": Known(7, 7)}

    def way(*starts: int) -> Way:
        return lambda _: Found(list(starts) or None, 0, 2.0, "they")

    figures = race(
        [SHED, SHED],
        best,
        {"": way(0, 0, 3, 5, 7), "slow_": way(0, 0, 3, 8, 10), "none_": way()},
        tell_each=True,
    )
    assert figures["over_cpm_percent"] == pytest.approx(40)
    assert (figures["gap_percent"], figures["optimal"], figures["mean_seconds"]) == (0, 2, 2)
    assert figures["slow_gap_percent"] == pytest.approx(300 / 7)
    assert figures["slow_optimal"] == figures["slow_best_known"] == 0
    assert figures["none_gap_percent"] is figures["none_optimal"] is None
    with pytest.raises(NotValid, match="they on shed"):
        race([SHED], best, {"": way(0, 0, 0, 0, 0)}, tell_each=False)


@pytest.mark.parametrize(("peer", "package"), [(cp_sat, "ortools"), (pyjobshop, "pyjobshop")])
def test_peers_level_the_same_instance(peer: ModuleType, package: str) -> None:
    if peer.absent():
        pytest.skip(peer.absent())
    found = peer.level(replace(SHED, releases=(4,)), 5, workers=1)
    assert verified(replace(SHED, releases=(4,)), found.starts, found.what) == 11
    assert found.bound == 11
    assert 0 < found.seconds < 5
    assert package in found.what.lower().replace("cp-sat", "ortools")


def test_a_peer_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    monkeypatch.setattr("shutil.which", lambda _name: None)
    assert cp_sat.level(SHED, 1) == Found(
        None, 0, 0.0, "OR-Tools is not installed: pip install ortools==9.15.6755"
    )
    assert pyjobshop.level(SHED, 1).what == "PyJobShop is not installed: pip install pyjobshop==0.0.9"
    assert taskjuggler.time_level(PLAN, most=1) == Measured(
        None, "TaskJuggler is not installed: apt-get install tj3"
    )


def test_taskjuggler_gets_the_same_company() -> None:
    text = taskjuggler.write(PLAN)
    assert text.count("\n  task t") == 60
    assert text.count("\nresource r") == 3
    hours = sum(int(each) for each in re.findall(r"effort (\d+)h", text))
    assert hours * 60 == PLAN.tasks.duration[PLAN.assignments.task].sum()
    links = [line for line in text.splitlines() if "depends" in line]
    assert sum(line.count("p0.t") for line in links) == len(PLAN.links)
    assert "  workinghours tue 8:00 - 12:00, 13:00 - 17:00\n" in text
    assert 'leaves holiday "Holiday" 2026-12-24 - 2026-12-27\n' in text


@pytest.mark.skipif(bool(taskjuggler.absent()), reason=taskjuggler.absent())
def test_taskjuggler_schedules_it() -> None:
    found = taskjuggler.time_level(PLAN, most=60)
    assert found.seconds is not None, found.what
    assert "3." in found.what


def relaxed(instance: Instance) -> Relaxation:
    """An instance as our own solvers are asked it."""
    pred, succ = np.array(instance.links, np.int64).T
    needs = np.array(instance.demands, np.int64)
    user, used = np.nonzero(needs)
    duration = np.array(instance.durations, np.int64)
    return Relaxation(
        duration=duration, release=np.array(instance.releases, np.int64)[list(instance.projects)],
        fixed=np.full(len(instance), -1), pred=pred, succ=succ, distance=duration[pred], user=user, used=used,
        amount=needs[user, used], capacity=np.array(instance.capacities, np.int64),
        goals=(Goal(1, tuple(range(len(instance)))),), horizon=instance.horizon,
    )  # fmt: skip


@is_here("j30")
@pytest.mark.skipif(bool(cp_sat.absent()), reason=cp_sat.absent())
def test_our_solver_finds_what_is_known_to_be_the_least() -> None:
    for instance in sample("j30")[:5]:
        found = CpSat().solve(relaxed(instance), Ask(seconds=30, workers=1))
        assert found.starts is not None
        assert verified(instance, found.starts.tolist(), "CP-SAT") == found.value == found.bound
        assert found.value == known("j30")[instance.name].best
