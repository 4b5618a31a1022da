"""What holds for every noun there is: who may see and write it, what the log keeps of it, and that it can be undone."""

from typing import Any

import pytest
from django.db.models import Model

from tests.cast import Company
from tests.nouns import Sample, nouns, samples
from triptych.apps.history.models import LogEntry
from triptych.apps.history.rows import values_of
from triptych.apps.people.models import User
from triptych.apps.people.records import Record
from triptych.apps.people.refusals import Conflict, Invalid, NotAllowed, NotVisible, Refusal
from triptych.apps.people.roles import MAY, Role, Verb
from triptych.apps.project import actions
from triptych.apps.project.rules import records_visible_to, rights_of

Noun = type[Record]

everything = pytest.mark.parametrize("noun", nouns(), ids=lambda each: each.TERMS.word)
WHO: list[Role | None] = [*Role, None]


def sample_of(noun: Noun) -> Sample:
    return samples()[noun]


def made(company: Company, noun: Noun) -> Record:
    return actions.add(noun, actor=company.alice, **sample_of(noun).values(company)).row


def hold(company: Company, role: Role | None) -> User:
    """Charlie, holding the role where the samples hang: on the house, or for the whole workspace's nouns on it."""
    if role is not None:
        node = None if role is Role.ADMINISTRATOR else company.house
        actions.grant_role(actor=company.alice, user=company.charlie, node=node, role=role)
    return company.charlie


def may(role: Role | None, verb: Verb) -> bool:
    return role is not None and verb in MAY[role]


def refused(call: object) -> type[Refusal] | None:
    try:
        call()  # type: ignore[operator]
    except Refusal as fault:
        return type(fault)
    return None


def test_every_noun_has_a_sample() -> None:
    assert set(nouns()) == set(samples())


@everything
def test_terms_speak_of_columns_and_their_states(noun: Noun) -> None:
    terms = noun.TERMS
    columns = {each.name for each in noun._meta.concrete_fields}
    assert {*terms.money, *terms.fixed, *terms.signed, *filter(None, [terms.own])} <= columns
    assert not terms.name or hasattr(noun, terms.name)
    states = {*terms.states, *terms.frozen, *(to for steps in terms.states.values() for to in steps)}
    if states:
        column: Any = next(each for each in noun._meta.concrete_fields if each.name == "state")
        assert states <= {value for value, _ in column.flatchoices}


@everything
def test_what_is_frozen_is_neither_changed_nor_removed(company: Company, noun: Noun) -> None:
    row, change = made(company, noun), sample_of(noun).change
    for state in noun.TERMS.frozen:
        rows: Any = noun._default_manager.filter(pk=row.pk)
        rows.update(state=state)
        with pytest.raises(Conflict, match="stays as it is"):
            actions.change(row, actor=company.alice, **change)
        with pytest.raises(Conflict, match="stays as it is"):
            actions.remove(row, actor=company.alice)


@everything
@pytest.mark.parametrize("role", WHO, ids=str)
def test_matrix(company: Company, noun: Noun, role: Role | None) -> None:
    """Every role, and a stranger, against every noun: seen, added, changed and removed as its terms say."""
    terms, sample = noun.TERMS, sample_of(noun)
    values = sample.values(company)
    row = actions.add(noun, actor=company.alice, **values).row
    who = hold(company, role)
    seen = records_visible_to(rights_of(who), noun).filter(pk=row.pk).exists()
    assert seen == (may(role, terms.see) and role is not None)

    may_change = may(role, terms.to_change)
    if sample.change:
        fault = refused(lambda: actions.change(row, actor=who, **sample.change))
        money = any(name in terms.money for name in sample.change) and not may(role, Verb.EDIT_MONEY)
        personal = any(name in terms.personal for name in sample.change)
        assert (fault is None) == (may_change and not money and not personal)
    fault = refused(lambda: actions.remove(row, actor=who))
    assert (fault is None) == may_change
    assert fault in {None, NotAllowed, NotVisible}
    if may(role, Verb.VIEW) is False and terms.home:
        assert fault is NotVisible
    if may_change:
        again = refused(lambda: actions.add(noun, actor=who, **values))
        money = any(name in terms.money for name in values) and not may(role, Verb.EDIT_MONEY)
        assert (again is None) == (may(role, terms.add) and not money)


@everything
def test_another_workspace_sees_nothing_of_it(company: Company, noun: Noun) -> None:
    row = made(company, noun)
    eve = actions.found_workspace(
        name="Evil", email="eve@example.com", person="Eve Ill", password="correct horse battery"
    )
    assert not records_visible_to(rights_of(eve), noun).exists()
    with pytest.raises(NotVisible):
        actions.remove(row, actor=eve)


@everything
def test_every_write_is_in_the_log_and_can_be_taken_back(company: Company, noun: Noun) -> None:
    sample = sample_of(noun)
    values = sample.values(company)
    before = state(noun)
    row = actions.add(noun, actor=company.alice, **values).row
    added = state(noun)
    actions.undo(actor=company.alice)
    assert state(noun) == before
    actions.redo(actor=company.alice)
    assert state(noun) == added
    if sample.change:
        entry = actions.change(row, actor=company.alice, **sample.change).entry
        assert entry is not None
        changed = state(noun)
        assert changed != added
        assert actions.change(row, actor=company.alice, **sample.change).entry is None
        actions.undo(actor=company.alice)
        assert state(noun) == added
        actions.redo(actor=company.alice)
        assert state(noun) == changed
        actions.undo(actor=company.alice)
    entry = actions.remove(row, actor=company.alice)
    assert row.pk not in state(noun)
    actions.undo(actor=company.alice)
    assert state(noun) == added
    assert LogEntry.objects.get(pk=entry.pk).undone_by is not None


@everything
def test_what_it_refers_to_must_be_the_actors_to_see(company: Company, noun: Noun) -> None:
    """A number of another workspace's row is told apart from one that does not exist by nothing."""
    values = sample_of(noun).values(company)
    for name, value in values.items():
        if isinstance(value, Model):
            rest = {each: values[each] for each in values if each != name} | {f"{name}_id": 10**9}
            with pytest.raises((Invalid, NotVisible)):
                actions.add(noun, actor=company.alice, **rest)


def state(noun: Noun) -> dict[int, dict[str, object]]:
    """All rows of a noun, every column."""
    return {row.pk: values_of(row) for row in noun._default_manager.all()}
