"""The answer in sentences."""

from collections.abc import Iterable, Iterator

import numpy as np

from triptych.engine.columns import BY_ACTUAL
from triptych.engine.explain import Step as Cause
from triptych.engine.explain import explain
from triptych.engine.schedule import Schedule
from triptych.plan import NO_INSTANT, LinkKind
from triptych.plan.spelling import count, in_words

from .answer import Obstacle, Option
from .combining import Combined
from .levers import Lever, Shorten
from .question import Pull, Question, changes_of
from .ways import Step

#: So many levers that go no further are told.
_MOST_LIMITS = 3
#: So many deeds are told in one sentence.
_MOST_DEEDS = 2


def option_of(asked: Question, pulls: list[Pull]) -> Option:
    """Levers that are pulled, with what comes of it."""
    ordered = sorted(pulls, key=lambda each: each[0].row)
    deeds = tuple(asked.words.deed(lever, amount) for lever, amount in ordered)
    finish = asked.finish_after(pulls)
    gain = asked.gain_to(finish)
    earlier = f"{asked.words.name(asked.uid)} finishes {asked.spelled(gain)} earlier, on {in_words(finish)}"
    return Option(
        changes=changes_of(pulls),
        deeds=deeds,
        gain=gain,
        finish=finish,
        cost=sum(lever.cost(amount) for lever, amount in pulls),
        decision=any(lever.decision for lever, _ in pulls),
        meets=gain >= asked.goal,
        sentence=f"{_together(deeds)}: {earlier}.",
        then=None if gain >= asked.goal else _then(asked, pulls),
    )


def _together(deeds: tuple[str, ...]) -> str:
    if len(deeds) > _MOST_DEEDS:
        return f"{count(len(deeds), 'change')} together"
    return ", ".join([deeds[0], *(each[0].lower() + each[1:] for each in deeds[1:])])


def _then(asked: Question, pulls: list[Pull]) -> str:
    """What holds the target next, where levers help only in part: the first cause that was none before, were they
    pulled a little further; else how far they go; else the root of all."""
    then = asked.after([(lever.bare(), min(lever.room, amount + lever.step)) for lever, amount in pulls])
    before, causes = {*_held(asked.found, asked.row)}, [*_held(then, asked.row)]
    new = next((row for row, held in causes if (row, held) not in before), None)
    limits = _limits(asked, (lever for lever, _ in pulls)) if new is None else []
    return " ".join(limits) or _cause(asked, then, causes[-1][0] if new is None else new)


def _held(found: Schedule, row: int) -> Iterator[tuple[int, int]]:
    """The chain of what holds a finish: each task and what holds it, a link or a reason, back to the root."""
    plan, finish = found.plan, True
    while True:
        while plan.is_summary[row]:
            below = np.flatnonzero((plan.tasks.parent == row) & plan.tasks.active)
            if len(below) == 0:
                return
            dates = found.finish[below] if finish else -found.start[below]
            row = int(below[np.argmax(dates)])
        held = int(found.driver[row])
        if not finish and plan.tasks.actual_start[row] != NO_INSTANT:
            held = BY_ACTUAL
        yield row, held
        if held < 0:
            return
        row, finish = int(plan.links.pred[held]), LinkKind(int(plan.links.kind[held])).from_finish


def _cause(asked: Question, found: Schedule, row: int) -> str:
    """Why a task is where it is, in a sentence."""
    begun = asked.plan.tasks.actual_start[row] != NO_INSTANT
    uid = int(asked.plan.tasks.uid[row])
    return _told(asked, explain(found, uid, "finish" if begun else "start", hidden=asked.hidden).steps[0])


def _causes(asked: Question, found: Schedule) -> tuple[Cause, ...]:
    return explain(found, asked.uid, "finish", hidden=asked.hidden).steps


def _told(asked: Question, cause: Cause) -> str:
    """The sentence of a cause; of a hidden task only when it is."""
    if cause.task in asked.hidden:
        return f"A task you may not see is on {in_words(cause.at)}."
    return cause.sentence


def _limits(asked: Question, levers: Iterable[Lever]) -> list[str]:
    return [limit for limit in map(asked.words.limit, levers) if limit is not None]


def in_the_way(asked: Question, found: Combined) -> tuple[Obstacle, ...]:
    """What stands in the way of more than was found."""
    if found.blocked is None:
        return ()
    if not found.blocked:
        sentence = "Too many ways of the same length lead to it to shorten them all."
        return (Obstacle(asked.uid, "many-ways", sentence),)
    after = asked.after(found.pulls)
    waits = [each for each in _causes(asked, after) if each.reason in ("absence", "calendar", "levelling")]
    obstacles = [
        Obstacle(each.task, each.reason, _told(asked, each))
        for each in [*_root(asked, found.blocked, after), *waits]
    ]
    obstacles += [*_gone_far(asked, found.blocked), *_rights(asked, found.blocked)]
    return tuple(dict.fromkeys(obstacles))


def _root(asked: Question, way: tuple[Step, ...], after: Schedule) -> list[Cause]:
    """Why the way on which nothing gives way begins where it does."""
    row = next((step.row for step in way if step.row >= 0), asked.row)
    done = asked.plan.tasks.actual_finish[row] != NO_INSTANT
    found = explain(after, int(asked.plan.tasks.uid[row]), "finish" if done else "start", hidden=asked.hidden)
    return [found.steps[0] if done else found.steps[-1]]


def _gone_far(asked: Question, way: tuple[Step, ...]) -> Iterator[Obstacle]:
    """Tasks on the way that are as short as they may be; else links that overlap as far as they may."""
    levers = dict.fromkeys(step.lever for step in way if step.lever is not None)
    ranked = sorted(
        levers, key=lambda each: (not isinstance(each, Shorten), -int(each.room / each.ratio), each.row)
    )
    for lever in ranked[:_MOST_LIMITS]:
        for sentence in _limits(asked, [lever]):
            yield Obstacle(int(asked.plan.tasks.uid[lever.row]), "shortest", sentence)


def _rights(asked: Question, way: tuple[Step, ...]) -> Iterator[Obstacle]:
    if any(step.row in asked.rack.refused for step in way if step.lever is None):
        yield Obstacle(asked.uid, "rights", "What could give way further is not yours to change.")
