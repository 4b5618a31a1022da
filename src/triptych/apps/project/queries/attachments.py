"""Reading what is attached."""

from typing import BinaryIO

from django.db.models import QuerySet

from triptych.apps.people.refusals import NotVisible
from triptych.apps.project import files
from triptych.apps.project.models import Attachment
from triptych.apps.project.rules import Rights, records_visible_to


def attachments(rights: Rights, node: int) -> QuerySet[Attachment]:
    """What is attached to a node, by name, with who attached it."""
    rows = records_visible_to(rights, Attachment).filter(node=node)
    return rows.select_related("added_by").order_by("name", "pk")


def open_attachment(rights: Rights, pk: int) -> tuple[Attachment, BinaryIO]:
    """An attachment and its bytes, open to read. Raises NotVisible, also where the data directory has lost them.

    Whoever sends them on must say that they are to be saved and not shown: they are anybody's.
    """
    row = records_visible_to(rights, Attachment).filter(pk=pk).first()
    if row is None:
        raise NotVisible
    try:
        return row, files.open_kept(row.sha256)
    except FileNotFoundError:
        raise NotVisible from None
