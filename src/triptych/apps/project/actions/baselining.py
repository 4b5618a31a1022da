"""What a project has agreed: its baselines."""

from collections.abc import Callable
from dataclasses import replace

from triptych.apps.history.writing import API, Door
from triptych.apps.people.models import User
from triptych.apps.people.roles import Verb
from triptych.apps.project import queries
from triptych.apps.project.bridge import Computed
from triptych.apps.project.rules import Rights, rights_of
from triptych.apps.project.wording import tell
from triptych.engine import baseline_of
from triptych.plan.changes import Change, SetBaseline
from triptych.plan.quantities import Instant

from .editing import check
from .perform import Deed, Outcome, perform


def freeze_baseline(
    *,
    actor: User,
    project: int,
    number: int = 0,
    name: str = "",
    saved: Instant | None = None,
    preview: bool = False,
    door: Door = API,
) -> Outcome:
    """Freeze the dates, durations, work, costs and progress that a project's tasks now have as the baseline `number`, in
    the place of the one that there is; `saved` is the instant of now. It moves nothing, and can be undone.

    Raises NotVisible or NotAllowed unless the actor may change the project's plan, Invalid for a number over 9999.
    """

    def freeze(before: Computed) -> SetBaseline:
        frozen = baseline_of(before.schedule, number, name=name, saved=saved)
        gone = tuple(sorted(queries.baselined_tasks(project, number)))
        change = SetBaseline.of(project, frozen, gone)
        mine = tuple(row for row in change.rows if before.project_of(row[0]) == project)
        return replace(change, rows=mine)

    return _perform(freeze, "freeze_baseline", actor, project, preview, door)


def clear_baseline(
    *, actor: User, project: int, number: int = 0, preview: bool = False, door: Door = API
) -> Outcome:
    """Forget a project's baseline; as `freeze_baseline`."""

    def clear(_: Computed) -> SetBaseline:
        return SetBaseline(project, number, (), tuple(sorted(queries.baselined_tasks(project, number))))

    return _perform(clear, "clear_baseline", actor, project, preview, door)


def _perform(
    make: Callable[[Computed], SetBaseline], verb: str, actor: User, project: int, preview: bool, door: Door
) -> Outcome:
    rights_of(actor).need(Verb.EDIT_PLAN, project)

    def changes(rights: Rights, before: Computed) -> list[Change]:
        rights.need(Verb.EDIT_PLAN, project)
        change = make(before)
        check([change])
        return [change]

    deed = Deed(verb, changes, lambda done, before, after: tell(done, before.plan, after.plan, project))
    return perform(deed, actor=actor, node=project, projects=[project], preview=preview, door=door)
