"""What changes would come to over the live plan, without anybody making them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from triptych.apps.people.refusals import Invalid
from triptych.apps.people.roles import Verb
from triptych.apps.project import bridge
from triptych.apps.project.bridge import Computed
from triptych.apps.project.changes import NewTask, Wish, context, subjects
from triptych.apps.project.models import ProjectSettings
from triptych.apps.project.rules import Rights, calendars_visible_to
from triptych.engine import Ripple
from triptych.engine.impact import Impact
from triptych.plan.changes import CannotApply, Change, SetCalendar, SetResource
from triptych.plan.diagnostics import Diagnostic, warning
from triptych.plan.model import Plan

from .actions.answer import impact_between
from .actions.editing import authorise_person, dated, new_task, people_of, projects_named
from .actions.perform import ripple_of


@dataclass(frozen=True)
class Tried:
    """The plan as it is and as it would be. `skipped` are the changes that no longer fit it, each with its place in the
    list and the reason; everything is told as the reader may know it."""

    rights: Rights
    before: Computed
    after: Computed
    ripple: Ripple
    impact: Impact
    skipped: tuple[Diagnostic, ...]


def try_changes(rights: Rights, node: int, changes: Sequence[Wish], *, beside: Collection[int] = ()) -> Tried:
    """Apply the changes to the live plan of a node of the upper tree, one after the other, leaving out what does not
    fit any more; and the projects `beside`, so that several answers are about the same plan.

    Nothing is written, and what the reader may not change may be tried: they need only see it.
    """
    own = ProjectSettings.objects.filter(node=node, node__in=rights.visible).values_list("node", flat=True)
    projects = {*own, *beside, *projects_named(rights, changes)}
    before = bridge.computed(bridge.reach(projects), workspace=rights.user.workspace_id)
    home = node if node in before.plan.project_index else None
    ids = [-1 - at for at in range(sum(isinstance(each, NewTask) for each in changes))]
    plan, skipped, numbers = before.plan, list[Diagnostic](), iter(ids)
    for place, wish in enumerate(changes, start=1):
        uid = next(numbers) if isinstance(wish, NewTask) else 0
        try:
            plan = _applied(rights, before, plan, home, wish, uid)
        except (CannotApply, Invalid) as fault:
            skipped.append(warning(fault.code, str(fault), f"change {place}"))
    after = bridge.compute(plan, before.deliverables)
    return Tried(
        rights,
        before,
        after,
        ripple_of(rights, before, after, home),
        impact_between(rights, before, after),
        tuple(skipped),
    )


def _applied(rights: Rights, before: Computed, plan: Plan, home: int | None, wish: Wish, uid: int) -> Plan:
    _refuse_hidden(rights, before, plan, wish)
    change: Change = new_task(wish, before, home, uid) if isinstance(wish, NewTask) else dated(wish, before)
    return change.apply(plan)


def _refuse_hidden(rights: Rights, before: Computed, plan: Plan, wish: Wish) -> None:
    """Raises Invalid for a task, project, resource or calendar that the reader may not see, as for one that there is
    not."""
    known = before.plan.index_of
    for task in subjects([wish]) | context([wish]):
        hidden = task in known and not rights.may_on(Verb.VIEW, task, before.project_of(task))
        there = task in plan.index_of or (task in plan.project_index and task in rights.visible)
        if hidden or not there:
            raise Invalid("task.unknown", f"There is no task {task} in this plan.")
    for person in people_of(wish, before) | ({wish.value.uid} if isinstance(wish, SetResource) else set()):
        authorise_person(rights, person)
    if isinstance(wish, SetCalendar) and not calendars_visible_to(rights).filter(pk=wish.value.uid).exists():
        raise Invalid("calendar.unknown", f"There is no calendar {wish.value.uid} in this plan.")
