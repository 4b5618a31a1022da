"""Files come in."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import File, Form, Router, Schema, UploadedFile

from triptych.apps.people.refusals import TooLarge
from triptych.apps.project import queries
from triptych.apps.project.actions import Imported, import_plan

from . import access
from .problems import Fault
from .reading import Id
from .shapes import FAULTS, json

router = Router(tags=["imports"])


class Counts(Schema):
    """How much a file holds."""

    tasks: int
    summaries: int
    milestones: int
    links: int
    resources: int
    assignments: int
    calendars: int


class SavedDates(Schema):
    """How many dates the writing application had saved, and how many of ours equal them."""

    compared: int
    equal: int


class Unmapped(Schema):
    """What a file holds and a plan here does not."""

    what: str
    count: int
    why: str


class Report(Schema):
    """What was read, what was not, and what is wrong."""

    format: str
    application: str
    name: str
    start: str | None
    finish: str | None
    counts: Counts
    saved_dates: SavedDates
    unmapped: list[Unmapped]
    diagnostics: list[Fault]


class ImportAnswer(Schema):
    """The outcome of an import; `project` and `entry` are null in a preview."""

    accepted: bool
    project: int | None
    entry: int | None
    report: Report


@router.post("/imports", response={200: ImportAnswer, 201: ImportAnswer, **FAULTS})
def import_file(
    request: HttpRequest, parent: Form[Id], file: File[UploadedFile], preview: bool = False
) -> Any:
    """Import a file as a project under a program or portfolio, or with `preview` only report on it."""
    limit = (settings.MAX_UPLOAD_MB or 32) * 2**20
    if (file.size or 0) > limit:
        raise TooLarge("import.too-large", f"The file is larger than the {limit // 2**20} MB taken here.")
    node = queries.upper_node(access.rights(request), parent)
    done = import_plan(
        actor=access.user_of(request),
        parent=node,
        data=file.read(),
        name=file.name or "file",
        preview=preview,
        door=access.PAGE,
    )
    return json(_answer(done), 200 if preview else 201)


def _answer(done: Imported) -> dict[str, Any]:
    report = done.report
    return {
        "accepted": report.accepted,
        "project": None if done.project is None else done.project.pk,
        "entry": None if done.entry is None else done.entry.pk,
        "report": {
            "format": report.format,
            "application": report.application,
            "name": report.name,
            "start": report.start,
            "finish": report.finish,
            "counts": report.counts,
            "saved_dates": {"compared": report.compared, "equal": report.equal},
            "unmapped": [{"what": u.what, "count": u.count, "why": u.why} for u in report.unmapped],
            "diagnostics": [each.as_json() for each in report.diagnostics],
        },
    }
