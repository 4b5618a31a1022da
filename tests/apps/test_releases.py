"""Releases: ready by what the plan and the features say, and shipped in one entry."""

from datetime import date
from typing import Any

import pytest

from tests.cast import Company
from tests.nouns.product import DAY, product_of
from triptych.apps.history.models import LogEntry
from triptych.apps.people.refusals import Conflict, Invalid, NotAllowed, NotVisible
from triptych.apps.product.actions import ship_release
from triptych.apps.product.models import Feature, FeatureState, LaunchTask, Product, Release, ReleaseState
from triptych.apps.product.queries.releases import Readiness, releases
from triptych.apps.project import actions
from triptych.apps.project.rules import rights_of
from triptych.plan.changes import SetProgress


def spring(company: Company, product: Product | None = None, **more: Any) -> Release:
    values: dict[str, Any] = {
        "name": "Spring",
        "milestone_id": company.tasks["ready"],
        "planned": date(2026, 3, 10),
    } | more
    return actions.add(Release, actor=company.alice, product=product or product_of(company), **values).row


def feature(company: Company, release: Release, name: str, *states: str, **more: Any) -> Feature:
    values: dict[str, Any] = {"product": release.product, "release": release, "name": name} | more
    row = actions.add(Feature, actor=company.alice, **values).row
    for state in states:
        row = actions.move(row, actor=company.alice, to=state).row
    return row


def finish(company: Company, *names: str) -> None:
    changes = [SetProgress(company.tasks[name], 100, None, None) for name in names]
    actions.change_plan(actor=company.alice, project=company.house.pk, changes=changes)


def facts(found: Readiness) -> dict[str, tuple[int, int]]:
    return {each.name: (each.done, each.of) for each in found.facts}


BUILT = ("planned", "building")

# Ready


def test_a_release_is_ready_by_facts(company: Company) -> None:
    release = spring(company)
    actions.mark_deliverable(actor=company.alice, task=company.tasks["build"])
    feature(company, release, "Roof", *BUILT, deliverable_id=company.tasks["build"])
    feature(company, release, "Door", *BUILT, "released")
    feature(company, release, "Moat", "dropped")
    lines: list[tuple[str, dict[str, Any]]] = [
        ("Press", {}), ("Design", {"task_id": company.tasks["design"]}), ("Cake", {"needed": False}),
    ]  # fmt: skip
    for name, more in lines:
        actions.add(LaunchTask, actor=company.alice, release=release, name=name, **more)
    (found,) = releases(rights_of(company.bob))
    assert facts(found) == {"features": (1, 2), "launch tasks": (0, 2), "milestone": (0, 1)}
    assert (found.go, found.late) == (False, 3)  # ready on 13 March
    assert [(each.task, each.percent, each.done) for each in found.checks] == [
        (None, None, False), ("design", 0, False), (None, None, False),
    ]  # fmt: skip
    press = LaunchTask.objects.get(name="Press")
    actions.change(press, actor=company.alice, done=DAY)
    finish(company, "design", "build", "ready")
    (found,) = releases(rights_of(company.bob))
    assert facts(found) == {"features": (2, 2), "launch tasks": (2, 2), "milestone": (1, 1)}
    assert found.go


def test_what_is_hidden_counts_without_a_name(company: Company) -> None:
    actions.mark_deliverable(actor=company.alice, task=company.tasks["party"])
    release = spring(company, milestone_id=company.tasks["party"])
    actions.add(
        LaunchTask, actor=company.alice, release=release, name="Permit", task_id=company.tasks["permit"]
    )
    (found,) = releases(rights_of(company.bob))
    assert found.delivery is not None
    assert (found.delivery.name, found.delivery.project_name) == (None, None)
    assert [(each.task, each.percent) for each in found.checks] == [(None, 0)]
    assert facts(found) == {"features": (0, 0), "launch tasks": (0, 1), "milestone": (0, 1)}
    (found,) = releases(rights_of(company.alice))
    assert [each.task for each in found.checks] == ["permit"]


def test_releases_cost_the_same_for_many(company: Company, django_assert_num_queries: Any) -> None:
    first = spring(company)
    feature(company, first, "Roof")
    actions.add(LaunchTask, actor=company.alice, release=first, name="Press")
    later = spring(company, first.product, name="Later", planned=None)
    sooner = spring(company, product_of(company, "Boat"), name="Sooner", planned=DAY)
    rights = rights_of(company.alice)
    with django_assert_num_queries(5):
        assert [each.release for each in releases(rights)] == [sooner, first, later]
    with django_assert_num_queries(5):
        assert [each.release for each in releases(rights, product=first.product_id)] == [first, later]
    assert releases(rights_of(company.charlie)) == []


# Shipping


def test_a_release_ships_what_was_built_in_one_entry(company: Company) -> None:
    release = spring(company)
    roof, moat = feature(company, release, "Roof", *BUILT), feature(company, release, "Moat", "dropped")
    before = LogEntry.objects.count()
    done = ship_release(release, actor=company.alice, on=DAY)
    assert LogEntry.objects.count() == before + 1
    assert done.entry is not None
    assert (done.entry.verb, done.entry.sentence) == ("ship_release", "Released “Spring” of “Home”")
    release.refresh_from_db()
    assert (release.state, release.released) == (ReleaseState.RELEASED, DAY)
    roof.refresh_from_db()
    moat.refresh_from_db()
    assert (roof.state, moat.state) == (FeatureState.RELEASED, FeatureState.DROPPED)
    with pytest.raises(Conflict, match="out already"):
        ship_release(release, actor=company.alice, on=DAY)
    actions.undo(actor=company.alice)
    release.refresh_from_db()
    roof.refresh_from_db()
    assert (release.state, release.released, roof.state) == (
        ReleaseState.PLANNED, None, FeatureState.BUILDING,
    )  # fmt: skip


def test_a_release_does_not_ship_what_nobody_built(company: Company) -> None:
    release = spring(company)
    feature(company, release, "Roof")
    with pytest.raises(Conflict, match="“Roof”"):
        ship_release(release, actor=company.alice, on=DAY)


def test_who_may_ship(company: Company) -> None:
    release = spring(company)
    with pytest.raises(NotAllowed):
        ship_release(release, actor=company.bob, on=DAY)
    with pytest.raises(NotVisible):
        ship_release(release, actor=company.charlie, on=DAY)
    with pytest.raises(Invalid, match="not changed by itself"):
        actions.change(release, actor=company.alice, state="released", released=DAY)


def test_what_a_release_and_a_launch_task_may_point_at(company: Company) -> None:
    with pytest.raises(Invalid, match="milestone or a deliverable"):
        spring(company, milestone_id=company.tasks["build"])
    release = spring(company, product_of(company, "Boat"))
    with pytest.raises(Invalid, match="a task of a plan"):
        actions.add(LaunchTask, actor=company.alice, release=release, name="Build", task_id=company.house.pk)
    with pytest.raises(Invalid, match="The plan says"):
        actions.add(
            LaunchTask,
            actor=company.alice,
            release=release,
            name="Build",
            task_id=company.tasks["build"],
            done=DAY,
        )
    with pytest.raises(Invalid, match="no such task"):
        actions.add(LaunchTask, actor=company.alice, release=release, name="Build", task_id=10**9)
