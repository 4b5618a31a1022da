"""Issues and impediments, and who moves them on."""

import pytest

from tests.cast import Company
from triptych.apps.control.models import Assumption, Issue
from triptych.apps.people.refusals import Conflict, Invalid, NotAllowed
from triptych.apps.people.roles import Role
from triptych.apps.project import actions


def test_who_works_there_resolves_and_who_controls_closes(company: Company) -> None:
    actions.grant_role(actor=company.alice, user=company.charlie, node=company.house, role=Role.TEAM_MEMBER)
    issue = actions.add(
        Issue, actor=company.charlie, node=company.house, name="No power", kind="impediment"
    ).row
    actions.move(issue, actor=company.charlie, to="in_work")
    with pytest.raises(Invalid, match="how it was resolved"):
        actions.move(issue, actor=company.charlie, to="resolved")
    actions.move(issue, actor=company.charlie, to="resolved", resolution="A generator")
    with pytest.raises(NotAllowed):
        actions.move(issue, actor=company.charlie, to="closed")
    closed = actions.move(issue, actor=company.bob, to="closed").row
    with pytest.raises(Conflict, match="stays as it is"):
        actions.change(closed, actor=company.bob, name="Power")
    assert actions.move(closed, actor=company.bob, to="open").row.resolution == "A generator"


def test_where_an_issue_comes_from_is_not_retold(company: Company) -> None:
    issue = actions.add(Issue, actor=company.bob, node=company.house, name="No power").row
    with pytest.raises(Invalid):
        actions.change(issue, actor=company.bob, from_risk=None)


def test_an_assumption_turns_out(company: Company) -> None:
    ground = actions.add(Assumption, actor=company.bob, node=company.house, text="The ground bears").row
    assert actions.move(ground, actor=company.bob, to="disproved").row.state == "disproved"
    with pytest.raises(Conflict):
        actions.move(ground, actor=company.bob, to="validated")
