"""Alternatives worked out over the plan as it is, and side by side."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from triptych.apps.control.models import Scenario
from triptych.apps.control.models.scenarios import Changes
from triptych.apps.people.refusals import NotVisible
from triptych.apps.people.roles import Verb
from triptych.apps.project import bridge
from triptych.apps.project.actions.answer import impact_between
from triptych.apps.project.actions.editing import projects_named
from triptych.apps.project.actions.perform import ripple_of
from triptych.apps.project.changes import NewTask, Wish, context, subjects, wishes_to_json
from triptych.apps.project.models import Node
from triptych.apps.project.rules import (
    NONE,
    Rights,
    calendars_visible_to,
    on_nodes,
    records_visible_to,
    resources_visible_to,
)
from triptych.apps.project.trying import Tried, try_changes
from triptych.engine import Ripple, compare
from triptych.plan.changes import SetCalendar, SetResource
from triptych.plan.quantities import spell_instant

from .below import below


@dataclass(frozen=True)
class Alternative:
    """A scenario, and what the plan would be with it."""

    scenario: Scenario
    tried: Tried


@dataclass(frozen=True)
class Pair:
    """Two alternatives over one and the same plan; `ripple` is what differs from the first to the second."""

    one: Alternative
    other: Alternative
    ripple: Ripple


def scenario(rights: Rights, pk: int) -> Scenario:
    """A scenario that the reader may see. Raises NotVisible."""
    found = records_visible_to(rights, Scenario).filter(pk=pk).select_related("node", "author").first()
    if found is None:
        raise NotVisible
    return found


def worked_out(rights: Rights, row: Changes) -> Tried:
    """What the changes of a scenario or a change request would come to now, as the reader may know it."""
    return try_changes(rights, row.node_id, row.wishes)


def side_by_side(rights: Rights, rows: Sequence[Scenario]) -> list[Alternative]:
    """Several scenarios, each over the same live plan: everything that any of them names or reaches."""
    named = {each for row in rows for each in projects_named(rights, row.wishes)}
    reached = bridge.reach(named | {row.node_id for row in rows if row.node.kind == "project"})
    return [Alternative(row, try_changes(rights, row.node_id, row.wishes, beside=reached)) for row in rows]


def compared(rights: Rights, one: Scenario, other: Scenario) -> Pair:
    """Two scenarios, and how the plan of the second differs from that of the first."""
    left, right = side_by_side(rights, [one, other])
    plan = left.tried.after.plan
    focus = plan.project_index.get(one.node_id, 0)
    return Pair(left, right, compare(left.tried.after.schedule, right.tried.after.schedule, project=focus))


def told_changes(rights: Rights, rows: Iterable[Changes]) -> dict[int, list[dict[str, Any]]]:
    """The changes of some rows, by their numbers, as the reader may know them: of a change that names what they may not
    see the kind alone, and so of those that speak of a task that such a change adds. One statement, or three."""
    wishes = {row.pk: _wishes_of(row) for row in rows}
    every = [each for found in wishes.values() for each in found]
    seen = _seen(rights, every)
    return {pk: _veiled(found, seen) for pk, found in wishes.items()}


@dataclass(frozen=True)
class _Seen:
    """What the reader may see of what changes name, by number; `money` whether they may see any."""

    tasks: frozenset[int]
    resources: frozenset[int]
    calendars: frozenset[int]
    money: bool

    def shows(self, wish: Wish, hidden: set[int]) -> bool:
        """Whether the reader may see all that a change names; `hidden` are new tasks that they may not."""
        named = subjects([wish]) | context([wish])
        if not {each for each in named if each > 0} <= self.tasks or not named.isdisjoint(hidden):
            return False
        if isinstance(wish, SetResource):
            return self.money and wish.value.uid in self.resources
        return not isinstance(wish, SetCalendar) or wish.value.uid in self.calendars


def _wishes_of(row: Changes) -> list[Wish]:
    """The changes of a row; none for a row of the past that spells them as no plan does any more."""
    try:
        return row.wishes
    except ValueError:
        return []


def _seen(rights: Rights, wishes: Sequence[Wish]) -> _Seen:
    named = subjects(wishes) | context(wishes)
    people = {each.value.uid for each in wishes if isinstance(each, SetResource)}
    shifts = {each.value.uid for each in wishes if isinstance(each, SetCalendar)}
    return _Seen(
        _numbers(Node.objects.filter(on_nodes(rights, "", Verb.VIEW)), named),
        _numbers(resources_visible_to(rights), people),
        _numbers(calendars_visible_to(rights), shifts),
        rights.may_anywhere(Verb.SEE_MONEY),
    )


def _numbers(rows: QuerySet[Any], among: set[int]) -> frozenset[int]:
    return frozenset(rows.filter(pk__in=among).values_list("pk", flat=True)) if among else frozenset()


def _veiled(wishes: Sequence[Wish], seen: _Seen) -> list[dict[str, Any]]:
    hidden, added, found = set[int](), 0, list[dict[str, Any]]()
    for wish, spelt in zip(wishes, wishes_to_json(wishes), strict=True):
        shown = seen.shows(wish, hidden)
        if isinstance(wish, NewTask):
            added += 1
            hidden |= set() if shown else {-added}
        found.append(spelt if shown else {"op": wish.op})
    return found


def impact_facts(tried: Tried, node: Node) -> tuple[dict[str, Any], dict[str, list[int]]]:
    """What changes come to for a node of the upper tree and what is below it, as figures that JSON holds: what a change
    request is decided on; and, apart, the cost before and after, in hundredths by currency.

    The same for everybody, for it is kept: who may see the node may see what is below it, and so with money. Of people it
    tells how many minutes are too much over all projects, as every impact does.
    """
    own = frozenset(Node.objects.filter(below(node, ""), project=None).values_list("pk", flat=True))
    rights = Rights(tried.rights.user, NONE, dict.fromkeys(own, frozenset({Verb.VIEW, Verb.SEE_MONEY})))
    found = impact_between(rights, tried.before, tried.after)
    ripple = ripple_of(rights, tried.before, tried.after, node.pk)
    moved = [each for each in ripple.moved if tried.after.project_of(each.task) in own]
    facts: dict[str, Any] = {
        "tasks": sum(not each.milestone for each in moved),
        "milestones": [each.task for each in found.milestones],
        "overload_minutes": [found.overload_total.before, found.overload_total.after],
    }
    if not own.isdisjoint(tried.after.plan.project_index):
        facts |= {
            "finish_before": spell_instant(ripple.finish_before),
            "finish_after": spell_instant(ripple.finish_after),
            "finish_delta_minutes": ripple.finish_delta_minutes,
        }
    return facts, {currency: [each.before, each.after] for currency, each in found.cost.items()}
