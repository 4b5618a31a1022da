"""Who may see and do what: the one place that every door, query, count and stream asks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar

from django.db import connection
from django.db.models import Q, QuerySet

from triptych.apps.people.models import User
from triptych.apps.people.records import Record, Terms
from triptych.apps.people.refusals import NotAllowed, NotVisible
from triptych.apps.people.roles import MAY, WORDS, Role, Verb, rank

from .models import UPPER, Calendar, Grant, Node, Resource

Verbs = frozenset[Verb]

NONE: Verbs = frozenset()

_R = TypeVar("_R", bound=Record)


@dataclass(frozen=True)
class Rights:
    """One user's rights over the tree: what they may do on the workspace (`everywhere`), on each node of the upper
    tree (`nodes`), and below a project where a role is granted there (`inner`, in the projects `glimpsed`); inherited
    rights included. `roles` are those of the trade that they hold anywhere.

    Read in three queries. It is a picture of one moment: take a new one for each request.
    """

    user: User
    everywhere: Verbs
    nodes: Mapping[int, Verbs]
    inner: Mapping[int, Verbs] = field(default_factory=dict)
    glimpsed: frozenset[int] = frozenset()
    roles: frozenset[Role] = frozenset()

    @cached_property
    def visible(self) -> frozenset[int]:
        """The portfolios, programs and projects the user may see."""
        return self.where(Verb.VIEW)

    def where(self, verb: Verb) -> frozenset[int]:
        """The nodes of the upper tree on which the user may do `verb`."""
        return frozenset(node for node, verbs in self.nodes.items() if verb in verbs)

    def may(self, verb: Verb, node: int) -> bool:
        """Whether the user may do `verb` on that node of the upper tree, and so on all below it."""
        return verb in self.nodes.get(node, NONE)

    def may_on(self, verb: Verb, task: int, project: int | None) -> bool:
        """Whether the user may do `verb` on a node, by its project's right (or its own, in the upper tree) or by a
        role granted below the project."""
        return verb in self.at(task, project)

    def at(self, task: int, project: int | None) -> Verbs:
        """All that the user may do on a node, given its project (None in the upper tree)."""
        return self.nodes.get(task if project is None else project, NONE) | self.inner.get(task, NONE)

    def may_everywhere(self, verb: Verb) -> bool:
        """Whether the user may do `verb` on the workspace itself."""
        return verb in self.everywhere

    def may_anywhere(self, verb: Verb) -> bool:
        """Whether there is any place where the user may do `verb`."""
        return verb in self.everywhere.union(*self.nodes.values(), *self.inner.values())

    @property
    def as_approver(self) -> "Rights":
        """These rights for making what the user approves: where they may approve, they may change plans and record
        progress too."""
        return replace(
            self,
            everywhere=_approving(self.everywhere),
            nodes={node: _approving(verbs) for node, verbs in self.nodes.items()},
            inner={node: _approving(verbs) for node, verbs in self.inner.items()},
        )

    @property
    def is_stranger(self) -> bool:
        """Whether the user may do nothing at all."""
        return not (self.everywhere or self.nodes or self.inner)

    @property
    def highest(self) -> Role | None:
        """The user's highest role of the trade."""
        return min(self.roles, key=rank) if self.roles else None

    def need(self, verb: Verb, node: int) -> None:
        """Raises NotVisible if the user may not see the node, NotAllowed if they may not do `verb` there."""
        self.need_on(verb, node, None)

    def need_on(self, verb: Verb, task: int, project: int | None) -> None:
        """As `need`, of any node of the tree and its project (None in the upper tree)."""
        if not self.may_on(Verb.VIEW, task, project):
            raise NotVisible
        if not self.may_on(verb, task, project):
            raise NotAllowed(f"Your role does not let you {WORDS[verb]}.")

    def need_sight(self, project: int) -> None:
        """Raises NotVisible unless the user may see the project, or something in it."""
        if project not in self.visible | self.glimpsed:
            raise NotVisible

    def need_everywhere(self, verb: Verb) -> None:
        """Raises NotAllowed unless the user may do `verb` on the workspace."""
        if not self.may_everywhere(verb):
            raise NotAllowed(f"Your role does not let you {WORDS[verb]}.")

    def need_at(self, verb: Verb, home: Node | None) -> None:
        """As `need`, of any node, or of the workspace."""
        if home is None:
            self.need_everywhere(verb)
        elif home.workspace_id != self.user.workspace_id or home.removed_by_id is not None:
            raise NotVisible
        else:
            self.need_on(verb, home.pk, home.project_id)


