"""Objectives and key results: what they may hold, and how far they have come."""

from datetime import date
from typing import Any

import pytest

from tests.cast import Company
from triptych.apps.people.models import User
from triptych.apps.people.refusals import Conflict, Invalid, NotAllowed, NotVisible
from triptych.apps.people.roles import Role
from triptych.apps.program.models import CheckIn, KeyResult, Objective, ObjectiveState
from triptych.apps.program.queries.objectives import Goal, objectives
from triptych.apps.program.queries.progress import between, mean
from triptych.apps.project import actions
from triptych.apps.project.models import Node
from triptych.apps.project.rules import rights_of
from triptych.plan.changes import SetProgress
from triptych.plan.quantities import day_number

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)


def objective(company: Company, name: str, *, actor: User | None = None, **more: Any) -> Objective:
    """An active objective of the company, or of a node."""
    values: dict[str, Any] = {"first": FIRST, "last": LAST, "name": name} | more
    row = actions.add(Objective, actor=actor or company.alice, **values).row
    return actions.move(row, actor=actor or company.alice, to="active").row


def result(company: Company, of: Objective, name: str = "KR", **more: Any) -> KeyResult:
    values: dict[str, Any] = {"objective": of, "name": name, "target": 100} | more
    return actions.add(KeyResult, actor=company.alice, **values).row


def check_in(company: Company, of: KeyResult, value: int | None, confidence: int = 50, day: int = 1) -> None:
    actions.add(
        CheckIn,
        actor=company.alice,
        key_result=of,
        day=date(2026, 2, day),
        value=value,
        confidence=confidence,
    )


def by_name(user: User) -> dict[str, Goal]:
    return {each.objective.name: each for each in objectives(rights_of(user))}


def of_plan(node: Node | int, figure: str = "percent_complete", kind: str = "percent") -> dict[str, Any]:
    pk = node if isinstance(node, int) else node.pk
    return {"source": "plan", "kind": kind, "node_id": pk, "figure": figure}


def finish(company: Company, *names: str) -> None:
    changes = [SetProgress(company.tasks[name], 100, None, None) for name in names]
    actions.change_plan(actor=company.alice, project=company.house.pk, changes=changes)


# What they may hold


@pytest.mark.parametrize(
    ("place", "wrong"),
    [
        ("source", {"kind": "milestone"}),
        ("target", {"kind": "yes_no", "target": 2}),
        ("target", {"kind": "yes_no", "target": 1, "start": 1}),
        ("scale", {"kind": "money"}),
        ("scale", {"scale": 7}),
        ("target", {"start": 100}),
        ("target", {"direction": "down"}),
        ("weight", {"weight": 101}),
        ("figure", {"figure": "finish"}),
        ("source", {"kind": "money", "scale": 2, "source": "plan"}),
        ("node", {"source": "plan", "figure": "finish"}),
        ("figure", {"source": "plan", "kind": "percent", "figure": "finish"}),
        ("scale", {"source": "plan", "kind": "percent", "figure": "percent_complete", "scale": 1}),
    ],
)
def test_what_a_key_result_may_not_be(company: Company, place: str, wrong: dict[str, Any]) -> None:
    top = objective(company, "Grow")
    with pytest.raises(Invalid) as fault:
        result(company, top, **wrong)
    assert place in [each.place for each in fault.value.errors]


def test_an_objective_ends_after_it_begins_and_serves_no_circle(company: Company) -> None:
    with pytest.raises(Invalid, match="ends no earlier"):
        objective(company, "Grow", last=date(2025, 1, 1))
    top = objective(company, "Grow")
    middle = objective(company, "Build", parent=top)
    bottom = objective(company, "Dig", parent=middle)
    for above in (top, middle, bottom):
        with pytest.raises(Invalid, match="cannot serve itself"):
            actions.change(top, actor=company.alice, parent=above)


def test_a_check_in_says_what_the_plan_does_not(company: Company) -> None:
    top = objective(company, "Grow")
    typed, planned = result(company, top), result(company, top, **of_plan(company.house))
    yes = result(company, top, kind="yes_no", target=1)
    for row, value in [(typed, None), (planned, 5), (yes, 2)]:
        with pytest.raises(Invalid) as fault:
            check_in(company, row, value)
        assert [each.place for each in fault.value.errors] == ["value"]
    with pytest.raises(Invalid):
        check_in(company, typed, 5, confidence=101)


