"""Reading the time that people have worked."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import TypedDict

from django.db.models import Q, QuerySet, Sum

from triptych.apps.project.models import TimeEntry, TimeState
from triptych.apps.project.rules import Rights, records_visible_to


def week_sheet(rights: Rights, user: int, monday: date) -> QuerySet[TimeEntry]:
    """A person's time of the seven days from `monday`, as far as the reader may see it, with tasks and projects."""
    rows = records_visible_to(rights, TimeEntry).filter(user=user)
    rows = rows.filter(day__gte=monday, day__lt=monday + timedelta(days=7))
    return rows.select_related("node__project").order_by("day", "pk")


class Worked(TypedDict):
    """Minutes worked on a task: all that was not rejected, and what of it is approved."""

    entered: int
    approved: int


def actual_work(rights: Rights, tasks: Collection[int]) -> dict[int, Worked]:
    """The time worked on each task, as far as the reader may see it; tasks without any are left out."""
    rows = records_visible_to(rights, TimeEntry).filter(node__in=tasks).exclude(state=TimeState.REJECTED)
    approved = Sum("minutes", filter=Q(state=TimeState.APPROVED))
    summed = rows.order_by().values("node").annotate(entered=Sum("minutes"), approved=approved)
    return {each["node"]: Worked(entered=each["entered"], approved=each["approved"] or 0) for each in summed}
