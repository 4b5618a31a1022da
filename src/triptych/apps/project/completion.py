"""How far anything in the tree is: the leaves below it, added up."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection

from triptych.plan.quantities import Instant

from .models import ELAPSED_PER_WORKED


@dataclass(frozen=True, slots=True)
class Completion:
    """How far a node of the tree is. `finish` is an instant; `percent` is whole, weighted by duration, and rounded
    down. `complete` says that nothing at or below it is open: of a milestone, that it is reached."""

    percent: int
    complete: bool
    finish: Instant


_LEAVES = """
WITH RECURSIVE below(id, root) AS (
    SELECT node.id, node.id FROM project_node node LEFT JOIN project_node owner ON owner.id = node.project_id
    WHERE node.id IN ({marks}) AND node.removed_by_id IS NULL AND owner.removed_by_id IS NULL AND node.active
    UNION ALL
    SELECT node.id, below.root FROM project_node node JOIN below ON node.parent_id = below.id
    WHERE node.removed_by_id IS NULL AND node.active
)
SELECT root, SUM(weight), SUM(weight * percent), SUM(CASE WHEN percent < 100 THEN 1 ELSE 0 END), MAX(finish) FROM (
    SELECT below.root AS root, leaf.percent_complete AS percent, dates.finish AS finish,
        leaf.duration / CASE WHEN leaf.elapsed THEN {elapsed} ELSE 1 END AS weight
    FROM below JOIN project_node leaf ON leaf.id = below.id JOIN project_dates dates ON dates.node = leaf.id
    WHERE leaf.project_id IS NOT NULL AND NOT dates.summary
) leaves GROUP BY root
"""


def completion(nodes: Collection[int]) -> dict[int, Completion]:
    """How far each of these nodes is, of any level of the tree, in one statement.

    Without an entry: what is removed, inactive, or has no work below it. What is removed or inactive below a node does
    not count. Whoever asks has to see to it that the reader may know.
    """
    if not nodes:
        return {}
    marks = ", ".join(["%s"] * len(nodes))
    with connection.cursor() as cursor:
        # Only marks and a number of ours are put into the statement; the nodes travel as parameters.
        cursor.execute(_LEAVES.format(marks=marks, elapsed=ELAPSED_PER_WORKED), list(nodes))
        return {
            root: Completion(
                int(done) // int(weight) if weight else 0 if left else 100, not left, Instant(finish)
            )
            for root, weight, done, left, finish in cursor.fetchall()
        }
