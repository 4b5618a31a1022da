"""The releases of a product, and whether they are ready, by what the plan and the features say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from triptych.apps.people.roles import Verb
from triptych.apps.product.models import Feature, FeatureState, LaunchTask, Release
from triptych.apps.project.completion import Completion, completion
from triptych.apps.project.models import Node
from triptych.apps.project.rules import Rights, records_visible_to
from triptych.plan.quantities import moment

from .delivery import WAY, Delivery, dates_of, delivery


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that makes a release ready: of so many, so many are done."""

    name: str
    done: int
    of: int

    @property
    def holds(self) -> bool:
        return self.done == self.of


@dataclass(frozen=True, slots=True)
class Check:
    """A line of the launch checklist. `task` is the name of the task in the plan that it points at, None where the
    reader may not see that, or there is none; `percent` how far that task is."""

    line: LaunchTask
    task: str | None
    percent: int | None
    done: bool


@dataclass(frozen=True, slots=True)
class Readiness:
    """A release with what delivers it, its features, its launch checklist, and the facts that make it ready.

    `late` is by how many days the computed finish of the milestone is after the day that was planned, None where
    either is not known.
    """

    release: Release
    delivery: Delivery | None
    features: Sequence[Feature]
    checks: Sequence[Check]
    facts: Sequence[Fact]
    late: int | None

    @property
    def go(self) -> bool:
        """Whether all facts hold: go, or no go."""
        return all(each.holds for each in self.facts)


def releases(rights: Rights, *, product: int | None = None) -> list[Readiness]:
    """The releases a reader may see, of one product if named; the next ones first, those without a day last.

    A release is ready once each of its features is out or its deliverable is done, its milestone is reached, and
    everything on its launch checklist that is needed is done. What is hidden from the reader counts as for everybody,
    without a name. At most five statements.
    """
    features = Feature.objects.exclude(state=FeatureState.DROPPED).order_by("id")
    checklist = LaunchTask.objects.select_related("task", "owner").order_by("position", "id")
    rows = records_visible_to(rights, Release).select_related("product", f"milestone{WAY}")
    if product is not None:
        rows = rows.filter(product=product)
    found = list(rows.prefetch_related(Prefetch("features", features), Prefetch("launch_tasks", checklist)))
    found.sort(key=lambda each: (each.planned or date.max, each.pk))
    dates = dates_of([each.milestone_id for each in found])
    state = completion(_asked(found))
    return [_readiness(rights, each, delivery(rights, each.milestone, dates), state) for each in found]


def _asked(found: Sequence[Release]) -> set[int]:
    """The nodes of the tree whose completion decides."""
    asked = {each.milestone_id for each in found}
    for each in found:
        asked |= {feature.deliverable_id for feature in each.features.all()}
        asked |= {line.task_id for line in each.launch_tasks.all()}
    return {pk for pk in asked if pk is not None}


def _readiness(
    rights: Rights, release: Release, made: Delivery | None, state: dict[int, Completion]
) -> Readiness:
    features = list(release.features.all())
    checks = [_check(rights, each, state) for each in release.launch_tasks.all()]
    needed = [each for each in checks if each.line.needed]
    facts = [
        Fact("features", sum(_is_built(each, state) for each in features), len(features)),
        Fact("launch tasks", sum(each.done for each in needed), len(needed)),
    ]
    milestone = state.get(release.milestone_id or 0)
    if made is not None:
        facts.append(Fact("milestone", int(bool(milestone and milestone.complete)), 1))
    late = (
        (moment(milestone.finish).date() - release.planned).days
        if milestone is not None and release.planned is not None
        else None
    )
    return Readiness(release, made, features, checks, facts, late)


def _is_built(feature: Feature, state: dict[int, Completion]) -> bool:
    made = state.get(feature.deliverable_id or 0)
    return feature.state == FeatureState.RELEASED or bool(made and made.complete)


def _check(rights: Rights, line: LaunchTask, state: dict[int, Completion]) -> Check:
    if line.task is None:
        return Check(line, None, None, line.done is not None)
    done = state.get(line.task.pk)
    name = line.task.name if _is_seen(rights, line.task) else None
    return Check(line, name, done.percent if done else None, bool(done and done.complete))


def _is_seen(rights: Rights, node: Node) -> bool:
    return node.removed_by_id is None and rights.may_on(Verb.VIEW, node.pk, node.project_id)
