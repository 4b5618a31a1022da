"""Checks of schedule health that look at progress, people and baselines."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.health import (
    END,
    PEOPLE,
    START,
    STATUS,
    UNDER_WAY,
    A,
    B,
    D,
    Sick,
    at,
    examined,
    told,
    with_task,
)
from tests.plans import MONDAY
from triptych.engine import baseline_of, schedule
from triptych.engine.health import health
from triptych.plan import (
    Assignment,
    CalendarException,
    Instant,
    Link,
    Severity,
    Task,
)
from triptych.plan.changes import (
    SetConstraint,
    SplitTask,
    apply_all,
)

# Progress.


def test_work_that_was_to_begin_before_the_status_date_may_wait_for_it() -> None:
    outcome = examined(Sick(project={"status_date": STATUS}), "msproject")["invalid-dates"]
    assert told(outcome) == [
        "“Start” was to start on Mon 2 Mar 2026, before the status date, and has not.",
        "“A” was to start on Mon 2 Mar 2026, before the status date, and has not.",
    ]
    assert outcome.findings[1].fix == (SetConstraint(2, "SNET", "2026-03-04T17:00"),)
    assert examined(Sick(project={"status_date": STATUS}), "p6")["invalid-dates"].passed


def test_what_remains_of_late_work_goes_on_at_the_status_date() -> None:
    status = at("2026-03-10T17:00")
    begun = Sick((START, replace(A, **UNDER_WAY), B, END), project={"status_date": status})
    finding = next(
        each for each in examined(begun, "msproject")["invalid-dates"].findings if each.tasks == (2,)
    )
    assert finding.sentence == "“A” was to finish on Fri 6 Mar 2026, before the status date, and is at 60 %."
    assert finding.fix == (SplitTask(2, 3 * D, 4 * D),)
    after = schedule(apply_all(begun.plan(), finding.fix)[0], dialect="msproject")
    assert after.finish[1] == at("2026-03-12T17:00")


def test_facts_do_not_lie_in_the_future() -> None:
    sick = Sick((START, replace(A, **UNDER_WAY), B, END), project={"status_date": at("2026-03-01T17:00")})
    finding = next(
        each for each in health(schedule(sick.plan()))["invalid-dates"].findings if each.tasks == (2,)
    )
    assert finding.severity is Severity.ERROR
    assert "has started on Mon 2 Mar 2026, it says, after the status date" in finding.sentence


@pytest.mark.parametrize(
    ("status", "today", "words"),
    [
        (None, None, "is under way and has no status date"),
        (STATUS, None, ""),
        (STATUS, at("2026-03-20"), ""),
        (STATUS, at("2026-05-20"), "more than a reporting period ago"),
        (at("2026-05-20T17:00"), at("2026-03-20"), "in the future"),
    ],
)
def test_the_status_date_is_there_and_of_now(
    status: Instant | None, today: Instant | None, words: str
) -> None:
    sick = Sick((START, replace(A, **UNDER_WAY), B, END), project={"status_date": status})
    outcome = health(schedule(sick.plan()), today=today)["status-date"]
    assert outcome.passed is (not words)
    assert words in "".join(told(outcome))


def test_work_without_progress_is_asked_for() -> None:
    idle = replace(A, actual_start=MONDAY)
    late = Sick((START, idle, B, END), project={"status_date": at("2026-03-06T12:00")})
    assert told(examined(late)["stale"]) == ["“A” started on Mon 2 Mar 2026, and no progress is reported."]
    early = Sick((START, idle, B, END), project={"status_date": at("2026-03-03T12:00")})
    assert examined(early)["stale"].passed
    done = Task(
        uid=4,
        name="C",
        actual_start=at("2026-03-20T08:00"),
        actual_finish=at("2026-03-20T17:00"),
        percent_complete=100,
    )
    undated = examined(with_task(done), "msproject")["stale"]
    assert "“B” was to be done by Fri 13 Mar 2026, and no progress is reported." in told(undated)


def test_progress_out_of_sequence_names_both() -> None:
    sick = Sick((START, A, replace(B, **UNDER_WAY), END), project={"status_date": STATUS})
    outcome = examined(sick)["out-of-sequence"]
    assert told(outcome) == ["“B” has started, though “A” is not done."]
    assert outcome.findings[0].link == (2, 3, "FS")


def test_work_longer_than_two_reports_is_told_when_it_is_near() -> None:
    long = replace(A, duration=15 * D)
    sick = Sick((START, long, B, END), project={"status_date": STATUS})
    assert examined(sick, period=5)["unreported"].numerator == 1
    assert examined(sick, period=10)["unreported"].passed
    assert examined(Sick())["unreported"].fault == "the plan has no status date."


# People.


def test_overload_is_counted_by_the_day() -> None:
    both = Sick(
        (START, A, B, END),
        (Link(1, 2), Link(1, 3), Link(2, 9), Link(3, 9)),
        (Assignment(2, 1), Assignment(3, 1, 50)),
    )
    outcome = examined(both)["overload"]
    assert (outcome.numerator, outcome.denominator) == (1, 1)
    assert told(outcome) == [
        "Ana: 20 h too much on 5 days, most on Mon 2 Mar 2026, with 12 h of work in 8 h: “A”, “B”."
    ]


def test_half_a_person_is_overloaded_by_whole_work_and_not_by_half() -> None:
    assert told(examined(Sick(team=(Assignment(2, 2), Assignment(3, 1))))["overload"])[0].startswith(
        "Bo: 20 h too much on 5 days"
    )
    assert examined(Sick(team=(Assignment(2, 2, 50), Assignment(3, 1))))["overload"].passed


def test_stated_work_and_what_is_done_count_for_the_load() -> None:
    light = (Assignment(2, 1, 100, 10 * 60), Assignment(3, 1, 100, 10 * 60))
    side_by_side = (Link(1, 2), Link(1, 3), Link(2, 9), Link(3, 9))
    assert examined(Sick(links=side_by_side, team=light))["overload"].passed
    begun = Sick(
        (START, replace(A, **UNDER_WAY), B, END), side_by_side,
        (Assignment(2, 1), Assignment(3, 1)), project={"status_date": STATUS},
    )  # fmt: skip
    assert "on 2 days" in told(examined(begun, "p6")["overload"])[0]


def test_nobody_works_while_away() -> None:
    away = replace(PEOPLE[0], absences=(CalendarException(date(2026, 3, 3), date(2026, 3, 4)),))
    sick = Sick(people=(away, PEOPLE[1]))
    assert examined(sick)["overload"].passed


# Against a baseline.


def baselined(sick: Sick, **later: Any) -> Sick:
    """The plan as it was agreed, as its baseline, with A as it is now."""
    agreed = schedule(sick.plan())
    tasks = tuple(replace(each, **later) if each.uid == 2 else each for each in sick.tasks)
    return replace(sick, tasks=tasks, baselines=(baseline_of(agreed),))


def test_tasks_missed_and_the_execution_index() -> None:
    late = {"actual_start": MONDAY, "actual_finish": at("2026-03-10T17:00"), "percent_complete": 100}
    found = examined(replace(baselined(Sick(), **late), project={"status_date": at("2026-03-13T17:00")}))
    missed, index = found["missed"], found["bei"]
    assert (missed.numerator, missed.denominator) == (2, 2)
    assert told(missed) == [
        "“B” will finish on Fri 20 Mar 2026 instead of Fri 13 Mar 2026.",
        "“A” finished on Tue 10 Mar 2026 instead of Fri 6 Mar 2026.",
    ]
    assert (index.numerator, index.denominator, index.value, index.passed) == (1, 2, 0.5, False)
    assert index.findings[0].tasks == (3,)


def test_the_critical_path_length_index_counts_from_the_status_date() -> None:
    sick = replace(
        baselined(Sick(), duration=8 * D, actual_start=MONDAY),
        project={"status_date": at("2026-03-03T17:00")},
    )
    outcome = examined(sick, "msproject")["cpli"]
    assert (outcome.numerator, outcome.denominator) == (8, 11)
    assert outcome.value == pytest.approx(8 / 11)
    assert told(outcome) == ["The project has 11d to go and 8d of time for them, by Fri 13 Mar 2026."]
    must = Sick(project={"finish": at("2026-03-20T17:00")})
    assert examined(must)["cpli"].value == pytest.approx(1.5)


@pytest.mark.parametrize(
    ("key", "fault"),
    [
        ("missed", "the plan has no baseline."),
        ("bei", "the plan has no baseline."),
        ("cpli", "neither a baseline nor a date to finish by is set."),
        ("invalid-dates", "the plan has no status date."),
    ],
)
def test_what_cannot_be_computed_says_why(key: str, fault: str) -> None:
    assert examined(Sick())[key].fault == fault


def test_another_baseline_can_be_asked_for() -> None:
    assert examined(baselined(Sick()), baseline=3)["missed"].fault == "the plan has no baseline 3."
