"""Time sheets: whose they are, who decides on them, and what they add up to."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.cast import Company
from triptych.apps.people.models import User
from triptych.apps.people.refusals import Conflict, Invalid, NotAllowed, NotVisible
from triptych.apps.people.roles import Role
from triptych.apps.project import actions, queries
from triptych.apps.project.models import TimeEntry
from triptych.apps.project.rules import rights_of

MONDAY = date(2026, 3, 2)


@pytest.fixture
def worker(company: Company) -> User:
    actions.grant_role(actor=company.alice, user=company.charlie, node=company.house, role=Role.TEAM_MEMBER)
    return company.charlie


def work(company: Company, who: User, minutes: int = 60, task: str = "design", day: int = 2) -> TimeEntry:
    return actions.add(
        TimeEntry, actor=who, node_id=company.tasks[task], day=date(2026, 3, day), minutes=minutes
    ).row


def state(entry: TimeEntry) -> str:
    return TimeEntry.objects.get(pk=entry.pk).state


def test_a_week_from_draft_to_approved(company: Company, worker: User) -> None:
    entries = [work(company, worker, day=day) for day in (2, 8, 9)]
    actions.submit_week(actor=worker, monday=MONDAY)
    assert [state(each) for each in entries] == ["submitted", "submitted", "draft"]
    with pytest.raises(Conflict):
        actions.submit_week(actor=worker, monday=MONDAY)
    keys = [each.pk for each in entries]
    with pytest.raises(Conflict, match="draft"):
        actions.approve_time(actor=company.bob, entries=keys)
    entry = actions.approve_time(actor=company.bob, entries=keys[:2])
    assert (entry.sentence, entry.node) == ("Approved 2 h of Charlie", company.house.pk)
    assert TimeEntry.objects.get(pk=keys[0]).decided_by == company.bob
    actions.undo(actor=company.bob)
    assert state(entries[0]) == "submitted"


def test_what_is_submitted_is_frozen_until_it_is_taken_back(company: Company, worker: User) -> None:
    entry = work(company, worker)
    actions.move(entry, actor=worker, to="submitted")
    for call in (
        lambda: actions.change(entry, actor=worker, minutes=5),
        lambda: actions.remove(entry, actor=worker),
    ):
        with pytest.raises(Conflict, match="submitted and stays"):
            call()
    actions.move(entry, actor=worker, to="draft")
    actions.change(entry, actor=worker, minutes=5)
    actions.move(entry, actor=worker, to="submitted")
    actions.approve_time(actor=company.bob, entries=[entry.pk])
    with pytest.raises(Conflict):
        actions.move(entry, actor=worker, to="draft")
    actions.reject_time(actor=company.bob, entries=[entry.pk])
    actions.move(entry, actor=worker, to="draft")


def test_nobody_decides_on_their_own_time_but_an_administrator(company: Company, worker: User) -> None:
    entry, mine, hers = (work(company, who) for who in (worker, company.bob, company.alice))
    for each, who in ((entry, worker), (mine, company.bob), (hers, company.alice)):
        actions.move(each, actor=who, to="submitted")
    with pytest.raises(NotAllowed):
        actions.approve_time(actor=worker, entries=[entry.pk])
    with pytest.raises(NotAllowed, match="their own"):
        actions.approve_time(actor=company.bob, entries=[mine.pk])
    actions.approve_time(actor=company.alice, entries=[hers.pk])
    with pytest.raises(NotAllowed, match="their own"):
        actions.reject_time(actor=company.bob, entries=[entry.pk, mine.pk])


def test_nobody_begins_with_approved_time(company: Company, worker: User) -> None:
    with pytest.raises(Conflict):
        actions.add(
            TimeEntry, actor=worker, node_id=company.tasks["design"], day=MONDAY, minutes=60, state="approved"
        )


def test_who_sees_whose_time(
    company: Company, worker: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    dora = actions.add_person(
        actor=company.alice, email="dora@example.com", name="Dora", password="correct horse battery"
    )
    actions.grant_role(actor=company.alice, user=dora, node=company.house, role=Role.TEAM_MEMBER)
    mine, hers = work(company, worker), work(company, dora, 30)
    actions.move(mine, actor=worker, to="submitted")
    actions.approve_time(actor=company.bob, entries=[mine.pk])
    design = company.tasks["design"]
    rights = rights_of(company.bob)
    with django_assert_num_queries(1):
        assert queries.actual_work(rights, [design]) == {design: {"entered": 90, "approved": 60}}
    assert queries.actual_work(rights_of(dora), [design]) == {design: {"entered": 30, "approved": 0}}
    with django_assert_num_queries(1):
        sheet = [each.node.project for each in queries.week_sheet(rights, dora.pk, MONDAY)]
    assert sheet == [company.house]
    assert not queries.week_sheet(rights_of(worker), dora.pk, MONDAY).exists()
    with pytest.raises((NotVisible, NotAllowed)):
        actions.change(hers, actor=worker, minutes=1)


def test_entering_for_somebody_else_is_for_who_manages_them(company: Company, worker: User) -> None:
    values = {"node": company.tasks["build"], "day": MONDAY, "minutes": 120}
    made = actions.enter_time(actor=company.bob, user=worker, **values).row  # type: ignore[arg-type]
    assert made.user == worker
    with pytest.raises(NotAllowed):
        actions.enter_time(actor=worker, user=company.bob, **values)  # type: ignore[arg-type]
    actions.undo(actor=company.bob)
    assert not TimeEntry.objects.exists()


def test_a_day_has_24_hours_and_work_is_done_on_tasks(company: Company, worker: User) -> None:
    work(company, worker, 1000)
    with pytest.raises(Invalid, match="24 hours"):
        work(company, worker, 500, "build")
    with pytest.raises(Invalid, match="tasks"):
        actions.add(TimeEntry, actor=worker, node=company.house, day=MONDAY, minutes=60)
