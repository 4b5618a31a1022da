"""Interruptions: what spread work says about them, what only dates say, and what is none."""

import json
from itertools import pairwise
from pathlib import Path

import pytest

from tests.formats.mspdi import assignment, calendar, exception, period, project, resource, task
from tests.java import needs_java
from triptych.engine import schedule
from triptych.formats import ReadReport, read_plan
from triptych.plan import Plan, Splits, parse_instant, spell_instant
from triptych.plan.worktime import working_minutes

ORACLE = Path(__file__).parents[3] / "shared" / "data" / "oracle"
MONDAY = period("02T08:00", "02T17:00", 8)
TUESDAY_OFF = period("03T08:00", "03T17:00", 0)
WEDNESDAY = period("04T08:00", "04T17:00", 8)


def read(spread: str, duration: str = "PT16H0M0S", more: str = "") -> ReadReport:
    """One task on which nobody in particular works as `spread` says."""
    return read_plan(project(task(1, duration, more), assignments=assignment(1, more=spread)).encode())


def splits(spread: str, duration: str = "PT16H0M0S", more: str = "") -> Splits:
    report = read(spread, duration, more)
    assert report.diagnostics == ()
    assert report.plan is not None
    return report.plan.task(1).splits


def test_working_time_without_work_is_an_interruption() -> None:
    report = read(MONDAY + TUESDAY_OFF + WEDNESDAY)
    assert report.plan is not None
    assert report.plan.task(1).splits == ((480, 480),)
    assert spell_instant(int(schedule(report.plan).finish[0])) == "2026-03-04T17:00"
    assert report.unmapped == ()


def test_nights_and_weekends_are_none() -> None:
    friday = period("06T08:00", "07T08:00", 8)
    weekend = period("07T08:00", "08T08:00") + period("08T08:00", "09T08:00")
    assert splits(friday + weekend + period("09T08:00", "09T17:00", 8)) == ()


def test_periods_that_are_left_out_are_without_work() -> None:
    assert splits(MONDAY + WEDNESDAY) == ((480, 480),)


def test_periods_come_in_any_order_and_any_size() -> None:
    week = period("09T08:00", "13T17:00", 40)
    assert splits(week + MONDAY, "PT48H0M0S") == ((480, 4 * 480),)


def test_several_interruptions() -> None:
    spread = MONDAY + period("03T08:00", "03T17:00") + WEDNESDAY + period("06T08:00", "06T17:00", 8)
    assert splits(spread, "PT24H0M0S") == ((480, 480), (960, 480))


def test_an_interruption_may_begin_at_noon() -> None:
    spread = (
        period("02T08:00", "02T12:00", 4)
        + period("02T12:00", "03T12:00", 0)
        + period("03T12:00", "04T12:00", 8)
    )
    assert splits(spread, "PT12H0M0S") == ((240, 480),)


def test_a_day_with_half_the_work_beside_an_interruption_is_half_a_day() -> None:
    spread = period("02T08:00", "02T17:00", 4) + TUESDAY_OFF + period("04T08:00", "04T17:00", 4)
    assert splits(spread, "PT8H0M0S") == ((240, 960),)


def test_a_day_with_half_the_work_is_a_whole_day_where_the_duration_counts_it() -> None:
    spread = period("02T08:00", "02T17:00", 4) + TUESDAY_OFF + period("04T08:00", "04T17:00", 4)
    assert splits(spread) == ((480, 480),)


def test_a_day_without_work_that_the_duration_counts_is_no_interruption() -> None:
    assert splits(MONDAY + TUESDAY_OFF + WEDNESDAY, "PT24H0M0S") == ()
    assert splits(MONDAY + TUESDAY_OFF + WEDNESDAY, "PT20H0M0S") == ((720, 240),)


def test_what_is_done_and_what_remains_are_one_task() -> None:
    done = period("02T08:00", "02T17:00", 8, kind=2)
    rest = period("04T08:00", "04T17:00", 8)
    more = (
        "<ActualStart>2026-03-02T08:00:00</ActualStart><PercentComplete>50</PercentComplete>"
        "<RemainingDuration>PT8H0M0S</RemainingDuration><Stop>2026-03-02T17:00:00</Stop>"
        "<Resume>2026-03-04T08:00:00</Resume>"
    )
    assert splits(done + rest, more=more) == ((480, 480),)


