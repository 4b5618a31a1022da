"""The objectives of a workspace as one reader may know them."""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Q

from triptych.apps.people.roles import Verb
from triptych.apps.program.models import OPEN, KeyResult, Objective, ObjectiveState
from triptych.apps.project.models import Node
from triptych.apps.project.rules import Rights, records_visible_to

#: What counts towards the objective above: what is or was pursued.
_COUNTS = (ObjectiveState.ACTIVE, ObjectiveState.ACHIEVED, ObjectiveState.MISSED)


class Tree:
    """All objectives of the workspace and their key results, read in three statements: numbers are the same for every
    reader, names are told of what is `visible`."""

    def __init__(self, rights: Rights) -> None:
        there = Q(node=None) | Q(node__removed_by=None, node__project__removed_by=None)
        rows = Objective.objects.filter(there, workspace=rights.user.workspace_id)
        rows = rows.select_related("owner", "node").order_by("first", "name", "id")
        self.rights = rights
        self.objectives = {each.pk: each for each in rows}
        self.visible = frozenset(records_visible_to(rights, Objective).values_list("pk", flat=True))
        self.results: defaultdict[int, list[KeyResult]] = defaultdict(list)
        found = KeyResult.objects.filter(objective__in=self.objectives).select_related(
            "owner", "node__project"
        )
        for each in found.order_by("id"):
            self.results[each.objective_id].append(each)
        self.below: defaultdict[int | None, list[Objective]] = defaultdict(list)
        for objective in self.objectives.values():
            self.below[objective.parent_id if objective.parent_id in self.objectives else None].append(
                objective
            )

    def parts_below(self, objective: int) -> list[Objective]:
        """The objectives that count towards this one."""
        return [each for each in self.below[objective] if each.state in _COUNTS]

    def is_open(self, objective: int) -> bool:
        """Whether an objective is still to be reached."""
        return self.objectives[objective].state in OPEN

    def name_of(self, objective: int) -> str | None:
        """The name of an objective that the reader may see."""
        return self.objectives[objective].name if objective in self.visible else None

    def name_of_node(self, node: Node) -> str | None:
        """The name of a node that the reader may see."""
        return node.name if self.rights.may_on(Verb.VIEW, node.pk, node.project_id) else None

    def way_up(self, objective: int) -> Iterator[int]:
        """The objective and those above it, up to the top."""
        step: int | None = objective
        seen: set[int] = set()  # two who wrote at once may have closed a circle
        while step is not None and step in self.objectives and step not in seen:
            yield step
            seen.add(step)
            step = self.objectives[step].parent_id

    def all_below(self, objective: int) -> list[int]:
        """The objective and those below it, on all levels."""
        found = {objective: None}  # a dictionary keeps the order, and ends a circle
        waiting = [objective]
        for each in waiting:
            new = [child.pk for child in self.below[each] if child.pk not in found]
            found |= dict.fromkeys(new)
            waiting += new
        return list(found)

    def share_of(self, part: KeyResult | Objective) -> int:
        """The per mille of its objective (of a key result) or of the one above (of an objective) that a part makes up,
        by weight; 0 of an objective that does not count."""
        above = part.objective_id if isinstance(part, KeyResult) else part.parent_id
        if above not in self.objectives:
            return 0
        parts: list[KeyResult | Objective] = [*self.results[above], *self.parts_below(above)]
        whole = sum(each.weight for each in parts)
        return 1000 * part.weight // whole if part in parts and whole else 0
