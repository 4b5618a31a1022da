"""Why a task is on its date, and what would pull it in."""

from collections.abc import Callable
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from triptych.apps.people.refusals import Refusal
from triptych.apps.project import bridge, queries
from triptych.apps.project.actions.editing import authorise
from triptych.apps.project.actions.staffing import authorise_absence
from triptych.apps.project.bridge import Computed
from triptych.apps.project.changes import to_json
from triptych.apps.project.rules import Rights
from triptych.engine import Explanation, Obstacle, Option, PullIn, Step, explain, pull_in
from triptych.plan import changes as c
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


Lever = Annotated[
    c.SetDuration
    | c.SetProgress
    | c.SetLag
    | c.SetConstraint
    | c.SetSecondaryConstraint
    | c.SetMode
    | c.RemoveAbsence,
    Field(discriminator="op"),
]


class PullInOption(Schema):
    """One way to have a task finish earlier, or several together: `changes` to make, and in words the `deeds`.

    The cost is working time that tasks are compressed by; what costs none may need somebody's decision. `then` is
    what holds the task next, where the goal is not met.
    """

    changes: list[Lever]
    deeds: list[str]
    gain_minutes: int
    finish: str
    cost_minutes: int
    decision: bool
    meets: bool
    sentence: str
    then: str | None


class Hindrance(Schema):
    """What stands in the way of more."""

    task: int | None
    reason: str
    sentence: str


class PullInAnswer(Schema):
    """What would pull a task in: single options, the cheapest a gained minute first; the combination that meets the
    goal, else the furthest that was found and what is in the way."""

    task: int
    goal_minutes: int
    finish: str
    sentence: str
    options: list[PullInOption]
    combination: PullInOption | None
    furthest: PullInOption | None
    in_the_way: list[Hindrance]


@router.get("/tasks/{task}/pull-in", response={200: PullInAnswer, **FAULTS})
def read_pull_in(request: HttpRequest, task: Id, days: Annotated[float, Field(gt=0, le=1000)] = 1) -> Any:
    """The cheapest ways to have a task finish so many working days earlier. Only changes that the reader may make
    are thought of; of projects they may not see nothing but dates is told."""
    rights = access.rights(request)
    project = queries.project_of_task(rights, task)
    found = bridge.computed(bridge.reach([project]))
    hidden = found.tasks_outside(rights.visible)
    per_day = found.plan.projects[found.plan.project_index[project]].minutes_per_day
    answer = pull_in(
        found.schedule,
        task,
        max(1, round(days * per_day)),
        hidden=hidden,
        may=_may(rights, found, project),
    )
    return json(_pull_in(answer, hidden))


def _may(rights: Rights, found: Computed, project: int) -> Callable[[c.Change], bool]:
    """Whether the reader may make a change, by the rules of those who make it."""

    def may(change: c.Change) -> bool:
        try:
            if isinstance(change, c.RemoveAbsence):
                authorise_absence(rights, change.resource)
            else:
                authorise(rights, found, project, [change])
        except Refusal:
            return False
        return True

    return may


def _pull_in(answer: PullIn, hidden: frozenset[int]) -> dict[str, Any]:
    return {
        "task": answer.task,
        "goal_minutes": answer.goal,
        "finish": spell_instant(answer.finish),
        "sentence": answer.sentence,
        "options": [_option(each) for each in answer.options],
        "combination": None if answer.combination is None else _option(answer.combination),
        "furthest": None if answer.furthest is None else _option(answer.furthest),
        "in_the_way": [_hindrance(each, hidden) for each in answer.in_the_way],
    }


def _option(option: Option) -> dict[str, Any]:
    return {
        "changes": to_json(option.changes),
        "deeds": option.deeds,
        "gain_minutes": option.gain,
        "finish": spell_instant(option.finish),
        "cost_minutes": option.cost,
        "decision": option.decision,
        "meets": option.meets,
        "sentence": option.sentence,
        "then": option.then,
    }


def _hindrance(obstacle: Obstacle, hidden: frozenset[int]) -> dict[str, Any]:
    """What is in the way; of a hidden task its date alone, which the sentence tells."""
    if obstacle.task in hidden:
        return {"task": None, "reason": "link", "sentence": obstacle.sentence}
    return {"task": obstacle.task, "reason": obstacle.reason, "sentence": obstacle.sentence}
