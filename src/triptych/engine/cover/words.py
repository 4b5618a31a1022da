"""Stand-ins, delays and hours in sentences."""

from collections.abc import Sequence

from triptych.engine.forecast.words import money
from triptych.plan import Plan, spell_duration
from triptych.plan.spelling import day_in_words, hours

from .answer import Known, StandIn

#: Less than this is rounding: half a minute of work.
LITTLE = 0.5


def name_of(plan: Plan, row: int) -> str:
    """A task in a sentence."""
    return f"“{plan.tasks.name[row] or 'without a name'}”"


def listed(parts: Sequence[str], most: int = 4) -> str:
    """`A`, `A and B`, `A, B and C`, `A, B, C, D and 3 more`."""
    if len(parts) > most:
        return f"{', '.join(parts[:most])} and {len(parts) - most} more"
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def later(minutes: int, per_day: int) -> str:
    """`2d later`, `1d earlier`, `as planned`."""
    if minutes == 0:
        return "as planned"
    return f"{spell_duration(abs(minutes), minutes_per_day=per_day)} {'later' if minutes > 0 else 'earlier'}"


def stand_in_sentence(found: StandIn, needed: float, per_day: int, currency: str) -> str:
    """What comes of it if this person takes the task over."""
    busy = found.overload >= LITTLE
    could = {
        Known.ROLE: f"{found.name} has the role, but not the time" if busy else f"{found.name} could",
        Known.SKILL: f"{found.name} has the skill, but not the time"
        if busy
        else f"{found.name} could, who has the skill",
        Known.UNKNOWN: f"{found.name} perhaps, though whether they are able to is not on record",
    }[found.known]
    parts = [_free(found, needed), _finishes(found, per_day)]
    if found.cost:
        amount = money(abs(found.cost), currency)
        parts.append(f"it costs {amount} {'more' if found.cost > 0 else 'less'}")
    if busy:
        parts.append(f"{hours(found.overload)} more than there is time for")
    return f"{could}: {', '.join(parts)}."


def _free(found: StandIn, needed: float) -> str:
    if found.free >= needed - LITTLE:
        return f"free for all {hours(needed)}"
    return f"free for {hours(found.free)} of {hours(needed)}"


def _finishes(found: StandIn, per_day: int) -> str:
    task, project = found.task_delay, found.project_delay
    if task == 0 and project == 0:
        return "it finishes as planned"
    if task == 0:
        return f"the task finishes as planned, but what follows makes the project finish {later(project, per_day)}"
    told = f"it finishes {later(task, per_day)}, on {day_in_words(found.task_finish)}"
    return f"{told}, and the project {later(project, per_day)}"
