"""Earned value of a plan against its baseline: what counts, and what is told of what does not fit."""

from dataclasses import replace

import numpy as np
import pytest

from tests.plans import CALENDARS, MONDAY
from triptych.engine import baseline_of, schedule
from triptych.engine.earned import EarnedValue, Kind, Reason, Status, blended_finish, earned_value
from triptych.engine.earned.words import sentences
from triptych.plan import (
    Accrual,
    Assignment,
    Baseline,
    Instant,
    Link,
    Plan,
    PlanBuilder,
    Project,
    Resource,
    Task,
    parse_instant,
    spell_instant,
)

DAY = 480
WEDNESDAY = parse_instant("2026-03-04T17:00")
ANA = Resource(1, "Ana", rate=6_000)
PHASE, DIG, POUR = (
    Task(uid=1, name="Phase"),
    Task(uid=2, name="Dig", parent=1, duration=2 * DAY),
    Task(uid=3, name="Pour", parent=1, duration=2 * DAY),
)
LINKS = (Link(2, 3),)


def plan_of(
    *tasks: Task,
    team: tuple[Assignment, ...] = (),
    baselines: tuple[Baseline, ...] = (),
    status: int | None = WEDNESDAY,
) -> Plan:
    uids = {each.uid for each in tasks}
    builder = PlanBuilder(
        projects=[Project(1, "Jetty", MONDAY, 1, status_date=None if status is None else Instant(status))],
        tasks=[replace(each, project=1) for each in tasks],
        links=[each for each in LINKS if {each.pred, each.succ} <= uids],
        calendars=list(CALENDARS),
        resources=[ANA],
        assignments=[each for each in team if each.task in uids],
        baselines=list(baselines),
    )
    plan, found = builder.build()
    assert not found, found
    return plan


TEAM = (Assignment(2, 1), Assignment(3, 1))
AGREED = baseline_of(schedule(plan_of(PHASE, DIG, POUR, team=TEAM, status=None)))


def begun(task: Task, percent: int, cost: int | None = None) -> Task:
    """The task, begun on Monday and so far done."""
    return replace(task, percent_complete=percent, actual_start=MONDAY, actual_cost=cost)


def measured(
    *tasks: Task, team: tuple[Assignment, ...] = TEAM, unit: Kind = Kind.MONEY, agreed: Baseline = AGREED
) -> EarnedValue:
    return earned_value(plan_of(*tasks, team=team, baselines=(agreed,)), unit=unit)


def codes(found: EarnedValue) -> list[str]:
    return [each.code for each in found.diagnostics]


def values(found: EarnedValue, *keys: str) -> list[float | None]:
    return [found[key].value for key in keys]


def test_value_is_that_of_the_baseline_and_not_of_the_plan() -> None:
    """The second task now takes a week, and costs more; what was agreed stays."""
    found = measured(PHASE, begun(DIG, 100, 110_000), begun(replace(POUR, duration=5 * DAY), 25, 40_000))
    assert values(found, "bac", "pv", "ev", "ac") == [192_000, 144_000, 120_000, 150_000]
    assert codes(found) == []
    assert found["cpi"].value == pytest.approx(0.8)


def test_physical_progress_counts_before_the_percent_complete() -> None:
    found = measured(PHASE, begun(DIG, 100, 0), replace(begun(POUR, 90, 0), physical_percent=25))
    assert found["ev"].value == 120_000


def test_in_hours_value_is_work() -> None:
    team = (Assignment(2, 1, actual_work=1_100), Assignment(3, 1, actual_work=400))
    found = measured(PHASE, begun(DIG, 100), begun(POUR, 25), team=team, unit=Kind.WORK)
    assert values(found, "bac", "pv", "ev", "ac") == [4 * DAY, 3 * DAY, 1_200, 1_500]


def test_progress_is_no_record_of_hours() -> None:
    found = measured(PHASE, begun(DIG, 100), begun(POUR, 25), unit=Kind.WORK)
    assert values(found, "ev", "ac", "cpi") == [1_200, None, None]
    assert codes(found) == ["earned.actual-unknown"]
    alone = measured(PHASE, begun(DIG, 100), POUR, team=(), unit=Kind.WORK)
    assert "“Dig”" in alone.diagnostics[0].message


