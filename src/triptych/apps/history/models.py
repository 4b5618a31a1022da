"""The log. Rows are added and never changed or removed; only `undone_by` is filled in later, once."""

from collections.abc import Iterable
from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone

from triptych.apps.people.models import Workspace
from triptych.apps.people.roles import Verb


class LogQuerySet(models.QuerySet["LogEntry"]):
    """Refuses what would rewrite history."""

    def delete(self) -> NoReturn:
        raise TypeError("the log is append-only")

    def update(self, **kwargs: Any) -> int:
        if set(kwargs) != {"undone_by"}:
            raise TypeError("the log is append-only; only undone_by is filled in later")
        return super().update(**kwargs)

    def bulk_update(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise TypeError("the log is append-only")


class LogEntry(models.Model):
    """One write: who, when, through which door, what in words and as changes, and how to take it back.

    The primary key is the sequence number that orders the history, the live stream and every cache. `node` is
    the node written to, None for the workspace; `touches` names all whose record, plan or dates it changed, and
    `plan` says whether it may have changed what plans are computed from. `subjects` are the tasks the changes name:
    what a later undo must not overrun. `edits` are the rows it wrote beside the plan, before and after. `right` is
    what it takes at the node to take the entry back, `see` what it takes to be told of it. `digest` seals it (`chain`).
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT)
    node = models.BigIntegerField(null=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    at = models.DateTimeField(default=timezone.now)
    door = models.CharField(max_length=20)
    verb = models.CharField(max_length=60)
    sentence = models.TextField()
    reason = models.TextField(default="")
    run = models.CharField(max_length=60, default="")
    right = models.CharField(max_length=20, default="")
    see = models.CharField(max_length=20, default=Verb.VIEW)
    plan = models.BooleanField(default=True)
    changes = models.JSONField(default=list)
    inverses = models.JSONField(default=list)
    edits = models.JSONField(default=list)
    subjects = models.JSONField(default=list)
    ripple = models.JSONField(default=dict)
    undoes = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    undone_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64, default="")

    objects: ClassVar[models.Manager["LogEntry"]] = models.Manager.from_queryset(LogQuerySet)()

    class Meta:
        indexes = (
            models.Index(fields=["workspace", "id"], name="log_workspace"),
            models.Index(fields=["actor", "id"], name="log_actor"),
            models.Index(fields=["id"], name="log_shared", condition=models.Q(node__isnull=True, plan=True)),
            models.Index(fields=["run"], name="log_run", condition=~models.Q(run="")),
        )

    def __str__(self) -> str:
        return f"{self.pk}: {self.sentence}"

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        if self.pk is not None and set(update_fields or ()) != {"undone_by"}:
            raise TypeError("the log is append-only; only undone_by is filled in later")
        super().save(*args, update_fields=update_fields, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise TypeError("the log is append-only")


class Touch(models.Model):
    """An entry changed this node: the way from a node to its history. `plan`: its plan or dates, perhaps."""

    entry = models.ForeignKey(LogEntry, on_delete=models.PROTECT, related_name="touches")
    node = models.BigIntegerField()
    plan = models.BooleanField(default=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["node", "entry"], name="touch_once"),)
        indexes = (models.Index(fields=["node", "entry"], name="touch_plan", condition=models.Q(plan=True)),)

    def __str__(self) -> str:
        return f"{self.entry_id} touches {self.node}"
