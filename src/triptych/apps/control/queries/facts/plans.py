"""What plans say: when projects finish, which milestones are met, late or near."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Max, OuterRef, QuerySet, Subquery

from triptych.apps.control.queries.below import below
from triptych.apps.project.models import BaselineRow, Dates, Kind, Node
from triptych.plan.quantities import MINUTES_PER_DAY, day_number
from triptych.plan.spelling import day_in_words

from .sentences import Period, Sentence, cut, later

#: How far ahead a report looks.
_AHEAD = timedelta(weeks=4)
_SHOWN = 10


def finishes(node: Node) -> dict[str, int]:
    """The instants at which the projects of a node finish as planned now, by their numbers; of a part of a project,
    its own. One statement."""
    return {str(each.pk): each.now for each in _heads(node) if each.now is not None}


def finish_dates(node: Node, period: Period) -> list[Sentence]:
    """When each project finishes, beside its baseline and the last report; the latest first. One statement."""
    found = sorted(
        (each for each in _heads(node) if each.now is not None), key=lambda each: (-each.now, each.pk)
    )
    told = (
        Sentence(_finish(each, period.finishes.get(str(each.pk))), each.kind, (each.pk,)) for each in found
    )
    return cut(told, _SHOWN, "Projects that finish before these")


def _heads(node: Node) -> QuerySet[Any]:
    """The projects of a node, or the part of a project that it is, with their finish now and in the baseline."""
    baselined: QuerySet[Any] = BaselineRow.objects.filter(baseline__number=0)
    if node.project_id is None:
        heads = Node.objects.filter(below(node, ""), kind=Kind.PROJECT)
        latest = baselined.filter(baseline__project=OuterRef("pk")).order_by().values("baseline")
        was = latest.annotate(latest=Max("finish")).values("latest")
    else:
        heads = Node.objects.filter(pk=node.pk)
        was = baselined.filter(baseline__project=OuterRef("project"), node=OuterRef("pk")).values("finish")
    return heads.annotate(now=_dated(), was=Subquery(was))


def _dated() -> Subquery:
    return Subquery(Dates.objects.filter(node=OuterRef("pk")).values("finish"))


def _finish(head: Any, before: int | None) -> str:
    told = f"“{head.name}” is planned to finish on {day_in_words(head.now)}"
    if head.was is not None:
        told += f", {later(head.now, head.was, 'its baseline')}"
    if before is not None and before // MINUTES_PER_DAY != head.now // MINUTES_PER_DAY:
        told += f", {later(head.now, before, 'in the last report')}"
    return told + "."


def milestones(node: Node, period: Period) -> list[Sentence]:
    """The milestones met in the period; of those that are open, the ones that are overdue, later than their baseline,
    or near. One statement."""
    baselined = BaselineRow.objects.filter(
        baseline__number=0, baseline__project=OuterRef("project"), node=OuterRef("pk")
    )
    found = Node.objects.filter(below(node, ""), milestone=True, active=True).exclude(project=None)
    found = found.annotate(now=_dated(), was=Subquery(baselined.values("finish"))).order_by("pk")
    dated = [each for each in found if each.now is not None]
    return [
        *cut(_met(dated, period), _SHOWN, "Further milestones met"),
        *cut(_late(dated, period), _SHOWN, "Further milestones overdue or later than their baseline"),
        *cut(_near(dated, period), _SHOWN, "Further milestones in the next four weeks"),
    ]


def _met(found: list[Any], period: Period) -> Iterator[Sentence]:
    first, last = day_number(period.first), day_number(period.last)
    done = [
        (each.now if each.actual_finish is None else each.actual_finish, each)
        for each in found
        if _is_done(each)
    ]
    for at, each in sorted(done, key=lambda pair: (pair[0], pair[1].pk)):
        if first <= at // MINUTES_PER_DAY <= last:
            told = f"“{each.name}” was met on {day_in_words(at)}"
            told += "" if each.was is None else f", {later(at, each.was, 'its baseline')}"
            yield Sentence(f"{told}.", "milestone", (each.pk,))


def _late(found: list[Any], period: Period) -> Iterator[Sentence]:
    """The overdue ones first, then those that have slipped most."""
    late = [each for each in found if not _is_done(each) and (_is_overdue(each, period) or _slip(each) > 0)]
    for each in sorted(late, key=lambda each: (not _is_overdue(each, period), -_slip(each), each.pk)):
        when = "was due on" if _is_overdue(each, period) else "is planned for"
        told = f"“{each.name}” {when} {day_in_words(each.now)}"
        told += f", {later(each.now, each.was, 'its baseline')}" if _slip(each) else ""
        told += ", and is not met" if _is_overdue(each, period) else ""
        yield Sentence(f"{told}.", "milestone", (each.pk,))


def _near(found: list[Any], period: Period) -> Iterator[Sentence]:
    until = day_number(period.last + _AHEAD)
    for each in sorted(found, key=lambda each: (each.now, each.pk)):
        open_and_well = not _is_done(each) and not _is_overdue(each, period) and _slip(each) <= 0
        if open_and_well and each.now // MINUTES_PER_DAY <= until:
            yield Sentence(f"“{each.name}” is planned for {day_in_words(each.now)}.", "milestone", (each.pk,))


def _is_done(milestone: Any) -> bool:
    return bool(milestone.percent_complete == 100)


def _is_overdue(milestone: Any, period: Period) -> bool:
    return bool(milestone.now // MINUTES_PER_DAY <= day_number(period.last))


def _slip(milestone: Any) -> int:
    """Days beyond the baseline."""
    return 0 if milestone.was is None else milestone.now // MINUTES_PER_DAY - milestone.was // MINUTES_PER_DAY
