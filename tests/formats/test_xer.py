"""What a Primavera P6 file says, and that the plan says the same."""

from typing import Any

import pytest

from tests.formats.xer import (
    Record,
    calendar,
    codes,
    file,
    left,
    link,
    plan_of,
    project,
    read,
    table,
    task,
    wbs,
)
from triptych.plan import (
    Constraint,
    FloatBasis,
    LagHours,
    Link,
    LinkKind,
    ProgressLogic,
    Task,
    TaskType,
    parse_instant,
)

MONDAY = parse_instant("2026-03-02T08:00")


def one(**fields: Any) -> Task:
    """The task of a file with one activity of eight hours."""
    return plan_of(file([task(1, **fields)])).task(1)


def test_the_report_names_format_and_version() -> None:
    report = read(file([task(1)]))
    assert (report.format, report.application) == ("Primavera P6 XER", "Primavera P6 (file version 19.12)")
    assert report.accepted
    assert report.diagnostics == ()


def test_the_work_breakdown_becomes_the_summaries() -> None:
    branches = [wbs(), wbs(30, 10, seq_num=1), wbs(20, 10, seq_num=2), wbs(40, 20)]
    tasks = [task(1, wbs_id=20, task_code="B"), task(2, wbs_id=20, task_code="A"), task(3, wbs_id=30),
             task(4, wbs_id=40), task(5)]  # fmt: skip
    plan = plan_of(file(tasks, branches=branches))
    assert [each.uid for each in plan.each_task()] == [10, 5, 30, 3, 20, 2, 1, 40, 4]
    assert plan.project.root == 10
    assert plan.project.name == "Branch 10"
    assert (plan.task(40).wbs, plan.task(40).name, plan.task(40).parent) == ("W10.W20.W40", "Branch 40", 20)
    assert (plan.task(2).wbs, plan.task(2).name, plan.task(2).parent) == ("A", "Task 2", 20)


def test_the_project_says_what_joins_the_codes() -> None:
    plan = plan_of(
        file([task(1, wbs_id=20)], projects=[project(name_sep_char="-")], branches=[wbs(), wbs(20, 10)])
    )
    assert plan.task(20).wbs == "W10-W20"


def test_branches_without_activities_are_left_out_and_counted() -> None:
    report = read(file([task(1)], branches=[wbs(), wbs(20, 10), wbs(30, 20)]))
    assert report.plan is not None
    assert [each.uid for each in report.plan.each_task()] == [10, 1]
    assert left(report)["WBS elements without activities"] == 2


def test_a_branch_whose_number_an_activity_has_gets_another() -> None:
    plan = plan_of(file([task(10), task(20, wbs_id=11)], branches=[wbs(), wbs(11, 10), wbs(12, 10)]))
    assert sorted(each.uid for each in plan.each_task()) == [10, 11, 20, 21]
    assert plan.project.root == 21
    assert (plan.task(10).parent, plan.task(11).parent) == (21, 21)


def test_the_project_says_how_it_is_scheduled() -> None:
    head = project(
        plan_end_date="2026-05-29 17:00", critical_drtn_hr_cnt=16, critical_path_type="CT_DrivPath",
        last_recalc_date="2026-03-04 08:00",
    )  # fmt: skip
    value = plan_of(
        file(
            [task(1)],
            projects=[head],
            calendars=[calendar(day_hr_cnt=7.5, week_hr_cnt=37.5, month_hr_cnt=150)],
        )
    ).project
    assert (value.uid, value.dialect, value.calendar) == (1, "p6", 1)
    assert value.start == parse_instant("2026-03-02T00:00")
    assert value.finish == parse_instant("2026-05-29T17:00")
    assert value.status_date == parse_instant("2026-03-04T08:00")
    assert (value.critical_limit, value.critical_by_path) == (960, True)
    assert (value.minutes_per_day, value.minutes_per_week, value.days_per_month) == (450, 2250, 20)
    assert (value.lag_hours, value.progress_logic, value.float_basis) == (None, None, None)


def options(**fields: Any) -> str:
    return table("SCHEDOPTIONS", [{"schedoptions_id": 1, "proj_id": 1} | fields])


