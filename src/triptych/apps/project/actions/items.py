"""Editing items in bulk: types, states, descriptions, points and custom fields."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any, Unpack

from triptych.apps.history import actions as log
from triptych.apps.history.ledger import Ledger
from triptych.apps.history.models import LogEntry
from triptych.apps.history.writing import API, Door, writing
from triptych.apps.people.models import User
from triptych.apps.people.refusals import Invalid, NotVisible
from triptych.apps.project import bridge
from triptych.apps.project.bridge import Computed
from triptych.apps.project.models import Node
from triptych.apps.project.rules import Rights, rights_of
from triptych.plan.changes import Change, SetProgress
from triptych.plan.quantities import NO_INSTANT, spell_instant

from .editing import MOST
from .perform import Deed, Outcome, perform
from .workflow import ItemValues, Rulebook, right_for, rulebook

#: Characters of a description.
LONGEST = 100_000
MOST_POINTS = 10_000


@dataclass(frozen=True)
class Edited:
    """The items were edited by `entry`, None in a preview and where there was nothing to change. `outcome` is what
    it moved in the plan, None where no progress follows from it."""

    items: list[int]
    entry: LogEntry | None
    outcome: Outcome | None


def edit_items(
    *,
    actor: User,
    items: Sequence[int],
    preview: bool = False,
    door: Door = API,
    **values: Unpack[ItemValues],
) -> Edited:
    """Set the same values on up to 5,000 items, of any projects: all of them or none, one entry, undone as one.

    Entering a state of category done sets the item's progress to 100 %, leaving it to 0 %, unless `progress` is
    given; a summary's progress stays what its tasks make it. An item that gets another type gets the first state
    of that type that is as far, unless `workflow_state` is given. With `preview` everything is checked and
    computed and nothing is written.

    Raises NotVisible for an item that the actor may not see, NotAllowed without the right on one of them (to
    change the plan; to move items on, to record progress, and what the step asks), and Invalid with everything
    that is wrong: each error names its item and its field.
    """
    wanted = sorted(set(items))
    _check(wanted, values)
    with nullcontext() if preview else writing():
        if not preview:
            bridge.lock(_projects(_standing(actor, wanted)))
        rights, nodes = rights_of(actor), _standing(actor, wanted)
        if len(nodes) != len(wanted):
            raise NotVisible
        book = rulebook(actor.workspace_id)
        settled = {node.pk: book.settle(rights, node, values) for node in nodes}
        if book.errors:
            raise Invalid("items.invalid", book.errors[0].message, errors=book.errors)
        columns = {pk: each for pk, each in settled.items() if each}
        return _write(_Edit(rights, nodes, columns, book, values), preview=preview, door=door)


@dataclass(frozen=True)
class _Edit:
    rights: Rights
    nodes: list[Node]
    columns: dict[int, dict[str, Any]]
    book: Rulebook
    values: ItemValues


def _write(edit: _Edit, *, preview: bool, door: Door) -> Edited:
    place, items = place_of(edit.rights, edit.nodes), [node.pk for node in edit.nodes]
    touches = frozenset(node.project_id or node.pk for node in edit.nodes) | frozenset(items)
    sentence, right = _tell(edit), right_for(edit.values)
    actor = edit.rights.user
    if edit.book.progress:
        deed = Deed(
            "edit_items",
            changes=lambda _, before: _progress(before, edit.book.progress),
            tell=lambda *_: sentence,
            rows=lambda ledger: ledger.change_each(Node, edit.columns),
            touches=touches,
            right=right,
        )
        projects = _projects(edit.nodes)
        outcome = perform(deed, actor=actor, node=place, projects=projects, preview=preview, door=door)
        return Edited(items, outcome.entry, outcome)
    if preview:
        return Edited(items, None, None)
    ledger = Ledger()
    ledger.change_each(Node, edit.columns)
    if not ledger.edits:
        return Edited(items, None, None)
    entry = log.append(
        actor=actor,
        door=door,
        verb="edit_items",
        sentence=sentence,
        right=right,
        node=place,
        touches=touches,
        plan=False,
        edits=ledger.edits,
    )
    return Edited(items, entry, None)


def _check(items: Sequence[int], values: ItemValues) -> None:
    """Raises Invalid for what no item could be given."""
    unknown = values.keys() - ItemValues.__annotations__.keys()
    description, points = values.get("description", ""), values.get("points")
    if not items or not values:
        raise Invalid("items.none", "There is nothing to change.")
    if len(items) > MOST:
        raise Invalid("items.too-many", f"At most {MOST} items can be edited at once.")
    if unknown:
        raise Invalid("items.unknown-value", f"Items have no {', '.join(sorted(unknown))}.")
    if len(description) > LONGEST or "\x00" in description:
        raise Invalid("items.bad-description", f"A description has at most {LONGEST} characters.")
    if points is not None and not 0 <= points <= MOST_POINTS:
        raise Invalid("items.bad-points", f"Points are from 0 to {MOST_POINTS}.")
    if not 0 <= values.get("progress", 0) <= 100:
        raise Invalid("items.bad-progress", "Progress is a share from 0 to 100.")


def _standing(actor: User, items: Iterable[int]) -> list[Node]:
    """The items that are not removed, nor their projects; whether the actor may see them is asked of each."""
    found = Node.objects.filter(pk__in=items, workspace=actor.workspace_id, removed_by=None)
    return list(found.filter(project__removed_by=None).order_by("pk"))


def _projects(nodes: Iterable[Node]) -> set[int]:
    return {node.project_id for node in nodes if node.project_id is not None}


def place_of(rights: Rights, nodes: Sequence[Node]) -> int:
    """Where an entry about these nodes belongs: the lowest node of the upper tree that is above all of them and
    that the actor may see; the first one's own project where there is none."""
    parents = dict(
        Node.objects.filter(workspace=rights.user.workspace_id, project=None).values_list("pk", "parent_id")
    )
    ways = [_way_up(start, parents) for start in sorted({node.project_id or node.pk for node in nodes})]
    shared = (each for each in ways[0] if all(each in way for way in ways) and each in rights.visible)
    return next(shared, ways[0][0])


def _way_up(node: int, parents: Mapping[int, int | None]) -> list[int]:
    way: list[int] = []
    step: int | None = node
    while step is not None:
        way.append(step)
        step = parents.get(step)
    return way


def _progress(before: Computed, wanted: Mapping[int, int]) -> list[Change]:
    """The changes that give tasks their percent complete; actual dates stay as far as they still hold."""
    plan, tasks = before.plan, before.plan.tasks
    found: list[Change] = []
    for task, percent in wanted.items():
        row = plan.index_of.get(task)
        if row is None or plan.is_summary[row] or int(tasks.percent_complete[row]) == percent:
            continue
        start = _spelled(int(tasks.actual_start[row])) if percent else None
        finish = _spelled(int(tasks.actual_finish[row])) if percent == 100 else None
        found.append(SetProgress(task, percent, start, finish))
    return found


def _spelled(value: int) -> str | None:
    return None if value == NO_INSTANT else spell_instant(value)


def _tell(edit: _Edit) -> str:
    """One sentence. It names an item if it is the only one, and never a value that not everybody may know."""
    which = f"“{edit.nodes[0].name[:120]}”" if len(edit.nodes) == 1 else f"{len(edit.nodes)} items"
    names = [each.replace("_", " ") for each in ItemValues.__annotations__ if each in edit.values]
    state = edit.book.states.get(edit.values.get("workflow_state") or 0)
    if names == ["workflow state"] and state is not None:
        return f"Moved {which} to {state.name}"
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return f"Changed the {listed} of {which}"
