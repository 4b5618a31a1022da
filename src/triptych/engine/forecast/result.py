"""What a forecast says: dates and money with their chances, and what they hang on."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from triptych.engine.compiled import compiled_lanes
from triptych.engine.schedule import Schedule
from triptych.plan import Diagnostic
from triptych.plan.tables import I32, Flags
from triptych.plan.uncertainty import Uncertainty

from .collect import Collected, Stopped
from .course import Chart
from .luck import Driver, Fortune
from .run import Trial

F64 = NDArray[np.float64]
_Number = TypeVar("_Number", np.int32, np.float64)


@dataclass(frozen=True, eq=False)
class Goal:
    """The finish and the cost of a project, or of the one task that was asked for, in every iteration.

    `finish` are instants, `worked` the same in working minutes of the project's calendar; `cost` is hundredths of the
    currency, those of the whole project for a task too, and empty where the plan has no costs. `planned` and
    `planned_cost` are what the plan says, all going as planned. `project` is a row of `plan.projects`, `task` a uid.
    """

    name: str
    project: int
    task: int | None
    finish: I32
    worked: I32
    cost: F64
    planned: int
    planned_worked: int
    planned_cost: float

    def finish_at(self, confidence: float) -> int:
        """The date by which it is finished with that confidence (0 to 1): the earliest that at least so many of all
        iterations keep."""
        return int(quantile(self.finish, confidence))

    def cost_at(self, confidence: float) -> float:
        """The money that is enough with that confidence, in hundredths. Raises ValueError for a plan without costs."""
        if not len(self.cost):
            raise ValueError("the plan has no costs")
        return float(quantile(self.cost, confidence))

    def chance_by(self, at: int) -> float:
        """How likely it is to be finished by an instant."""
        return float(np.mean(self.finish <= at))

    def chance_within(self, budget: float) -> float:
        """How likely it is to cost no more than so many hundredths."""
        return float(np.mean(self.cost <= budget)) if len(self.cost) else 1.0

    def joint_chance(self, at: int, budget: float) -> float:
        """How likely it is to be both: in time and within the budget. Less likely than either."""
        return float(np.mean((self.finish <= at) & (self.cost <= budget)))

    def contingency(self, confidence: float) -> int:
        """Working minutes to add to the planned finish for that confidence; negative where the plan has more than it
        needs."""
        return int(quantile(self.worked, confidence)) - self.planned_worked

    def cost_contingency(self, confidence: float) -> float:
        """Hundredths to add to the planned cost for that confidence."""
        return self.cost_at(confidence) - self.planned_cost

    @property
    def bias(self) -> float:
        """Working minutes that it finishes later on average than as planned: what the plan cannot see, for estimates
        lean to one side and paths that merge wait for the last of them."""
        return float(self.worked.mean()) - self.planned_worked


@dataclass(frozen=True, eq=False)
class Forecast:
    """A plan simulated many times. Columns are aligned with the rows of `plan.tasks`. `planned` is the schedule of the
    plan as it is, `schedule` what was simulated: the same, but for dates that were let go."""

    planned: Schedule
    schedule: Schedule
    what: Uncertainty
    seed: int
    goals: tuple[Goal, ...]
    stopped: Stopped
    fortune: Fortune = field(repr=False)
    chart: Chart = field(repr=False)
    trial: Trial = field(repr=False)
    collected: Collected = field(repr=False)
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def iterations(self) -> int:
        """How many there were."""
        return self.collected.iterations

    @property
    def goal(self) -> Goal:
        """The only one, of a plan of one project or of a task that was asked for."""
        return self.goals[0]

    @property
    def drivers(self) -> tuple[Driver, ...]:
        """What several tasks feel: factors, ways of branches, and risks."""
        return self.fortune.drivers

    def percentile(self, confidence: float) -> I32:
        """The date (an instant) by which each row is finished with that confidence; what is done, when it was."""
        return quantile(self.finishes, confidence)

    @cached_property
    def finishes(self) -> I32:
        """The finish (an instant) of each row in the first iterations (all of them in plans up to 2,000 tasks); of a
        summary, that of the last task below it. Inactive tasks and hammocks keep their planned finish."""
        plan, run = self.schedule.plan, self.schedule.run
        found = np.repeat(self.schedule.finish[:, None], self.collected.finish.shape[1], axis=1)
        rows = np.flatnonzero(run.counted)
        found[rows] = self._instants(run.compiled.node[rows])
        facts = self.schedule.plan.tasks.actual_finish
        done = np.flatnonzero(facts > 0)
        found[done] = facts[done, None]
        empty = plan.is_summary.copy()
        for row in range(len(plan) - 1, -1, -1):  # children stand after their parents
            above = int(plan.tasks.parent[row])
            if above >= 0 and not empty[row] and (run.counted[row] or plan.is_summary[row]):
                found[above] = found[row] if empty[above] else np.maximum(found[above], found[row])
                empty[above] = False
        return found

    def _instants(self, nodes: I32) -> I32:
        """The kept finishes of nodes as instants."""
        step, passes = self.chart.course.step, compiled_lanes()
        found = self.collected.finish[nodes].copy()
        for place in np.flatnonzero(step["kind"][nodes] == 0).tolist():
            line = found[place]
            passes.to_instants(
                self.chart.net, self.chart.course.grid, step["row"][nodes[place]], line, 1, line
            )
        return found

    @cached_property
    def criticality(self) -> F64:
        """The criticality index of each row: in what share of the iterations it lay on a chain of driving links to its
        goal (Van Slyke, 1963). What is done has none; a summary has that of its most critical task."""
        counts = self._by_row(self.collected.sums.critical / self.iterations)
        return _greatest_below(
            self.schedule, np.where(self.fortune.minutes > 0, counts, self._milestones(counts))
        )

    def _milestones(self, counts: F64) -> F64:
        """Milestones to come are critical as tasks are, though nothing is drawn for them."""
        tasks = self.schedule.plan.tasks
        open_rows: Flags = (tasks.actual_start < 0) & (tasks.duration == 0) & self.schedule.run.counted
        return np.where(open_rows, counts, 0.0)

    @cached_property
    def cruciality(self) -> F64:
        """The cruciality index of each row: the correlation (Pearson) of its duration with the finish of its goal, from
        -1 to 1 (Williams, 1992). 0 where the duration does not vary."""
        sums, count = self.collected.sums, self.iterations
        goal = self.chart.course.step["goal"][:-1]
        finish = self.collected.reckoned.astype(np.float64) - np.array(
            [[each.planned_worked] for each in self.goals]
        )
        total, squares = finish.sum(axis=1)[goal], (finish**2).sum(axis=1)[goal]
        covariance = sums.products - sums.minutes * total / count
        variance = (sums.squares - sums.minutes**2 / count) * (squares - total**2 / count)
        found = np.divide(
            covariance, np.sqrt(np.maximum(variance, 0)), out=np.zeros(len(goal)), where=variance > 0.5
        )
        return self._by_row(np.clip(found, -1, 1))  # sums are rounded

    @cached_property
    def deviation(self) -> F64:
        """The standard deviation of each row's duration, in working minutes."""
        sums, count = self.collected.sums, self.iterations
        return self._by_row(np.sqrt(np.maximum(sums.squares - sums.minutes**2 / count, 0) / count))

    @cached_property
    def sensitivity(self) -> F64:
        """The schedule sensitivity index of each row: criticality × deviation of its duration / deviation of the finish
        (PMI, A Guide to the Project Management Body of Knowledge, 2004)."""
        goal = self.chart.course.step["goal"][:-1]
        spread = self._by_row(self.collected.reckoned.std(axis=1)[goal])
        return np.divide(
            self.criticality * self.deviation, spread, out=np.zeros(len(spread)), where=spread > 0
        )

    @cached_property
    def significance(self) -> F64:
        """The significance index of each row: how large its duration is beside it and its slack together, weighted by
        the length of the project (Williams, 1992). Raises ValueError unless the forecast was asked to weigh."""
        sums, count = self.collected.sums, self.iterations
        if not len(sums.weight):
            raise ValueError("ask for it: forecast(…, weigh=True)")
        goal = self.chart.course.step["goal"][:-1]
        begun = np.array([self._begun(each) for each in self.goals])[goal]
        planned = np.array([each.planned_worked for each in self.goals])[goal] - begun
        mean = self.collected.reckoned.mean(axis=1)[goal] - begun
        return self._by_row((sums.weighted + sums.weight * planned) / count / np.maximum(mean, 1))

    def _begun(self, goal: Goal) -> int:
        """The start of a goal's project in working minutes of its calendar."""
        run = self.schedule.run
        row = int(run.compiled.own_hours[goal.project])
        return int(
            compiled_lanes().worked_at(
                self.chart.net.open, row, int(self.schedule.project_start[goal.project])
            )
        )

    def _by_row(self, by_node: F64) -> F64:
        """A column of nodes as one of rows; 0 for those without."""
        node = self.schedule.run.compiled.node
        found: F64 = np.where((node >= 0) & self.schedule.run.counted, by_node[node], 0.0)
        return found


def quantile(values: NDArray[_Number], confidence: float) -> NDArray[_Number]:
    """The least value that at least so many of all keep (the inverse of the empirical distribution), along the last
    axis. No value between two draws is made up. Raises ValueError outside 0 to 1."""
    if not 0 <= confidence <= 1:
        raise ValueError(f"a confidence is a number from 0 to 1, not {confidence}")
    count = values.shape[-1]
    at = min(count - 1, max(0, int(np.ceil(confidence * count - 1e-9)) - 1))
    return np.partition(values, at, axis=-1)[..., at]


def _greatest_below(schedule: Schedule, values: F64) -> F64:
    found = values.copy()
    parents = schedule.plan.tasks.parent
    for row in range(len(found) - 1, -1, -1):
        if parents[row] >= 0:
            found[parents[row]] = max(found[parents[row]], found[row])
    return found
