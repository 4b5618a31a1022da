"""The log, and taking back what is in it."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from triptych.apps.history.queries import News, latest
from triptych.apps.people.refusals import NotVisible
from triptych.apps.project.actions import Undone, redo, restore, undo
from triptych.apps.project.since import changed_since, project_as_of
from triptych.apps.project.trash import trash
from triptych.plan.quantities import spell_instant

from . import access
from .reading import Id
from .shapes import FAULTS, NO_RIPPLE, Named, RippleShape, TaskRow, json, named, ripple_shape

router = Router(tags=["history"])


class Entry(Schema):
    """One write. `actor` is null where a change in a project that the reader may not see moved this one."""

    seq: int
    at: str
    actor: Named | None
    door: str
    verb: str
    sentence: str
    project: int | None
    undone: bool
    undoes: int | None


class History(Schema):
    """The newest entries, newest first."""

    entries: list[Entry]


class Deed(Schema):
    """The entry that was taken back."""

    entry: int
    sentence: str


class UndoAnswer(Schema):
    """An entry was undone."""

    entry: int
    undone: Deed
    projects: list[int]
    ripple: RippleShape


class RedoAnswer(Schema):
    """An undo was taken back."""

    entry: int
    redone: Deed
    projects: list[int]
    ripple: RippleShape


class UndoRequest(Schema):
    """Which entry of the caller's own to take back, the latest that can be without it."""

    entry: Id | None = None


class RestoreAnswer(Schema):
    """What was removed is there again."""

    entry: int
    restored: Deed
    projects: list[int]
    ripple: RippleShape


class Removed(Schema):
    """What an entry removed, and until when it can be brought back."""

    entry: int
    sentence: str
    actor: Named
    at: str
    until: str


class Trash(Schema):
    """What was removed where the reader may see it, the latest first."""

    removed: list[Removed]


class Changed(Schema):
    """What has changed in a project since an entry: what moved, and the entries, oldest first."""

    ripple: RippleShape
    entries: list[Entry]


class Past(Schema):
    """A project as it was after an entry, scheduled by the rules of today."""

    start: str | None
    finish: str | None
    tasks: list[TaskRow]


class Nothing(Schema):
    """An empty body."""


@router.get("/history", response={200: History, **FAULTS})
def read_history(request: HttpRequest, project: Id | None = None, before: Id | None = None) -> Any:
    """Fifty entries that the reader may know of, newest first: of one node of the upper tree, or of all.

    `before` takes the next page: entries with a smaller number than this.
    """
    rights = access.rights(request)
    if project is not None and project not in rights.visible:
        raise NotVisible
    found = latest(workspace=rights.user.workspace_id, where=rights.where, node=project, before=before)
    return json({"entries": [_entry(each) for each in found]})


def _entry(news: News) -> dict[str, Any]:
    entry = news.entry
    return {
        "seq": news.seq,
        "at": _moment(entry.at),
        "actor": named(news.actor),
        "door": entry.door,
        "verb": news.verb,
        "sentence": news.sentence,
        "project": news.node,
        "undone": entry.undone_by_id is not None,
        "undoes": entry.undoes_id,
    }


@router.post("/undo", response={200: UndoAnswer, **FAULTS})
def undo_one(request: HttpRequest, body: UndoRequest) -> Any:
    """Take back an entry of the caller's, the latest that can be if none is named."""
    done = undo(actor=access.user_of(request), entry=body.entry, door=access.PAGE)
    return json(_answer(request, done, "undone"))


@router.post("/redo", response={200: RedoAnswer, **FAULTS})
def redo_latest(request: HttpRequest, body: Nothing) -> Any:  # noqa: ARG001
    """Take back the caller's latest undo."""
    return json(_answer(request, redo(actor=access.user_of(request), door=access.PAGE), "redone"))


@router.get("/trash", response={200: Trash, **FAULTS})
def read_trash(request: HttpRequest) -> Any:
    """What was removed in the last thirty days and can be brought back."""
    found = trash(access.rights(request), now=timezone.now())
    rows = [
        {
            "entry": each.entry.pk,
            "sentence": each.entry.sentence,
            "actor": named(each.entry.actor),
            "at": _moment(each.entry.at),
            "until": _moment(each.until),
        }
        for each in found
    ]
    return json({"removed": rows})


@router.post("/trash/{entry}/restoration", response={200: RestoreAnswer, **FAULTS})
def restore_removed(request: HttpRequest, entry: Id) -> Any:
    """Bring back what an entry removed, whoever removed it."""
    done = restore(actor=access.user_of(request), entry=entry, now=timezone.now(), door=access.PAGE)
    return json(_answer(request, done, "restored"))


@router.get("/projects/{project}/since", response={200: Changed, **FAULTS})
def read_since(request: HttpRequest, project: Id, seq: Id) -> Any:
    """What has changed in a project since an entry, and what that moved."""
    rights = access.rights(request)
    found = changed_since(rights, project, seq)
    ripple = ripple_shape(found.ripple, found.now, rights)
    return json({"ripple": ripple, "entries": [_entry(each) for each in found.news]})


@router.get("/projects/{project}/past", response={200: Past, **FAULTS})
def read_past(request: HttpRequest, project: Id, seq: Id) -> Any:
    """A project as it was after an entry of the log."""
    found = project_as_of(access.rights(request), project, seq)
    at = found.plan.project_index[project]
    return json(
        {
            "start": spell_instant(int(found.schedule.project_start[at])),
            "finish": spell_instant(int(found.schedule.project_finish[at])),
            "tasks": found.sheet.rows(project),
        }
    )


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")


def _answer(request: HttpRequest, done: Undone, word: str) -> dict[str, Any]:
    rights = access.rights(request)
    outcome = done.outcome
    return {
        "entry": done.entry.pk,
        word: {"entry": done.target.pk, "sentence": done.target.sentence},
        "projects": [each for each in done.projects if each in rights.visible],
        "ripple": NO_RIPPLE if outcome is None else ripple_shape(outcome.ripple, outcome.after, rights),
    }
