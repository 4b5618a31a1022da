"""Laws of the record: what was done is undone to the last column, and a plan of the past is the plan that was."""

import random

import pytest

from tests.cast import Company
from tests.record import Acts, differences, picture, told
from triptych.apps.history.chain import verify
from triptych.apps.history.queries import last_seq
from triptych.apps.project import actions, bridge

ACTS = 40


@pytest.mark.parametrize("seed", range(8))
def test_random_acts_undone_in_reverse_leave_nothing(company: Company, seed: int) -> None:
    acts = Acts(company, random.Random(seed))  # noqa: S311 - a test
    pictures = [picture()]
    for _ in range(ACTS):
        if acts.act():
            pictures.append(picture())  # noqa: PERF401 - each is taken at its own time
    assert len(pictures) > 10
    for before in reversed(pictures[:-1]):
        done = actions.undo(actor=company.alice)
        assert differences(picture(), before) == {}, done.target.sentence
    for after in pictures[1:]:
        done = actions.redo(actor=company.alice)
        assert differences(picture(), after) == {}, done.target.sentence
    found = verify(company.alice.workspace_id)
    assert (found.broken, found.last) == ((), last_seq(company.alice.workspace_id))


@pytest.mark.parametrize("seed", range(8))
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
