"""What of a task cannot stand as it is given: reported, and what stands instead."""

from .diagnostics import Diagnostic, warning
from .kinds import Constraint
from .model import Task


def unsound_minutes(task: Task, place: str, found: list[Diagnostic], *, most: int) -> dict[str, object]:
    """Remaining duration and levelling delay outside 0 to `most` minutes."""
    changes: dict[str, object] = {}
    for name, words, instead in (
        ("remaining", "remaining duration", None),
        ("levelling_delay", "levelling delay", 0),
    ):
        value = getattr(task, name)
        if value is not None and not 0 <= value <= most:
            found.append(
                warning(
                    f"task.bad-{name.replace('_', '-')}",
                    f"Its {words} of {value} minutes is not possible, so it is ignored. Correct it.",
                    place,
                )
            )
            changes[name] = instead
    return changes


def undated_constraints(task: Task, place: str, found: list[Diagnostic]) -> dict[str, object]:
    """Constraints that need a date and have none."""
    changes: dict[str, object] = {}
    for name, kind in (("constraint", task.constraint), ("secondary", task.secondary)):
        if kind.dated and getattr(task, f"{name}_date") is None:
            found.append(
                warning(
                    "task.constraint-without-date",
                    f"“{kind.words}” has no date, so it is ignored. Give it a date.",
                    place,
                )
            )
            changes[name] = Constraint.ASAP
    return changes
