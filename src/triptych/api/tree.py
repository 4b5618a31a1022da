"""The upper tree with its roll-ups."""

from typing import Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema

from triptych.apps.history.queries import last_seq
from triptych.apps.project import queries
from triptych.plan.quantities import spell_instant

from . import access
from .clock import today
from .shapes import FAULTS, Named, json, named

router = Router(tags=["tree"])


class TreeNode(Schema):
    """A portfolio, program or project, with what everything below it adds up to."""

    id: int
    parent: int | None
    kind: Literal["portfolio", "program", "project"]
    name: str
    manager: Named | None
    start: str | None
    finish: str | None
    percent_complete: int
    tasks: int
    milestones: int
    critical: int
    late: int
    may_edit: bool


class Tree(Schema):
    """What the reader may see of the upper tree, parents first."""

    seq: int
    today: str
    nodes: list[TreeNode]


@router.get("/tree", response={200: Tree, **FAULTS})
def read_tree(request: HttpRequest) -> Any:
    """The portfolios, programs and projects the reader may see, parents before children."""
    rights = access.rights(request)
    now = today()
    # The number comes first: what is read after it may be newer, and then a live event follows; never older.
    seq = last_seq(rights.user.workspace_id)
    nodes = [_node(each) for each in queries.tree(rights, today=now)]
    return json({"seq": seq, "today": spell_instant(now), "nodes": nodes})


def _node(branch: queries.Branch) -> dict[str, Any]:
    node, figures = branch["node"], branch["figures"]
    start, finish = figures["start"], figures["finish"]
    return {
        "id": node.pk,
        "parent": branch["parent"],
        "kind": node.kind,
        "name": node.name,
        "manager": named(node.manager),
        "start": None if start is None else spell_instant(start),
        "finish": None if finish is None else spell_instant(finish),
        "percent_complete": figures["done"] // figures["weight"] if figures["weight"] else 0,
        "tasks": figures["tasks"],
        "milestones": figures["milestones"],
        "critical": figures["critical"],
        "late": figures["late"],
        "may_edit": branch["may_edit"],
    }