def test_an_objective_goes_through_its_states(company: Company) -> None:
    row = objective(company, "Grow")
    for state in ("achieved", "active", "missed", "active", "dropped"):
        row = actions.move(row, actor=company.alice, to=state).row
    with pytest.raises(Conflict):
        actions.move(row, actor=company.alice, to="achieved")


# Rights


def test_who_may_set_objectives(company: Company) -> None:
    """A project manager sees objectives of the project and of the company; a product manager sets those of the home."""
    company_wide, of_house = objective(company, "Grow"), objective(company, "Build", node=company.house)
    objective(company, "Hide", node=company.secret)
    assert set(by_name(company.bob)) == {"Grow", "Build"}
    assert objectives(rights_of(company.charlie)) == []
    for row in (company_wide, of_house):
        with pytest.raises(NotAllowed):
            actions.change(row, actor=company.bob, why="Mine")
        with pytest.raises(NotAllowed):
            actions.move(row, actor=company.bob, to="achieved")
    with pytest.raises(NotVisible):
        actions.change(of_house, actor=company.charlie, why="Mine")
    actions.grant_role(
        actor=company.alice, user=company.charlie, node=company.house, role=Role.PRODUCT_MANAGER
    )
    actions.change(of_house, actor=company.charlie, why="Winter comes")
    with pytest.raises(NotAllowed):  # the company's are for whoever may so everywhere
        actions.change(company_wide, actor=company.charlie, why="Mine")
    with pytest.raises(NotAllowed):
        objective(company, "More", actor=company.charlie)
    with pytest.raises(Invalid):
        result(company, of_house, **of_plan(10**9))


# Progress


@pytest.mark.parametrize(
    ("start", "target", "value", "expected"),
    [
        (0, 100, 25, 250), (0, 100, -5, 0), (0, 100, 300, 1000), (10, 40, 20, 333), (100, 0, 75, 250),
        (100, 0, 130, 0), (-50, 50, 0, 500), (0, 3, 2, 666), (0, 10**15, 10**15 - 1, 999), (3, 0, 1, 666),
    ],
)  # fmt: skip
def test_progress_is_linear_and_clamped(start: int, target: int, value: int, expected: int) -> None:
    assert between(start, target, value) == expected


def test_the_mean_is_of_what_is_known() -> None:
    assert mean([(100, 500), (50, 200), (100, None)]) == 400
    assert mean([(0, 500), (100, None)]) is None
    assert mean([]) is None


def test_the_latest_check_in_is_the_value(company: Company) -> None:
    row = result(company, objective(company, "Grow"), scale=1, start=0, target=400)
    (found,) = by_name(company.bob)["Grow"].results
    assert (found.value, found.progress, found.confidence) == (None, 0, None)
    check_in(company, row, 100, confidence=80, day=3)
    check_in(company, row, 300, confidence=20, day=2)
    (found,) = by_name(company.bob)["Grow"].results
    assert (found.value, found.progress, found.confidence) == (100, 250, 80)
    check_in(company, row, 200, confidence=60, day=3)  # later on the same day
    (found,) = by_name(company.bob)["Grow"].results
    assert (found.value, found.progress, found.confidence) == (200, 500, 60)


def test_a_yes_is_all_and_a_no_is_nothing(company: Company) -> None:
    row = result(company, objective(company, "Grow"), kind="yes_no", target=1)
    check_in(company, row, 0, day=1)
    assert by_name(company.bob)["Grow"].progress == 0
    check_in(company, row, 1, day=2)
    assert by_name(company.bob)["Grow"].progress == 1000


def test_what_the_plan_says_is_read_from_it(company: Company) -> None:
    """The house is done to 37 % once it is designed, and will be ready on 13 March."""
    row = objective(company, "Move in", node=company.house)
    result(company, row, "Built", start=20, target=80, **of_plan(company.house))
    result(
        company, row, "Sooner", direction="down", start=day_number(date(2026, 3, 23)),
        target=day_number(date(2026, 3, 3)), **of_plan(company.house, "finish", "number"),
    )  # fmt: skip
    reached = {
        "target": day_number(date(2026, 3, 20)),
        **of_plan(company.tasks["ready"], "finish", "milestone"),
    }
    result(company, row, "Ready", **reached)
    finish(company, "design")
    built, sooner, ready = by_name(company.bob)["Move in"].results
    assert (built.value, built.progress, built.node) == (37, 283, "House")
    assert (sooner.value, sooner.progress) == (day_number(date(2026, 3, 13)), 500)
    assert (ready.value, ready.progress, ready.node) == (day_number(date(2026, 3, 13)), 0, "ready")
    check_in(company, ready.key_result, None, confidence=90)
    finish(company, "build", "ready")
    goal = by_name(company.bob)["Move in"]
    assert [each.progress for each in goal.results] == [1000, 500, 1000]
    assert (goal.progress, goal.confidence) == (833, 90)


