"""Hard plans: circles, great chains and merges, calendars that never open, dates at the edge of the calendar."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from tests.corpus.language import parse
from tests.plans import CALENDARS, MONDAY, build
from triptych.engine import DIALECTS, Schedule, agreement, explain, schedule
from triptych.plan import (
    Calendar,
    Constraint,
    Diagnostic,
    LagKind,
    Link,
    LinkKind,
    Plan,
    PlanBuilder,
    Project,
    Task,
    parse_instant,
    spell_instant,
)
from triptych.plan.builder import MAX_DURATION
from triptych.plan.model import ROUND_THE_CLOCK_WEEK

ALWAYS = Calendar(9, "Always", ROUND_THE_CLOCK_WEEK)


def dates(result: Schedule, uid: int) -> tuple[str | None, str | None]:
    row = result.plan.index_of[uid]
    return spell_instant(int(result.start[row])), spell_instant(int(result.finish[row]))


def circles(text: str) -> tuple[list[Diagnostic], list[list[str]]]:
    """The diagnostics of a plan, and the names that each circle holds."""
    example = parse(text)
    found = list(schedule(example.plan).diagnostics)
    return found, [[example.plan.task(uid).name for uid in each.data["tasks"]] for each in found]


def test_two_circles_apart_are_both_reported_with_their_members() -> None:
    found, members = circles(
        "project 2026-03-02\nA 1d after B\nB 1d after A\nC 1d\nX 1d after Z\nY 1d after X\nZ 1d after Y"
    )
    assert [each.code for each in found] == ["link.cycle"] * 2
    assert sorted(members) == [["A", "B"], ["X", "Y", "Z"]]
    messages = " ".join(each.message for each in found)
    assert "“A”, “B”" in messages
    assert "“X”, “Y”, “Z”" in messages
    assert all(each.data["link"][2] == "FS" for each in found)


def test_two_circles_through_one_task_are_both_broken() -> None:
    text = "project 2026-03-02\nHub 1d after A B\nA 1d after Hub\nB 1d after Hub"
    found, members = circles(text)
    assert {each.code for each in found} == {"link.cycle"}
    assert sorted(members) == [["Hub", "A"], ["Hub", "B"]]
    result = schedule(parse(text).plan)
    assert [dates(result, uid)[0] for uid in (1, 2, 3)] == ["2026-03-02T08:00"] + ["2026-03-03T08:00"] * 2


def test_a_circle_through_a_summary_names_the_summary_and_the_task() -> None:
    found, members = circles("project 2026-03-02\nsummary Phase after B\nA 1d in Phase\nB 1d after A")
    assert [each.code for each in found] == ["link.cycle"]
    assert members == [["Phase", "A", "B"]]


def test_a_long_circle_names_the_first_tasks_and_counts_the_rest() -> None:
    names = [f"T{number}" for number in range(12)]
    rows = [f"{name} 1d after {before}" for name, before in zip(names, [names[-1], *names], strict=False)]
    found, members = circles("project 2026-03-02\n" + "\n".join(rows))
    assert members == [names]
    assert "“T7” and 4 more." in found[0].message


def test_what_is_outside_a_circle_is_dated_as_without_it() -> None:
    result = schedule(parse("project 2026-03-02\nA 1d after B\nB 1d after A\nC 2d\nD 1d after C").plan)
    assert dates(result, 4) == ("2026-03-04T08:00", "2026-03-04T17:00")


@pytest.mark.parametrize("dialect", sorted(DIALECTS))
def test_a_chain_of_ten_thousand_tasks(dialect: str) -> None:
    count = 10_000
    tasks = [Task(uid=uid, duration=60) for uid in range(1, count + 1)]
    plan = build(tasks, [Link(a, b) for a, b in pairwise(range(1, count + 1))])
    result = schedule(plan, dialect=dialect)
    last = date(2026, 3, 2) + timedelta(weeks=count // 40 - 1, days=4)
    assert dates(result, count) == (f"{last}T16:00", f"{last}T17:00")
    assert result.critical.all()
    assert result.critical_path() == list(range(1, count + 1))
    assert not result.diagnostics


def test_a_merge_of_two_thousand_tasks_waits_for_the_last() -> None:
    count = 2_000
    tasks = [Task(uid=uid, duration=uid) for uid in range(1, count + 1)]
    plan = build([*tasks, Task(uid=0, duration=480)], [Link(uid, 0) for uid in range(1, count + 1)])
    result = schedule(plan)
    assert dates(result, count)[1] == "2026-03-06T09:20"  # four days and 80 minutes
    assert dates(result, 0)[0] == "2026-03-06T09:20"
    assert plan.link_at(int(result.driver[plan.index_of[0]])).pred == count
    assert int(result.critical.sum()) == 2
    assert int(result.total_float[plan.index_of[1]]) == count - 1


def test_a_burst_of_deep_summaries_is_rolled_up() -> None:
    depth = 300
    tasks = [Task(uid=uid, parent=uid - 1 if uid > 1 else None, duration=480) for uid in range(1, depth + 1)]
    result = schedule(build(tasks, []))
    assert {dates(result, uid) for uid in (1, depth // 2, depth)} == {
        ("2026-03-02T08:00", "2026-03-02T17:00")
    }


def test_an_empty_plan_lasts_no_time() -> None:
    result = schedule(build([]))
    assert (result.project_start.tolist(), result.project_finish.tolist()) == ([MONDAY], [MONDAY])
    assert result.critical_path() == []


@pytest.mark.parametrize("owner", ["project", "task", "resource"])
def test_a_calendar_without_working_time_is_reported_once_and_dated_round_the_clock(owner: str) -> None:
    lines = {
        "project": "calendar project = mon-fri\nA 1d\nB 1d after A",
        "task": "calendar never = mon-fri\nA 1d calendar never\nB 1d after A calendar never",
        "resource": "calendar never = mon-fri\nperson Ana calendar never\nA 1d by Ana\nB 1d after A by Ana",
    }
    result = schedule(parse(f"project 2026-03-02\n{lines[owner]}").plan)
    assert [each.code for each in result.diagnostics] == ["calendar.no-working-time"]
    assert dates(result, 2) == ("2026-03-02T16:00", "2026-03-03T00:00")


def test_a_person_who_is_always_away_holds_nothing_for_ever() -> None:
    text = "project 2026-03-02\nperson Ana away 1990-01-01..2199-12-31\nA 1d by Ana"
    assert dates(schedule(parse(text).plan), 1) == ("2026-03-02T08:00", "2026-03-02T17:00")


def plan_from(start: str, tasks: list[Task], links: list[Link] | None = None, *, calendar: int = 1) -> Plan:
    project = Project(1, "Edge", parse_instant(start), calendar)
    builder = PlanBuilder(
        projects=[project], tasks=[replace(each, project=1) for each in tasks], links=links or [],
        calendars=[*CALENDARS, ALWAYS],
    )  # fmt: skip
    plan, found = builder.build()
    assert not found
    return plan


def pinned(kind: Constraint, date: str) -> Task:
    return Task(uid=1, duration=480, constraint=kind, constraint_date=parse_instant(date))


BEYOND = {
    "begins on the last day": plan_from("2200-12-31T23:00", [Task(uid=1, duration=480)]),
    "three centuries long": plan_from(
        "2026-03-02T08:00",
        [Task(uid=uid, duration=MAX_DURATION // 3) for uid in (1, 2, 3)],
        [Link(1, 2), Link(2, 3)],
    ),
    "three centuries elapsed": plan_from(
        "2026-03-02T08:00",
        [Task(uid=uid, duration=MAX_DURATION, elapsed=True) for uid in (1, 2, 3)],
        [Link(1, 2), Link(2, 3)],
    ),
    "finished before the first day": plan_from(
        "2026-03-02T08:00", [pinned(Constraint.MFO, "1900-01-01T08:00")]
    ),
    "pinned to the last evening": plan_from(
        "2026-03-02T08:00", [pinned(Constraint.SNET, "2200-12-31T17:00")]
    ),
    "a lag of two centuries": plan_from(
        "2026-03-02T08:00",
        [Task(uid=1), Task(uid=2), Task(uid=3, duration=480)],
        [Link(uid, uid + 1, lag=MAX_DURATION, lag_kind=LagKind.ELAPSED) for uid in (1, 2)],
    ),
    "a lead of two centuries": plan_from(
        "2026-03-02T08:00",
        [Task(uid=1, duration=480), Task(uid=2, duration=480)],
        [Link(1, 2, LinkKind.SS, -MAX_DURATION, LagKind.WORKING)],
    ),
    "a deadline before the first day": plan_from(
        "2026-03-02T08:00", [Task(uid=1, duration=480, deadline=parse_instant("1900-01-01T08:00"))]
    ),
}


@pytest.mark.parametrize(
    ("case", "dialect"),
    [
        (case, dialect)
        for case in BEYOND
        for dialect in DIALECTS
        if dialect == "msproject" or "lead" not in case  # elsewhere the project's start holds it
    ],
)
def test_a_plan_beyond_the_calendar_is_diagnosed_and_can_still_be_told(case: str, dialect: str) -> None:
    result = schedule(BEYOND[case], dialect=dialect)
    assert [each.code for each in result.diagnostics] == ["plan.beyond-calendar"]
    for uid in BEYOND[case].tasks.uid.tolist():
        assert None not in dates(result, uid)
        assert explain(result, uid).sentence
        assert explain(result, uid, "finish").sentence
    assert agreement(result, {1: {"start": MONDAY}}).compared["start"] == 1


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (plan_from("1900-01-01T00:00", [Task(uid=1, duration=480)]), ("1900-01-01T08:00", "1900-01-01T17:00")),
        (
            plan_from("2200-12-31T08:00", [Task(uid=1, duration=480)], calendar=9),
            ("2200-12-31T08:00", "2200-12-31T16:00"),
        ),
        (
            plan_from("2026-03-02T08:00", [pinned(Constraint.SNET, "2199-12-30T08:00")]),
            ("2199-12-30T08:00", "2199-12-30T17:00"),
        ),
        (plan_from("2026-03-02T08:00", [pinned(Constraint.MSO, "1900-01-02T08:00")]),
         ("1900-01-02T08:00", "1900-01-02T17:00")),
    ],
    ids=["first day", "last day", "far start", "far past"],
)  # fmt: skip
def test_dates_just_within_the_calendar_are_right(plan: Plan, expected: tuple[str, str]) -> None:
    result = schedule(plan)
    assert result.diagnostics == ()
    assert dates(result, 1) == expected


def test_a_lead_reaches_as_far_back_as_it_says() -> None:
    tasks = [Task(uid=1, duration=480), Task(uid=2, duration=480)]
    for kind, first in ((LagKind.WORKING, "2025-12-08T08:00"), (LagKind.ELAPSED, "2025-11-24T08:00")):
        lag = -60 * 480 if kind is LagKind.WORKING else -98 * 1440
        plan = build(tasks, [Link(1, 2, LinkKind.SS, lag, kind)])
        assert dates(schedule(plan, dialect="msproject"), 2)[0] == first
        assert dates(schedule(plan, dialect="p6"), 2)[0] == "2026-03-02T08:00"


def test_each_project_keeps_its_own_rules_unless_told_otherwise() -> None:
    plan = build(
        [pinned(Constraint.SNET, "2026-02-23T08:00")], project=Project(1, "P", MONDAY, 1, dialect="msproject")
    )
    assert dates(schedule(plan), 1)[0] == "2026-02-23T08:00"
    assert dates(schedule(plan, dialect="p6"), 1)[0] == "2026-03-02T08:00"
    assert (schedule(plan).dialects, schedule(plan, dialect="p6").dialects) == (("msproject",), ("p6",))


def test_an_unknown_dialect_is_refused_with_those_there_are() -> None:
    with pytest.raises(ValueError, match="there are triptych, msproject, p6"):
        schedule(build([]), dialect="latin")


def test_driving_links_are_those_that_hold_a_start() -> None:
    plan = build(
        [Task(uid=1, duration=480), Task(uid=2, duration=960), Task(uid=3)], [Link(1, 3), Link(2, 3)]
    )
    assert schedule(plan).driving_links.tolist() == [False, True]


def test_agreement_counts_what_equals_the_saved_dates() -> None:
    plan = build([Task(uid=1, duration=480), Task(uid=2, duration=480)], [Link(1, 2)])
    saved: dict[int, dict[str, int]] = {
        1: {"start": MONDAY, "finish": parse_instant("2026-03-02T17:00"), "total_float": 0, "critical": 1},
        2: {"start": parse_instant("2026-03-02T17:00"), "finish": parse_instant("2026-03-04T17:00")},
        77: {"start": MONDAY},
    }
    found = agreement(schedule(plan), saved, ("start", "finish", "total_float", "critical"))
    assert found.compared == {"start": 2, "finish": 2, "total_float": 1, "critical": 1}
    assert found.equal == {"start": 2, "finish": 1, "total_float": 1, "critical": 1}
    assert found.misses == (
        (2, "finish", parse_instant("2026-03-04T17:00"), parse_instant("2026-03-03T17:00")),
    )


@pytest.mark.parametrize(("minutes", "same"), [(-1, True), (1, True), (2, False), (-2, False)])
def test_agreement_allows_one_working_minute(minutes: int, same: bool) -> None:
    result = schedule(build([Task(uid=1, duration=230)]))
    saved = {1: {"finish": parse_instant("2026-03-02T11:50") + minutes}}
    assert agreement(result, saved).equal["finish"] == int(same)


def test_agreement_has_nothing_to_say_of_a_plan_without_saved_dates() -> None:
    found = agreement(schedule(build([Task(uid=1)])), {})
    assert (found.compared, found.misses) == ({"start": 0, "finish": 0}, ())


def test_a_levelling_delay_takes_float_from_what_comes_before() -> None:
    tasks = [
        Task(uid=1, duration=480),
        Task(uid=2, duration=480, levelling_delay=2880),
        Task(uid=3, duration=2400),
    ]
    result = schedule(build([*tasks, Task(uid=4)], [Link(1, 2), Link(2, 4), Link(3, 4)]))
    assert dates(result, 2) == ("2026-03-05T08:00", "2026-03-05T17:00")
    assert dates(result, 1) == ("2026-03-02T08:00", "2026-03-02T17:00")
    assert result.total_float[:2].tolist() == [480, 480]
    assert spell_instant(int(result.late_finish[0])) == "2026-03-03T17:00"
    assert int(result.free_float[0]) == 0
