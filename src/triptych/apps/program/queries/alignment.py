"""What serves which objective, what is hurt if something slips, and what serves nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from triptych.apps.people.refusals import NotVisible
from triptych.apps.program.models import Alignment, KeyResult, KeyResultSource, Objective
from triptych.apps.project.completion import Completion, completion
from triptych.apps.project.models import Dates, Kind, Node
from triptych.apps.project.rules import Rights, visible_to

from .tree import Tree


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a way through objectives or the tree, without a name where the reader may not see it."""

    id: int
    name: str | None


@dataclass(frozen=True, slots=True)
class Tie:
    """A node serves an objective: it was aligned with it, or a key result is read from it. `share` is the per mille of
    the objective that rests on it."""

    objective: int
    key_result: KeyResult | None
    node: Node
    share: int
    measured: bool


@dataclass(frozen=True, slots=True)
class Service:
    """A node of the tree serves an objective, directly or by one of its key results. `share` is the per mille of that
    objective which rests on it, `measured` that its key result is read from the plan there. `now` is how far it is."""

    objective: Hop
    key_result: Hop | None
    node: Hop
    kind: Kind
    share: int
    measured: bool
    now: Completion | None


@dataclass(frozen=True, slots=True)
class Stake:
    """An open objective that has a stake in something of the tree. `way` leads from the objective that is served by
    `at`, the node or one above it, up to this one; `share` is the per mille of this one which rests on that node."""

    objective: Hop
    key_result: Hop | None
    at: Hop
    way: Sequence[Hop]
    share: int


@dataclass(frozen=True, slots=True)
class Slip:
    """What hangs on a task. As long as it slips by no more than its total float (working minutes; None of what has no
    dates) no finish moves."""

    total_float: int | None
    critical: bool
    hurt: Sequence[Stake]


@dataclass(frozen=True, slots=True)
class Orphans:
    """Projects that serve no objective, and open objectives that nothing serves."""

    projects: Sequence[Node]
    objectives: Sequence[Objective]


def serving(rights: Rights, objective: int) -> list[Service]:
    """What serves an objective and those below it, that of the objective itself first. At most seven statements.

    Raises NotVisible.
    """
    tree = Tree(rights)
    if objective not in tree.visible:
        raise NotVisible
    family = tree.all_below(objective)
    found = [each for each in ties(tree) if each.objective in family]
    found.sort(key=lambda each: (family.index(each.objective), -each.share, each.node.pk))
    now = completion({each.node.pk for each in found})
    return [
        Service(
            objective=Hop(each.objective, tree.name_of(each.objective)),
            key_result=_result_hop(tree, each),
            node=Hop(each.node.pk, tree.name_of_node(each.node)),
            kind=Kind(each.node.kind),
            share=each.share,
            measured=each.measured,
            now=now.get(each.node.pk),
        )
        for each in found
    ]


def hurt_by(rights: Rights, node: int) -> Slip:
    """Which open objectives are hurt if a task (or anything else in the tree) slips: those that it, its phases, its
    project, its program or its portfolio serve, and all objectives above these. At most eight statements.

    The way up the tree is that of the parents. Where it leads through a hidden objective, that has no name; where
    nothing on it may be seen, it is not told. Raises NotVisible.
    """
    slipping = visible_to(rights.user, rights).filter(pk=node).first()
    if slipping is None:
        raise NotVisible
    # Of the upper tree there are no floats.
    dates = Dates.objects.filter(node=node).first() if slipping.project_id is not None else None
    return Slip(dates.total_float if dates else None, bool(dates and dates.critical), stakes_in(rights, node))


def stakes_in(rights: Rights, node: int) -> list[Stake]:
    """The open objectives that have a stake in a node of the tree, those that the node itself serves first, then those
    of the nodes above it; each with the ones above it. The node need not be visible. At most five statements."""
    above, tree = _above(node), Tree(rights)
    found = [each for each in ties(tree) if each.node.pk in above]
    found.sort(key=lambda each: (above.index(each.node.pk), -each.share, each.objective))
    return [stake for tie in found for stake in _stakes(tree, tie)]


