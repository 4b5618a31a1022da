"""Attaching files, and clearing away bytes that nobody needs any more."""

import mimetypes
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from django.conf import settings

from triptych.apps.history.models import LogEntry
from triptych.apps.history.rows import table_of
from triptych.apps.history.writing import API, Door, writing
from triptych.apps.people.models import User
from triptych.apps.people.refusals import NotVisible, TooLarge
from triptych.apps.project import files
from triptych.apps.project.models import Attachment, Node
from triptych.apps.project.rules import rights_of

from .keeping import Written, add

#: How long the bytes of what was removed stay, so that it can be taken back.
KEPT = timedelta(days=30)


def attach(
    *,
    actor: User,
    node: int,
    name: str,
    data: bytes,
    at: datetime,
    media_type: str = "",
    door: Door = API,
) -> Written[Attachment]:
    """Attach a file to a node. Of a path only the last part is its name; without a media type the name tells it.

    The bytes are written before the row: should the row fail, they harm nobody and are cleared away in time. Raises
    NotVisible, NotAllowed unless the actor may comment there, TooLarge over the size that the server takes
    (`TRIPTYCH_MAX_UPLOAD_MB`), Invalid for a name that no file has.
    """
    limit = settings.MAX_UPLOAD_MB or 32
    if len(data) > limit * 2**20:
        raise TooLarge("attachment.too-large", f"A file has at most {limit} MB.")
    home = Node.objects.filter(pk=node, workspace=actor.workspace_id).first()
    if home is None:
        raise NotVisible
    rights_of(actor).need_at(Attachment.TERMS.add, home)
    last = PurePosixPath(name.replace("\\", "/")).name
    with writing():
        return add(
            Attachment,
            actor=actor,
            door=door,
            node=home,
            name=last,
            media_type=(media_type or mimetypes.guess_type(last)[0] or "application/octet-stream")[:127],
            size=len(data),
            sha256=files.keep(data),
            at=at,
        )


def tidy_files(now: datetime) -> int:
    """Remove the bytes that no attachment has and no entry of the last 30 days could bring back; how many files went.

    Nobody's action: the clock calls it, once a day. It needs no entry, for what it removes cannot be seen any more.
    """
    needed = set(Attachment.objects.values_list("sha256", flat=True))
    recent = LogEntry.objects.filter(at__gt=now - KEPT).exclude(edits=[]).values_list("edits", flat=True)
    table = table_of(Attachment)
    for edits in recent.iterator():
        for edit in edits:
            if edit["table"] == table:
                needed |= {side["sha256"] for side in (edit["was"], edit["now"]) if side and "sha256" in side}
    return files.tidy(needed, now)
