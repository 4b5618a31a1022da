"""Every verb that is not a noun's own, and every query, against every role and a stranger. The nouns' four verbs are held
to their terms by `test_nouns`, the doors by `tests/api/test_permission.py`."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import MONDAY, Company, sign_up
from triptych.apps.control.actions.scenarios import (
    approve_change_request,
    promote_scenario,
    reject_change_request,
    submit_change_request,
)
from triptych.apps.control.models import ChangeRequest, Scenario
from triptych.apps.people.models import User
from triptych.apps.people.refusals import Conflict, Invalid, NotAllowed, NotVisible, Refusal
from triptych.apps.people.roles import MAY, Role, Verb
from triptych.apps.project import actions, queries
from triptych.apps.project.bridge.load import calendar_value
from triptych.apps.project.changes import NewTask, Wish
from triptych.apps.project.models import Calendar, Kind, Node
from triptych.apps.project.rules import Rights, rights_of, visible_to
from triptych.apps.project.since import changed_since, project_as_of
from triptych.apps.project.trash import trash
from triptych.plan.changes import (
    AddLink,
    Assign,
    MoveTask,
    RemoveLink,
    RemoveTask,
    SetConstraint,
    SetDeadline,
    SetDuration,
    SetName,
    SetProgress,
)
from triptych.plan.quantities import Instant

Act = Callable[[Company, User], Any]


def plan(make: Callable[[Company], Wish]) -> Act:
    return lambda c, who: actions.change_plan(actor=who, project=c.house.pk, changes=[make(c)])


def scenario(c: Company) -> Scenario:
    changes = [{"op": "set_duration", "task": c.tasks["build"], "minutes": 480}]
    return actions.add(Scenario, actor=c.alice, node=c.house, name="Faster", changes=changes).row


def request(c: Company, *, submitted: bool = True) -> ChangeRequest:
    changes = [{"op": "set_duration", "task": c.tasks["build"], "minutes": 480}]
    row = actions.add(ChangeRequest, actor=c.alice, node=c.house, name="Faster", changes=changes).row
    return submit_change_request(row, actor=c.alice).row if submitted else row


def standard(c: Company, who: User) -> Any:
    row = Calendar.objects.get(workspace=c.alice.workspace, name="Standard")
    return actions.set_calendar(actor=who, calendar=row, value=replace(calendar_value(row), name="Ours"))


#: The verb, and the right at the house that it takes. A role that lacks it is refused, and a stranger told nothing.
VERBS: list[tuple[str, Verb, Act]] = [
    ("set_name", Verb.EDIT_PLAN, plan(lambda c: SetName(c.tasks["build"], "Construct"))),
    ("set_duration", Verb.EDIT_PLAN, plan(lambda c: SetDuration(c.tasks["build"], 480))),
    (
        "set_constraint",
        Verb.EDIT_PLAN,
        plan(lambda c: SetConstraint(c.tasks["build"], "SNET", "2026-03-30T08:00")),
    ),
    ("set_deadline", Verb.EDIT_PLAN, plan(lambda c: SetDeadline(c.tasks["build"], "2026-03-30T08:00"))),
    ("set_progress", Verb.PROGRESS, plan(lambda c: SetProgress(c.tasks["build"], 10, "2026-03-09T08:00"))),
    ("add_task", Verb.EDIT_PLAN, plan(lambda _: NewTask("Paint"))),
    ("remove_task", Verb.EDIT_PLAN, plan(lambda c: RemoveTask(c.tasks["build"]))),
    ("move_task", Verb.EDIT_PLAN, plan(lambda c: MoveTask(c.tasks["build"], None, c.tasks["design"]))),
    ("add_link", Verb.EDIT_PLAN, plan(lambda c: AddLink(c.tasks["design"], c.tasks["ready"]))),
    ("remove_link", Verb.EDIT_PLAN, plan(lambda c: RemoveLink(c.tasks["design"], c.tasks["build"]))),
    ("assign", Verb.EDIT_PLAN, plan(lambda c: Assign(c.tasks["design"], c.ann.pk))),
    (
        "freeze_baseline",
        Verb.EDIT_PLAN,
        lambda c, who: actions.freeze_baseline(actor=who, project=c.house.pk),
    ),
    ("clear_baseline", Verb.EDIT_PLAN, lambda c, who: actions.clear_baseline(actor=who, project=c.house.pk)),
    (
        "mark_deliverable",
        Verb.EDIT_PLAN,
        lambda c, who: actions.mark_deliverable(actor=who, task=c.tasks["build"]),
    ),
    (
        "set_project",
        Verb.EDIT_PLAN,
        lambda c, who: actions.set_project(actor=who, project=c.house.pk, name="Hut"),
    ),
    ("remove_node", Verb.EDIT_PLAN, lambda c, who: actions.remove_node(actor=who, node=c.house)),
    ("hand_over", Verb.MANAGE_PEOPLE, lambda c, who: actions.hand_over(actor=who, node=c.house, to=c.bob)),
    (
        "grant_role",
        Verb.MANAGE_PEOPLE,
        lambda c, who: actions.grant_role(actor=who, user=c.bob, node=c.house, role=Role.GUEST),
    ),
    (
        "withdraw_role",
        Verb.MANAGE_PEOPLE,
        lambda c, who: actions.withdraw_role(actor=who, user=c.bob, node=c.house, role=Role.PROJECT_MANAGER),
    ),
    (
        "add_absence",
        Verb.MANAGE_PEOPLE,
        lambda c, who: actions.add_absence(
            actor=who, resource=c.ann.pk, first=date(2026, 3, 9), last=date(2026, 3, 9)
        ),
    ),
    (
        "set_resource",
        Verb.MANAGE_PEOPLE,
        lambda c, who: actions.set_resource(actor=who, resource=c.ann.pk, units=50),
    ),
    ("create_resource", Verb.MANAGE_PEOPLE, lambda _, who: actions.create_resource(actor=who, name="Zoe")),
    ("create_calendar", Verb.EDIT_PLAN, lambda _, who: actions.create_calendar(actor=who, name="Night")),
    ("promote_scenario", Verb.EDIT_PLAN, lambda c, who: promote_scenario(scenario(c), actor=who)),
    (
        "submit_change_request",
        Verb.CONTROL,
        lambda c, who: submit_change_request(request(c, submitted=False), actor=who),
    ),
    ("approve_change_request", Verb.APPROVE, lambda c, who: approve_change_request(request(c), actor=who)),
    (
        "reject_change_request",
        Verb.APPROVE,
        lambda c, who: reject_change_request(request(c), actor=who, note="No"),
    ),
]

#: Verbs on the workspace itself, or on a place above the house: a role on the house gives none of them but to an
#: administrator of the whole.
ABOVE: list[tuple[str, Act]] = [
    (
        "create_node",
        lambda _, who: actions.create_node(actor=who, kind=Kind.PROGRAM, parent=None, name="New"),
    ),
    (
        "create_project",
        lambda c, who: actions.create_project(
            actor=who,
            parent=c.program,
            name="New",
            start=MONDAY,
            calendar=Calendar.objects.get(name="Standard"),
        ),
    ),
    ("rename_node", lambda c, who: actions.rename_node(actor=who, node=c.program, name="Huts")),
    ("move_node", lambda c, who: actions.move_node(actor=who, node=c.house, parent=None)),
    ("set_calendar", standard),
    ("add_person", lambda _, who: sign_up(who, "Zoe")),
    ("close_account", lambda c, who: actions.close_account(actor=who, user=c.bob)),
    (
        "grant on the program",
        lambda c, who: actions.grant_role(actor=who, user=c.bob, node=c.program, role=Role.GUEST),
    ),
    (
        "grant everywhere",
        lambda c, who: actions.grant_role(actor=who, user=c.bob, node=None, role=Role.GUEST),
    ),
]


def holding(company: Company, role: Role | None) -> User:
    """Charlie, with the role on the house; an administrator administers the workspace."""
    if role is not None:
        node = None if role is Role.ADMINISTRATOR else company.house
        actions.grant_role(actor=company.alice, user=company.charlie, node=node, role=role)
    return company.charlie


def refusal(act: Act, company: Company, who: User) -> Refusal | None:
    try:
        act(company, who)
    except Refusal as fault:
        return fault
    return None


ROLES = pytest.mark.parametrize("role", [*Role, None], ids=str)


@pytest.mark.parametrize(("right", "act"), [each[1:] for each in VERBS], ids=[each[0] for each in VERBS])
@ROLES
def test_a_verb_takes_its_right(company: Company, role: Role | None, right: Verb, act: Act) -> None:
    who = holding(company, role)
    found = refusal(act, company, who)
    if role is not None and right in MAY[role]:
        assert found is None
    elif role is None:
        # A stranger is told nothing: not that it is there, not by a refusal of another sort.
        assert isinstance(found, NotVisible) or (isinstance(found, NotAllowed) and "House" not in str(found))
    else:
        assert isinstance(found, NotAllowed), found


@pytest.mark.parametrize("act", [each[1] for each in ABOVE], ids=[each[0] for each in ABOVE])
@ROLES
def test_a_role_on_a_project_gives_nothing_above_it(company: Company, role: Role | None, act: Act) -> None:
    found = refusal(act, company, holding(company, role))
    if role is Role.ADMINISTRATOR:
        assert found is None
    else:
        assert isinstance(found, (NotAllowed, NotVisible))


def test_the_rank_of_roles_is_not_a_way_up(company: Company) -> None:
    """Whoever manages people grants what they hold, and not one right more."""
    for mine in Role:
        if Verb.MANAGE_PEOPLE not in MAY[mine] or mine is Role.ADMINISTRATOR:
            continue
        who = sign_up(company.alice, f"Holder{mine.value}")
        actions.grant_role(actor=company.alice, user=who, node=company.house, role=mine)
        for given in Role:
            fault = refusal(
                lambda c, actor, given=given: actions.grant_role(  # type: ignore[misc]
                    actor=actor, user=c.charlie, node=c.house, role=given
                ),
                company,
                who,
            )
            assert (fault is None) == (MAY[given] <= MAY[mine]), (mine, given)


#: What a reader gets of the house: a value that is empty for who may not see it.
QUERIES: list[tuple[str, Callable[[Rights, Company], Any]]] = [
    ("visible_to", lambda r, c: list(visible_to(r.user).filter(pk=c.house.pk))),
    (
        "tree",
        lambda r, c: [each for each in queries.tree(r, today=Instant(0)) if each["node"].pk == c.house.pk],
    ),
    ("project_head", lambda r, c: queries.project_head(r, c.house.pk)),
    ("project_of_task", lambda r, c: queries.project_of_task(r, c.tasks["build"])),
    ("upper_node", lambda r, c: queries.upper_node(r, c.house.pk)),
    ("people", lambda r, _: list(queries.people(r))),
    ("resource", lambda r, c: queries.resource(r, c.ann.pk)),
    ("project_as_of", lambda r, c: project_as_of(r, c.house.pk, timezone.now())),
    ("changed_since", lambda r, c: changed_since(r, c.house.pk, timezone.now())),
    ("trash", lambda r, _: trash(r, now=timezone.now())),
]


@pytest.mark.parametrize("query", [each[1] for each in QUERIES], ids=[each[0] for each in QUERIES])
@ROLES
def test_a_query_shows_the_house_to_every_role_and_nothing_to_a_stranger(
    company: Company, role: Role | None, query: Callable[[Rights, Company], Any]
) -> None:
    actions.change_plan(
        actor=company.alice, project=company.house.pk, changes=[RemoveTask(company.tasks["ready"])]
    )
    rights = rights_of(holding(company, role))
    try:
        found = query(rights, company)
    except NotVisible:
        found = None
    assert bool(found) == (role is not None)


@pytest.mark.parametrize("role", [each for each in Role if each is not Role.ADMINISTRATOR], ids=str)
def test_hidden_work_is_a_nameless_ghost_that_still_schedules(company: Company, role: Role) -> None:
    rights = rights_of(holding(company, role))
    found = queries.ghosts(rights, company.house.pk)
    assert {each["name"] for each in found} == {None}
    assert all(each["start"] for each in found)
    with pytest.raises(NotVisible):
        queries.project_head(rights, company.secret.pk)
    with pytest.raises((NotVisible, Invalid)):
        actions.change_plan(
            actor=company.charlie, project=company.house.pk, changes=[SetName(company.tasks["permit"], "x")]
        )


def test_every_verb_is_in_a_matrix() -> None:
    """What `actions` offers is tried here, or is one of the verbs whose rights another test holds."""
    tried = {name for name, _, _ in VERBS} | {name.split()[0] for name, _ in ABOVE}
    elsewhere = {
        "Edited", "ImportReport", "Imported", "Outcome", "Recorded", "Undone", "Written",  # what verbs return
        "add", "change", "move", "remove",  # test_nouns
        "undo", "undo_run", "redo", "restore", "found_workspace", "impact_between", "tidy_files",  # of no one's rights
        "remove_absence", "change_plan", "import_plan", "record_plan",  # as add_absence; by change; test_permission
        "approve_time", "attach", "edit_items", "enter_time", "fill_placeholder", "mark_read", "plant_template",
        "reject_time", "repeat_due", "save_template", "submit_week", "tick_item",  # each in the test of its subject
    }  # fmt: skip
    assert set(actions.__all__) == tried & set(actions.__all__) | elsewhere


def test_undo_is_for_ones_own_and_while_one_may(company: Company) -> None:
    actions.change_plan(
        actor=company.bob, project=company.house.pk, changes=[SetName(company.tasks["build"], "Construct")]
    )
    with pytest.raises(Conflict):
        actions.undo(actor=company.charlie)
    actions.withdraw_role(
        actor=company.alice, user=company.bob, node=company.house, role=Role.PROJECT_MANAGER
    )
    with pytest.raises(Conflict, match=r"no longer|any more"):
        actions.undo(actor=company.bob)
    assert Node.objects.get(pk=company.tasks["build"]).name == "Construct"
