"""Why a task is on its date."""

from typing import Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema

from triptych.apps.project import bridge, queries
from triptych.apps.project.bridge import Computed
from triptych.engine import Explanation, Step, explain
from triptych.plan.quantities import spell_instant
from triptych.plan.spelling import in_words

from . import access
from .reading import Id
from .shapes import FAULTS, LinkKindName, json

router = Router(tags=["tasks"])


class WhyLink(Schema):
    """The link by which a predecessor holds a task."""

    pred: int
    succ: int
    kind: LinkKindName
    lag_minutes: int


class WhyStep(Schema):
    """One link of the chain of causes."""

    task: int | None
    name: str | None
    reason: str
    sentence: str
    at: str
    link: WhyLink | None


class Why(Schema):
    """Why a date is what it is: from the task asked about back to the root cause."""

    task: int
    field: Literal["start", "finish"]
    sentence: str
    steps: list[WhyStep]


@router.get("/tasks/{task}/why", response={200: Why, **FAULTS})
def read_why(request: HttpRequest, task: Id, field: Literal["start", "finish"] = "start") -> Any:
    """What holds a task on its date. Where the chain enters a project the reader may not see, it ends, with a
    date and no name."""
    rights = access.rights(request)
    project = queries.project_of_task(rights, task)
    found = bridge.computed(bridge.reach([project]))
    hidden = found.tasks_outside(rights.visible)
    answer = explain(found.schedule, task, field, hidden=hidden)
    return json(_why(answer, found, hidden))


def _why(answer: Explanation, found: Computed, hidden: frozenset[int]) -> dict[str, Any]:
    steps, sentence = [], answer.sentence
    for step in answer.steps:
        if step.task in hidden:
            steps.append(_veiled(step))
            sentence = f"{answer.steps[0].sentence} What holds that lies in a project you may not see."
            break
        steps.append(_step(step, found))
    return {"task": answer.task, "field": answer.field, "sentence": sentence, "steps": steps}


def _step(step: Step, found: Computed) -> dict[str, Any]:
    link = step.link
    return {
        "task": step.task,
        "name": found.plan.tasks.name[found.plan.index_of[step.task]],
        "reason": step.reason,
        "sentence": step.sentence,
        "at": spell_instant(step.at),
        "link": None
        if link is None
        else {"pred": link.pred, "succ": link.succ, "kind": link.kind.name, "lag_minutes": link.lag},
    }


def _veiled(step: Step) -> dict[str, Any]:
    """A step of which only the date is told: its words could name a project, a person or a reason."""
    return {
        "task": None,
        "name": None,
        "reason": "link",
        "sentence": f"A task you may not see is on {in_words(step.at)}.",
        "at": spell_instant(step.at),
        "link": None,
    }
