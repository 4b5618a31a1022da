"""Comments, mentions, watches, and the notices that come of them."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.cast import Company
from tests.nouns.project import THEN
from triptych.apps.history.models import LogEntry
from triptych.apps.people.models import User
from triptych.apps.people.refusals import Invalid, NotAllowed
from triptych.apps.people.roles import Role
from triptych.apps.project import actions, queries
from triptych.apps.project.models import Comment, Mention, Node, Notice, Watch
from triptych.apps.project.rules import rights_of
from triptych.plan.changes import Assign, Unassign


def say(actor: User, node: Node | int, text: str, answers: Comment | None = None) -> Comment:
    key = node if isinstance(node, int) else node.pk
    return actions.add(Comment, actor=actor, node_id=key, text=text, answers=answers, at=THEN).row


def heard(user: User, *, unread: bool = False) -> list[tuple[str, int]]:
    return [(each.reason, each.node_id) for each in queries.inbox(rights_of(user), unread=unread)]


def mentioned(comment: Comment) -> set[int]:
    return set(Mention.objects.filter(comment=comment).values_list("user", flat=True))


def test_mentions_follow_the_text_in_the_same_entry(company: Company) -> None:
    before = LogEntry.objects.count()
    comment = say(company.alice, company.house, f"@[Bob](user:{company.bob.pk}) and @[Nobody](user:999999)")
    assert mentioned(comment) == {company.bob.pk}
    actions.change(comment, actor=company.alice, text=f"@[Charlie](user:{company.charlie.pk})")
    assert mentioned(comment) == {company.charlie.pk}
    assert LogEntry.objects.count() == before + 2
    actions.undo(actor=company.alice)
    assert mentioned(comment) == {company.bob.pk}


def test_who_is_mentioned_answered_or_watching_is_told_once(company: Company) -> None:
    design = company.tasks["design"]
    actions.add(Watch, actor=company.bob, node_id=design)
    first = say(company.bob, design, "Is it ready?")
    assert heard(company.bob) == [], "nobody is told of what they did"
    say(company.alice, design, "No", answers=first)
    assert heard(company.bob) == [("answered", design)]
    say(company.alice, design, f"@[Bob](user:{company.bob.pk}) yes")
    say(company.alice, design, "Oh well")
    assert [reason for reason, _ in heard(company.bob)] == ["watching", "mentioned", "answered"]


def test_nobody_is_told_of_what_they_may_not_see(company: Company) -> None:
    say(company.alice, company.secret, f"@[Bob](user:{company.bob.pk}) must not know")
    assert heard(company.bob) == []
    actions.grant_role(actor=company.alice, user=company.bob, node=company.secret, role=Role.GUEST)
    assert heard(company.bob) == [("mentioned", company.secret.pk)]


def test_a_comment_taken_back_is_heard_of_no_more(company: Company) -> None:
    say(company.alice, company.house, f"@[Bob](user:{company.bob.pk})")
    actions.undo(actor=company.alice)
    assert heard(company.bob) == []
    actions.redo(actor=company.alice)
    assert heard(company.bob) == [("mentioned", company.house.pk)]


def test_an_edit_tells_only_who_is_newly_named(company: Company) -> None:
    comment = say(company.alice, company.house, f"@[Bob](user:{company.bob.pk})")
    actions.change(comment, actor=company.alice, text=f"@[Bob](user:{company.bob.pk}), please")
    assert Notice.objects.filter(user=company.bob).count() == 1


def test_who_is_put_on_a_task_is_told(company: Company) -> None:
    person = actions.create_resource(actor=company.alice, name="Bob", user=company.bob)
    design, house = company.tasks["design"], company.house.pk
    actions.change_plan(actor=company.alice, project=house, changes=[Assign(design, person.pk)])
    assert heard(company.bob) == [("assigned", design)]
    actions.change_plan(actor=company.alice, project=house, changes=[Unassign(design, person.pk)])
    assert heard(company.bob) == []
    actions.undo(actor=company.alice)
    assert heard(company.bob) == [("assigned", design)]
    actions.change_plan(actor=company.bob, project=house, changes=[Unassign(design, person.pk)])
    actions.change_plan(actor=company.bob, project=house, changes=[Assign(design, person.pk)])
    assert Notice.objects.filter(user=company.bob).count() == 1, "not of what they do themselves"


def test_reading_ones_inbox_is_no_entry_and_nobody_elses(company: Company) -> None:
    say(company.alice, company.house, f"@[Bob](user:{company.bob.pk})")
    before = LogEntry.objects.count()
    notice = queries.inbox(rights_of(company.bob)).get()
    assert actions.mark_read(actor=company.alice, notices=[notice.pk]) == 0
    assert actions.mark_read(actor=company.bob) == 1
    assert heard(company.bob, unread=True) == []
    assert actions.mark_read(actor=company.bob, notices=[notice.pk], read=False) == 1
    assert LogEntry.objects.count() == before


def test_an_author_changes_their_words_and_nobody_elses(company: Company) -> None:
    actions.grant_role(actor=company.alice, user=company.charlie, node=company.house, role=Role.STAKEHOLDER)
    comment = say(company.charlie, company.house, "Hm")
    actions.change(comment, actor=company.charlie, text="Good")
    other = say(company.bob, company.house, "Mine")
    with pytest.raises(NotAllowed):
        actions.change(other, actor=company.charlie, text="Yours")
    with pytest.raises(Invalid):
        actions.change(comment, actor=company.charlie, at=THEN + timedelta(days=1))


def test_an_answer_stands_on_the_same_item_and_outlives_what_it_answers(company: Company) -> None:
    first = say(company.alice, company.house, "?")
    with pytest.raises(Invalid):
        say(company.alice, company.tasks["design"], "!", answers=first)
    answer = say(company.bob, company.house, "!", answers=first)
    actions.remove(first, actor=company.alice)
    assert Comment.objects.get(pk=answer.pk).answers is None
    actions.undo(actor=company.alice)
    assert Comment.objects.get(pk=answer.pk).answers == first


def test_reading_costs_the_same_for_many(
    company: Company, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(3):
        say(company.alice, company.house, f"@[Bob](user:{company.bob.pk})")
    rights = rights_of(company.bob)
    with django_assert_num_queries(2):
        assert [len(each.mentions.all()) for each in queries.comments(rights, company.house.pk)] == [1, 1, 1]
    with django_assert_num_queries(1):
        assert {each.entry.actor.name for each in queries.inbox(rights)} == {"Alice Archer"}
    assert not queries.comments(rights_of(company.charlie), company.house.pk).exists()
    assert not queries.watches(rights, company.house.pk)