def _approving(verbs: Verbs) -> Verbs:
    return verbs | {Verb.EDIT_PLAN, Verb.PROGRESS} if Verb.APPROVE in verbs else verbs


def rights_of(user: User) -> Rights:
    """The user's rights now: by their own grants and those of their teams."""
    granted: dict[int | None, Verbs] = {}
    roles: set[Role] = set()
    held = Grant.objects.filter(Q(user=user) | Q(team__members__user=user))
    for node, role, custom in held.values_list("node", "role", "custom__verbs"):
        verbs = MAY[Role(role)] if role else frozenset(map(Verb, custom))
        granted[node] = granted.get(node, NONE) | verbs
        roles |= {Role(role)} if role else set()
    everywhere = granted.get(None, NONE)
    upper = Node.objects.filter(workspace=user.workspace_id, project=None, removed_by=None)
    parents: dict[int, int | None] = dict(upper.values_list("id", "parent_id"))
    nodes: dict[int, Verbs] = {}
    for node in parents:
        _inherit(node, parents, granted, nodes, everywhere)
    held_nodes = {node: verbs for node, verbs in nodes.items() if verbs}
    inner, glimpsed = _inner({node: verbs for node, verbs in granted.items() if node and node not in parents})
    return Rights(user, everywhere, held_nodes, inner, glimpsed, frozenset(roles))


def _inherit(
    node: int,
    parents: dict[int, int | None],
    granted: dict[int | None, Verbs],
    nodes: dict[int, Verbs],
    everywhere: Verbs,
) -> None:
    """Fill in the rights of the node and of those above it. A circle, which nobody should be able to make, brings only
    what is granted in it: everybody's rights are read here, and must be."""
    way: dict[int, None] = {}
    step: int | None = node
    while step is not None and step in parents and step not in nodes and step not in way:
        way[step] = None
        step = parents[step]
    above = everywhere if step is None else nodes.get(step, NONE)
    for each in reversed(way):
        above = nodes[each] = above | granted.get(each, NONE)


_BELOW = """
WITH RECURSIVE below(id, root, project) AS (
    SELECT task.id, task.id, owner.id FROM project_node task JOIN project_node owner ON owner.id = task.project_id
    WHERE task.id IN ({marks}) AND task.removed_by_id IS NULL AND owner.removed_by_id IS NULL
    UNION ALL
    SELECT task.id, below.root, below.project FROM project_node task JOIN below ON task.parent_id = below.id
    WHERE task.removed_by_id IS NULL
)
SELECT id, root, project FROM below
"""


def _inner(granted: Mapping[int, Verbs]) -> tuple[dict[int, Verbs], frozenset[int]]:
    """The rights on nodes below projects, where they were granted and below that; and those projects."""
    found: dict[int, Verbs] = {}
    projects: set[int] = set()
    if not granted:
        return found, frozenset()
    with connection.cursor() as cursor:
        # Only marks are put into the statement; numbers travel as parameters.
        cursor.execute(_BELOW.format(marks=", ".join(["%s"] * len(granted))), list(granted))
        for node, root, project in cursor.fetchall():
            found[node] = found.get(node, NONE) | granted[root]
            projects.add(project)
    return found, frozenset(projects)


def visible_to(actor: User, rights: Rights | None = None) -> QuerySet[Node]:
    """Every node of the tree that the actor may see and that is not removed."""
    rights = rights or rights_of(actor)
    return Node.objects.filter(on_nodes(rights, "", Verb.VIEW), removed_by=None)


def may(actor: User, verb: Verb, node: Node) -> bool:
    """Whether the actor may do `verb` on the node."""
    return rights_of(actor).may_on(verb, node.pk, node.project_id)


