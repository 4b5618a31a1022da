"""Deliverables are accepted by those who approve, and what is accepted stays."""

from datetime import date

import pytest

from tests.cast import Company
from tests.nouns.control import deliverable
from triptych.apps.control.actions import accept_deliverable, propose_again, reject_deliverable
from triptych.apps.control.models import Acceptance
from triptych.apps.people.refusals import Conflict, Invalid, NotAllowed
from triptych.apps.people.roles import Role
from triptych.apps.project import actions

DAY = date(2026, 3, 9)


@pytest.fixture
def walls(company: Company) -> Acceptance:
    actions.grant_role(actor=company.alice, user=company.charlie, node=company.house, role=Role.SPONSOR)
    return actions.add(
        Acceptance, actor=company.bob, node=deliverable(company), criteria="They stand upright"
    ).row


def test_only_a_deliverable_is_accepted(company: Company) -> None:
    with pytest.raises(Invalid, match="Mark it"):
        actions.add(Acceptance, actor=company.bob, node=company.house, criteria="It stands")


def test_a_deliverable_is_rejected_proposed_again_and_accepted(company: Company, walls: Acceptance) -> None:
    with pytest.raises(Conflict, match="not rejected"):
        propose_again(walls, actor=company.bob)
    with pytest.raises(Invalid, match="what is missing"):
        reject_deliverable(walls, actor=company.charlie, remarks=" ")
    done = reject_deliverable(walls, actor=company.charlie, remarks="They lean", on=DAY)
    assert (done.row.state, done.row.remarks, done.row.decided_on) == ("rejected", "They lean", DAY)
    assert done.entry is not None
    assert done.entry.sentence == "Rejected the deliverable “build”"
    with pytest.raises(Conflict, match="rejected already"):
        accept_deliverable(walls, actor=company.charlie)
    assert propose_again(walls, actor=company.bob).row.decided_by is None
    accepted = accept_deliverable(walls, actor=company.charlie, on=DAY).row
    assert (accepted.state, accepted.decided_by) == ("accepted", company.charlie)
    for refused in (
        lambda: actions.change(accepted, actor=company.bob, criteria="They stand"),
        lambda: actions.remove(accepted, actor=company.bob),
        lambda: actions.move(accepted, actor=company.alice, to="proposed"),
        lambda: propose_again(accepted, actor=company.bob),
    ):
        with pytest.raises(Conflict):
            refused()
    actions.undo(actor=company.charlie)
    accepted.refresh_from_db()
    assert accepted.state == "proposed"


def test_who_builds_does_not_accept(company: Company, walls: Acceptance) -> None:
    with pytest.raises(NotAllowed, match="approve"):
        accept_deliverable(walls, actor=company.bob)
    with pytest.raises(Conflict):
        actions.move(walls, actor=company.bob, to="accepted")
    with pytest.raises(Invalid):
        actions.change(walls, actor=company.bob, state="accepted")
    with pytest.raises(NotAllowed):
        propose_again(walls, actor=company.charlie)
