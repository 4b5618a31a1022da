"""Which constraints hold a task where it is."""

from triptych.engine.schedule import Schedule
from triptych.engine.what_if import worked_between
from triptych.plan import Constraint

from .levers import HOLD_FINISHES, Unpin
from .rack import Rack


class Pins:
    """The levers of one plan, asked about a schedule of it in which some may have been pulled."""

    def __init__(self, found: Schedule, rack: Rack) -> None:
        self.found, self.plan, self.rack = found, found.plan, rack

    def of_start(self, row: int) -> list[Unpin]:
        """The constraints that hold a start: the last, unless it lies before; then those of its finish as well."""
        pins = self._standing(row)
        ours = [each for each in pins if each.kind not in HOLD_FINISHES]
        last = max((each.date or 0 for each in ours), default=0)
        ours = [each for each in ours if each.date is None or each.date == last]
        project, start = int(self.plan.tasks.project[row]), int(self.found.start[row])
        holds = last and worked_between(self.found, project, last, start) == 0
        return ours if holds else [*ours, *(each for each in pins if each.kind in HOLD_FINISHES)]

    def of_finish(self, row: int) -> list[Unpin]:
        """The constraints that hold a finish, if none is of the start."""
        pins = self._standing(row)
        return pins if all(each.kind in HOLD_FINISHES for each in pins) else []

    def above(self, row: int, at: int) -> list[Unpin]:
        """The constraints of the summaries above a task that hold what is below them back until `at`."""
        found: list[Unpin] = []
        tasks = self.plan.tasks
        while row >= 0 and (row := int(tasks.parent[row])) >= 0:
            if tasks.constraint[row] == Constraint.SNET and tasks.constraint_date[row] == at:
                found += self._standing(row)
        return found

    def _standing(self, row: int) -> list[Unpin]:
        task = self.plan.task_at(row)
        stands = {False: task.constraint, True: task.secondary}
        return [each for each in self.rack.pins(row) if stands[each.secondary] is not Constraint.ASAP]
