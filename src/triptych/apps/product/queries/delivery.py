"""What of the plan delivers something of a product, as far as a reader may know it."""

from collections.abc import Collection
from dataclasses import dataclass

from triptych.apps.people.roles import Verb
from triptych.apps.product.models import Feature
from triptych.apps.project.models import Dates, Kind, Node
from triptych.apps.project.rules import Rights
from triptych.plan.quantities import spell_instant

#: What to select with a row whose node at this path is to be told as a delivery.
WAY = "__project__parent"


@dataclass(frozen=True, slots=True)
class Delivery:
    """A node of the plan that delivers something, its project, and the program of that. Each has a name if the reader
    may see it; of a hidden one there are dates alone."""

    id: int
    name: str | None
    project: int | None
    project_name: str | None
    program: int | None
    program_name: str | None
    finish: str | None
    critical: bool


def dates_of(nodes: Collection[int | None]) -> dict[int, Dates]:
    """The computed dates of these nodes."""
    return {each.node: each for each in Dates.objects.filter(node__in={pk for pk in nodes if pk is not None})}


def delivery(rights: Rights, node: Node | None, dates: dict[int, Dates]) -> Delivery | None:
    """The node as the reader may know it; None if it is gone. Costs no statement for rows selected with `WAY`."""
    if node is None or node.project is None or node.removed_by_id or node.project.removed_by_id:
        return None
    seen = rights.may_on(Verb.VIEW, node.pk, node.project_id)
    project = node.project if node.project_id in rights.visible else None
    above = node.project.parent
    program = above if above and above.kind == Kind.PROGRAM and above.pk in rights.visible else None
    when = dates.get(node.pk)
    return Delivery(
        id=node.pk,
        name=node.name if seen else None,
        project=project.pk if project else None,
        project_name=project.name if project else None,
        program=program.pk if program else None,
        program_name=program.name if program else None,
        finish=spell_instant(when.finish) if when else None,
        critical=bool(when and when.critical and seen),
    )


def delivered_by(feature: Feature) -> Node | None:
    """What of the plan delivers a feature: its own deliverable, else the milestone of its release."""
    return feature.deliverable or (feature.release.milestone if feature.release else None)