def orphans(rights: Rights) -> Orphans:
    """The projects a reader may see that serve no open objective, neither themselves nor by anything above or below
    them; and the open objectives that they may see which nothing serves, nor anything below them. At most seven
    statements. What is hidden counts: a project that serves a hidden objective is no orphan."""
    tree = Tree(rights)
    found = [each for each in ties(tree) if tree.is_open(each.objective)]
    served = {above for each in found for above in tree.way_up(each.objective)}
    alone = [
        objective
        for pk, objective in tree.objectives.items()
        if pk in tree.visible and tree.is_open(pk) and pk not in served
    ]
    upper = Node.objects.filter(workspace=rights.user.workspace_id, project=None, removed_by=None)
    parents = dict(upper.values_list("pk", "parent_id"))
    serving_nodes = {each.node.project_id or each.node.pk for each in found}
    free = [pk for pk in rights.visible if not serving_nodes.intersection(_line(pk, parents))]
    projects = Node.objects.filter(pk__in=free, kind=Kind.PROJECT).select_related("manager")
    return Orphans(list(projects.order_by("name", "id")), alone)


def ties(tree: Tree) -> list[Tie]:
    """Everything that serves an objective, of what is still there."""
    found = Alignment.objects.filter(objective__in=tree.objectives).select_related(
        "node__project", "key_result"
    )
    made = [_aligned(tree, each) for each in found.order_by("id")]
    for results in tree.results.values():
        made += [
            Tie(each.objective_id, each, each.node, tree.share_of(each), measured=True)
            for each in results
            if each.source == KeyResultSource.PLAN and each.node is not None
        ]
    return [each for each in made if _is_there(each.node)]


def _aligned(tree: Tree, row: Alignment) -> Tie:
    part = 1000 if row.key_result is None else tree.share_of(row.key_result)
    return Tie(row.objective_id, row.key_result, row.node, row.weight * part // 100, measured=False)


def _is_there(node: Node) -> bool:
    return node.removed_by_id is None and (node.project is None or node.project.removed_by_id is None)


def _result_hop(tree: Tree, tie: Tie) -> Hop | None:
    if tie.key_result is None:
        return None
    return Hop(tie.key_result.pk, tie.key_result.name if tie.objective in tree.visible else None)


def _stakes(tree: Tree, tie: Tie) -> Iterator[Stake]:
    """The objectives on the way up from a tie, as far as they are open: what is closed is settled."""
    way: list[Hop] = []
    share, last = tie.share, None
    for pk in tree.way_up(tie.objective):
        if not tree.is_open(pk):
            return
        share = share if last is None else share * tree.share_of(last) // 1000
        last = tree.objectives[pk]
        way.append(Hop(pk, tree.name_of(pk)))
        if pk in tree.visible:
            at = Hop(tie.node.pk, tree.name_of_node(tie.node))
            yield Stake(way[-1], _result_hop(tree, tie), at, tuple(way), share)


_ABOVE = """
WITH RECURSIVE above(id, parent, step) AS (
    SELECT node.id, node.parent_id, 0 FROM project_node node WHERE node.id = %s
    UNION ALL
    SELECT node.id, node.parent_id, above.step + 1 FROM project_node node JOIN above ON node.id = above.parent
)
SELECT id FROM above ORDER BY step
"""


def _above(node: int) -> list[int]:
    """The node and all above it in the tree."""
    with connection.cursor() as cursor:
        cursor.execute(_ABOVE, [node])
        return [pk for (pk,) in cursor.fetchall()]


def _line(node: int, parents: Mapping[int, int | None]) -> Iterator[int]:
    """The node of the upper tree and all above it."""
    step: int | None = node
    while step is not None:
        yield step
        step = parents.get(step)
