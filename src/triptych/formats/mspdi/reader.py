"""Microsoft Project XML → plan."""

from dataclasses import replace

from lxml import etree

from triptych.formats.report import ReadReport
from triptych.plan import PlanBuilder
from triptych.plan.diagnostics import error, warning

from .assignments import read_assignments
from .calendars import read_calendars
from .project import read_project
from .resources import read_resources
from .rows import tag_of
from .source import Source
from .splits import interrupted
from .tasks import read_tasks

FORMAT = "Microsoft Project XML"


#: The outermost elements of Primavera's own XML.
_PRIMAVERA = frozenset({"APIBusinessObjects", "BusinessObjects"})


def read_mspdi(data: bytes, *, name: str = "") -> ReadReport:
    """Read Microsoft Project XML. Never raises for bad input; `name` is the file's, for messages.

    Dates that the file saved are kept apart in `saved`; tasks are dated by the engine.
    """
    place = name or "file"
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        line, column = fault.position
        message = f"The XML is broken: {fault.msg}. Save the plan again from its application."
        return _refused("xml.syntax", message, f"{place}, line {line}, column {column}")
    if root.getroottree().docinfo.internalDTD is not None:
        message = "The XML declares a document type, which plans never need. Remove it."
        return _refused("xml.doctype", message, place)
    if tag_of(root) != "Project":
        instead = (
            "Export the project as XER." if tag_of(root) in _PRIMAVERA else "Choose Microsoft Project XML."
        )
        message = f"The XML holds <{tag_of(root)}>, not a Microsoft Project <Project>. {instead}"
        return _refused("mspdi.not-a-project", message, f"{place}, line {root.sourceline}")
    return _report(Source.of(root, place))


def _refused(code: str, message: str, place: str) -> ReadReport:
    return ReadReport(plan=None, diagnostics=(error(code, message, place),), format=FORMAT)


def _report(source: Source) -> ReadReport:
    calendars = read_calendars(source)
    project = read_project(source, calendars)
    read = read_tasks(source, project, calendars)
    resources = read_resources(source, frozenset(each.uid for each in calendars))
    assignments, spreads = read_assignments(source, resources, read.tasks, project, calendars)
    builder = PlanBuilder(
        projects=[replace(project, root=0) if any(each.uid == 0 for each in read.tasks) else project],
        tasks=interrupted(source, read.tasks, spreads, read.saved, (project, calendars, resources)),
        links=read.links,
        calendars=calendars,
        resources=resources,
        assignments=assignments,
        baselines=read.baselines.result(read.tasks),
        place=source.where,
    )
    plan, faults = builder.build()
    if len(plan) == 0:
        message = "The plan has no tasks. Check that you saved the right file."
        faults.append(warning("plan.no-tasks", message, source.place))
    return ReadReport(
        plan=plan,
        diagnostics=(*source.found, *faults),
        unmapped=source.tally.result(),
        format=FORMAT,
        application=_application(source),
        saved=read.saved,
    )


def _application(source: Source) -> str:
    version = source.root.text("SaveVersion")
    return f"Microsoft Project (file version {version})" if version else "Microsoft Project"