@pytest.mark.parametrize(
    ("fields", "name", "value"),
    [
        ({"sched_calendar_on_relationship_lag": "rcal_Predecessor"}, "lag_hours", LagHours.PREDECESSOR),
        ({"sched_calendar_on_relationship_lag": "rcal_Successor"}, "lag_hours", LagHours.SUCCESSOR),
        ({"sched_calendar_on_relationship_lag": "rcal_ProjDefault"}, "lag_hours", LagHours.PROJECT),
        ({"sched_calendar_on_relationship_lag": "rcal_24Hour"}, "lag_hours", LagHours.ROUND_THE_CLOCK),
        ({"sched_retained_logic": "Y", "sched_progress_override": "N"}, "progress_logic", ProgressLogic.RETAINED),
        ({"sched_retained_logic": "N", "sched_progress_override": "Y"}, "progress_logic", ProgressLogic.OVERRIDE),
        ({"sched_retained_logic": "N", "sched_progress_override": "N"}, "progress_logic", ProgressLogic.ACTUAL_DATES),
        ({"sched_float_type": "FT_FF"}, "float_basis", FloatBasis.FINISH),
        ({"sched_float_type": "FT_SF"}, "float_basis", FloatBasis.START),
        ({"sched_float_type": "FT_MIN"}, "float_basis", FloatBasis.SMALLER),
        ({"sched_open_critical_flag": "Y"}, "open_ends_critical", True),
        ({"sched_open_critical_flag": "N"}, "open_ends_critical", False),
    ],
)  # fmt: skip
def test_the_options_of_scheduling(fields: Record, name: str, value: object) -> None:
    assert getattr(plan_of(file([task(1)], more=options(**fields))).project, name) == value


def test_options_that_the_plan_has_no_place_for_are_counted() -> None:
    report = read(
        file(
            [task(1, expect_end_date="2026-03-09 17:00")],
            more=options(
                sched_lag_early_start_flag="N", sched_use_project_end_date_for_float="N", sched_outer_depend_type="SD_Both",
                level_float_thrs_cnt=5, level_over_alloc_pct=25, levelprioritylist="priority_type,ASC\x7f\x7f",
            ),
        )
    )  # fmt: skip
    assert left(report) == {
        "Expected finishes": 1,
        "Start-to-start lag from the actual start": 1,
        "Float to the finish of all projects": 1,
        "Levelling options": 1,
    }


@pytest.mark.parametrize(
    ("kind", "constraint"),
    [
        ("CS_MSO", Constraint.START_ON),
        ("CS_MEO", Constraint.FINISH_ON),
        ("CS_MSOA", Constraint.SNET),
        ("CS_MSOB", Constraint.SNLT),
        ("CS_MEOA", Constraint.FNET),
        ("CS_MEOB", Constraint.FNLT),
        ("CS_MANDSTART", Constraint.MSO),
        ("CS_MANDFIN", Constraint.MFO),
    ],
)
def test_constraints(kind: str, constraint: Constraint) -> None:
    first = one(cstr_type=kind, cstr_date="2026-03-09 08:00")
    assert (first.constraint, first.constraint_date) == (constraint, parse_instant("2026-03-09T08:00"))
    second = one(
        cstr_type="CS_MSOA", cstr_date="2026-03-03 08:00", cstr_type2=kind, cstr_date2="2026-03-09 08:00"
    )
    assert (second.secondary, second.secondary_date) == (constraint, parse_instant("2026-03-09T08:00"))
    assert second.constraint is Constraint.SNET


def test_as_late_as_possible_needs_no_date() -> None:
    value = one(cstr_type="CS_ALAP", cstr_date="2026-03-09 08:00")
    assert (value.constraint, value.constraint_date) == (Constraint.ALAP, None)


def test_dates_from_outside_take_the_constraints_that_are_free() -> None:
    both = one(external_early_start_date="2026-03-04 08:00", external_late_end_date="2026-03-06 17:00")
    assert (both.constraint, both.constraint_date) == (Constraint.SNET, parse_instant("2026-03-04T08:00"))
    assert (both.secondary, both.secondary_date) == (Constraint.FNLT, parse_instant("2026-03-06T17:00"))
    beside = one(
        cstr_type="CS_MEOA", cstr_date="2026-03-05 17:00", external_early_start_date="2026-03-04 08:00"
    )
    assert (beside.constraint, beside.secondary) == (Constraint.FNET, Constraint.SNET)


def test_a_date_from_outside_that_finds_no_place_is_reported() -> None:
    full = task(1, cstr_type="CS_MSOA", cstr_date="2026-03-03 08:00", cstr_type2="CS_MEOB",
                cstr_date2="2026-03-09 17:00", external_late_end_date="2026-03-06 17:00")  # fmt: skip
    report = read(file([full]))
    assert codes(report) == ["xer.external-date"]
    assert "TASK task_id 1" in report.diagnostics[0].place


