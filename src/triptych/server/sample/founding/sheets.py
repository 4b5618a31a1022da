"""Time sheets of the last two weeks, from what the plan says that somebody worked on."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from triptych.apps.project import actions
from triptych.apps.project.models import TimeEntry

from .company import DOOR, Founding

_WEEK: Final = timedelta(days=7)
_MINUTES: Final = 450
_MOST: Final = 2


def keep_sheet(founding: Founding, *, who: str, approver: str, note: str) -> None:
    """Enter what somebody worked in the two weeks before this one and in this one so far. The weeks that are over
    are submitted, the first of them is approved; a week without work is left out. `note` stands at the first entry."""
    monday = founding.dated.today - timedelta(days=founding.dated.today.weekday())
    for first in (monday - 2 * _WEEK, monday - _WEEK, monday):
        rows = [each for day in _days(founding, who, first) for each in _entered(founding, who, day, note)]
        if rows and first < monday:
            actions.submit_week(actor=founding.users[who], monday=first, door=DOOR)
        if rows and first < monday - _WEEK:
            actions.approve_time(actor=founding.users[approver], entries=rows, door=DOOR)


def _days(founding: Founding, who: str, monday: date) -> Iterator[date]:
    """The days before today on which somebody was at work."""
    resource, calendars = founding.dated.resources[who], founding.dated.calendars
    calendar = calendars[founding.content.people[who].calendar]
    closed = [*calendar.exceptions, *resource.absences]
    for day in (monday + timedelta(days=each) for each in range(5)):
        away = any(each.first <= day <= each.last for each in closed)
        if day < founding.dated.today and calendar.week[day.weekday()] and not away:
            yield day


def _entered(founding: Founding, who: str, day: date, note: str) -> Iterator[int]:
    tasks = _tasks(founding, who, day)
    for at, task in enumerate(tasks):
        row = actions.add(
            TimeEntry,
            actor=founding.users[who],
            door=DOOR,
            node_id=founding.tasks[task],
            day=day,
            minutes=_MINUTES // len(tasks),
            note=note if day.weekday() == 0 and at == 0 else "",
        ).row
        yield row.pk


def _tasks(founding: Founding, who: str, day: date) -> list[int]:
    """The tasks of theirs that were under way on a day, a few at most."""
    mine = founding.dated.resources[who].uid
    booked = {
        each.task for rows in founding.dated.assignments.values() for each in rows if each.resource == mine
    }
    begun = [each for rows in founding.progress.values() for each in rows if each.task in booked]
    return [each.task for each in begun if _covers(each.actual_start, each.actual_finish, day)][:_MOST]


def _covers(start: str | None, finish: str | None, day: date) -> bool:
    text = day.isoformat()
    return start is not None and start[:10] <= text and (finish is None or text <= finish[:10])