def on_nodes(rights: Rights, path: str, verb: Verb) -> Q:
    """The rows whose node at `path` (empty for nodes themselves) is one on which the user may do `verb`."""
    way = f"{path}__" if path else ""
    nodes = rights.where(verb)
    inner = [node for node, verbs in rights.inner.items() if verb in verbs]
    upper = Q(**{f"{way}pk__in": nodes, f"{way}project": None})
    found = upper | Q(**{f"{way}project__in": nodes})
    return found | Q(**{f"{way}pk__in": inner}) if inner else found


def records_visible_to(rights: Rights, model: type[_R]) -> QuerySet[_R]:
    """The rows of a noun that the user may see: those on nodes where they have the right, and what is the whole
    workspace's for whoever has any."""
    terms = model.TERMS
    rows = model._default_manager.filter(workspace=rights.user.workspace_id)  # noqa: SLF001 - Django's name
    if rights.is_stranger:
        return rows.none()
    if terms.own and terms.see is not Verb.VIEW:
        return rows.filter(_seen(rights, terms) | Q(**{terms.own: rights.user}))
    return rows.filter(_seen(rights, terms))


def _seen(rights: Rights, terms: Terms) -> Q:
    if not terms.home:
        return Q() if terms.see is Verb.VIEW or rights.may_anywhere(terms.see) else Q(pk=None)
    within = on_nodes(rights, terms.home, terms.see) & Q(**{f"{terms.home}__removed_by": None})
    if terms.see is Verb.VIEW or rights.may_everywhere(terms.see):
        return within | Q(**{terms.home: None})
    return within


def need_for(rights: Rights, verb: Verb, row: Record) -> None:
    """Raises NotVisible or NotAllowed unless the user may do `verb` where the row hangs.

    What belongs to the workspace as a whole (labels, calendars) is for whoever may do so anywhere in it, but for
    what takes an administrator; what hangs on the workspace and could hang on a node (a company's objective) is
    for who may do so everywhere.
    """
    if row.workspace_id != rights.user.workspace_id:
        raise NotVisible
    if row.TERMS.home or verb is Verb.ADMINISTER:
        rights.need_at(verb, row.home)
    elif not rights.may_anywhere(verb):
        raise NotAllowed(f"Your role does not let you {WORDS[verb]}.")


def is_own(rights: Rights, row: Record) -> bool:
    """Whether the row is the user's own."""
    own = row.TERMS.own
    return bool(own) and bool(getattr(row, f"{own}_id") == rights.user.pk)


def need_to_change(rights: Rights, row: Record) -> Verb:
    """The right by which the user may change or remove the row. Raises NotVisible or NotAllowed without it."""
    right = row.TERMS.add if is_own(rights, row) else row.TERMS.to_change
    need_for(rights, right, row)
    return right


def may_manage(rights: Rights, resource: Resource) -> bool:
    """Whether the absences of the resource are the user's to record: their own, or those of people they manage."""
    if resource.user_id == rights.user.pk:
        return True
    if resource.project_id is not None:
        return rights.may(Verb.MANAGE_PEOPLE, resource.project_id)
    return rights.may_anywhere(Verb.MANAGE_PEOPLE)


def resources_visible_to(rights: Rights) -> QuerySet[Resource]:
    """The resources of the workspace, for whoever holds a role in it, and of the projects the user may see."""
    if rights.is_stranger:
        return Resource.objects.none()
    mine = Q(project=None) | Q(project__in=rights.visible)
    return Resource.objects.filter(mine, workspace=rights.user.workspace_id)


def calendars_visible_to(rights: Rights) -> QuerySet[Calendar]:
    """The calendars of the workspace, for whoever holds a role in it, and of the projects the user may see."""
    if rights.is_stranger:
        return Calendar.objects.none()
    mine = Q(project=None) | Q(project__in=rights.visible)
    return Calendar.objects.filter(mine, workspace=rights.user.workspace_id)


def verbs_of(roles: Iterable[Role]) -> Verbs:
    """What these roles may do between them."""
    return NONE.union(*(MAY[role] for role in roles))


__all__ = [
    "UPPER", "Rights", "Verbs", "calendars_visible_to", "is_own", "may", "may_manage", "need_for", "need_to_change", "on_nodes", "records_visible_to", "resources_visible_to",
    "rights_of", "verbs_of", "visible_to",
]  # fmt: skip
