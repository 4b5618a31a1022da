"""Roles: who may give them, and what they come to."""

from typing import Any

import pytest

from tests.cast import PASSWORD, Company, door
from triptych.apps.people.actions import create_user
from triptych.apps.people.refusals import Conflict, Invalid, NotAllowed, NotVisible
from triptych.apps.people.roles import MAY, Role, Verb
from triptych.apps.project import actions
from triptych.apps.project.models import Kind, Node
from triptych.apps.project.rules import may, rights_of, visible_to


@pytest.mark.parametrize("role", Role)
def test_a_role_holds_below_its_node_and_nowhere_else(company: Company, role: Role) -> None:
    other = actions.create_node(actor=company.alice, kind=Kind.PROGRAM, parent=None, name="Boats")
    actions.grant_role(actor=company.alice, user=company.charlie, node=company.program, role=role)
    rights = rights_of(company.charlie)
    assert rights.visible == {company.program.pk, company.house.pk, company.secret.pk}
    for verb in Verb:
        assert rights.may(verb, company.house.pk) == (verb in MAY[role])
        assert not rights.may(verb, other.pk)
        assert may(company.charlie, verb, Node.objects.get(pk=company.tasks["permit"])) == (verb in MAY[role])
    assert visible_to(company.charlie).count() == 3 + len(company.tasks)


def test_nobody_grants_more_than_they_hold(company: Company) -> None:
    with pytest.raises(NotAllowed):
        actions.grant_role(
            actor=company.bob, user=company.charlie, node=company.house, role=Role.ADMINISTRATOR
        )
    with pytest.raises(NotAllowed):
        actions.grant_role(
            actor=company.bob, user=company.charlie, node=company.house, role=Role.PROGRAM_MANAGER
        )
    actions.grant_role(actor=company.bob, user=company.charlie, node=company.house, role=Role.TEAM_MEMBER)
    with pytest.raises(NotVisible):
        actions.grant_role(actor=company.bob, user=company.charlie, node=company.secret, role=Role.GUEST)
    with pytest.raises(NotAllowed):
        actions.grant_role(actor=company.bob, user=company.bob, node=None, role=Role.GUEST)


def test_the_last_administrator_stays(company: Company) -> None:
    with pytest.raises(Conflict) as refusal:
        actions.withdraw_role(actor=company.alice, user=company.alice, node=None, role=Role.ADMINISTRATOR)
    assert refusal.value.code == "role.last-administrator"
    actions.grant_role(actor=company.alice, user=company.bob, node=None, role=Role.ADMINISTRATOR)
    actions.withdraw_role(actor=company.alice, user=company.alice, node=None, role=Role.ADMINISTRATOR)
    assert door(company.alice).get("/api/v1/tree").json()["nodes"] == []


def test_accounts_need_an_address_and_a_good_password(company: Company) -> None:
    workspace = company.alice.workspace
    with pytest.raises(Invalid) as refusal:
        create_user(workspace=workspace, email="nowhere", name="X", password=PASSWORD)
    assert refusal.value.code == "user.bad-email"
    with pytest.raises(Invalid) as refusal:
        create_user(workspace=workspace, email="x@example.com", name="X", password="12345")
    assert {each.code for each in refusal.value.errors} >= {"password.password_too_short"}
    with pytest.raises(Conflict):
        create_user(workspace=workspace, email="ALICE@example.com", name="X", password=PASSWORD)


def test_the_tree_has_an_order(company: Company) -> None:
    with pytest.raises(Invalid) as refusal:
        actions.create_node(
            actor=company.alice, kind=Kind.PORTFOLIO, parent=company.program, name="Upside down"
        )
    assert refusal.value.code == "tree.bad-place"
    with pytest.raises(Conflict) as conflict:
        actions.remove_node(actor=company.alice, node=company.program)
    assert conflict.value.code == "tree.not-empty"
    with pytest.raises(NotAllowed):
        actions.create_node(actor=company.bob, kind=Kind.PROGRAM, parent=None, name="Mine")


def test_a_project_is_not_taken_away_from_where_one_may_not_plan(company: Company) -> None:
    mine = actions.create_node(actor=company.alice, kind=Kind.PROGRAM, parent=None, name="Hidden heap")
    actions.grant_role(actor=company.alice, user=company.bob, node=mine, role=Role.PROGRAM_MANAGER)
    with pytest.raises(NotAllowed, match="stands under"):
        actions.move_node(actor=company.bob, node=company.house, parent=mine)
    grant: dict[str, Any] = {"user": company.bob, "node": company.program, "role": Role.PROGRAM_MANAGER}
    actions.grant_role(actor=company.alice, **grant)
    moved = actions.move_node(actor=company.bob, node=company.house, parent=mine)
    assert moved is not None
    assert moved.sentence == "Moved “House” to another place"
    actions.withdraw_role(actor=company.alice, **grant)
    with pytest.raises(Conflict, match="no longer change"):
        actions.undo(actor=company.bob, entry=moved.pk)
    assert Node.objects.get(pk=company.house.pk).parent_id == mine.pk
