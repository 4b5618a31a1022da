"""What people say to each other about the work, and whom it concerns."""

import re
from collections.abc import Mapping
from typing import ClassVar, Final

from django.conf import settings
from django.db import models

from triptych.apps.history.ledger import Ledger
from triptych.apps.history.models import LogEntry
from triptych.apps.people.models import User
from triptych.apps.people.records import Record, Terms
from triptych.apps.people.roles import Verb

from .tree import Node

#: How a comment names a person: `@[Ann Lee](user:7)`. The name is for the reader, the number counts.
MENTION: Final = re.compile(r"@\[[^\]\n]{1,200}\]\(user:([0-9]{1,18})\)")

#: Characters of a comment.
LONGEST: Final = 20_000


class Comment(Record):
    """A comment in Markdown on any node. It names people as `@[Ann Lee](user:7)`, and may answer another comment
    there. Others than its author take it out who manage people there."""

    TERMS: ClassVar[Terms] = Terms(
        "comment", home="node", add=Verb.COMMENT, change=Verb.MANAGE_PEOPLE, own="author",
        signed=("author",), stamped=("at",), name="", fixed=frozenset({"node", "answers", "at"}),
        personal=frozenset({"text"}),
    )  # fmt: skip

    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answers = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="answered_by"
    )
    text = models.TextField(max_length=LONGEST)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.author_id} on {self.node_id}: {self.text[:40]}"

    def faults(self) -> Mapping[str, str]:
        found = {}
        if len(self.text) > LONGEST:
            found["text"] = f"A comment has at most {LONGEST} characters."
        if self.answers is not None and self.answers.node_id != self.node_id:
            found["answers"] = "A comment answers one on the same item."
        return found

    def follow(self, ledger: Ledger) -> None:
        """Keep the mentions of whom the text names: people of the workspace who have an account."""
        numbers = {int(each) for each in MENTION.findall(self.text)}
        named = User.objects.filter(pk__in=numbers, workspace=self.workspace_id, is_active=True)
        wanted = set(named.values_list("pk", flat=True))
        there = {each.user_id: each for each in self.mentions.all()}
        for user in there.keys() - wanted:
            ledger.remove(there[user])
        ledger.create_all(Mention(comment=self, user_id=user) for user in sorted(wanted - there.keys()))

    def notify(self, entry: LogEntry) -> None:
        """Tell who is newly mentioned; of a new comment also who is answered and who watches the node."""
        new = [edit for edit in entry.edits if edit["was"] is None]
        reasons: dict[int, Reason] = {}
        if any(edit["table"] == "project.comment" for edit in new):
            watching = Watch.objects.filter(node=self.node_id, user__is_active=True)
            reasons = dict.fromkeys(watching.values_list("user", flat=True), Reason.WATCHING)
            if self.answers is not None:
                reasons[self.answers.author_id] = Reason.ANSWERED
        mentions = (edit for edit in new if edit["table"] == "project.mention")
        reasons |= {edit["now"]["user_id"]: Reason.MENTIONED for edit in mentions}
        reasons.pop(entry.actor_id, None)
        Notice.objects.bulk_create(
            Notice(user_id=user, entry=entry, node_id=self.node_id, reason=reason, comment=self.pk)
            for user, reason in sorted(reasons.items())
        )


class Mention(models.Model):
    """A comment names a person. Kept by the comment, in the same entry."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="mentions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["comment", "user"], name="mentioned_once"),)

    def __str__(self) -> str:
        return f"{self.user_id} in {self.comment_id}"


class Watch(Record):
    """A person wants to hear of comments on a node. Everybody watches for themselves."""

    TERMS: ClassVar[Terms] = Terms(
        "watch", home="node", add=Verb.VIEW, change=Verb.ADMINISTER, own="user", signed=("user",),
        name="", fixed=frozenset({"node"}),
    )  # fmt: skip

    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="watches")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["workspace", "node", "user"], name="watched_once"),)

    def __str__(self) -> str:
        return f"{self.user_id} watches {self.node_id}"


class Reason(models.TextChoices):
    """Why something concerns a person, the strongest first."""

    MENTIONED = "mentioned"
    ANSWERED = "answered"
    ASSIGNED = "assigned"
    WATCHING = "watching"


class Notice(models.Model):
    """An entry of the log concerns a person. Written with the entry, in one transaction; no noun, for it only says
    of the log who should read it, and nobody but its reader sees or changes it.

    `comment` is the number of the comment it is about, without a foreign key: a comment that is taken back or
    removed takes its notices out of sight, and brings them back when it comes back.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    entry = models.ForeignKey(LogEntry, on_delete=models.PROTECT, related_name="+")
    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="+", db_index=False)
    reason = models.CharField(max_length=10, choices=Reason)
    comment = models.BigIntegerField(null=True)
    read = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "entry", "node"], name="noticed_once"),)

    def __str__(self) -> str:
        return f"{self.entry_id} concerns {self.user_id}: {self.reason}"


__all__ = ["MENTION", "Comment", "Mention", "Notice", "Reason", "Watch"]
