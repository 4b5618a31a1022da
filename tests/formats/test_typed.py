"""Tasks that are not scheduled like the others: manual, external, inserted, inactive, recurring; and their links."""

import pytest

from tests.formats.mspdi import link, project, task
from triptych.engine import schedule
from triptych.formats import ReadReport, read_plan
from triptych.plan import Constraint, Link, Task, TaskType, spell_instant

START = "<Start>2026-03-05T08:00:00</Start>"
FINISH = "<Finish>2026-03-06T17:00:00</Finish>"


def read(text: str) -> ReadReport:
    report = read_plan(text.encode())
    assert report.plan is not None
    return report


def only(more: str, *codes: str, duration: str = "PT16H0M0S") -> Task:
    """The task of a file of one, whose diagnostics are `codes`."""
    report = read(project(task(1, duration, more)))
    assert [each.code for each in report.diagnostics] == list(codes)
    assert report.plan is not None
    return report.plan.task(1)


def dates(found: Task) -> tuple[str | None, str | None]:
    return tuple(None if at is None else spell_instant(at) for at in (found.start, found.finish))  # type: ignore[return-value]


def dated(text: str, uid: int = 1) -> tuple[str | None, str | None]:
    """What the engine makes of a task."""
    plan = read(text).plan
    assert plan is not None
    result, row = schedule(plan), plan.index_of[uid]
    return spell_instant(int(result.start[row])), spell_instant(int(result.finish[row]))


def test_typed_dates_come_before_saved_ones() -> None:
    typed = only(
        f"<Manual>1</Manual><ManualStart>2026-03-10T08:00:00</ManualStart>{START}{FINISH}"
        "<ManualFinish>2026-03-11T17:00:00</ManualFinish><ManualDuration>PT9H0M0S</ManualDuration>"
    )
    assert (typed.manual, typed.duration, dates(typed)) == (
        True,
        540,
        ("2026-03-10T08:00", "2026-03-11T17:00"),
    )


def test_saved_dates_stand_in_for_typed_ones() -> None:
    assert dates(only(f"<Manual>1</Manual>{START}{FINISH}")) == ("2026-03-05T08:00", "2026-03-06T17:00")
    assert dates(only(f"{START}{FINISH}")) == (None, None)


def test_a_start_and_a_duration_are_enough() -> None:
    text = project(task(1, "PT16H0M0S", f"<Manual>1</Manual>{START}"))
    assert dated(text) == ("2026-03-05T08:00", "2026-03-06T17:00")


def test_two_dates_are_enough() -> None:
    found = only(f"<Manual>1</Manual>{START}{FINISH}", duration="")
    assert found.duration == 960
    assert not only(f"<Manual>1</Manual>{START}{FINISH}", duration="PT0H0M0S").duration


def test_a_finish_alone_is_kept_by_a_constraint() -> None:
    text = project(task(1, "PT16H0M0S", f"<Manual>1</Manual>{FINISH}"))
    found = only(f"<Manual>1</Manual>{FINISH}", "task.no-typed-dates")
    assert (found.manual, found.constraint, dates(found)) == (False, Constraint.MFO, (None, None))
    assert dated(text) == ("2026-03-05T08:00", "2026-03-06T17:00")


def test_no_date_at_all_leaves_it_to_the_links() -> None:
    found = only("<Manual>1</Manual>", "task.no-typed-dates")
    assert (found.manual, found.constraint) == (False, Constraint.ASAP)
    assert dated(project(task(1) + task(2, more=f"<Manual>1</Manual>{link(1)}")), 2)[0] == "2026-03-03T08:00"


def test_dates_in_words_are_counted_and_the_saved_ones_used() -> None:
    words = "<StartText>after the summer</StartText><FinishText>soon</FinishText><DurationText>long</DurationText>"
    report = read(project(task(1, more=f"<Manual>1</Manual>{words}{START}{FINISH}")))
    assert [(each.what, each.count) for each in report.unmapped] == [("Dates and durations in words", 1)]
    assert report.plan is not None
    assert dates(report.plan.task(1))[0] == "2026-03-05T08:00"


@pytest.mark.parametrize(("code", "elapsed"), [(8, True), (7, False), (40, True), (21, False)])
def test_a_manual_duration_has_its_format_in_a_field_of_its_own(code: int, elapsed: bool) -> None:
    more = f"<DurationFormat>53</DurationFormat><FreeformDurationFormat>{code}</FreeformDurationFormat>"
    assert only(more).elapsed is elapsed


def test_a_manual_summary_spans_its_tasks() -> None:
    inner = task(2, more=f"{START}").replace("Level>1", "Level>2")
    report = read(project(task(1, more=f"<Summary>1</Summary><Manual>1</Manual>{START}{FINISH}") + inner))
    assert report.plan is not None
    summary = report.plan.task(1)
    assert (summary.manual, summary.duration, dates(summary)) == (False, 0, (None, None))
    assert [each.what for each in report.unmapped] == ["Summaries with typed dates"]
    assert report.diagnostics == ()


