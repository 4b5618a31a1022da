"""Baselines: rows to columns and back. A baseline of a plan is kept with each of its projects by itself."""

from collections import defaultdict
from collections.abc import Collection, Sequence

import numpy as np

from triptych.apps.project import models as rows
from triptych.plan.columns import baselines_in_order
from triptych.plan.model import Baseline, Plan
from triptych.plan.quantities import NO_INSTANT, Instant
from triptych.plan.tables import BaselineTable

#: A task's number, then the values of `BaselineRow.COLUMNS`.
_Line = tuple[int, ...]
#: The lines of one baseline by project.
_Lines = dict[int, list[_Line]]


def load_baselines(projects: Collection[int]) -> tuple[Baseline, ...]:
    """The baselines of these projects by number; several projects' of one number are one, called as the first of
    them and as new as the newest."""
    heads: defaultdict[int, list[rows.Baseline]] = defaultdict(list)
    for head in rows.Baseline.objects.filter(project__in=projects).order_by("number", "project"):
        heads[head.number].append(head)
    if not heads:
        return ()
    lines = _lines_by_head(projects)
    return baselines_in_order(
        Baseline(
            number,
            _table([line for head in mine for line in lines.get(head.pk, ())]),
            mine[0].name,
            max((Instant(head.saved) for head in mine if head.saved is not None), default=None),
        )
        for number, mine in heads.items()
    )


def _lines_by_head(projects: Collection[int]) -> dict[int, list[_Line]]:
    found = rows.BaselineRow.objects.filter(baseline__project__in=projects).order_by("id")
    lines: defaultdict[int, list[_Line]] = defaultdict(list)
    for head, *line in found.values_list("baseline_id", "node", *rows.BaselineRow.COLUMNS):
        lines[head].append(tuple(NO_INSTANT if each is None else each for each in line))
    return dict(lines)


def _table(lines: Sequence[_Line]) -> BaselineTable:
    width = 1 + len(rows.BaselineRow.COLUMNS)
    return BaselineTable(*np.array(lines, np.int64).reshape(-1, width).T.copy())


def store_baselines(before: Plan, after: Plan) -> None:
    """Write the baselines that differ, of the projects in which they do."""
    for number, projects in _differing(before, after).items():
        rows.BaselineRow.objects.filter(baseline__project__in=projects, baseline__number=number).delete()
        rows.Baseline.objects.filter(project__in=projects, number=number).delete()
        for each in after.baselines:
            if each.number == number:
                _create(each, {key: lines for key, lines in _lines(after, each).items() if key in projects})


def rebaselined(before: Plan, after: Plan) -> frozenset[int]:
    """The projects with a baseline that differs between two plans."""
    return frozenset(each for projects in _differing(before, after).values() for each in projects)


def _create(baseline: Baseline, lines: _Lines) -> None:
    for project, mine in lines.items():
        head = rows.Baseline.objects.create(
            project_id=project, number=baseline.number, name=baseline.name[:200], saved=baseline.saved
        )
        names = ("node", *rows.BaselineRow.COLUMNS)
        rows.BaselineRow.objects.bulk_create(
            (
                rows.BaselineRow(
                    baseline=head,
                    **{n: None if v == NO_INSTANT else v for n, v in zip(names, line, strict=True)},
                )
                for line in mine
            ),
            batch_size=500,
        )


def _differing(before: Plan, after: Plan) -> dict[int, set[int]]:
    """The projects in which each baseline differs, by its number; of one that is only called otherwise, all."""
    if before.baselines is after.baselines:
        return {}
    old, new = ({each.number: each for each in plan.baselines} for plan in (before, after))
    found: dict[int, set[int]] = {}
    for number in sorted(old.keys() | new.keys()):
        was, now = old.get(number), new.get(number)
        if was != now:
            one, other = _lines(before, was), _lines(after, now)
            apart = {each for each in one.keys() | other.keys() if one.get(each) != other.get(each)}
            found[number] = apart or set(other)
    return found


def _lines(plan: Plan, baseline: Baseline | None) -> _Lines:
    """What a baseline holds, by project; of a task that is there no more, by that of its row."""
    found: _Lines = defaultdict(list)
    if baseline is None:
        return {}
    table = baseline.tasks
    columns = (table.uid, *(getattr(table, name) for name in rows.BaselineRow.COLUMNS))
    lines = list(zip(*(each.tolist() for each in columns), strict=True))
    homes = _homes(plan, [line[0] for line in lines])
    for line in lines:
        if line[0] in homes:
            found[homes[line[0]]].append(line)
    return dict(found)


def _homes(plan: Plan, tasks: Sequence[int]) -> dict[int, int]:
    """The projects of tasks."""
    known, project = plan.index_of, plan.tasks.project
    homes = {uid: plan.projects[int(project[known[uid]])].uid for uid in tasks if uid in known}
    if gone := [uid for uid in tasks if uid not in known]:
        mine = [each.uid for each in plan.projects]
        kept = rows.Node.objects.filter(project__in=mine, pk__in=gone).values_list("id", "project_id")
        homes |= {uid: home for uid, home in kept if home is not None}
    return homes
