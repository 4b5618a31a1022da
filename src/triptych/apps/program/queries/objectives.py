"""The objectives with how far they have come, and how sure their teams are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from triptych.apps.program.models import CheckIn, KeyResult, Objective
from triptych.apps.project.completion import Completion, completion
from triptych.apps.project.rules import Rights

from .progress import mean, progress_of, value_of
from .tree import Tree


@dataclass(frozen=True, slots=True)
class Result:
    """A key result with its value now (None before the first check-in), its progress in per mille, and its latest
    check-in. `node` is the name of what in the plan it is read from, where the reader may see that."""

    key_result: KeyResult
    value: int | None
    progress: int
    latest: CheckIn | None
    node: str | None

    @property
    def confidence(self) -> int | None:
        """How sure the team is, in percent, by the latest check-in."""
        return self.latest.confidence if self.latest else None


@dataclass(frozen=True, slots=True)
class Goal:
    """An objective with its key results. `depth` is its level among what the reader sees, 0 at the top; `parent` is
    the objective above it if the reader may see that. `progress` (per mille) and `confidence` (percent) are None as
    long as nothing says how far it is."""

    objective: Objective
    parent: int | None
    depth: int
    progress: int | None
    confidence: int | None
    results: Sequence[Result]


def objectives(rights: Rights) -> list[Goal]:
    """The objectives a reader may see, each before those below it, by their first day and name. At most six statements.

    Progress is the weighted mean of the progress of the key results and of the objectives directly below that are
    active, achieved or missed (not of drafts and of what was dropped); so is confidence, of those that have one.
    """
    tree = Tree(rights)
    results = _results(tree)
    marks: dict[int, tuple[int | None, int | None]] = {}
    for top in tree.below[None]:
        for pk in reversed(tree.all_below(top.pk)):
            marks[pk] = _mark(tree, pk, results, marks)
    return [
        Goal(objective, parent, depth, *marks[objective.pk], results[objective.pk])
        for objective, parent, depth in _preorder(tree)
    ]


def _preorder(tree: Tree) -> Iterator[tuple[Objective, int | None, int]]:
    """The visible objectives, parents first, each with its visible parent and its depth."""
    stack: list[tuple[Objective, int | None, int]] = [(each, None, 0) for each in reversed(tree.below[None])]
    while stack:
        objective, parent, depth = stack.pop()
        inside: tuple[int | None, int] = (None, depth)
        if objective.pk in tree.visible:
            yield objective, parent, depth
            inside = objective.pk, depth + 1
        stack += [(each, *inside) for each in reversed(tree.below[objective.pk])]


def _mark(
    tree: Tree,
    objective: int,
    results: dict[int, list[Result]],
    marks: dict[int, tuple[int | None, int | None]],
) -> tuple[int | None, int | None]:
    """The progress and the confidence of an objective, those below it being known."""
    own = [(each.key_result.weight, each.progress, each.confidence) for each in results[objective]]
    parts = [*own, *((each.weight, *marks[each.pk]) for each in tree.parts_below(objective))]
    return (
        mean((weight, progress) for weight, progress, _ in parts),
        mean((weight, confidence) for weight, _, confidence in parts),
    )


def _results(tree: Tree) -> dict[int, list[Result]]:
    """The key results of every objective, with their values."""
    rows = [each for results in tree.results.values() for each in results]
    latest = _latest(rows)
    now = completion({each.node_id for each in rows if each.node_id is not None})
    return {
        objective: [_result(tree, each, latest.get(each.pk), now.get(each.node_id or 0)) for each in mine]
        for objective in tree.objectives
        for mine in [tree.results[objective]]
    }


def _result(tree: Tree, row: KeyResult, latest: CheckIn | None, now: Completion | None) -> Result:
    value = value_of(row, latest, now)
    name = tree.name_of_node(row.node) if row.node else None
    return Result(row, value, progress_of(row, value, now), latest, name)


def _latest(rows: Sequence[KeyResult]) -> dict[int, CheckIn]:
    """The latest check-in of each key result; of several on one day the last that was made."""
    newest = (
        CheckIn.objects.filter(key_result=OuterRef("key_result")).order_by("-day", "-id").values("pk")[:1]
    )
    found = CheckIn.objects.filter(key_result__in=rows, pk=Subquery(newest)).select_related("by")
    return {each.key_result_id: each for each in found}