def test_a_summary_is_a_task_with_tasks_below_it_whatever_the_file_calls_it() -> None:
    inner = task(2).replace("Level>1", "Level>2")
    plan = read(project(task(1, "PT80H0M0S") + inner + task(3, "PT16H0M0S", "<Summary>1</Summary>"))).plan
    assert plan is not None
    assert [each.duration for each in plan.each_task()] == [0, 480, 960]


def test_an_external_task_keeps_its_dates() -> None:
    more = f"<ExternalTask>1</ExternalTask><ExternalTaskProject>Quay.mpp</ExternalTaskProject>{START}{FINISH}"
    text = project(task(1, "PT8H0M0S", more) + task(2, more=link(1)))
    report = read(text)
    assert report.diagnostics == ()
    assert [each.what for each in report.unmapped] == ["Tasks of other projects"]
    assert report.plan is not None
    assert report.plan.task(1).external
    assert (dated(text), dated(text, 2)[0]) == (("2026-03-05T08:00", "2026-03-06T17:00"), "2026-03-09T08:00")


def test_an_external_task_without_dates_is_reported() -> None:
    assert not only("<ExternalTask>1</ExternalTask>", "task.no-typed-dates").external


def test_an_inserted_project_keeps_the_dates_that_were_saved() -> None:
    more = f"<IsSubproject>1</IsSubproject><SubprojectName>Quay.mpp</SubprojectName><Summary>1</Summary>{START}{FINISH}"
    text = project(task(1, more=more))
    found = only(more, "task.inserted-project")
    assert (found.external, dates(found)) == (True, ("2026-03-05T08:00", "2026-03-06T17:00"))
    assert dated(text) == ("2026-03-05T08:00", "2026-03-06T17:00")
    assert "“Quay.mpp”" in read(text).diagnostics[0].message
    assert [each.what for each in read(text).unmapped] == ["Inserted projects"]


def test_inactive_tasks_are_kept_as_such_and_recurring_ones_are_summaries() -> None:
    inner = task(2).replace("Level>1", "Level>2") + task(3, more=START).replace("Level>1", "Level>2")
    report = read(project(task(1, more="<Active>0</Active><Recurring>1</Recurring>") + inner))
    assert (report.diagnostics, report.unmapped) == ((), ())
    assert report.plan is not None
    assert [(each.active, each.parent) for each in report.plan.each_task()] == [
        (False, None),
        (True, 1),
        (True, 1),
    ]


CROSS = "<CrossProject>1</CrossProject><CrossProjectName>Quay.mpp\\7</CrossProjectName></PredecessorLink>"


def crossing(pred: int) -> str:
    return link(pred).replace("</PredecessorLink>", CROSS)


@pytest.mark.parametrize("pred", [0, 1, 7])
def test_a_link_to_another_project_is_reported_and_joins_no_task_of_this_one(pred: int) -> None:
    report = read(project(task(1) + task(2, more=crossing(pred) + link(1, kind=3))))
    assert [(each.code, each.severity.word) for each in report.diagnostics] == [
        ("link.other-project", "warning")
    ]
    assert "“Quay.mpp\\7”" in report.diagnostics[0].message
    assert report.diagnostics[0].place.endswith("PredecessorLink of Task UID 2")
    assert [(each.what, each.count) for each in report.unmapped] == [("Links between projects", 1)]
    assert report.plan is not None
    assert [each.kind.name for each in report.plan.each_link()] == ["SS"]
    assert report.accepted


def test_a_link_to_another_project_s_task_shown_in_this_one_is_kept() -> None:
    ghost = task(1, more=f"<ExternalTask>1</ExternalTask>{START}{FINISH}")
    report = read(project(ghost + task(2, more=crossing(1))))
    assert report.diagnostics == ()
    assert report.plan is not None
    assert list(report.plan.each_link()) == [Link(1, 2)]


@pytest.mark.parametrize(
    ("more", "usual", "kind"),
    [
        ("<Type>0</Type>", 1, TaskType.FIXED_UNITS),
        ("<Type>1</Type>", 0, TaskType.FIXED_DURATION),
        ("<Type>2</Type>", 0, TaskType.FIXED_WORK),
        ("", 2, TaskType.FIXED_WORK),
    ],
)
def test_what_gives_way_when_work_changes(more: str, usual: int, kind: TaskType) -> None:
    head = f"<DefaultTaskType>{usual}</DefaultTaskType>"
    report = read(project(task(1, more=f"{more}<EffortDriven>1</EffortDriven>"), head=head))
    assert report.plan is not None
    assert (report.plan.task(1).type, report.plan.task(1).effort_driven) == (kind, True)
    assert (report.diagnostics, report.unmapped) == ((), ())
