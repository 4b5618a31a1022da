"""What a ripple says in the log: never a task's name, for the log is read by others than the one who wrote."""

from typing import Any

from triptych.engine import Ripple
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