def test_baselines_by_period_are_not_work() -> None:
    report = read(MONDAY + period("03T08:00", "03T17:00", 8, kind=4) + WEDNESDAY)
    assert report.plan is not None
    assert report.plan.task(1).splits == ((480, 480),)
    assert [(each.what, each.count) for each in report.unmapped] == [("Baselines and costs by period", 1)]


def test_elapsed_work_knows_no_nights() -> None:
    spread = (
        period("02T08:00", "03T08:00", 24)
        + period("03T08:00", "04T08:00")
        + period("04T08:00", "05T08:00", 24)
    )
    assert splits(spread, "PT48H0M0S", "<DurationFormat>8</DurationFormat>") == ((1440, 1440),)


def people(*spreads: str, calendars: str = "", more: str = "", duration: str = "PT16H0M0S") -> Splits:
    """The interruptions of a task on which as many people work, the first with calendar 2 if there is one."""
    own = "<CalendarUID>2</CalendarUID>" if calendars else ""
    report = read_plan(
        project(
            task(1, duration, more),
            calendars=calendars,
            resources="".join(
                resource(at, f"P{at}", own if at == 1 else "") for at in range(1, len(spreads) + 1)
            ),
            assignments="".join(assignment(1, at, each) for at, each in enumerate(spreads, 1)),
        ).encode()
    )
    assert report.diagnostics == ()
    assert report.plan is not None
    return report.plan.task(1).splits


def test_a_task_is_interrupted_only_when_nobody_works() -> None:
    assert (
        people(MONDAY + TUESDAY_OFF + WEDNESDAY, period("03T08:00", "03T17:00", 8), duration="PT24H0M0S")
        == ()
    )
    assert people(MONDAY, WEDNESDAY) == ((480, 480),)


LEAVE = calendar(2, base=1, week="", exceptions=exception(span=("2026-03-03", "2026-03-03")))


def test_leave_is_no_interruption() -> None:
    assert people(MONDAY + TUESDAY_OFF + WEDNESDAY, calendars=LEAVE) == ()
    assert people(MONDAY + TUESDAY_OFF + WEDNESDAY) == ((480, 480),)


def test_the_hours_of_the_task_count_with_those_of_its_people() -> None:
    own = "<CalendarUID>2</CalendarUID>"
    assert people(MONDAY + WEDNESDAY, calendars=LEAVE, more=own) == ()
    alone = f"{own}<IgnoreResourceCalendar>1</IgnoreResourceCalendar>"
    assert people(MONDAY + WEDNESDAY, calendars=LEAVE, more=alone) == ()
    assert people(MONDAY + WEDNESDAY, calendars=LEAVE, more=alone.replace("2<", "1<")) == ((480, 480),)


def test_people_of_the_day_and_of_the_night_work_without_a_break() -> None:
    night = "".join(
        f"<WeekDay><DayType>{day}</DayType><DayWorking>1</DayWorking><WorkingTimes><WorkingTime>"
        "<FromTime>17:00:00</FromTime><ToTime>08:00:00</ToTime></WorkingTime></WorkingTimes></WeekDay>"
        for day in range(2, 7)
    )
    late = period("02T17:00", "03T08:00", 15)
    early = MONDAY + period("03T08:00", "03T17:00", 8)
    assert people(late, early, calendars=calendar(2, week=night), duration="PT31H0M0S") == ()


CONTOURED = "<WorkContour>8</WorkContour>"
SAVED = "<Start>2026-03-02T08:00:00</Start><Finish>2026-03-05T17:00:00</Finish>"


