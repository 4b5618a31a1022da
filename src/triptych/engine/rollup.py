"""From nodes to rows: the dates of tasks, and those of summaries rolled up from what is below."""

import numpy as np

from triptych.plan import Plan
from triptych.plan.quantities import NO_INSTANT
from triptych.plan.tables import I32, Flags

from .columns import FAR, NONE, as_objects
from .compiled import Passes
from .run import Run

#: The pairs of columns that a summary takes the least and the greatest of.
PAIRS = (("start", "finish"), ("early_start", "early_finish"), ("late_start", "late_finish"))
DATES = tuple(name for pair in PAIRS for name in pair)

Columns = dict[str, I32]


def to_rows(plan: Plan, node: I32, by_node: Columns) -> Columns:
    """The columns of nodes as columns of the plan's rows, by each row's `node`; summaries, which have none, get
    zeros."""
    if (node >= 0).all():
        return {name: np.take(values, node) for name, values in by_node.items()}
    rows = np.flatnonzero(node >= 0)
    result = {}
    for name, values in by_node.items():
        result[name] = np.zeros(len(plan), np.int32)
        result[name][rows] = np.take(values, node[rows])
    return result


def roll_up_dates(plan: Plan, columns: Columns, counted: Flags, passes: Passes) -> None:
    """A summary starts with the first and finishes with the last of the `counted` tasks below it; where there are none
    it stands at its project's start."""
    summaries = np.flatnonzero(plan.is_summary)
    counts = counted | plan.is_summary  # one without anything that counts below it changes nothing above
    starts = np.array([each.start for each in plan.projects], np.int32)[plan.tasks.project[summaries]]
    for first, last in PAIRS:
        columns[first][summaries], columns[last][summaries] = FAR, NONE
        _call(passes.roll_up, passes, [plan.tasks.parent, counts], [columns[first], columns[last]])
        for name in (first, last):
            empty = np.abs(columns[name][summaries]) == FAR
            columns[name][summaries[empty]] = starts[empty]


def roll_up(run: Run, columns: Columns) -> None:
    """Fill in the summaries' rows of `columns`: a summary starts with the first and finishes with the last task
    below it (inactive ones do not count); its float is the working time between its early and late dates on the
    project's calendar."""
    plan, compiled, passes = run.plan, run.compiled, run.passes
    if not plan.is_summary.any():
        return
    summaries = np.flatnonzero(plan.is_summary)
    roll_up_dates(plan, columns, plan.tasks.active, passes)
    started = any_below(plan, plan.tasks.actual_start != NO_INSTANT, passes)
    project = plan.tasks.project[summaries]
    inputs = [
        run.net.open, summaries, compiled.own_hours[project], compiled.network.settings["horizon"][project], started,
        columns["early_start"], columns["early_finish"], columns["late_start"], columns["late_finish"],
    ]  # fmt: skip
    _call(passes.summary_floats, passes, inputs, [columns["total_float"], columns["free_float"]])
    columns["driver"][summaries] = -1


def _call(function: object, passes: Passes, inputs: list[object], outputs: list[I32]) -> None:
    """Run one of the kernels over arrays, or over lists where it is interpreted; the outputs are changed in place."""
    if not passes.interpreted:
        function(*inputs, *outputs)  # type: ignore[operator]
        return
    lists = [each.tolist() for each in outputs]
    function(*map(as_objects, inputs), *lists)  # type: ignore[operator]
    for column, values in zip(outputs, lists, strict=True):
        column[:] = values


def any_below(plan: Plan, flags: Flags, passes: Passes) -> Flags:
    """For each task its own flag; for each summary, whether any active task below it has it."""
    found = (flags & ~plan.is_summary & plan.tasks.active).astype(np.int32)
    _call(passes.mark_above, passes, [plan.tasks.parent], [found])
    return found.astype(np.bool_)


def complete(plan: Plan, passes: Passes) -> Flags:
    """Tasks that are done, and summaries with nothing active below that is not."""
    tasks = plan.tasks
    begun = tasks.actual_start != NO_INSTANT
    done = begun & ((tasks.percent_complete == 100) | (tasks.actual_finish != NO_INSTANT))
    return np.where(plan.is_summary, ~any_below(plan, ~done, passes), done)


def project_ends(plan: Plan, columns: Columns) -> tuple[I32, I32]:
    """The first start and the last finish of every project's active tasks; its start where there are none."""
    starts = np.array([each.start for each in plan.projects], np.int32)
    counted = plan.tasks.active & ~plan.is_summary
    project = plan.tasks.project[counted]
    first, last = np.full(len(starts), FAR, np.int32), np.full(len(starts), NONE, np.int32)
    np.minimum.at(first, project, columns["start"][counted])
    np.maximum.at(last, project, columns["finish"][counted])
    return np.where(first == FAR, starts, first), np.where(last == NONE, starts, last)
