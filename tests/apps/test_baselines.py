"""Baselines: frozen with the project they are of, kept when tasks go, undone and cleared."""

import pytest

from tests.cast import Company, at
from triptych.apps.people.refusals import Conflict, Invalid, NotAllowed, NotVisible
from triptych.apps.people.roles import Role
from triptych.apps.project import actions, bridge
from triptych.apps.project.models import Baseline, BaselineRow, Dates, Node
from triptych.plan import Instant, Plan
from triptych.plan.changes import Change, RemoveTask, SetDuration, SetProgress

NOW = Instant(at(2))


def frozen(company: Company, *, number: int = 0, name: str = "") -> actions.Outcome:
    return actions.freeze_baseline(
        actor=company.bob, project=company.house.pk, number=number, name=name, saved=NOW
    )


def plan_of(*projects: Node) -> Plan:
    return bridge.load_plan([each.pk for each in projects])


def finishes(plan: Plan, number: int = 0) -> dict[int, int]:
    (found,) = [each for each in plan.baselines if each.number == number]
    return dict(zip(found.tasks.uid.tolist(), found.tasks.finish.tolist(), strict=True))


def test_a_baseline_is_what_the_dates_were_and_moves_nothing(company: Company) -> None:
    before = list(Dates.objects.order_by("pk").values_list())
    done = frozen(company, name="As agreed")
    assert list(Dates.objects.order_by("pk").values_list()) == before
    assert (done.ripple.tasks, done.entry is not None) == (0, True)
    (found,) = plan_of(company.house).baselines
    assert (found.number, found.name, found.saved) == (0, "As agreed", NOW)
    tasks = {company.tasks[name] for name in ("design", "build", "ready")}
    assert finishes(plan_of(company.house)) == {uid: Dates.objects.get(node=uid).finish for uid in tasks}


def test_it_stays_when_tasks_change_and_go(company: Company) -> None:
    frozen(company)
    before = finishes(plan_of(company.house))
    changes: list[Change] = [
        SetDuration(company.tasks["design"], 4800),
        RemoveTask(company.tasks["build"]),
    ]
    actions.change_plan(actor=company.bob, project=company.house.pk, changes=changes)
    plan = plan_of(company.house)
    assert company.tasks["build"] not in plan.index_of
    assert finishes(plan) == before


def test_a_second_freeze_forgets_what_is_gone_and_undo_brings_it_back(company: Company) -> None:
    frozen(company)
    first = plan_of(company.house).baselines
    gone = RemoveTask(company.tasks["build"])
    actions.change_plan(actor=company.bob, project=company.house.pk, changes=[gone])
    frozen(company, name="Second")
    assert company.tasks["build"] not in finishes(plan_of(company.house))
    second = plan_of(company.house).baselines
    actions.undo(actor=company.bob)
    assert plan_of(company.house).baselines == first
    actions.redo(actor=company.bob)
    assert plan_of(company.house).baselines == second


def test_a_linked_project_keeps_its_own_baseline_and_what_it_is_called(company: Company) -> None:
    actions.freeze_baseline(actor=company.alice, project=company.secret.pk, name="Theirs")
    theirs = list(BaselineRow.objects.order_by("pk").values_list())
    done = frozen(company, name="Ours")
    assert done.entry is not None
    assert list(done.entry.touches.values_list("node", flat=True)) == [company.house.pk]
    assert (
        list(BaselineRow.objects.filter(baseline__project=company.secret).order_by("pk").values_list())
        == theirs
    )
    assert plan_of(company.secret).baselines[0].name == "Theirs"
    both = plan_of(company.house, company.secret)
    assert set(finishes(both)) == set(company.tasks.values())
    assert (both.baselines[0].name, both.baselines[0].saved) == ("Ours", NOW)


def test_a_cleared_baseline_leaves_no_rows(company: Company) -> None:
    frozen(company, number=3)
    frozen(company)
    actions.clear_baseline(actor=company.bob, project=company.house.pk, number=3)
    assert [each.number for each in plan_of(company.house).baselines] == [0]
    assert list(Baseline.objects.values_list("number", flat=True)) == [0]
    actions.undo(actor=company.bob)
    assert [each.number for each in plan_of(company.house).baselines] == [0, 3]


def test_a_preview_writes_nothing(company: Company) -> None:
    actions.freeze_baseline(actor=company.bob, project=company.house.pk, preview=True)
    assert not Baseline.objects.exists()


def test_only_who_may_change_the_plan_freezes_it(company: Company) -> None:
    with pytest.raises(NotVisible):
        actions.freeze_baseline(actor=company.bob, project=company.secret.pk)
    actions.grant_role(actor=company.alice, user=company.charlie, node=company.house, role=Role.SPONSOR)
    for act in (actions.freeze_baseline, actions.clear_baseline):
        with pytest.raises(NotAllowed):
            act(actor=company.charlie, project=company.house.pk)
    with pytest.raises(Invalid, match="number up to 9999"):
        frozen(company, number=10_000)


def test_there_may_be_many_and_each_keeps_the_progress_of_its_day(company: Company) -> None:
    design = company.tasks["design"]
    for number, percent in ((11, 0), (12, 30), (9999, 80)):
        changes = [SetProgress(design, percent)]
        actions.change_plan(actor=company.bob, project=company.house.pk, changes=changes)
        frozen(company, number=number)
    frozen(company, number=12)
    actions.undo(actor=company.bob)
    assert progress(company, design) == {11: 0, 12: 30, 9999: 80}
    actions.redo(actor=company.bob)
    assert progress(company, design) == {11: 0, 12: 80, 9999: 80}


def progress(company: Company, task: int) -> dict[int, int]:
    """The percent complete of a task by baseline."""
    return {
        each.number: each.tasks.percent_complete[each.tasks.uid.tolist().index(task)]
        for each in plan_of(company.house).baselines
    }


def test_a_frozen_plan_is_computed_as_it_is_kept(company: Company) -> None:
    done = frozen(company)
    assert done.after.plan.baselines == plan_of(company.house, company.secret).baselines


def test_what_another_has_frozen_since_is_not_overrun(company: Company) -> None:
    frozen(company)
    actions.freeze_baseline(actor=company.alice, project=company.house.pk, name="Hers")
    with pytest.raises(Conflict, match="Saved the baseline"):
        actions.undo(actor=company.bob)
