"""Laws of the record: what was done is undone to the last column, and a plan of the past is the plan that was."""

import random
from contextlib import suppress
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import Company
from tests.nouns import nouns
from tests.record import Acts, differences, picture, told
from triptych.apps.control.models import Budget, Risk, RiskResponse
from triptych.apps.history.chain import verify
from triptych.apps.history.queries import last_seq
from triptych.apps.history.rows import Values, values_of
from triptych.apps.people.records import Record
from triptych.apps.people.refusals import NotVisible, Refusal
from triptych.apps.people.roles import Role
from triptych.apps.project import actions, bridge
from triptych.apps.project.rules import rights_of
from triptych.apps.project.since import changed_since, project_as_of, records_as_of
from triptych.plan.changes import SetDuration

ACTS, SEEDS = 30, range(4)


@pytest.mark.parametrize("seed", SEEDS)
def test_random_acts_undone_in_reverse_leave_nothing(company: Company, seed: int) -> None:
    acts = Acts(company, random.Random(seed))  # noqa: S311 - a test
    steps = [(0, picture())]
    for _ in range(ACTS):
        if entries := acts.act():
            steps.append((entries, picture()))  # noqa: PERF401 - each is taken at its own time
    assert len(steps) > 10
    for at in range(len(steps) - 1, 0, -1):
        done = [actions.undo(actor=company.alice) for _ in range(steps[at][0])]
        assert differences(picture(), steps[at - 1][1]) == {}, [each.target.sentence for each in done]
    for entries, after in steps[1:]:
        done = [actions.redo(actor=company.alice) for _ in range(entries)]
        assert differences(picture(), after) == {}, [each.target.sentence for each in done]
    found = verify(company.alice.workspace_id)
    assert (found.broken, found.last) == ((), last_seq(company.alice.workspace_id))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_preview_is_what_the_commit_then_does(company: Company, seed: int) -> None:
    acts, compared = Acts(company, random.Random(seed + 200)), 0  # noqa: S311 - a test
    for _ in range(ACTS):
        call = {
            "actor": company.alice,
            "project": acts.where(),
            "changes": [acts.wish() for _ in range(acts.luck.randint(1, 4))],
        }
        answers = [_answer(call, preview=preview) for preview in (True, False)]
        assert answers[0] == answers[1]
        compared += isinstance(answers[0], tuple)
    assert compared > 5