def test_an_interruption_that_only_the_dates_show_is_put_halfway_with_a_note() -> None:
    report = read(CONTOURED, more=SAVED)
    assert report.plan is not None
    assert report.plan.task(1).splits == ((480, 960),)
    assert [(each.code, each.severity.word, each.data["tasks"]) for each in report.diagnostics] == [
        ("task.unplaced-splits", "note", [1])
    ]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("<Resume>2026-03-03T08:00:00</Resume>", ((720, 960),)),
        ("<Resume>2026-03-05T08:00:00</Resume>", ((240, 960),)),
        ("<Resume>2026-03-04T08:00:00</Resume>", ((240, 480), (720, 480))),
    ],
)
def test_what_is_done_tells_on_which_side_the_interruption_lies(more: str, expected: Splits) -> None:
    progress = (
        "<ActualStart>2026-03-02T08:00:00</ActualStart><PercentComplete>50</PercentComplete>"
        "<RemainingDuration>PT8H0M0S</RemainingDuration>"
    )
    report = read(CONTOURED, more=f"{SAVED}{progress}{more}")
    assert report.plan is not None
    assert report.plan.task(1).splits == expected


@pytest.mark.parametrize(
    ("spread", "more"),
    [
        ("", SAVED),  # nobody edited the work by hand: the dates are the application's own affair
        (CONTOURED, ""),
        (CONTOURED, SAVED.replace("05T17", "03T17")),
        (CONTOURED, f"{SAVED}<Manual>1</Manual>"),
        (CONTOURED, f"{SAVED}<PercentComplete>100</PercentComplete>"),
    ],
)
def test_dates_alone_do_not_interrupt(spread: str, more: str) -> None:
    assert splits(spread, more=more) == ()


@pytest.mark.parametrize(
    ("start", "finish"), [("04T08:00", "02T08:00"), ("02T08:00", "02T08:00"), ("02T08:00", "soon")]
)
def test_a_period_that_is_none_does_not_count(start: str, finish: str) -> None:
    report = read(MONDAY + WEDNESDAY + period(start, finish, 8))
    assert report.plan is not None
    assert report.plan.task(1).splits == ((480, 480),)


def test_work_outside_working_time_and_of_unknown_tasks_does_no_harm() -> None:
    night = period("02T20:00", "02T22:00", 2)
    assert splits(night + MONDAY + WEDNESDAY) == ((480, 480),)
    text = project(task(1), assignments=assignment(7, more=MONDAY + WEDNESDAY))
    assert read_plan(text.encode()).diagnostics == ()


def test_of_two_tasks_with_one_number_the_first_is_interrupted() -> None:
    text = project(task(1, "PT16H") + task(1, "PT1H"), assignments=assignment(1, more=MONDAY + WEDNESDAY))
    report = read_plan(text.encode())
    assert [each.code for each in report.diagnostics] == ["task.duplicate"]
    assert report.plan is not None
    assert report.plan.task(1).splits == ((480, 480),)


def saved_pieces(plan: Plan, pieces: list[tuple[str, str]]) -> Splits:
    """Pieces of work between instants as interruptions on the project's calendar."""
    own = plan.calendars[plan.calendar_index[plan.project.calendar]]
    instants = [[int(parse_instant(end)) for end in piece] for piece in pieces]
    done, found = 0, []
    for (start, finish), (again, _) in pairwise(instants):
        done += working_minutes(own, plan.calendars, start, finish)
        found.append((done, working_minutes(own, plan.calendars, finish, again)))
    return tuple(found)


@pytest.mark.skipif(
    not ORACLE.exists(), reason="the plans of others, ../shared/data beside the source, are not there"
)
@pytest.mark.parametrize("name", ["mspdisplittask.xml", pytest.param("splits9a.mpp", marks=needs_java)])
def test_the_pieces_of_real_plans_are_those_that_another_library_finds(name: str) -> None:
    raw = ORACLE / "raw" / name
    plan = read_plan(raw.read_bytes(), name=name).plan
    assert plan is not None
    theirs = json.loads((ORACLE / "json" / f"{raw.stem}.json").read_text())["tasks"]
    expected = {each["uid"]: saved_pieces(plan, each.get("splits", [])) for each in theirs}
    assert sum(bool(each) for each in expected.values()) == (2 if raw.suffix == ".xml" else 12)
    assert {each.uid: each.splits for each in plan.each_task()} == expected
