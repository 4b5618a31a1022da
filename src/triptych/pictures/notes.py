"""What stands right of a mark: the people of a bar, the date of a milestone."""

from collections import defaultdict
from collections.abc import Iterator

from triptych.engine.schedule import Schedule
from triptych.plan import Plan, ResourceKind, moment

from .draw import text
from .rows import Frame, Rows, Shape
from .scale import Scale
from .text import clean, ellipsised, width_of
from .tiers import short_day, time_of_day

_GAP = 7.0
_LONGEST, _NAME_SIZE = 220.0, 11.0


def notes(result: Schedule, rows: Rows, scale: Scale, frame: Frame) -> Iterator[str]:
    """Right of a bar the people who work on it, right of a milestone its date or hour, wherever that fits."""
    people = _people(result.plan)
    for row, shape in enumerate(rows.shape):
        if shape is Shape.MILESTONE:
            spell = time_of_day if scale.shows_hours else short_day
            said = [spell(moment(int(result.finish[row])))]
        elif shape is Shape.TASK and row in people:
            said = _forms(people[row])
        else:
            continue
        x = rows.right(row) + _GAP
        room, size = scale.right - x - 4, frame.font - 1
        fitting = next((form for form in said if width_of(form, size) <= room), "")
        if fitting:
            yield text(x, frame.baseline(row) - 0.4, fitting, "note", size=size)


def _people(plan: Plan) -> dict[int, list[str]]:
    names: defaultdict[int, list[str]] = defaultdict(list)
    table = plan.assignments
    for task, resource, units in zip(
        table.task.tolist(), table.resource.tolist(), table.units.tolist(), strict=True
    ):
        who = plan.resources[resource]
        name = ellipsised(clean(who.name), _LONGEST, _NAME_SIZE)
        part_time = who.kind is ResourceKind.WORK and units != 100
        names[task].append(f"{name} {units} %" if part_time else name)
    return names


def _forms(names: list[str]) -> list[str]:
    """All the names; the first and how many more; the first alone."""
    some = [f"{names[0]} +{len(names) - 1}"] if len(names) > 1 else []
    return [", ".join(names), *some]
