"""Who works on what, and how the work of each task is spread over time."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from triptych.plan import Assignment, Calendar, Instant, Project, Resource, ResourceKind, Task
from triptych.plan.worktime import working_minutes

from .money import costs_of_assignment, is_priced
from .rows import Row
from .source import Source

#: The resource of the placeholder that holds the spread work of a task without resources.
_NOBODY = -65535
_CONTOURED = 8  # WorkContour of work that was edited by hand, as that of every split task is
_WORK_TYPES = (
    "1",
    "2",
)  # TimephasedData/Type of remaining and of actual work; the others are baselines and costs

_READ = frozenset(
    """UID TaskUID ResourceUID Units Work ActualWork Cost ActualCost Start Finish ActualStart ActualFinish Stop Resume
    TimephasedData""".split()  # noqa: SIM905 - a list of words reads best as words
)


@dataclass(frozen=True, slots=True)
class Period:
    """`work` minutes between two instants."""

    start: Instant
    finish: Instant
    work: int


@dataclass(slots=True)
class Spread:
    """How the work of one task is spread: the periods of everybody on it; `units` is 100 for one full-time person,
    `people` their uids, `contoured` whether someone's work was edited by hand."""

    periods: list[Period] = field(default_factory=list)
    people: list[int] = field(default_factory=list)
    units: int = 0
    contoured: bool = False


def read_assignments(
    source: Source, resources: list[Resource], tasks: list[Task], project: Project, calendars: list[Calendar]
) -> tuple[list[Assignment], dict[int, Spread]]:
    """The assignments of resources, and the spread work of each task by its uid."""

    def worked(person: Resource, start: int, finish: int) -> int:
        own = project.calendar if person.calendar is None else person.calendar
        mine = next((each for each in calendars if each.uid == own), calendars[0])
        return working_minutes(mine, calendars, start, finish)

    kinds, known = {each.uid: each.kind for each in resources}, {each.uid: each for each in resources}
    started = {each.uid for each in tasks if each.actual_start is not None}
    priced = is_priced(source)
    assignments: list[Assignment] = []
    spreads: defaultdict[int, Spread] = defaultdict(Spread)
    for row in source.root.inside("Assignments", "Assignment"):
        task, resource = row.integer("TaskUID", -1), row.integer("ResourceUID", _NOBODY)
        units = round(row.number("Units", 1.0) * 100)
        if kinds.get(resource, ResourceKind.WORK) is ResourceKind.WORK:
            _spread(source, row, spreads[task], units)
        if resource == _NOBODY or (resource == 0 and resource not in kinds):
            continue
        if resource in kinds:
            spreads[task].people.append(resource)
        source.lines.setdefault(("assignment", task), row.place)
        costs = costs_of_assignment(
            row, known.get(resource), units, worked, priced=priced, started=task in started
        )
        assignments.append(Assignment(task, resource, units, row.minutes("Work"), **costs))
        source.tally.note(row, _READ)
    return assignments, spreads


def _spread(source: Source, row: Row, spread: Spread, units: int) -> None:
    spread.units += units
    spread.contoured |= row.integer("WorkContour") == _CONTOURED
    spread.periods += _periods(source, row)


def _periods(source: Source, row: Row) -> Iterator[Period]:
    """The assignment's periods with and without work. A period without a value is one without work."""
    for each in row.rows("TimephasedData"):
        if each.text("Type") not in _WORK_TYPES:
            source.tally.count("Baselines and costs by period", "baselines and costs are kept by task")
            continue
        start, finish = each.at("Start"), each.at("Finish")
        if start is not None and finish is not None and start < finish:
            yield Period(start, finish, max(0, each.minutes("Value") or 0))