def test_costs_that_nobody_recorded_are_not_made_up() -> None:
    found = measured(PHASE, begun(DIG, 50), begun(POUR, 25, 40_000))
    assert values(found, "ac", "cpi", "eac_cpi") == [None, None, None]
    assert found["spi"].value == pytest.approx(0.5)
    (told,) = found.diagnostics
    assert (told.code, told.data["uids"]) == ("earned.actual-unknown", [2])
    assert sentences(found)[1] == "What was spent is not known."


def test_what_came_since_is_named_and_its_cost_is_spent() -> None:
    paint = Task(uid=4, name="Paint", parent=1, duration=DAY)
    found = measured(PHASE, begun(DIG, 100, 110_000), begun(POUR, 25, 40_000), begun(paint, 50, 7_000))
    assert values(found, "bac", "ev", "ac") == [192_000, 120_000, 157_000]
    (told,) = found.diagnostics
    assert (told.code, told.data["uids"]) == ("earned.added-since", [4])
    assert "“Paint”" in told.message


def test_what_was_deleted_since_counts_as_planned_and_is_never_earned() -> None:
    found = measured(PHASE, begun(DIG, 100, 110_000))
    assert values(found, "bac", "pv", "ev") == [192_000, 144_000, 96_000]
    (told,) = found.diagnostics
    assert (told.code, told.data) == ("earned.deleted-since", {"uids": [3], "value": 96_000.0})


def test_a_task_that_was_broken_down_since_is_earned_as_its_parts_are() -> None:
    """Pour is now two tasks of one and three days, the longer done: three quarters of its value, and nothing is new."""
    parts = (
        Task(uid=5, name="Forms", parent=3, duration=DAY),
        begun(Task(uid=6, name="Concrete", parent=3, duration=3 * DAY), 100, 0),
    )
    found = measured(PHASE, begun(DIG, 100, 0), replace(POUR, duration=0), *parts, team=TEAM[:1])
    assert found["ev"].value == pytest.approx(96_000 + 72_000)
    assert codes(found) == []


def test_a_summary_with_a_value_of_its_own_is_earned_as_its_tasks_are() -> None:
    own = AGREED.tasks.with_columns(cost=np.array([40_000, 96_000, 96_000]))
    found = measured(PHASE, begun(DIG, 100, 0), POUR, agreed=replace(AGREED, tasks=own))
    assert values(found, "bac", "ev") == [232_000, 96_000 + 20_000]
    assert codes(found) == ["earned.summary-value"]


def test_a_fixed_cost_alone_accrues_as_it_does() -> None:
    permit = Task(uid=2, name="Permit", duration=4 * DAY, fixed_cost=50_000, fixed_cost_accrual=Accrual.END)
    agreed = baseline_of(schedule(plan_of(permit, status=None)))
    assert measured(permit, team=(), agreed=agreed)["pv"].value == 0
    even = replace(permit, fixed_cost_accrual=Accrual.PRORATED)
    assert measured(even, team=(), agreed=agreed)["pv"].value == pytest.approx(37_500)


def test_the_task_goes_by_its_own_calendar() -> None:
    """Only mornings are worked on Mondays: by Monday evening half as much as on a whole day."""
    dig = replace(DIG, parent=None, calendar=3)
    agreed = baseline_of(schedule(plan_of(dig, status=None)))
    plan = plan_of(dig, baselines=(agreed,))
    found = earned_value(plan, at=parse_instant("2026-03-02T17:00"), unit=Kind.WORK)
    assert found["pv"].value == pytest.approx(DAY / 2)


def test_all_done_counts_until_it_was_done() -> None:
    done = [replace(begun(each, 100, 96_000), actual_finish=Instant(WEDNESDAY)) for each in (DIG, POUR)]
    plan = plan_of(PHASE, *done, team=TEAM, baselines=(AGREED,), status=WEDNESDAY + 30 * 1440)
    found = earned_value(plan)
    assert values(found, "at", "es") == [3 * DAY, 4 * DAY], "the month since then does not count"
    assert sentences(found) == [
        "All of it is done, 1,920: the work was 1 d ahead of schedule.",
        "That cost 1,920, as was planned for it.",
    ]


