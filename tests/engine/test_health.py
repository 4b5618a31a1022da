"""Every check of schedule health on small plans: what it counts, what it says, and what its fix is."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pytest

from tests.health import mends
from tests.plans import CALENDARS, MONDAY
from triptych.engine import baseline_of, schedule
from triptych.engine.health import CHECKS, Finding, Health, Outcome, fixes_together, health
from triptych.plan import (
    Assignment,
    Baseline,
    CalendarException,
    Constraint,
    Instant,
    LagKind,
    Link,
    LinkKind,
    Plan,
    PlanBuilder,
    Project,
    Resource,
    Severity,
    Task,
    parse_instant,
)
from triptych.plan.changes import (
    AddLink,
    RemoveLink,
    SetConstraint,
    SetDeadline,
    SetDuration,
    SetLag,
    SetMode,
    SetSecondaryConstraint,
    SplitTask,
    apply_all,
)

D = 480
at = parse_instant
PEOPLE = (Resource(1, "Ana"), Resource(2, "Bo", units=50))
START = Task(uid=1, name="Start", milestone=True, start_milestone=True)
A, B = Task(uid=2, name="A", duration=5 * D), Task(uid=3, name="B", duration=5 * D)
END = Task(uid=9, name="End", milestone=True)
CHAIN = (Link(1, 2), Link(2, 3), Link(3, 9))
STATUS = at("2026-03-04T17:00")
UNDER_WAY: dict[str, Any] = {"actual_start": MONDAY, "percent_complete": 60}


@dataclass
class Sick:
    """A plan with one fault: beside those of a sound plan, in which Ana does A and Bo does nothing."""

    tasks: tuple[Task, ...] = (START, A, B, END)
    links: tuple[Link, ...] = CHAIN
    team: tuple[Assignment, ...] = (Assignment(2, 1), Assignment(3, 1))
    people: tuple[Resource, ...] = PEOPLE
    project: dict[str, Any] = field(default_factory=dict)
    baselines: tuple[Baseline, ...] = ()

    def plan(self) -> Plan:
        builder = PlanBuilder(
            projects=[replace(Project(1, "Example", MONDAY, 1), **self.project)],
            tasks=[replace(each, project=1) for each in self.tasks],
            links=list(self.links),
            calendars=list(CALENDARS),
            resources=list(self.people),
            assignments=[each for each in self.team if each.task in {task.uid for task in self.tasks}],
            baselines=list(self.baselines),
        )
        plan, found = builder.build()
        assert not found, found
        return plan


def examined(sick: Sick, dialect: str | None = None, **options: Any) -> Health:
    """The health of a plan, of which every fix has been tried."""
    before = schedule(sick.plan(), dialect=dialect)
    found = health(before, **options)
    for each in found.findings:
        if each.fix:
            mends(before, each, baseline=options.get("baseline", 0))
    return found


def with_task(task: Task, *links: Link, **more: Any) -> Sick:
    return Sick((START, A, B, task, END), (*CHAIN, *links), **more)


def test_a_sound_plan_has_a_hundred_points() -> None:
    found = examined(Sick())
    assert found.score == 100
    assert not found.findings
    assert [each.check.number for each in found.assessment] == list(range(1, 15))
    assert all(each.passed is not False for each in found.outcomes)
    assert len({check.key for check in CHECKS}) == len(CHECKS) == len(found.outcomes)


C = Task(uid=4, name="C", duration=D)
SUMMARY = Task(uid=5, name="Phase")
CASES = [
    # Point 1, tasks.
    ("logic", with_task(C, Link(2, 4)), 1, 3, "“C” has no successor.", [AddLink(4, 9)]),
    ("logic", with_task(C, Link(4, 9)), 1, 3, "“C” has no predecessor.", [AddLink(1, 4)]),
    ("logic", with_task(C, Link(2, 4), Link(4, 3, LinkKind.SS)), 1, 3, "its finish is open", [AddLink(4, 9)]),
    ("logic", with_task(C, Link(2, 4, LinkKind.FF), Link(4, 9)), 1, 3, "its start is open", [AddLink(1, 4)]),
    # And milestones, which the DCMA leaves out.
    (
        "open-milestones",
        with_task(Task(uid=4, name="M", milestone=True), Link(2, 4)),
        1, 3, "“M” has no successor.", [AddLink(4, 9)],
    ),
    ("leads", Sick(links=(Link(1, 2), Link(2, 3, lag=-D), Link(3, 9))), 1, 3, "a lead of 1d", [SetLag(2, 3, "FS", 0)]),
    ("lags", Sick(links=(Link(1, 2), Link(2, 3, lag=D), Link(3, 9))), 1, 3, "A lag of 1d", []),
    (
        "lags",
        Sick(links=(Link(1, 2), Link(2, 3, lag=50, lag_kind=LagKind.PERCENT), Link(3, 9))),
        1, 3, "50% of the predecessor", [],
    ),
    (
        "lags",
        Sick(links=(Link(1, 2), Link(2, 3, lag=2880, lag_kind=LagKind.ELAPSED), Link(3, 9))),
        1, 3, "A lag of 2ed", [],
    ),
    ("kinds", with_task(C, Link(2, 4, LinkKind.SF), Link(1, 4), Link(4, 9)), 1, 6, "start-finish", []),
    ("redundant", Sick(links=(*CHAIN, Link(1, 3))), 1, 4, "“B” waits for “Start” anyway", [RemoveLink(1, 3)]),
    (
        "hard",
        Sick((START, A, replace(B, constraint=Constraint.MSO, constraint_date=at("2026-03-09T08:00")), END)),
        1, 4, "“B” must start on Mon 9 Mar 2026", [SetConstraint(3, "SNET", "2026-03-09T08:00")],
    ),
    (
        "hard",
        Sick((START, A, replace(B, constraint=Constraint.FNLT, constraint_date=at("2026-03-20T17:00")), END)),
        1, 4, "finish no later than Fri 20 Mar 2026",
        [SetConstraint(3, "ASAP"), SetDeadline(3, "2026-03-20T17:00")],
    ),
    (
        "hard",
        Sick((START, A, replace(B, secondary=Constraint.SNLT, secondary_date=at("2026-03-20T17:00")), END)),
        1, 4, "start no later than", [SetSecondaryConstraint(3, "ASAP")],
    ),
    (
        "unmet",
        Sick((START, A, replace(B, constraint=Constraint.FNLT, constraint_date=at("2026-03-10T17:00")), END)),
        1, 1, "“B” is to finish no later than Tue 10 Mar 2026",
        [SetConstraint(3, "ASAP"), SetDeadline(3, "2026-03-10T17:00")],
    ),
    (
        "holding",
        Sick((START, A, replace(B, constraint=Constraint.SNET, constraint_date=at("2026-03-16T08:00")), END)),
        1, 2, "“B” waits for Mon 16 Mar 2026", [SetConstraint(3, "ASAP")],
    ),
    (
        "deadlines",
        Sick((START, A, replace(B, deadline=at("2026-03-11T17:00")), END)),
        1, 1, "is due by Wed 11 Mar 2026 and finishes on Fri 13 Mar 2026", [],
    ),
    (
        "manual",
        Sick((START, A, replace(B, manual=True, start=at("2026-03-16T08:00")), END)),
        1, 4, "“B” is scheduled by hand.", [SetMode(3, False, "2026-03-16T08:00")],
    ),
    (
        "high-float",
        Sick((START, replace(A, duration=D), replace(B, duration=60 * D), C, END), (Link(1, 2), Link(1, 3), Link(2, 4), Link(4, 9), Link(3, 9))),
        2, 3, "“A” has 58d of float.", [],
    ),
    (
        "negative-float",
        Sick((START, A, replace(B, deadline=at("2026-03-11T17:00")), END)),
        3, 4, "is 2d too late", [],
    ),
    (
        "critical-path-test",
        Sick((START, A, B, replace(END, constraint=Constraint.MFO, constraint_date=at("2026-03-13T17:00")))),
        1, 1, "600 days more for “A”", [],
    ),
    ("long", Sick((START, replace(A, duration=45 * D), B, END)), 1, 2, "“A” takes 45d.", []),
    (
        "zero",
        Sick((START, A, replace(B, duration=0), END)),
        1, 4, "“B” takes no time, and is no milestone.", [SetDuration(3, 0, False, True)],
    ),
    (
        "zero",
        Sick((START, A, replace(B, milestone=True), END)),
        1, 4, "“B” is a milestone that takes 5d.", [SetDuration(3, 5 * D, False, False)],
    ),
    (
        "elapsed",
        Sick((START, A, replace(B, elapsed=True, duration=7 * 1440), END)),
        1, 2, "“B” runs round the clock for 7ed", [SetDuration(3, 5 * D, False, False)],
    ),
    ("as-late", Sick((START, A, replace(B, constraint=Constraint.ALAP), END)), 1, 2, "“B” begins as late", [SetConstraint(3, "ASAP")]),
    ("resources", Sick(team=(Assignment(2, 1),)), 1, 2, "“B” takes 5d, and nobody is on it.", []),
    (
        "unowned",
        Sick(team=(Assignment(2, 1), Assignment(3, 1), Assignment(1, 1))),
        1, 2, "Nobody answers for “End”.", [],
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "sick", "numerator", "denominator", "words", "fix"),
    CASES,
    ids=[f"{each[0]}-{at}" for at, each in enumerate(CASES)],
)
def test_a_check_counts_tells_and_mends(
    key: str, sick: Sick, numerator: int, denominator: int, words: str, fix: list[object]
) -> None:
    outcome = examined(sick, "msproject")[key]
    assert (outcome.numerator, outcome.denominator) == (numerator, denominator)
    assert bool(outcome.findings) is bool(numerator)
    if words:
        assert words in told(outcome)[0]
        assert list(outcome.findings[0].fix) == fix
        assert outcome.findings[0].way


def told(outcome: Outcome) -> list[str]:
    return [each.sentence for each in outcome.findings]


# What those cases do not show.


def test_links_of_summaries_are_put_between_the_tasks_below() -> None:
    below = [Task(uid=6, name="P", parent=5, duration=D), Task(uid=7, name="Q", parent=5, duration=2 * D)]
    sick = Sick((START, A, SUMMARY, *below, END), (Link(1, 2), Link(2, 5, lag=D), Link(5, 9)))
    before = schedule(sick.plan())
    outcome = health(before)["summary-links"]
    assert (outcome.numerator, outcome.denominator) == (2, 3)
    assert outcome.findings[0].fix == (RemoveLink(2, 5), AddLink(2, 6, "FS", D), AddLink(2, 7, "FS", D))
    changed, _ = apply_all(sick.plan(), fixes_together(outcome.findings))
    after = schedule(changed)
    assert list(after.start) == list(before.start)
    assert health(after)["summary-links"].passed


def test_a_constraint_of_a_summary_that_has_no_effect_is_told() -> None:
    phase = replace(SUMMARY, constraint=Constraint.MSO, constraint_date=at("2026-03-16T08:00"))
    sick = Sick((START, phase, replace(A, parent=5), B, END))
    outcome = examined(sick)["useless"]
    assert outcome.findings[0].fix == (SetConstraint(5, "ASAP"),)


def test_a_circle_is_an_error_and_one_link_less_mends_it() -> None:
    found = examined(Sick(links=(*CHAIN, Link(3, 2))))
    (circle,) = found["circles"].findings
    assert circle.severity is Severity.ERROR
    assert circle.tasks == (2, 3)
    assert len(circle.fix) == 1
    assert found["circles"].cost == found["circles"].check.points


def test_logic_of_a_summary_counts_for_the_tasks_below() -> None:
    sick = Sick((START, SUMMARY, replace(A, parent=5), replace(B, parent=5), END), (Link(1, 5), Link(5, 9)))
    assert health(schedule(sick.plan()))["logic"].passed


def test_without_a_milestone_at_the_end_a_person_decides() -> None:
    found = examined(Sick((START, A, B, C), (Link(1, 2), Link(2, 3), Link(1, 4))))
    (finding,) = found["logic"].findings
    assert (finding.tasks, finding.fix) == ((4,), ())
    assert "say what needs it" in finding.way


def test_what_is_done_is_asked_no_more() -> None:
    done = replace(A, actual_start=MONDAY, actual_finish=at("2026-03-06T17:00"), percent_complete=100)
    found = examined(Sick((START, done, END), (), project={"status_date": at("2026-03-09T17:00")}))
    assert found["logic"].fault == "no task is open."
    assert found["logic"].passed is None
    assert found["logic"].cost == 0


def test_a_manual_task_without_predecessors_keeps_its_date() -> None:
    task = replace(C, manual=True, start=at("2026-03-11T08:00"))
    (finding,) = examined(with_task(task, Link(4, 9)))["manual"].findings
    assert finding.fix[1:] == (SetConstraint(4, "SNET", "2026-03-11T08:00"),)


def test_merges_near_the_critical_path_name_those_that_meet() -> None:
    ways = [Task(uid=each, name=f"W{each}", duration=(each - 10) * D) for each in (12, 13, 14)]
    links = [link for each in (12, 13, 14) for link in (Link(1, each), Link(each, 9))]
    outcome = examined(Sick((START, *ways, END), tuple(links)))["merges"]
    assert told(outcome) == [
        "3 tasks reach “End” within 5 days: “W12”, “W13”, “W14”. If each is on time with 80 %, all are with 51 %."
    ]
    far = [replace(each, duration=each.duration if each.uid < 14 else 20 * D) for each in ways]
    assert examined(Sick((START, *far, END), tuple(links)))["merges"].passed


@pytest.mark.parametrize("dialect", ["msproject", "p6", "triptych"])
def test_the_critical_path_test_moves_the_finish_as_the_task(dialect: str) -> None:
    outcome = examined(Sick(), dialect)["critical-path-test"]
    assert (outcome.numerator, outcome.denominator, outcome.passed) == (0, 1, True)


def test_the_critical_path_test_says_nothing_of_a_plan_from_its_finish() -> None:
    backwards = {"finish": at("2026-04-30T17:00"), "from_finish": True}
    assert health(schedule(Sick(project=backwards).plan()))["critical-path-test"].fault == (
        "the project is scheduled from its finish."
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
        "Ana lacks 20 h on 5 days; most on Mon 2 Mar 2026, with 12 h of work in 8 h: “A”, “B”."
    ]


def test_half_a_person_is_overloaded_by_whole_work_and_not_by_half() -> None:
    assert told(examined(Sick(team=(Assignment(2, 2), Assignment(3, 1))))["overload"])[0].startswith(
        "Bo lacks 20 h on 5 days"
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
    assert told(missed)[0] == "“A” finished on Tue 10 Mar 2026 instead of Fri 6 Mar 2026."
    assert "will finish on" in told(missed)[1]
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
        ("cpli", "no date is set for the finish: neither a baseline nor a date to finish by."),
        ("invalid-dates", "the plan has no status date."),
    ],
)
def test_what_cannot_be_computed_says_why(key: str, fault: str) -> None:
    assert examined(Sick())[key].fault == fault


def test_another_baseline_can_be_asked_for() -> None:
    assert examined(baselined(Sick()), baseline=3)["missed"].fault == "the plan has no baseline 3."


# The score.


def test_the_score_is_what_the_checks_leave() -> None:
    found = examined(with_task(C, Link(2, 4)))
    logic = found["logic"]
    assert logic.cost == pytest.approx(35 * (1 / 3 - 0.05) / 0.45)
    assert found.score == pytest.approx(100 - sum(each.cost for each in found.outcomes))
    assert sum(each.cost for each in found.families) == pytest.approx(
        sum(each.cost for each in found.outcomes)
    )


def test_shares_count_and_not_numbers() -> None:
    def wide(ways: int) -> Sick:
        tasks = [Task(uid=each, name=f"W{each}", duration=D) for each in range(10, 10 + 2 * ways)]
        links = [Link(1, each.uid) for each in tasks] + [Link(each.uid, 9) for each in tasks[::2]]
        team = tuple(Assignment(each.uid, each.uid) for each in tasks)
        people = tuple(Resource(each.uid, each.name) for each in tasks)
        return Sick((START, *tasks, END), tuple(links), team, people)

    small, large = (health(schedule(wide(ways).plan())) for ways in (2, 200))
    assert small.score == pytest.approx(large.score or 0)
    assert large["logic"].numerator == 200


def test_a_plan_of_nothing_cannot_be_judged_for_logic() -> None:
    found = examined(Sick((), (), ()))
    assert found["logic"].fault is not None
    assert not found.findings


def test_fixes_that_go_together_say_each_thing_once() -> None:
    found = examined(
        Sick((START, A, replace(B, constraint=Constraint.FNLT, constraint_date=at("2026-03-10T17:00")), END))
    )
    doubled = [each for each in found.findings if each.fix]
    assert [each.check for each in doubled] == ["hard", "unmet"]
    assert len(fixes_together(doubled)) == 2


def test_findings_are_values() -> None:
    assert Finding("x", Severity.NOTE, (1,), "S.", "W.") == Finding("x", Severity.NOTE, (1,), "S.", "W.")