def _answer(call: dict[str, Any], *, preview: bool) -> object:
    """What is told of the changes: dates, moves, cost and overload, or the refusal. Numbers of new tasks are not."""
    try:
        done = actions.change_plan(**call, preview=preview)
    except Refusal as fault:
        return fault.code
    schedule, plan = done.after.schedule, done.after.plan
    effect = actions.impact_between(done.rights, done.before, done.after)
    return (
        list(zip(plan.tasks.name, schedule.start.tolist(), schedule.finish.tolist(), strict=True)),
        done.ripple,
        (effect.cost, effect.overload, effect.milestones, [each.sentence for each in effect.reasons]),
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_a_plan_of_the_past_is_the_plan_that_was(company: Company, seed: int) -> None:
    acts = Acts(company, random.Random(seed + 100), removing=False)  # noqa: S311 - a test
    workspace = company.alice.workspace_id
    plans = {}
    for _ in range(ACTS):
        acts.act()
        if acts.luck.random() < 0.15:
            actions.undo(actor=company.alice)
        now = bridge.computed(bridge.reach(standing(company)))
        plans[last_seq(workspace)] = (standing(company), now)
    for seq, (projects, was) in plans.items():
        then = bridge.computed_as_of(projects, seq, workspace=workspace)
        expected, found = told(was.plan), told(then.plan)
        people, calendars = expected.pop("people"), expected.pop("calendars")
        # Those who have come since are in the plan too; nobody has anything to do with them.
        assert {uid: found["people"][uid] for uid in people} == people
        assert {uid: found["calendars"][uid] for uid in calendars} == calendars
        assert differences({name: found[name] for name in expected}, expected) == {}, seq
        assert then.schedule.finish.tolist() == was.schedule.finish.tolist()
        assert then.deliverables & then.plan.index_of.keys() == was.deliverables & was.plan.index_of.keys()


def standing(company: Company) -> list[int]:
    nodes = type(company.house).objects.filter(pk__in=[company.house.pk, company.secret.pk], removed_by=None)
    return sorted(nodes.values_list("id", flat=True)) or pytest.skip("both projects are gone")


@pytest.mark.parametrize("seed", SEEDS)
def test_every_noun_of_the_past_is_what_it_was(company: Company, seed: int) -> None:
    acts = Acts(company, random.Random(seed + 300), removing=False)  # noqa: S311 - a test
    rights, pictures = rights_of(company.alice), {}
    for number in range(ACTS):
        with suppress(Refusal):
            acts.noun() if acts.luck.random() < 0.8 else acts.act()
        if number % 6 == 0:
            pictures[last_seq(company.alice.workspace_id)] = _nouns()
    for seq, was in pictures.items():
        for model, rows in was.items():
            found = {pk: values_of(row) for pk, row in records_as_of(rights, model, seq).items()}
            assert found == rows, (seq, model)


def _nouns() -> dict[type[Record], dict[int, Values]]:
    return {model: {row.pk: values_of(row) for row in model._default_manager.all()} for model in nouns()}


def test_the_past_is_shown_to_whom_the_present_is(company: Company) -> None:
    """What has been removed is told to those who see where it hung, and its money to those who see money."""
    budget = actions.add(
        Budget, actor=company.alice, node=company.house, category="Labour", year=2026, amount=100
    ).row
    risk = actions.add(Risk, actor=company.alice, node=company.secret, name="Frost").row
    answer = actions.add(RiskResponse, actor=company.alice, risk=risk, text="Heat").row
    seq = last_seq(company.alice.workspace_id)
    for row in (budget, risk):
        actions.remove(row, actor=company.alice)
    dora = actions.add_person(
        actor=company.alice, email="dora@example.com", name="Dora", password="correct horse battery"
    )
    actions.grant_role(actor=company.alice, user=dora, node=company.house, role=Role.TEAM_MEMBER)
    told = {
        person: [len(records_as_of(rights_of(person), model, seq)) for model in (Budget, Risk, RiskResponse)]
        for person in (company.alice, company.bob, dora, company.charlie)
    }
    assert told == {
        company.alice: [1, 1, 1],
        company.bob: [1, 0, 0],
        dora: [0, 0, 0],
        company.charlie: [0, 0, 0],
    }
    assert records_as_of(rights_of(company.alice), RiskResponse, seq)[answer.pk].text == "Heat"


def test_what_changed_since_is_told_with_its_causes(company: Company) -> None:
    moment = timezone.now()
    actions.change_plan(
        actor=company.alice, project=company.secret.pk, changes=[SetDuration(company.tasks["permit"], 4800)]
    )
    actions.change_plan(
        actor=company.bob, project=company.house.pk, changes=[SetDuration(company.tasks["build"], 480)]
    )
    found = changed_since(rights_of(company.bob), company.house.pk, moment)
    assert found.ripple.finish_delta_minutes == 4 * 480
    assert [each.sentence for each in found.news] == [
        "A change in another project moved dates here",
        "Set the duration of “build” to 1d",
    ]
    then = project_as_of(rights_of(company.bob), company.house.pk, moment)
    assert then.plan.task(company.tasks["build"]).duration == 5 * 480
    with pytest.raises(NotVisible):
        project_as_of(rights_of(company.bob), company.secret.pk, moment)
    with pytest.raises(NotVisible):
        project_as_of(rights_of(company.bob), company.house.pk, 1)
