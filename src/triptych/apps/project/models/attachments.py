"""Files that hang on the tree."""

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models

from triptych.apps.people.records import Record, Terms
from triptych.apps.people.roles import Verb
from triptych.apps.project.files import is_kept

from .tree import Node


class Attachment(Record):
    """A file on a node. Its bytes are in the data directory under their SHA-256, once for all that have them;
    `attach` writes them before the row. `size` is in bytes."""

    TERMS: ClassVar[Terms] = Terms(
        "attachment", home="node", add=Verb.COMMENT, change=Verb.EDIT_PLAN, own="added_by", signed=("added_by",),
        fixed=frozenset({"node", "media_type", "size", "sha256", "at"}),
    )  # fmt: skip

    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=127)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64, validators=[RegexValidator(r"\A[0-9a-f]{64}\Z")], db_index=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name

    def faults(self) -> Mapping[str, str]:
        if any(each in "/\\" or not each.isprintable() for each in self.name):
            return {"name": "A file's name holds no slash and nothing invisible."}
        if self.pk is None and not is_kept(self.sha256, self.size):
            return {"sha256": "The bytes come before the row."}
        return {}