@pytest.mark.parametrize(
    ("plan", "number", "reason", "words"),
    [
        (plan_of(PHASE, DIG), 0, Reason.NO_BASELINE, "The plan has no baseline. Freeze one first."),
        (
            plan_of(PHASE, DIG, baselines=(AGREED,)),
            3,
            Reason.NO_BASELINE,
            "The plan has no baseline 3. It has baseline 0.",
        ),
        (
            plan_of(PHASE, DIG, baselines=(AGREED,), status=None),
            0,
            Reason.NO_DATE,
            "The project has no status date.",
        ),
    ],
)
def test_what_cannot_be_measured_says_why(plan: Plan, number: int, reason: Reason, words: str) -> None:
    found = earned_value(plan, baseline=number)
    faults = {each.fault.reason for each in found.assessment.measures.values() if each.fault is not None}
    assert faults == {reason}
    assert words in sentences(found)[0].replace("Nothing can be said: the", "The")
    assert found.curve is None


def test_one_project_of_several_is_measured_by_its_own_tasks() -> None:
    other = Task(uid=9, name="Elsewhere", duration=2 * DAY, project=2, percent_complete=50)
    builder = PlanBuilder(
        projects=[Project(1, "Jetty", MONDAY, 1), Project(2, "Shed", MONDAY, 1)],
        tasks=[replace(DIG, parent=None, project=1), other],
        calendars=list(CALENDARS),
    )
    plan, _ = builder.build()
    agreed = replace(plan, baselines=(baseline_of(schedule(plan)),))
    found = earned_value(agreed, project=2, at=WEDNESDAY, unit=Kind.WORK)
    assert values(found, "bac", "ev") == [2 * DAY, DAY]
    assert (found.project.name, codes(found)) == ("Shed", ["earned.actual-unknown", "earned.other-date"])
    assert earned_value(agreed, at=WEDNESDAY, unit=Kind.WORK)["bac"].value == 4 * DAY
    with pytest.raises(KeyError):
        earned_value(agreed, project=7, at=WEDNESDAY)


def test_another_date_is_told_of() -> None:
    plan = plan_of(PHASE, begun(DIG, 100, 0), POUR, team=TEAM, baselines=(AGREED,))
    found = earned_value(plan, at=Instant(WEDNESDAY + 1440))
    assert codes(found) == ["earned.other-date"]
    assert found["pv"].value == 192_000


def test_sentences_answer_what_a_manager_asks() -> None:
    found = measured(PHASE, begun(DIG, 100, 110_000), begun(POUR, 25, 40_000))
    assert sentences(found) == [
        "By Wed 4 Mar 2026, 1,200 of 1,920 is earned, and 1,440 was planned by then: the work is 0.5 d behind schedule.",
        "That cost 1,500: 300 more than was planned for it.",
        (
            "With the rest as planned it is finished by Fri 6 Mar 2026 instead of Thu 5 Mar 2026; "
            "at the cost efficiency so far it costs 2,400 instead of 1,920."
        ),
        "To keep the budget, each unit of money from now on must earn 1.714; so far it earned 0.800.",
    ]


def test_the_blend_lies_halfway_between_earned_schedule_and_the_plan() -> None:
    found = measured(PHASE, begun(DIG, 100, 110_000), begun(POUR, 25, 40_000))
    earned, planned = found["finish_es"].date, schedule(found.plan).project_finish[0]
    blended = blended_finish(found, schedule(found.plan))
    assert earned is not None
    assert blended is not None
    assert min(earned, planned) <= blended <= max(earned, planned)
    without = measured(PHASE, DIG, POUR)
    assert blended_finish(without, schedule(without.plan)) is not None


def test_history_is_kept_for_pictures() -> None:
    plan = plan_of(PHASE, begun(DIG, 100, 0), POUR, team=TEAM, baselines=(AGREED,))
    before = Status(Instant(MONDAY + 540), 48_000, None)
    found = earned_value(plan, history=[before])
    assert found.history == (before,)
    assert spell_instant(found.at) == "2026-03-04T17:00"
