"""The log, and taking back what is in it."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from triptych.apps.history.queries import News, latest
from triptych.apps.people.refusals import NotVisible
from triptych.apps.project.actions import Undone, redo, undo

from . import access
from .reading import Id
from .shapes import FAULTS, NO_RIPPLE, Named, RippleShape, json, named, ripple_shape

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
    found = latest(workspace=rights.user.workspace_id, visible=rights.visible, node=project, before=before)
    return json({"entries": [_entry(each) for each in found]})


def _entry(news: News) -> dict[str, Any]:
    entry = news.entry
    return {
        "seq": news.seq,
        "at": entry.at.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "actor": named(news.actor),
        "door": entry.door,
        "verb": news.verb,
        "sentence": news.sentence,
        "project": news.node,
        "undone": entry.undone_by_id is not None,
        "undoes": entry.undoes_id,
    }


@router.post("/undo", response={200: UndoAnswer, **FAULTS})
def undo_latest(request: HttpRequest, body: Nothing) -> Any:  # noqa: ARG001 - an empty object is the contract
    """Take back the caller's latest entry that can be."""
    return json(_answer(request, undo(actor=access.user_of(request), door=access.PAGE), "undone"))


@router.post("/redo", response={200: RedoAnswer, **FAULTS})
def redo_latest(request: HttpRequest, body: Nothing) -> Any:  # noqa: ARG001
    """Take back the caller's latest undo."""
    return json(_answer(request, redo(actor=access.user_of(request), door=access.PAGE), "redone"))


def _answer(request: HttpRequest, done: Undone, word: str) -> dict[str, Any]:
    rights = access.rights(request)
    outcome = done.outcome
    return {
        "entry": done.entry.pk,
        word: {"entry": done.target.pk, "sentence": done.target.sentence},
        "projects": [each for each in done.projects if each in rights.visible],
        "ripple": NO_RIPPLE if outcome is None else ripple_shape(outcome, rights),
    }
