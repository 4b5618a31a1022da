"""Decisions: who takes them, and that they stay."""

from datetime import date

import pytest

from tests.cast import Company
from triptych.apps.control.actions import decide
from triptych.apps.control.models import Decision
from triptych.apps.control.queries import decisions_wanted
from triptych.apps.people.refusals import Conflict, Invalid, NotAllowed, NotVisible
from triptych.apps.people.roles import Role
from triptych.apps.project import actions
from triptych.apps.project.rules import rights_of


@pytest.fixture
def colour(company: Company) -> Decision:
    values = {"question": "Which colour?", "options": ["Red", "Blue"], "due": date(2026, 3, 9)}
    return actions.add(Decision, actor=company.bob, node=company.house, **values).row  # type: ignore[arg-type]


@pytest.mark.parametrize("options", ["Red", ["Red", ""], [1], {"a": "Red"}])
def test_options_are_texts(company: Company, options: object) -> None:
    with pytest.raises(Invalid, match="list of texts"):
        actions.add(Decision, actor=company.bob, node=company.house, question="Which?", options=options)


def test_a_decision_is_taken_and_stays(company: Company, colour: Decision) -> None:
    done = decide(colour, actor=company.bob, text="Blue", reason="It lasts", on=date(2026, 3, 4))
    taken = done.row
    assert (taken.state, taken.decision, taken.reason) == ("decided", "Blue", "It lasts")
    assert (taken.decided_by, taken.decided_on) == (company.bob, date(2026, 3, 4))
    assert done.entry is not None
    assert (done.entry.verb, done.entry.sentence) == ("take_decision", "Decided “Which colour?”: Blue")
    for refused in (
        lambda: decide(taken, actor=company.bob, text="Red"),
        lambda: actions.change(taken, actor=company.bob, question="Which shade?"),
        lambda: actions.remove(taken, actor=company.bob),
        lambda: actions.move(taken, actor=company.bob, to="open"),
    ):
        with pytest.raises(Conflict):
            refused()
    assert actions.move(taken, actor=company.bob, to="superseded").row.decision == "Blue"
    actions.undo(actor=company.bob)
    actions.undo(actor=company.bob)
    taken.refresh_from_db()
    assert (taken.state, taken.decision, taken.decided_by) == ("open", "", None)
    actions.redo(actor=company.bob)
    taken.refresh_from_db()
    assert taken.state == "decided"


def test_it_takes_a_text(company: Company, colour: Decision) -> None:
    with pytest.raises(Invalid, match="with its text"):
        decide(colour, actor=company.bob, text=" ")


@pytest.mark.parametrize(
    ("role", "may"),
    [(Role.SPONSOR, True), (Role.SCRUM_MASTER, True), (Role.TEAM_MEMBER, False), (Role.STAKEHOLDER, False)],
)
def test_who_controls_or_approves_decides(company: Company, colour: Decision, role: Role, may: bool) -> None:
    with pytest.raises(NotVisible):
        decide(colour, actor=company.charlie, text="Blue")
    actions.grant_role(actor=company.alice, user=company.charlie, node=company.house, role=role)
    if may:
        assert decide(colour, actor=company.charlie, text="Blue").row.decided_by == company.charlie
        assert actions.undo(actor=company.charlie).entry is not None
    else:
        with pytest.raises(NotAllowed):
            decide(colour, actor=company.charlie, text="Blue")


def test_it_is_written_by_its_verb_alone(company: Company, colour: Decision) -> None:
    with pytest.raises(Invalid, match="not changed by itself"):
        actions.change(colour, actor=company.bob, decision="Blue")
    with pytest.raises(Invalid, match="not changed by itself"):
        actions.add(Decision, actor=company.bob, node=company.house, question="Which?", decision="Blue")
    with pytest.raises(Invalid, match="with its text"):
        actions.move(colour, actor=company.bob, to="withdrawn", decision="Blue")


def test_what_is_wanted_is_told_by_when(company: Company, colour: Decision) -> None:
    some_day = actions.add(Decision, actor=company.alice, node=company.program, question="Why?").row
    decide(
        actions.add(Decision, actor=company.bob, node=company.house, question="Who?").row,
        actor=company.bob,
        text="We",
    )
    assert decisions_wanted(rights_of(company.alice), company.program) == [colour, some_day]
    assert decisions_wanted(rights_of(company.bob), company.program) == [colour]
