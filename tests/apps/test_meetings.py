"""Meetings, whose minutes stay once they are agreed, and what waits for people after them."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.cast import Company
from tests.nouns.control import meeting, risk
from triptych.apps.control.models import ActionItem, Attendee, Decision, Issue, RiskResponse
from triptych.apps.control.queries import open_items, waiting_for
from triptych.apps.people.refusals import Conflict, Invalid, NotAllowed
from triptych.apps.people.roles import Role
from triptych.apps.project import actions
from triptych.apps.project.rules import rights_of

DAY = date(2026, 3, 9)


def test_minutes_stay_once_they_are_agreed(company: Company) -> None:
    kick_off = meeting(company)
    there = actions.add(Attendee, actor=company.bob, meeting=kick_off, guest="The neighbour").row
    actions.move(kick_off, actor=company.bob, to="held")
    with pytest.raises(Invalid, match="no minutes"):
        actions.move(kick_off, actor=company.bob, to="agreed")
    kick_off = actions.move(kick_off, actor=company.bob, to="agreed", minutes="We begin.").row
    with pytest.raises(Conflict, match="stays as it is"):
        actions.change(kick_off, actor=company.bob, minutes="We wait.")
    with pytest.raises(Conflict, match="attendee stays as it is"):
        actions.change(there, actor=company.bob, present=True)
    with pytest.raises(Conflict, match="attendee stays as it is"):
        actions.remove(there, actor=company.bob)
    with pytest.raises(Invalid, match="agreed"):
        actions.add(Attendee, actor=company.bob, meeting=kick_off, guest="A late one")
    kick_off.refresh_from_db()
    assert kick_off.minutes == "We begin."


@pytest.mark.parametrize("both", [True, False])
def test_an_attendee_is_a_user_or_a_guest(company: Company, both: bool) -> None:
    values = {"user": company.bob, "guest": "Bob"} if both else {}
    with pytest.raises(Invalid, match="by name"):
        actions.add(Attendee, actor=company.bob, meeting=meeting(company), **values)  # type: ignore[arg-type]


def test_who_works_there_does_it_and_who_controls_drops_it(company: Company) -> None:
    actions.grant_role(actor=company.alice, user=company.charlie, node=company.house, role=Role.TEAM_MEMBER)
    item = actions.add(ActionItem, actor=company.charlie, node=company.house, text="Order steel").row
    with pytest.raises(NotAllowed):
        actions.move(item, actor=company.charlie, to="dropped")
    assert open_items(rights_of(company.bob), company.house) == [item]
    assert actions.move(item, actor=company.charlie, to="done").row.state == "done"
    assert open_items(rights_of(company.bob), company.house) == []


def test_what_waits_for_one(company: Company, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    alice, bob, house = company.alice, company.bob, company.house
    late = actions.add(Issue, actor=alice, node=house, name="Dust", owner=bob).row
    soon = actions.add(Issue, actor=alice, node=house, name="Power", owner=bob, due=DAY).row
    actions.add(Issue, actor=alice, node=house, name="Noise", owner=alice)
    actions.add(Issue, actor=alice, node=company.secret, name="Hush", owner=bob)
    asked = actions.add(Decision, actor=alice, node=house, question="Which colour?", asked_of=bob).row
    item = actions.add(ActionItem, actor=alice, node=house, text="Order steel", owner=bob).row
    whenever = risk(company, owner=bob)
    frost = risk(company, owner=bob, proximity=DAY)
    heat = actions.add(RiskResponse, actor=alice, risk=frost, text="Heat", owner=bob).row
    over = risk(company, owner=bob)
    actions.add(RiskResponse, actor=alice, risk=over, text="Pray", owner=bob)
    actions.move(over, actor=alice, to="retired")
    rights = rights_of(bob)
    with django_assert_num_queries(5):
        found = waiting_for(rights)
    assert (found.issues, found.decisions, found.items) == ([soon, late], [asked], [item])
    assert (found.responses, found.risks) == ([heat], [frost, whenever])
