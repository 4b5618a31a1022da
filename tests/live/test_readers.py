"""What the tail keeps of who sees what is forgotten by every entry that may change it, and by no other."""

from collections.abc import Callable

import pytest

from tests.cast import Company
from triptych.apps.control.models import Risk
from triptych.apps.history.models import LogEntry
from triptych.apps.people.models import CustomRole, Team, TeamMember
from triptych.apps.people.roles import Role
from triptych.apps.project import actions
from triptych.apps.project.models import Kind
from triptych.live.readers import Sight
from triptych.plan.changes import SetDuration


def joined(c: Company) -> object:
    team = actions.add(Team, actor=c.alice, name="Builders").row
    actions.grant_role(actor=c.alice, user=team, node=c.house, role=Role.GUEST)
    return actions.add(TeamMember, actor=c.alice, team=team, user=c.charlie)


def with_role(c: Company) -> object:
    role = actions.add(CustomRole, actor=c.alice, name="Auditor", verbs=["view"]).row
    return actions.grant_role(actor=c.alice, user=c.charlie, node=c.house, role=role)


@pytest.mark.parametrize(
    "act",
    [
        joined,
        with_role,
        lambda c: actions.grant_role(actor=c.alice, user=c.charlie, node=c.house, role=Role.GUEST),
        lambda c: actions.move_node(actor=c.alice, node=c.house, parent=None),
        lambda c: actions.remove_node(actor=c.alice, node=c.secret),
        lambda c: actions.create_node(actor=c.alice, kind=Kind.PROGRAM, parent=None, name="Boats"),
    ],
)
def test_what_changes_who_sees_is_noted(company: Company, act: Callable[[Company], object]) -> None:
    sight = Sight()
    for each in (company.alice, company.charlie):
        sight.of(each)
    act(company)
    sight.note([LogEntry.objects.latest("pk")])
    for each in (company.alice, company.charlie):
        assert sight.of(each) == Sight().of(each)


def test_what_changes_nobodys_sight_is_not(company: Company) -> None:
    sight = Sight()
    sight.of(company.alice)
    kept = sight._rights.copy()
    actions.add(Risk, actor=company.alice, node=company.house, name="Frost")
    actions.change_plan(
        actor=company.alice, project=company.house.pk, changes=[SetDuration(company.tasks["design"], 480)]
    )
    sight.note(list(LogEntry.objects.order_by("-pk")[:2]))
    assert sight._rights == kept
