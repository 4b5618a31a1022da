"""Everything below a node of the tree: what a register, a budget or a report of it speaks of."""

from django.db.models import Q
from django.db.models.expressions import RawSQL

from triptych.apps.project.models import Node

_UPPER = """
WITH RECURSIVE below(id) AS (
    SELECT id FROM project_node WHERE id = %s
    UNION ALL
    SELECT node.id FROM project_node node JOIN below ON node.parent_id = below.id
    WHERE node.project_id IS NULL AND node.removed_by_id IS NULL
)
SELECT id FROM below
"""
_INNER = """
WITH RECURSIVE below(id) AS (
    SELECT id FROM project_node WHERE id = %s
    UNION ALL
    SELECT task.id FROM project_node task JOIN below ON task.parent_id = below.id
    WHERE task.removed_by_id IS NULL
)
SELECT id FROM below
"""


def below(node: Node, path: str = "node") -> Q:
    """The rows whose node at `path` (empty for nodes themselves) is this one, or one below it that is not removed.

    Part of the statement that it filters: it costs none of its own. Of the upper tree only portfolios, programs and
    projects are walked through, for what is inside projects bears their number.
    """
    way = f"{path}__" if path else ""
    if node.project_id is not None:
        return Q(**{f"{way}pk__in": _walk(_INNER, node)}) & Q(**{f"{way}removed_by": None})
    upper = _walk(_UPPER, node)
    inside = Q(**{f"{way}pk__in": upper}) | Q(**{f"{way}project__in": upper})
    return inside & Q(**{f"{way}removed_by": None})


def _walk(statement: str, node: Node) -> RawSQL:
    return RawSQL(statement, [node.pk])  # noqa: S611 - ours but for the number, which travels as a parameter