@pytest.mark.parametrize(
    ("kind", "start", "finish"),
    [("SD_Both", 1, 1), ("SD_Start", 1, 0), ("SD_Finish", 0, 1), ("SD_None", 0, 0)],
)
def test_dates_from_outside_count_as_the_project_minds_them(kind: str, start: int, finish: int) -> None:
    held = task(1, external_early_start_date="2026-03-04 08:00", external_late_end_date="2026-03-06 17:00")
    value = plan_of(file([held], more=options(sched_outer_depend_type=kind))).task(1)
    kinds = [value.constraint, value.secondary]
    assert (kinds.count(Constraint.SNET), kinds.count(Constraint.FNLT)) == (start, finish)


@pytest.mark.parametrize(
    ("kind", "milestone", "hammock"),
    [("TT_Task", False, False), ("TT_Rsrc", False, False), ("TT_Mile", True, False), ("TT_FinMile", True, False),
     ("TT_LOE", False, True), ("TT_WBS", False, True)],
)  # fmt: skip
def test_kinds_of_activities(kind: str, milestone: bool, hammock: bool) -> None:
    value = one(task_type=kind)
    assert (value.milestone, value.hammock, value.duration) == (milestone, hammock, 0 if milestone else 480)
    assert value.start_milestone is (kind == "TT_Mile")


@pytest.mark.parametrize(
    ("kind", "type_"),
    [("DT_FixedDrtn", TaskType.FIXED_DURATION), ("DT_FixedDUR2", TaskType.FIXED_DURATION),
     ("DT_FixedQty", TaskType.FIXED_WORK), ("DT_FixedRate", TaskType.FIXED_UNITS)],
)  # fmt: skip
def test_types_and_priorities(kind: str, type_: TaskType) -> None:
    value = one(duration_type=kind, priority_type="PT_High")
    assert (value.type, value.priority, value.effort_driven) == (type_, 700, False)


def test_durations_are_hours_with_decimals_in_either_spelling() -> None:
    tasks = [task(1, 7.5), task(2, "7,25"), task(3, "1.000,5"), task(4, 0.0166667)]
    plan = plan_of(file(tasks))
    assert [plan.task(uid).duration for uid in (1, 2, 3, 4)] == [450, 435, 60_030, 1]


def test_what_has_not_started_lasts_as_long_as_remains_of_it() -> None:
    report = read(file([task(1, remain_drtn_hr_cnt=12)]))
    assert report.plan is not None
    assert report.plan.task(1).duration == 720
    assert left(report) == {"Planned durations": 1}


@pytest.mark.parametrize(
    ("fields", "percent"),
    [
        ({"complete_pct_type": "CP_Drtn", "remain_drtn_hr_cnt": 6}, 25),
        ({"complete_pct_type": "CP_Drtn", "remain_drtn_hr_cnt": 16}, 0),
        ({"complete_pct_type": "CP_Drtn", "remain_drtn_hr_cnt": 0}, 99),
        ({"complete_pct_type": "CP_Phys", "phys_complete_pct": 40}, 40),
        ({"complete_pct_type": "CP_Phys", "phys_complete_pct": 100}, 99),
        (
            {"complete_pct_type": "CP_Units", "act_work_qty": 30, "remain_work_qty": 60, "act_equip_qty": 10},
            40,
        ),
        ({"complete_pct_type": "CP_Units"}, 0),
    ],
)
def test_percent_complete_as_the_activity_counts_it(fields: Record, percent: int) -> None:
    value = one(status_code="TK_Active", act_start_date="2026-03-02 08:00", **fields)
    assert (value.percent_complete, value.actual_start, value.actual_finish) == (percent, MONDAY, None)
    assert value.remaining == round(float(str(fields.get("remain_drtn_hr_cnt", 8))) * 60)


def test_what_is_finished_is_complete_whatever_its_percent() -> None:
    value = one(
        status_code="TK_Complete", act_start_date="2026-03-02 08:00", act_end_date="2026-03-03 12:00",
        complete_pct_type="CP_Phys", phys_complete_pct=10,
    )  # fmt: skip
    assert (value.percent_complete, value.remaining, value.duration) == (100, 0, 480)
    assert value.actual_finish == parse_instant("2026-03-03T12:00")