def test_a_hidden_node_is_read_without_a_name(company: Company) -> None:
    row = objective(company, "Grow")
    result(company, row, **of_plan(company.secret))
    (found,) = by_name(company.bob)["Grow"].results
    assert (found.value, found.node) == (0, None)
    actions.remove_node(actor=company.alice, node=company.secret)
    (found,) = by_name(company.alice)["Grow"].results
    assert (found.value, found.progress) == (None, 0)


def test_progress_rolls_up_by_weight(company: Company) -> None:
    """Grow: its own key result, 100 % of weight 100, and Build, 25 % of weight 50; drafts do not count."""
    top = objective(company, "Grow")
    check_in(company, result(company, top), 100, confidence=90)
    build = objective(company, "Build", parent=top, weight=50)
    check_in(company, result(company, build, "a", weight=100), 0, confidence=30)
    check_in(company, result(company, build, "b", weight=100), 50, confidence=50)
    dropped = objective(company, "Dropped", parent=top)
    result(company, dropped)
    actions.move(dropped, actor=company.alice, to="dropped")
    actions.add(Objective, actor=company.alice, first=FIRST, last=LAST, name="Draft", parent=top)
    found = by_name(company.alice)
    assert (found["Build"].progress, found["Build"].confidence) == (250, 40)
    assert (found["Grow"].progress, found["Grow"].confidence) == (750, 73)
    assert (found["Draft"].progress, found["Draft"].confidence) == (None, None)


# The tree


def test_the_tree_leads_through_what_is_hidden(company: Company) -> None:
    """Grow → Hide (of the secret project) → Build: Bob sees Build below Grow no more, but Grow's numbers as all do."""
    top = objective(company, "Grow")
    hidden = objective(company, "Hide", parent=top, node=company.secret)
    check_in(company, result(company, hidden), 40, confidence=10)
    objective(company, "Build", parent=hidden, node=company.house)
    objective(company, "Aim", last=LAST)

    def shape(user: User) -> list[tuple[str, int, int | None]]:
        return [(each.objective.name, each.depth, each.parent) for each in objectives(rights_of(user))]

    assert shape(company.alice) == [
        ("Aim", 0, None), ("Grow", 0, None), ("Hide", 1, top.pk), ("Build", 2, hidden.pk),
    ]  # fmt: skip
    assert shape(company.bob) == [("Aim", 0, None), ("Grow", 0, None), ("Build", 1, None)]
    assert by_name(company.bob)["Grow"].progress == by_name(company.alice)["Grow"].progress == 400


def test_what_hangs_on_a_removed_project_is_gone(company: Company) -> None:
    top = objective(company, "Grow")
    check_in(company, result(company, objective(company, "Hide", parent=top, node=company.secret)), 40)
    assert by_name(company.alice)["Grow"].progress == 400
    actions.remove_node(actor=company.alice, node=company.secret)
    found = by_name(company.alice)
    assert set(found) == {"Grow"}
    assert found["Grow"].progress is None


def test_removing_an_objective_leaves_those_below(company: Company) -> None:
    top = objective(company, "Grow")
    below = objective(company, "Build", parent=top)
    check_in(company, result(company, top), 5)
    actions.remove(top, actor=company.alice)
    assert [(each.objective.name, each.depth) for each in objectives(rights_of(company.bob))] == [
        ("Build", 0)
    ]
    actions.undo(actor=company.alice)
    below.refresh_from_db()
    assert below.parent == top
    assert CheckIn.objects.get(key_result__objective=top).value == 5
    assert Objective.objects.get(pk=top.pk).state == ObjectiveState.ACTIVE


def test_objectives_cost_the_same_for_many(company: Company, django_assert_num_queries: Any) -> None:
    top = objective(company, "Grow")
    check_in(company, result(company, top), 5)
    result(company, top, **of_plan(company.house))
    rights = rights_of(company.alice)
    with django_assert_num_queries(5):
        objectives(rights)
    for number in range(6):
        row = objective(company, f"O{number}", parent=top, node=company.house, owner=company.bob)
        check_in(company, result(company, row), number)
        result(company, row, **of_plan(company.tasks["build"]))
    with django_assert_num_queries(5):
        assert len(objectives(rights)) == 7
