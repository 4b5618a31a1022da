"""Issues and impediments, and who moves them on."""

from datetime import date
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.cast import Company
from triptych.apps.control.models import Assumption, Issue
from triptych.apps.control.queries import open_issues
from triptych.apps.people.refusals import Conflict, Invalid, NotAllowed
from triptych.apps.people.roles import Role
from triptych.apps.project import actions
from triptych.apps.project.models import Node
from triptych.apps.project.rules import rights_of


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


def test_open_issues_come_by_severity_and_day(
    company: Company, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    def issue(node: Node, **values: Any) -> Issue:
        return actions.add(Issue, actor=company.alice, node=node, name="No power", **values).row

    low = issue(company.house, severity="low", due=date(2026, 3, 2))
    later = issue(company.house, severity="critical", due=date(2026, 3, 9))
    sooner = issue(company.program, severity="critical", due=date(2026, 3, 3))
    some_day = issue(company.secret, severity="critical")
    actions.move(issue(company.house), actor=company.alice, to="resolved", resolution="It was off")
    rights = rights_of(company.alice)
    with django_assert_num_queries(1):
        found = open_issues(rights, company.program)
    assert found == [sooner, later, some_day, low]
    assert open_issues(rights_of(company.bob), company.program) == [later, low]
