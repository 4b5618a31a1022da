"""How far anything in the tree is."""

from typing import Any

from tests.cast import Company
from triptych.apps.project import actions
from triptych.apps.project.completion import completion
from triptych.plan.changes import SetActive, SetProgress


def finish(company: Company, *names: str) -> None:
    changes = [SetProgress(company.tasks[name], 100, None, None) for name in names]
    actions.change_plan(actor=company.alice, project=company.house.pk, changes=changes)


def test_completion_adds_up_the_leaves(company: Company, django_assert_num_queries: Any) -> None:
    """Design is 3 days of the house's 8, and of the program's 11."""
    finish(company, "design")
    tasks, house, program = company.tasks, company.house.pk, company.program.pk
    asked = [house, program, company.secret.pk, *tasks.values(), 10**9]
    with django_assert_num_queries(1):
        found = completion(asked)
    assert 10**9 not in found
    assert (found[house].percent, found[program].percent, found[company.secret.pk].percent) == (37, 27, 0)
    assert (found[tasks["design"]].percent, found[tasks["design"]].complete) == (100, True)
    assert (found[tasks["ready"]].percent, found[tasks["ready"]].complete) == (0, False)
    assert found[program].finish == found[tasks["party"]].finish > found[house].finish
    finish(company, "build")
    assert (completion([house])[house].percent, completion([house])[house].complete) == (100, False)
    finish(company, "ready")
    assert completion([house])[house].complete


def test_what_is_inactive_or_removed_does_not_count(company: Company) -> None:
    tasks, house = company.tasks, company.house.pk
    finish(company, "design")
    off = [SetActive(tasks["build"], active=False), SetActive(tasks["ready"], active=False)]
    actions.change_plan(actor=company.alice, project=house, changes=off)
    found = completion([house, tasks["build"]])
    assert (found[house].percent, found[house].complete) == (100, True)
    assert tasks["build"] not in found
    actions.remove_node(actor=company.alice, node=company.secret)
    found = completion([company.secret.pk, tasks["party"], company.program.pk])
    assert set(found) == {company.program.pk}
    assert found[company.program.pk].percent == 100
