"""Reading what people say, and what concerns one."""

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from triptych.apps.people.roles import Verb
from triptych.apps.project.models import Assignment, Comment, Mention, Notice, Reason, Watch
from triptych.apps.project.rules import Rights, on_nodes, records_visible_to


def comments(rights: Rights, node: int) -> QuerySet[Comment]:
    """The comments on a node, oldest first, with their authors and mentions; none if the reader may not see it."""
    mentions = Prefetch("mentions", Mention.objects.select_related("user").order_by("user__name", "pk"))
    found = records_visible_to(rights, Comment).filter(node=node).select_related("author")
    return found.prefetch_related(mentions).order_by("at", "pk")


def watches(rights: Rights, node: int) -> bool:
    """Whether the reader watches the node."""
    return records_visible_to(rights, Watch).filter(node=node, user=rights.user).exists()


def inbox(rights: Rights, *, unread: bool = False) -> QuerySet[Notice]:
    """What concerns the reader, newest first, with its entry, who made it, and its node and project.

    Only on nodes that they still may see, and only what still stands: the comment is there, they are on the task.
    """
    said = Exists(Comment.objects.filter(pk=OuterRef("comment")))
    on_task = Assignment.objects.filter(task=OuterRef("node"), resource__user=rights.user, removed_by=None)
    stands = Q(said, comment__isnull=False) | Q(Exists(on_task), reason=Reason.ASSIGNED)
    mine = Notice.objects.filter(on_nodes(rights, "node", Verb.VIEW), stands, user=rights.user)
    mine = mine.filter(node__removed_by=None).select_related("entry__actor", "node__project")
    return (mine.filter(read=False) if unread else mine).order_by("-entry", "-pk")
