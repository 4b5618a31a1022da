"""Who may see and do what: the one place that every door, query, count and stream asks."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, QuerySet

from triptych.apps.people.models import User
from triptych.apps.people.refusals import NotAllowed, NotVisible
from triptych.apps.people.roles import MAY, Role, Verb, rank

from .models import UPPER, Grant, Node, Resource

_WORDS = {
    Verb.COMMENT: "comment here",
    Verb.PROGRESS: "record progress here",
    Verb.EDIT_PLAN: "change this plan",
    Verb.IMPORT_PLAN: "import plans here",
    Verb.EDIT_PRODUCT: "change products here",
    Verb.MANAGE_PEOPLE: "manage people here",
    Verb.ADMINISTER: "administer this workspace",
    Verb.SEE_MONEY: "see money here",
}


@dataclass(frozen=True)
class Rights:
    """One user's rights over the upper tree: the roles held on each node, inherited ones included.

    Read in two queries. It is a picture of one moment: take a new one for each request.
    """

    user: User
    everywhere: frozenset[Role]
    roles: dict[int, frozenset[Role]]

    @cached_property
    def visible(self) -> frozenset[int]:
        """The portfolios, programs and projects the user may see."""
        return self.where(Verb.VIEW)

    def where(self, verb: Verb) -> frozenset[int]:
        """The nodes of the upper tree on which the user may do `verb`."""
        return frozenset(node for node, roles in self.roles.items() if _any_may(roles, verb))

    def may(self, verb: Verb, node: int) -> bool:
        """Whether the user may do `verb` on that node of the upper tree, and so on all below it."""
        return _any_may(self.roles.get(node, frozenset()), verb)

    def may_everywhere(self, verb: Verb) -> bool:
        """Whether the user may do `verb` on the workspace itself."""
        return _any_may(self.everywhere, verb)

    def may_anywhere(self, verb: Verb) -> bool:
        """Whether there is any place where the user may do `verb`."""
        return self.may_everywhere(verb) or bool(self.where(verb))

    @property
    def highest(self) -> Role | None:
        """The user's highest role."""
        held = self.everywhere.union(*self.roles.values())
        return min(held, key=rank) if held else None

    def need(self, verb: Verb, node: int) -> None:
        """Raises NotVisible if the user may not see the node, NotAllowed if they may not do `verb` there."""
        if node not in self.visible:
            raise NotVisible
        if not self.may(verb, node):
            raise NotAllowed(f"Your role does not let you {_WORDS[verb]}.")

    def need_everywhere(self, verb: Verb) -> None:
        """Raises NotAllowed unless the user may do `verb` on the workspace."""
        if not self.may_everywhere(verb):
            raise NotAllowed(f"Your role does not let you {_WORDS[verb]}.")


def _any_may(roles: Iterable[Role], verb: Verb) -> bool:
    return any(verb in MAY[role] for role in roles)


def rights_of(user: User) -> Rights:
    """The user's rights now."""
    granted: dict[int | None, set[Role]] = {}
    for node, role in Grant.objects.filter(user=user).values_list("node", "role"):
        granted.setdefault(node, set()).add(Role(role))
    everywhere = frozenset(granted.get(None, ()))
    upper = Node.objects.filter(workspace=user.workspace_id, project=None, removed_by=None)
    parents: dict[int, int | None] = dict(upper.values_list("id", "parent_id"))
    roles: dict[int, frozenset[Role]] = {}
    for node in parents:
        _inherit(node, parents, granted, roles, everywhere)
    return Rights(user, everywhere, {node: held for node, held in roles.items() if held})


def _inherit(
    node: int,
    parents: dict[int, int | None],
    granted: dict[int | None, set[Role]],
    roles: dict[int, frozenset[Role]],
    everywhere: frozenset[Role],
) -> None:
    """Fill in the roles of the node and of those above it."""
    way: list[int] = []
    step: int | None = node
    while step is not None and step in parents and step not in roles:
        way.append(step)
        step = parents[step]
    above = everywhere if step is None else roles.get(step, frozenset())
    for each in reversed(way):
        above = roles[each] = above | granted.get(each, set())


def visible_to(actor: User, rights: Rights | None = None) -> QuerySet[Node]:
    """Every node of the tree that the actor may see and that is not removed."""
    seen = (rights or rights_of(actor)).visible
    upper = Q(project=None, pk__in=seen)
    return Node.objects.filter(upper | Q(project__in=seen), removed_by=None)


def may(actor: User, verb: Verb, node: Node) -> bool:
    """Whether the actor may do `verb` on the node."""
    return rights_of(actor).may(verb, node.project_id or node.pk)


def may_manage(rights: Rights, resource: Resource) -> bool:
    """Whether the absences of the resource are the user's to record: their own, or those of people they manage."""
    if resource.user_id == rights.user.pk:
        return True
    if resource.project_id is not None:
        return rights.may(Verb.MANAGE_PEOPLE, resource.project_id)
    return rights.may_anywhere(Verb.MANAGE_PEOPLE)


def resources_visible_to(rights: Rights) -> QuerySet[Resource]:
    """The resources of the workspace, for whoever holds a role in it, and of the projects the user may see."""
    if rights.highest is None:
        return Resource.objects.none()
    mine = Q(project=None) | Q(project__in=rights.visible)
    return Resource.objects.filter(mine, workspace=rights.user.workspace_id)


__all__ = [
    "UPPER", "Rights", "may", "may_manage", "resources_visible_to", "rights_of", "visible_to",
]  # fmt: skip
