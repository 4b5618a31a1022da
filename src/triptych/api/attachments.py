"""Files that hang on the tree, whose bytes come in and go out as they are."""

from typing import Any

from django.conf import settings
from django.http import FileResponse, HttpRequest
from django.utils import timezone
from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile

from triptych.apps.people.refusals import TooLarge
from triptych.apps.project import actions, queries
from triptych.apps.project.models import Attachment

from . import access
from .nouns import Removed, row_of
from .reading import Id
from .shapes import FAULTS, Named, json, named

router = Router(tags=["attachments"])


class AttachmentRow(Named):
    """A file on a node; `size` in bytes."""

    node: int
    media_type: str
    size: int
    added_by: Named | None
    at: str


class Attachments(Schema):
    """The files on one node, by name."""

    attachments: list[AttachmentRow]


@router.get("/attachments", response={200: Attachments, **FAULTS})
def read_attachments(request: HttpRequest, node: Id) -> Any:
    """The files on a node, if the reader may see it."""
    found = queries.attachments(access.rights(request), node)
    return json({"attachments": [_row(each) for each in found]})


@router.post("/attachments", response={201: AttachmentRow, **FAULTS})
def attach_file(request: HttpRequest, node: Form[Id], file: File[UploadedFile]) -> Any:
    """Attach a file to a node."""
    limit = (settings.MAX_UPLOAD_MB or 32) * 2**20
    if (file.size or 0) > limit:
        raise TooLarge("attachment.too-large", f"A file has at most {limit // 2**20} MB.")
    done = actions.attach(
        actor=access.user_of(request),
        node=node,
        name=file.name or "file",
        data=file.read(),
        at=timezone.now(),
        door=access.PAGE,
    )
    return json(_row(done.row), 201)


@router.get("/attachments/{number}/content", response={200: Any, **FAULTS})
def read_content(request: HttpRequest, number: Id) -> Any:
    """The bytes of a file, to be saved: never to be shown in the page, for they are anybody's."""
    row, content = queries.open_attachment(access.rights(request), number)
    return FileResponse(
        content, as_attachment=True, filename=row.name, content_type="application/octet-stream"
    )


@router.delete("/attachments/{number}", response={200: Removed, **FAULTS})
def remove_attachment(request: HttpRequest, number: Id) -> Any:
    """Take a file off its node; the trash keeps it for thirty days."""
    row = row_of(access.rights(request), Attachment, number)
    return json({"entry": actions.remove(row, actor=access.user_of(request), door=access.PAGE).pk})


def _row(row: Attachment) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": row.name,
        "node": row.node_id,
        "media_type": row.media_type,
        "size": row.size,
        "added_by": named(row.added_by),
        "at": row.at.isoformat(timespec="seconds"),
    }
