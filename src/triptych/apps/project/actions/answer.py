"""What an outcome says: in the log never a task's name, for others than the one who wrote read it; to the actor, what
they may see."""

from typing import Any

from triptych.apps.people.roles import Verb
from triptych.apps.project.bridge import Computed
from triptych.apps.project.rules import Rights
from triptych.engine import Ripple
from triptych.engine.impact import Impact, impact
from triptych.plan.quantities import spell_instant


def ripple_summary(ripple: Ripple) -> dict[str, Any]:
    """The ripple as figures."""
    return {
        "sentence": ripple.sentence,
        "tasks": ripple.tasks,
        "milestones": ripple.milestones,
        "finish_before": spell_instant(ripple.finish_before),
        "finish_after": spell_instant(ripple.finish_after),
        "finish_delta_minutes": ripple.finish_delta_minutes,
    }


def impact_between(rights: Rights, before: Computed, after: Computed) -> Impact:
    """What a change does beside moving dates, in the projects that the reader may see; the cost of those whose money
    they may see. Of people it tells in hours what is too much for them over all projects, hidden ones included."""
    return impact(
        before.schedule,
        after.schedule,
        projects=rights.visible,
        priced=rights.where(Verb.SEE_MONEY),
        hidden=after.tasks_outside(rights.visible),
    )
