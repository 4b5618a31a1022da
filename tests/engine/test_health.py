"""Every check of schedule health on small plans: what it counts, what it says, and what its fix is."""

from dataclasses import replace

import pytest

from tests.health import (
    CHAIN,
    END,
    START,
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
from triptych.engine import schedule
from triptych.engine.health import CHECKS, Finding, fixes_together, health
from triptych.plan import (
    Assignment,
    Constraint,
    LagKind,
    Link,
    LinkKind,
    Resource,
    Severity,
    Task,
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
    apply_all,
)


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


def test_the_next_milestone_of_the_phase_is_nearer_than_the_end() -> None:
    below = [replace(A, parent=5), replace(C, parent=5), Task(uid=6, name="Gate", parent=5, milestone=True)]
    links = (Link(1, 2), Link(1, 4), Link(2, 6), Link(6, 3), Link(3, 9))
    (finding,) = examined(Sick((START, SUMMARY, *below, B, END), links))["logic"].findings
    assert finding.fix == (AddLink(4, 6),)
    assert "the next milestone of its phase, “Gate”" in finding.way
    early = (Link(1, 6), Link(1, 2), Link(2, 3), Link(3, 9), Link(6, 4))  # there the gate leads to the task
    (finding,) = examined(Sick((START, SUMMARY, *below, B, END), early))["logic"].findings
    assert finding.fix == (AddLink(4, 9),)


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


@pytest.mark.parametrize("one_by_one", [0, 20])
def test_the_critical_path_test_by_whole_schedules_says_the_same(
    monkeypatch: pytest.MonkeyPatch, one_by_one: int
) -> None:
    monkeypatch.setattr("triptych.engine.health.path_test._ONE_BY_ONE", one_by_one)
    spanning = Task(uid=4, name="Supervision", hammock=True)
    links = (Link(1, 4, LinkKind.SS), Link(4, 9, LinkKind.FF))
    assert examined(with_task(spanning, *links))["critical-path-test"].passed
    pinned = replace(END, constraint=Constraint.MFO, constraint_date=at("2026-03-13T17:00"))
    broken = Sick((START, A, B, spanning, pinned), (*CHAIN, *links))
    outcome = examined(broken, "msproject")["critical-path-test"]
    assert told(outcome) == [
        "600 days more for “A”, which is critical, move its own finish by 600d and “End”, with which the project ends, by 0d."
    ]


def test_the_critical_path_test_says_nothing_of_a_plan_from_its_finish() -> None:
    backwards = {"finish": at("2026-04-30T17:00"), "from_finish": True}
    assert health(schedule(Sick(project=backwards).plan()))["critical-path-test"].fault == (
        "the project is scheduled from its finish."
    )


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
