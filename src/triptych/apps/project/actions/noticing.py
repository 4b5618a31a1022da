"""Telling people what concerns them, and their own word that they have read it."""

from collections.abc import Collection, Iterable

from triptych.apps.history.models import LogEntry
from triptych.apps.history.writing import writing
from triptych.apps.people.models import User
from triptych.apps.project.models import Notice, Reason, Resource
from triptych.plan.changes import Assign, Change


def notify_assigned(entry: LogEntry, changes: Iterable[Change]) -> None:
    """Tell people with an account that somebody else has put them on a task."""
    notify_put_on(entry, {(each.task, each.resource) for each in changes if isinstance(each, Assign)})


def notify_put_on(entry: LogEntry, pairs: Collection[tuple[int, int]]) -> None:
    """As `notify_assigned`, for pairs of task and resource."""
    if not pairs:
        return
    people = Resource.objects.filter(pk__in={resource for _, resource in pairs}, user__is_active=True)
    users = dict(people.exclude(user=entry.actor_id).values_list("pk", "user_id"))
    told = {(users[resource], task) for task, resource in pairs if resource in users}
    Notice.objects.bulk_create(
        Notice(user_id=user, entry=entry, node_id=task, reason=Reason.ASSIGNED) for user, task in sorted(told)
    )


def mark_read(*, actor: User, notices: Collection[int] | None = None, read: bool = True) -> int:
    """Mark notices of one's own as read, or as unread again; all of them if none are named. The number that changed.

    The one write that leaves no entry in the log: it says nothing about the work, and nobody else ever sees it.
    Numbers of other people's notices are passed over, as are those that there are not.
    """
    with writing():
        mine = Notice.objects.filter(user=actor).exclude(read=read)
        return (mine if notices is None else mine.filter(pk__in=notices)).update(read=read)
