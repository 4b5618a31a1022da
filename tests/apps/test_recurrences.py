"""Tasks that come again and again."""

from datetime import date

import pytest

from tests.cast import Company
from triptych.apps.history.models import LogEntry
from triptych.apps.people.refusals import Invalid
from triptych.apps.people.roles import Role
from triptych.apps.project import actions
from triptych.apps.project.models import Assignment, ChecklistItem, Dates, Node, Recurrence
from triptych.apps.project.recurring import days_of, faults_of
from triptych.plan.quantities import moment

FIRST = date(2026, 3, 2)


def recur(company: Company, task: str = "build", rule: str = "FREQ=WEEKLY;BYDAY=MO") -> Recurrence:
    return actions.add(
        Recurrence, actor=company.alice, node_id=company.tasks[task], rule=rule, first=FIRST
    ).row


def added(company: Company, name: str = "build") -> list[str]:
    found = Node.objects.filter(project=company.house, name__startswith=f"{name} ", removed_by=None)
    return list(found.order_by("name").values_list("name", flat=True))


def test_what_is_due_is_added_once(company: Company) -> None:
    row = recur(company)
    actions.add(ChecklistItem, actor=company.alice, node_id=company.tasks["build"], text="Sweep")
    before = LogEntry.objects.count()
    [outcome] = actions.repeat_due(actor=company.bob, until=date(2026, 3, 16))
    assert outcome.entry is not None
    assert outcome.entry.sentence == "Added 3 tasks that come again"
    assert actions.repeat_due(actor=company.bob, until=date(2026, 3, 16)) == []
    assert LogEntry.objects.count() == before + 1
    assert added(company) == ["build 2026-03-02", "build 2026-03-09", "build 2026-03-16"]
    last = Node.objects.get(name="build 2026-03-16")
    assert last.duration == 5 * 480
    assert moment(Dates.objects.get(node=last.pk).start).date() == date(2026, 3, 16)
    assert Assignment.objects.filter(task=last, removed_by=None).get().resource == company.ann
    assert ChecklistItem.objects.filter(node=last).get().text == "Sweep"
    actions.repeat_due(actor=company.bob, until=date(2026, 3, 23))
    assert len(added(company)) == 4
    actions.undo(actor=company.bob)
    assert Recurrence.objects.get(pk=row.pk).added_to == date(2026, 3, 16)
    actions.undo(actor=company.bob)
    assert (added(company), Recurrence.objects.get(pk=row.pk).added_to) == ([], None)
    actions.redo(actor=company.bob)
    assert len(added(company)) == 3


def test_one_entry_a_project_and_only_where_one_may_change_the_plan(company: Company) -> None:
    for task in ("build", "permit"):
        recur(company, task)
    assert len(actions.repeat_due(actor=company.bob, until=FIRST)) == 1
    assert len(actions.repeat_due(actor=company.alice, until=FIRST)) == 1
    actions.grant_role(actor=company.alice, user=company.charlie, node=company.house, role=Role.TEAM_MEMBER)
    assert actions.repeat_due(actor=company.charlie, until=date(2026, 4, 1)) == []


def test_it_ends(company: Company) -> None:
    row = recur(company)
    actions.change(row, actor=company.bob, until=date(2026, 3, 9))
    actions.repeat_due(actor=company.bob, until=date(2027, 1, 1))
    assert len(added(company)) == 2
    with pytest.raises(Invalid):
        actions.change(row, actor=company.bob, until=date(2026, 1, 1))


def test_too_many_at_once_are_refused(company: Company) -> None:
    recur(company, rule="FREQ=DAILY")
    with pytest.raises(Invalid, match="500"):
        actions.repeat_due(actor=company.bob, until=date(2030, 1, 1))


@pytest.mark.parametrize(
    "rule",
    [
        "", "x", "FREQ=SECONDLY", "FREQ=DAILY;INTERVAL=0", "FREQ=WEEKLY;BYDAY=XX", "BYDAY=MO", "FREQ=DAILY;FREQ=DAILY",
        "FREQ=DAILY;BYHOUR=1", "RRULE:FREQ=DAILY", "FREQ=DAILY\nFREQ=DAILY", "FREQ=DAILY;UNTIL=20270101", "FREQ=DAILY;",
    ],
)  # fmt: skip
def test_what_is_no_rule(rule: str) -> None:
    assert faults_of(rule)


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=-1", ["2026-03-31", "2026-04-30"]),
        ("FREQ=MONTHLY;BYDAY=2TU", ["2026-03-10", "2026-04-14"]),
        ("FREQ=WEEKLY;INTERVAL=4", ["2026-03-02", "2026-03-30", "2026-04-27"]),
        ("FREQ=DAILY;COUNT=2", ["2026-03-02", "2026-03-03"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", []),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=5", []),
    ],
)
def test_the_days_of_a_rule(rule: str, days: list[str]) -> None:
    assert not faults_of(rule)
    assert [each.isoformat() for each in days_of(rule, FIRST, date(2026, 4, 30))] == days
