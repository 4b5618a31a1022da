"""What taking back asks and tells: nobody gets by undo what they may not do, or learns what they may not see."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone as clock

from tests.cast import Company, sign_up
from triptych.apps.control.models import Budget, Risk, RiskResponse
from triptych.apps.history.queries import latest
from triptych.apps.people.models import CustomRole, Team, User
from triptych.apps.people.refusals import Conflict, NotAllowed, NotVisible
from triptych.apps.people.roles import Role
from triptych.apps.project import actions
from triptych.apps.project.models import Comment, Grant, Label, Labelled, Node, TimeEntry
from triptych.apps.project.rules import rights_of
from triptych.apps.project.trash import trash
from triptych.plan.changes import AddLink, SetDuration


@pytest.fixture
def member(company: Company) -> User:
    """Charlie, in the team of the house."""
    actions.grant_role(actor=company.alice, user=company.charlie, node=company.house, role=Role.TEAM_MEMBER)
    return company.charlie


def told(who: User) -> list[str]:
    rights = rights_of(who)
    news = latest(workspace=who.workspace_id, where=rights.where, node=None, before=None)
    return [each.sentence for each in news]


def test_what_is_seen_by_a_right_is_told_and_counted_by_it(company: Company, member: User) -> None:
    row = actions.add(
        Budget, actor=company.alice, node=company.house, category="Labour", year=2026, amount=100
    ).row
    gone = actions.remove(row, actor=company.alice)
    assert any("budget" in each for each in told(company.bob))
    assert not any("budget" in each for each in told(member))
    assert [each.entry.pk for each in trash(rights_of(company.bob), now=clock.now())] == [gone.pk]
    assert trash(rights_of(member), now=clock.now()) == []


def test_a_role_on_one_task_is_told_nothing_of_its_project(company: Company) -> None:
    build = Node.objects.get(pk=company.tasks["build"])
    actions.grant_role(actor=company.alice, user=company.charlie, node=build, role=Role.TEAM_MEMBER)
    risk = actions.add(Risk, actor=company.alice, node=company.house, name="Bankruptcy").row
    actions.remove(risk, actor=company.alice)
    assert trash(rights_of(company.charlie), now=clock.now()) == []
    seq = actions.change_plan(
        actor=company.alice, project=company.house.pk, changes=[SetDuration(company.tasks["design"], 480)]
    ).seq
    with pytest.raises(Conflict) as refusal:
        actions.change_plan(
            actor=company.charlie,
            project=company.house.pk,
            changes=[SetDuration(build.pk, 480)],
            seq=seq - 1,
        )
    assert refusal.value.errors == ()


def test_who_has_changed_the_same_is_told_as_far_as_it_may_be(company: Company) -> None:
    actions.change_plan(
        actor=company.bob, project=company.house.pk, changes=[SetDuration(company.tasks["ready"], 480)]
    )
    actions.change_plan(
        actor=company.alice,
        project=company.secret.pk,
        changes=[AddLink(company.tasks["ready"], company.tasks["party"], "SS")],
    )
    with pytest.raises(Conflict) as refusal:
        actions.undo(actor=company.bob)
    assert "party" not in str(refusal.value)
    assert "Somebody has changed the same since." in str(refusal.value)


def test_what_took_a_name_meanwhile_keeps_it(company: Company) -> None:
    first = actions.add(Team, actor=company.alice, name="Builders").row
    gone = actions.remove(first, actor=company.alice)
    actions.add(Team, actor=company.alice, name="Builders")
    with pytest.raises(Conflict):
        actions.restore(actor=company.alice, entry=gone.pk, now=clock.now())
    assert Team.objects.filter(name="Builders").count() == 1


def test_what_comes_back_must_still_hold(company: Company, member: User) -> None:
    values: dict[str, Any] = {
        "node_id": company.tasks["build"],
        "day": datetime(2026, 3, 9, tzinfo=UTC).date(),
        "minutes": 1000,
    }
    entry = actions.add(TimeEntry, actor=member, **values).row
    gone = actions.remove(entry, actor=member)
    actions.add(TimeEntry, actor=member, **values)
    with pytest.raises(Conflict, match="24 hours"):
        actions.undo(actor=member, entry=gone.pk)


def test_what_is_somebodys_own_is_theirs_to_bring_back(company: Company, member: User) -> None:
    dora = sign_up(company.alice, "Dora")
    actions.grant_role(actor=company.alice, user=dora, node=company.house, role=Role.TEAM_MEMBER)
    row = actions.add(Comment, actor=member, node=company.house, text="Oops", at=clock.now()).row
    gone = actions.remove(row, actor=member)
    with pytest.raises((Conflict, NotVisible, NotAllowed)):
        actions.restore(actor=dora, entry=gone.pk, now=clock.now())
    actions.restore(actor=company.bob, entry=gone.pk, now=clock.now())
    assert Comment.objects.filter(pk=row.pk).exists()


def test_money_is_not_taken_back_without_the_right_to_it(company: Company) -> None:
    actions.grant_role(
        actor=company.alice, user=company.charlie, node=company.house, role=Role.PROJECT_MANAGER
    )
    risk = actions.add(Risk, actor=company.charlie, node=company.house, name="Frost", cost_most=100).row
    actions.change(risk, actor=company.charlie, cost_most=900)
    actions.grant_role(actor=company.alice, user=company.charlie, node=company.house, role=Role.TEAM_MEMBER)
    actions.withdraw_role(
        actor=company.alice, user=company.charlie, node=company.house, role=Role.PROJECT_MANAGER
    )
    with pytest.raises(Conflict, match="no longer"):
        actions.undo(actor=company.charlie)
    risk.refresh_from_db()
    assert risk.cost_most == 900


def test_what_holds_money_is_not_moved_to_where_it_is_told(company: Company, member: User) -> None:
    risk = actions.add(Risk, actor=member, node=company.house, name="Frost").row
    actions.change(risk, actor=company.bob, cost_least=1, cost_likely=777, cost_most=900)
    actions.grant_role(actor=company.alice, user=member, node=company.secret, role=Role.PROJECT_MANAGER)
    with pytest.raises(NotAllowed):
        actions.change(risk, actor=member, node=company.secret)
    actions.change(risk, actor=company.alice, node=company.secret)


def test_a_moment_is_kept_as_it_comes_back(company: Company) -> None:
    there = datetime(2026, 3, 9, 12, tzinfo=timezone(timedelta(hours=2)))
    row = actions.add(Comment, actor=company.alice, node=company.house, text="Hello", at=there).row
    actions.undo(actor=company.alice)
    assert not Comment.objects.filter(pk=row.pk).exists()


def test_an_account_is_opened_again_by_who_administers_everything(company: Company) -> None:
    actions.grant_role(actor=company.alice, user=company.bob, node=None, role=Role.ADMINISTRATOR)
    actions.close_account(actor=company.bob, user=company.charlie)
    actions.grant_role(actor=company.alice, user=company.bob, node=company.house, role=Role.ADMINISTRATOR)
    actions.withdraw_role(actor=company.alice, user=company.bob, node=None, role=Role.ADMINISTRATOR)
    with pytest.raises(Conflict, match="no longer"):
        actions.undo(actor=company.bob)


def test_what_hangs_on_a_row_must_be_the_actors_to_remove_too(company: Company, member: User) -> None:
    risk = actions.add(Risk, actor=member, node=company.house, name="Frost").row
    actions.add(RiskResponse, actor=company.bob, risk=risk, text="Heat")
    with pytest.raises(NotAllowed, match="hangs on this"):
        actions.remove(risk, actor=member)
    actions.remove(risk, actor=company.bob)
    assert not RiskResponse.objects.exists()


def test_a_team_is_removed_by_an_administrator_alone(company: Company) -> None:
    team = actions.add(Team, actor=company.bob, name="Builders").row
    with pytest.raises(NotAllowed):
        actions.remove(team, actor=company.bob)
    actions.remove(team, actor=company.alice)


def test_a_role_is_granted_once(company: Company) -> None:
    role = actions.add(CustomRole, actor=company.alice, name="Auditor", verbs=["view"]).row
    actions.grant_role(actor=company.alice, user=company.charlie, node=company.house, role=role)
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.create(user=company.charlie, node=company.house, role="", custom=role)


def test_a_label_on_what_lies_in_the_trash_can_be_removed(company: Company) -> None:
    label = actions.add(Label, actor=company.alice, name="Urgent").row
    actions.add(Labelled, actor=company.alice, node_id=company.tasks["permit"], label=label)
    actions.remove_node(actor=company.alice, node=company.secret)
    actions.remove(label, actor=company.alice)
    assert not Label.objects.exists()
