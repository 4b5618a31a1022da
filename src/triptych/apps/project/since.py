"""The record as it was at a moment, and what has changed since."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from triptych.apps.history.folding import rows_as_of, seq_at, since
from triptych.apps.history.queries import News, between
from triptych.apps.people.records import Record
from triptych.apps.people.refusals import NotVisible
from triptych.apps.people.roles import Verb
from triptych.apps.project import bridge
from triptych.apps.project.bridge import Computed
from triptych.apps.project.models import Node
from triptych.apps.project.rules import Rights, records_visible_to
from triptych.engine import Ripple, compare

_R = TypeVar("_R", bound=Record)


@dataclass(frozen=True)
class Since:
    """A project then and now: what moved, and the entries of the log that came between, oldest first."""

    then: Computed
    now: Computed
    ripple: Ripple
    news: tuple[News, ...]


def project_as_of(rights: Rights, project: int, at: datetime | int) -> Computed:
    """The plan of a project, and of all that links connected with it, as it was at a moment (aware) or after an entry;
    scheduled by the rules of today.

    Rights are those of now: who may see the project may see its past. Raises NotVisible for a project that the reader may
    not see or that was not there yet.
    """
    if project not in rights.visible:
        raise NotVisible
    try:
        return bridge.computed_as_of([project], _seq(rights, at), workspace=rights.user.workspace_id)
    except ValueError as fault:
        raise NotVisible from fault


def changed_since(rights: Rights, project: int, at: datetime | int) -> Since:
    """What has changed in a project since a moment (aware) or an entry. Raises as `project_as_of`."""
    seq, then = _seq(rights, at), project_as_of(rights, project, at)
    now = bridge.computed(bridge.reach([project]))
    row = now.plan.project_index[project]
    ripple = compare(then.schedule, now.schedule, project=row)
    found = between(seq, workspace=rights.user.workspace_id, node=project, where=rights.where)
    return Since(then, now, ripple, tuple(found))


def records_as_of(rights: Rights, model: type[_R], at: datetime | int) -> dict[int, _R]:
    """The rows of a noun that the reader may see, as they were at a moment or after an entry, by number; those that have
    been removed since among them. They are not to be saved. Rights are those of now, by where each row now hangs, or hung
    last. What a row hung on is that of then too, where the reader may see it."""
    terms, workspace, seq = model.TERMS, rights.user.workspace_id, _seq(rights, at)
    seen = records_visible_to(rights, model)
    found = rows_as_of(seen, model, since(seq, workspace=workspace, nodes=_nodes(rights, terms.see)))
    there = set(model._default_manager.filter(pk__in=found).values_list("pk", flat=True))  # noqa: SLF001 - Django's name
    mine = set(seen.values_list("pk", flat=True))
    above = _above(rights, model, found.values(), seq)
    hung = _hung(rights, model, above)
    kept = {pk: row for pk, row in found.items() if pk in mine or (pk not in there and hung(row))}
    first = terms.home.partition("__")[0]
    for row in kept.values() if first else ():
        if (home := above.get(getattr(row, f"{first}_id"))) is not None:
            setattr(row, first, home)
    return kept


def _nodes(rights: Rights, verb: Verb) -> frozenset[int]:
    """Every node that the log speaks of and on which the reader may do it."""
    return rights.where(verb) | {node for node, verbs in rights.inner.items() if verb in verbs}


def _above(
    rights: Rights, model: type[Record], rows: Iterable[Record], seq: int
) -> Mapping[int, Node | Record]:
    """What the rows hung on, by number: nodes, or the rows of another noun as they were and as the reader may see them."""
    first, _, rest = model.TERMS.home.partition("__")
    if not first:
        return {}
    if not rest:
        return Node.objects.in_bulk({key for row in rows if (key := getattr(row, f"{first}_id")) is not None})
    above = model._meta.get_field(first).related_model  # noqa: SLF001 - Django's documented way
    if not isinstance(above, type) or not issubclass(above, Record):
        raise TypeError(f"the home of a {model.TERMS.word} leads through what is no noun")
    return records_as_of(rights, above, seq)


def _hung(
    rights: Rights, model: type[Record], above: Mapping[int, Node | Record]
) -> Callable[[Record], bool]:
    """Whether a row that is gone hung where the reader may look: on a node, or on a row that they were shown."""
    terms = model.TERMS
    first, _, rest = terms.home.partition("__")
    if not first:
        return lambda _: terms.see is Verb.VIEW or rights.may_anywhere(terms.see)
    key = f"{first}_id"
    if rest:
        return lambda row: getattr(row, key) in above
    nodes = _seen_with(rights, terms.see)
    return lambda row: (
        getattr(row, key) in nodes or (getattr(row, key) is None and _everywhere(rights, terms.see))
    )


def _seen_with(rights: Rights, verb: Verb) -> set[int]:
    """The nodes of the tree, tasks included, on which the reader may do it."""
    upper = rights.where(verb)
    below = Node.objects.filter(project__in=upper).values_list("pk", flat=True)
    return {*upper, *below, *_nodes(rights, verb)}


def _everywhere(rights: Rights, verb: Verb) -> bool:
    return verb is Verb.VIEW or rights.may_everywhere(verb)


def _seq(rights: Rights, at: datetime | int) -> int:
    return at if isinstance(at, int) else seq_at(rights.user.workspace_id, at)