@pytest.mark.parametrize("end", ["act_start_date", "act_end_date"])
def test_a_milestone_has_one_date_for_both_ends(end: str) -> None:
    value = one(task_type="TT_Mile", status_code="TK_Complete", **{end: "2026-03-02 08:00"})
    assert (value.actual_start, value.actual_finish, value.percent_complete) == (MONDAY, MONDAY, 100)


def test_suspended_work_goes_on_at_its_resume_date() -> None:
    report = read(
        file([task(1, status_code="TK_Active", act_start_date="2026-03-02 08:00", remain_drtn_hr_cnt=4,
                   suspend_date="2026-03-02 12:00", resume_date="2026-03-09 08:00")])
    )  # fmt: skip
    assert report.plan is not None
    assert report.plan.task(1).resume == parse_instant("2026-03-09T08:00")
    assert left(report) == {"Suspensions": 1}


def test_links() -> None:
    links = [
        link(1, 2), link(1, 3, pred_type="PR_SS", lag_hr_cnt=16), link(2, 3, pred_type="PR_FF", lag_hr_cnt=-4.5),
        link(1, 4, pred_type="PR_SF"),
    ]  # fmt: skip
    plan = plan_of(file([task(uid) for uid in (1, 2, 3, 4)], links=links))
    assert list(plan.each_link()) == [
        Link(1, 2),
        Link(1, 3, LinkKind.SS, 960),
        Link(1, 4, LinkKind.SF),
        Link(2, 3, LinkKind.FF, -270),
    ]


def test_a_link_out_of_the_file_is_named_and_left_out() -> None:
    report = read(file([task(1)], links=[link(99, 1, pred_proj_id=7), link(1, 98, proj_id=8)]))
    assert codes(report) == ["xer.external-link"] * 2
    assert report.accepted
    assert "predecessor, activity 99 of project 7," in report.diagnostics[0].message
    assert "successor, activity 98 of project 8," in report.diagnostics[1].message
    assert report.diagnostics[0].place == "line 16, TASKPRED task_pred_id 99001"


def test_several_projects_are_scheduled_together_the_greatest_first() -> None:
    second = [project(2, plan_start_date="2026-04-01 08:00"), project(1), project(3)]
    tasks = [task(1), task(2), task(3, proj_id=2, wbs_id=50)]
    branches = [wbs(50, proj_id=2), wbs(), wbs(60, proj_id=3)]
    report = read(file(tasks, projects=second, branches=branches, links=[link(2, 3, proj_id=2)]))
    assert codes(report) == ["xer.several-projects"]
    assert "“P1” (2), “P2” (1)" in report.diagnostics[0].message
    plan = report.plan
    assert plan is not None
    assert [(each.uid, each.root) for each in plan.projects] == [(1, 10), (2, 50)]
    assert [each.uid for each in plan.each_task()] == [10, 1, 2, 50, 3]
    assert list(plan.each_link()) == [Link(2, 3)]
    assert left(report) == {"Projects without activities": 1}


def test_what_has_no_place_in_the_plan_is_counted() -> None:
    more = table("TASKACTV", [{"task_id": 1, "actv_code_id": 1}] * 3) + table("GALAXY", [{"star_id": 1}])
    more += table("CURRTYPE", [{"curr_id": 1}]) + table(
        "TASKMEMO", [{"memo_id": 1, "task_memo": "a\x7f\x7fb"}]
    )
    tasks = [task(1, est_wt=1, mood="good", rsrc_id=7, guid="x", target_start_date="2026-03-02 08:00")]
    tasks.append(task(2, est_wt=5, task_type="TT_WBS"))
    report = read(file(tasks, more=more))
    assert left(report) == {
        "Activity codes": 3,
        "Table GALAXY": 1,
        "Notebook topics": 1,
        "Estimation weights": 1,
        "TASK: mood": 1,
        "Primary resources": 1,
        "Planned dates": 1,
        "WBS summary activities": 1,
    }
    assert all(each.why for each in report.unmapped)


def test_texts_are_on_one_line_with_single_quotes() -> None:
    assert one(task_name='12"" pipe\x7f\x7fto the  well ').name == '12" pipe to the  well'


def test_lines_without_a_mark_go_on_with_the_row_before_them() -> None:
    text = file([task(1, task_name="First", priority_type="PT_Low"), task(2)])
    plan = plan_of(text.replace("First", "First\nand second"))
    assert (plan.task(1).name, plan.task(1).priority) == ("First and second", 300)
    assert plan.task(2).duration == 480
