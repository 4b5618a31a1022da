"""A whole plan comes in, from a file or as a value, and becomes a project."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from triptych.apps.history import actions as log
from triptych.apps.history.models import LogEntry
from triptych.apps.history.writing import API, Door, writing
from triptych.apps.people.models import User
from triptych.apps.people.refusals import Invalid
from triptych.apps.people.roles import Verb
from triptych.apps.project.models import Kind, Node
from triptych.engine import Schedule, agreement, schedule
from triptych.formats import ReadReport, Unmapped, read_plan
from triptych.plan.diagnostics import Diagnostic, Severity, error
from triptych.plan.model import Plan
from triptych.plan.quantities import spell_instant

from .branches import Branch
from .growing import accountable, place_for
from .recording import record


@dataclass(frozen=True)
class ImportReport:
    """What a file holds, what of it was understood, and how far our dates agree with those saved in it."""

    accepted: bool
    format: str
    application: str
    name: str
    start: str | None
    finish: str | None
    counts: dict[str, int]
    compared: int
    equal: int
    unmapped: tuple[Unmapped, ...]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class Imported:
    """The outcome of an import; `project` and `entry` are None in a preview."""

    report: ImportReport
    project: Node | None = None
    entry: LogEntry | None = None


@dataclass(frozen=True)
class Recorded:
    """A plan that has become a project; `tasks` and `resources` lead from its own numbers to those of the rows."""

    project: Node
    entry: LogEntry
    tasks: dict[int, int]
    resources: dict[int, int]


def import_plan(
    *, actor: User, parent: Node, data: bytes, name: str, preview: bool = False, door: Door = API
) -> Imported:
    """Import a file as a new project under `parent`, a program or portfolio.

    All or nothing: a file with errors is refused with all of them, and leaves nothing behind. With `preview` the
    report is returned in any case and nothing is written. Raises NotVisible, NotAllowed, Invalid
    (`import.refused`, whose errors carry the codes and places of the file).
    """
    place_for(actor=actor, kind=Kind.PROJECT, parent=parent, verb=Verb.IMPORT_PLAN)
    read = read_plan(data, name=name)
    dated = schedule(read.plan) if read.plan is not None else None
    report = report_of(read, dated, name)
    if preview:
        return Imported(report)
    if not report.accepted or read.plan is None:
        raise refused(report.diagnostics)
    sentence = f"Imported “{report.name}” from {PurePath(name).name or 'a file'}"
    made = _record(actor, parent, read.plan, report.name, None, "import_plan", sentence, door)
    return Imported(report, made.project, made.entry)


def record_plan(
    *,
    actor: User,
    parent: Node | None,
    plan: Plan,
    name: str,
    manager: User | None = None,
    door: Door = API,
) -> Recorded:
    """Record a plan of one project, built with `PlanBuilder`, as a new project under `parent`.

    Calendars become the project's own; a resource whose e-mail is that of one in the workspace becomes that one.
    Raises Refusal, also for a plan whose links form a circle.
    """
    found = [each for each in schedule(plan).diagnostics if each.severity is Severity.ERROR]
    if found:
        raise refused(found)
    return _record(actor, parent, plan, name, manager, "record_plan", f"Created the project “{name}”", door)


def _record(
    actor: User,
    parent: Node | None,
    plan: Plan,
    name: str,
    manager: User | None,
    verb: str,
    sentence: str,
    door: Door,
) -> Recorded:
    with writing():
        right = Verb.IMPORT_PLAN if verb == "import_plan" else Verb.EDIT_PLAN
        position = place_for(actor=actor, kind=Kind.PROJECT, parent=parent, verb=right)
        project, tasks, resources = record(
            plan,
            workspace=actor.workspace,
            parent=parent,
            position=position,
            name=name,
            manager=accountable(Kind.PROJECT, manager, actor),
        )
        entry = log.append(
            actor=actor,
            door=door,
            verb=verb,
            sentence=sentence,
            node=project.pk,
            changes=[Branch("restore_node", project.pk).as_json()],
            inverses=[Branch("remove_node", project.pk).as_json()],
        )
        return Recorded(project, entry, tasks, resources)


def refused(diagnostics: Sequence[Diagnostic]) -> Invalid:
    """The refusal of a plan, with everything that is wrong with it."""
    errors = [each for each in diagnostics if each.severity is Severity.ERROR]
    message = errors[0].message if errors else "The file holds no plan."
    more = f" And {len(errors) - 1} more." if len(errors) > 1 else ""
    return Invalid("import.refused", message + more, errors=errors)


def report_of(read: ReadReport, dated: Schedule | None, name: str) -> ImportReport:
    """The report on a file that was read and, if a plan was found, scheduled."""
    diagnostics = read.diagnostics + (dated.diagnostics if dated else ())
    if read.plan is None and not diagnostics:
        diagnostics = (error("import.no-plan", "The file holds no plan.", name),)
    agreed = agreement(dated, read.saved) if dated else None
    accepted = read.accepted and all(each.severity is not Severity.ERROR for each in diagnostics)
    return ImportReport(
        accepted=accepted,
        format=read.format,
        application=read.application,
        name=project_name(read.plan, name),
        start=spell_instant(int(dated.project_start[0])) if dated else None,
        finish=spell_instant(int(dated.project_finish[0])) if dated else None,
        counts=_counts(read.plan),
        compared=sum(agreed.compared.values()) if agreed else 0,
        equal=sum(agreed.equal.values()) if agreed else 0,
        unmapped=read.unmapped,
        diagnostics=diagnostics,
    )


def project_name(plan: Plan | None, file: str) -> str:
    """The name of the plan, or of the file without its ending."""
    named = plan.project.name.strip() if plan is not None else ""
    return (named or PurePath(file).stem or "Imported plan")[:500]


def _counts(plan: Plan | None) -> dict[str, int]:
    names = ("tasks", "summaries", "milestones", "links", "resources", "assignments", "calendars")
    if plan is None:
        return dict.fromkeys(names, 0)
    root = 0 if plan.project.root is None else 1
    summaries = int(plan.is_summary.sum()) - root
    milestones = int((plan.tasks.milestone & ~plan.is_summary).sum())
    sizes = (
        len(plan) - root - summaries - milestones,
        summaries,
        milestones,
        len(plan.links),
        len(plan.resources),
        len(plan.assignments),
        len(plan.calendars),
    )
    return dict(zip(names, sizes, strict=True))
