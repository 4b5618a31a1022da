"""What would pull a date in: the cheapest ways to have a task or milestone finish so much earlier.

Every answer is found by asking the engine what would come of changes, never by a formula, so it holds with calendars,
leave, lags, constraints and parallel ways as they are. `levers` says what can give way, how far, and what it costs;
`ways` finds what drives the target; `cut` where something must give way; `docs/guide/pull-in.md` tells it to people.
"""

from collections.abc import Collection
from fractions import Fraction

from triptych.engine.schedule import Schedule, schedule
from triptych.plan import Plan

from .answer import Hindrance, Obstacle, Option, PullIn
from .combining import Combined, combined
from .question import Question
from .rack import May
from .singles import Single, singles
from .telling import in_the_way, option_of

__all__ = ["Hindrance", "May", "Obstacle", "Option", "PullIn", "pull_in"]


def pull_in(
    schedule_or_plan: Schedule | Plan,
    task: int,
    minutes: int,
    *,
    limit: int = 10,
    hidden: Collection[int] = (),
    may: May | None = None,
) -> PullIn:
    """What would pull in the finish of the task with uid `task` by `minutes` working minutes of its project's
    calendar.

    Single options are ranked by cost for a gained minute, then fewer changes, then outline order; `limit` of them are
    told. Names of `hidden` tasks are not told, and only changes that `may` be made are thought of. Raises KeyError for
    a task that is not in the plan, ValueError unless `minutes` is above 0.
    """
    if minutes <= 0:
        raise ValueError("a date is pulled in by more than nothing")
    found = schedule(schedule_or_plan) if isinstance(schedule_or_plan, Plan) else schedule_or_plan
    asked = Question(found, found.plan.index_of[task], minutes, hidden=hidden, may=may)
    together = combined(asked)
    alone = _with_found(singles(asked, limit), together)
    options = [option_of(asked, each.pulls) for each in alone[:limit]]
    best = _best(asked, alone, together)
    meets = best is not None and best.meets
    obstacles = () if meets else in_the_way(asked, together)
    return PullIn(
        task=task,
        goal=minutes,
        finish=asked.finish,
        options=tuple(sorted((each for each in options if each.gain > 0), key=_rank)),
        combination=best if meets else None,
        furthest=None if meets else best,
        in_the_way=obstacles,
        sentence=_sentence(asked, best, obstacles),
    )


def _with_found(alone: list[Single], together: Combined) -> list[Single]:
    """The singles, also one that was found only by searching for several."""
    known = {each.pulls[0][0].row for each in alone}
    if len(together.pulls) != 1 or together.gain <= 0 or together.pulls[0][0].row in known:
        return alone
    return sorted([*alone, Single(together.pulls, together.gain)], key=lambda each: each.price)


def _rank(option: Option) -> tuple[Fraction, int]:
    return Fraction(option.cost, option.gain), len(option.changes)


def _best(asked: Question, alone: list[Single], together: Combined) -> Option | None:
    """The cheapest that meets the goal, of the singles and what was found together; else what gains most."""
    candidates = [Combined(each.pulls, each.gain) for each in alone]
    candidates += [together] if together.gain > 0 else []
    if not candidates:
        return None
    best = min(candidates, key=lambda each: each.rank(asked.goal))
    return option_of(asked, best.pulls)


def _sentence(asked: Question, best: Option | None, obstacles: tuple[Obstacle, ...]) -> str:
    if best is not None and best.meets:
        return best.sentence
    name = asked.words.name(asked.uid)
    most = (
        "nothing was found that helps"
        if best is None
        else f"{asked.spelled(best.gain)} is the most that was found"
    )
    opening = f"{name[0].upper()}{name[1:]} cannot be pulled in by {asked.spelled(asked.goal)}: {most}."
    return " ".join([opening, *(each.sentence for each in obstacles)])
