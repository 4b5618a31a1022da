"""Resources, roles and assignments of Primavera P6, and whose hours work runs on."""

import pytest

from tests.formats import xer
from tests.formats.xer import Record, calendar, file, left, plan_of, read, table, task
from triptych.engine import schedule
from triptych.plan import Assignment, ResourceKind, parse_instant

MONDAY = parse_instant("2026-03-02T08:00")
PEOPLE = table(
    "RSRC",
    [
        {"rsrc_id": 1, "rsrc_name": "Ada", "clndr_id": 2, "rsrc_type": "RT_Labor", "email_addr": "ada@example.org", "role_id": 5},
        {"rsrc_id": 2, "rsrc_name": "Crane", "rsrc_type": "RT_Equip", "rsrc_title_name": "Heavy"},
        {"rsrc_id": 3, "rsrc_name": "Sand", "rsrc_type": "RT_Mat"},
    ],
) + table("ROLES", [{"role_id": 5, "role_name": "Mason"}]) + table(
    "RSRCRATE",
    [
        {"rsrc_rate_id": 1, "rsrc_id": 1, "max_qty_per_hr": 2, "start_date": "2026-01-01 00:00"},
        {"rsrc_rate_id": 2, "rsrc_id": 1, "max_qty_per_hr": 1, "start_date": "2025-01-01 00:00", "cost_per_qty": 40},
    ],
)  # fmt: skip


def test_resources() -> None:
    report = read(file([task(1)], calendars=[calendar(), calendar(2)], more=PEOPLE))
    assert report.plan is not None
    ada, crane, sand = report.plan.resources
    assert (ada.name, ada.calendar, ada.units, ada.email, ada.role) == (
        "Ada",
        2,
        200,
        "ada@example.org",
        "Mason",
    )
    assert (crane.kind, crane.units, crane.role, crane.calendar) == (ResourceKind.WORK, 100, "Heavy", None)
    assert sand.kind is ResourceKind.MATERIAL
    assert [each.rate for each in report.plan.resources] == [4_000, 0, 0]
    assert left(report) == {}


def test_further_roles_are_skills_and_the_first_is_the_role_of_who_has_none() -> None:
    more = (
        table("RSRC", [{"rsrc_id": 1, "rsrc_name": "Ada", "role_id": 5}, {"rsrc_id": 2, "rsrc_name": "Bo"}])
        + table("ROLES", [{"role_id": 5, "role_name": "Mason"}, {"role_id": 6, "role_name": "Driver"}])
        + table(
            "RSRCROLE",
            [
                {"rsrc_id": 1, "role_id": 5, "skill_level": 3, "rsrc_name": "Ada", "rsrc_role_id": 9},
                {"rsrc_id": 1, "role_id": 6, "role_name": "Driver"},
                {"rsrc_id": 2, "role_id": 6},
                {"rsrc_id": 2, "role_id": 7, "role_name": "Diver"},
                {"rsrc_id": 2, "role_id": 8},
            ],
        )
    )
    report = read(file([task(1)], more=more))
    assert report.plan is not None
    assert [(each.role, each.skills) for each in report.plan.resources] == [
        ("Mason", ("Driver",)),
        ("Driver", ("Diver",)),
    ]
    assert [each.code for each in report.diagnostics] == ["xer.dangling-role"]
    assert left(report) == {}


def test_assignments_of_the_same_resource_are_added_up_and_roles_are_counted() -> None:
    rows: list[Record] = [
        {"task_id": 1, "rsrc_id": 1, "target_qty": 40, "target_qty_per_hr": 0.5},
        {"task_id": 1, "rsrc_id": 1, "target_qty": 20, "target_qty_per_hr": 0.25},
        {"task_id": 1, "rsrc_id": 3, "target_qty": 12.5, "target_qty_per_hr": 3},
        {"task_id": 1, "rsrc_id": 2},
        {"task_id": 1, "role_id": 5, "target_qty": 8, "target_qty_per_hr": 1},
    ]
    more = PEOPLE + table("TASKRSRC", [{"taskrsrc_id": at} | row for at, row in enumerate(rows)])
    report = read(file([task(1)], calendars=[calendar(), calendar(2)], more=more))
    assert report.plan is not None
    assert list(report.plan.each_assignment()) == [
        Assignment(1, 1, 75, 3600),
        Assignment(1, 2, 100, None),
        Assignment(1, 3, 1250, None),
    ]
    assert left(report)["Assignments of roles"] == 1


@pytest.mark.parametrize(
    ("kind", "resource", "own"),
    [("TT_Task", 1, True), ("TT_Rsrc", 1, False), ("TT_Rsrc", 3, True), ("TT_Rsrc", None, True)],
)
def test_an_activity_keeps_its_hours_unless_its_resources_decide(
    kind: str, resource: int | None, own: bool
) -> None:
    rows = [{"taskrsrc_id": 1, "task_id": 1, "rsrc_id": resource or "", "role_id": 5}]
    plan = plan_of(
        file(
            [task(1, task_type=kind)],
            calendars=[calendar(), calendar(2)],
            more=PEOPLE + table("TASKRSRC", rows),
        )
    )
    assert plan.task(1).calendar == (1 if own else None)
    assert plan.task(1).ignore_resource_calendars is (kind == "TT_Task")


def test_resource_dependent_work_runs_on_the_hours_of_its_people() -> None:
    nights = calendar(2, clndr_data=xer.hours(shifts="(0||0(s|18:00|f|22:00)())"))
    rows = [{"taskrsrc_id": at, "task_id": at, "rsrc_id": 1} for at in (1, 2)]
    tasks = [task(1, task_type="TT_Rsrc"), task(2, task_type="TT_Task")]
    plan = plan_of(file(tasks, calendars=[calendar(), nights], more=PEOPLE + table("TASKRSRC", rows)))
    result = schedule(plan)
    starts = [int(result.start[plan.index_of[uid]]) for uid in (1, 2)]
    assert starts == [parse_instant("2026-03-02T18:00"), MONDAY]
