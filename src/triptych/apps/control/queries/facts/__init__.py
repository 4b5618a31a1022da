"""The facts of a node in sentences, each with the rows that it is true of. Where there is no fact there is none."""

from typing import Any

from triptych.apps.project.models import Node
from triptych.apps.project.rules import Rights

from .changes import changes
from .plans import finish_dates, finishes, milestones
from .registers import decisions, deliverables, issues, items, money, requests, risks
from .sentences import Period, Sentence


def sections_of(rights: Rights, node: Node, period: Period) -> list[dict[str, Any]]:
    """The sections of a report, those with any sentence, in the order in which they are read."""
    found = {
        "Finish": finish_dates(node, period),
        "Milestones": milestones(node, period),
        "Deliverables": deliverables(rights, node, period),
        "What changed": changes(node, period),
        "Risks": risks(rights, node),
        "Issues": issues(rights, node, period),
        "Action items": items(rights, node, period),
        "Decisions wanted": decisions(rights, node),
        "Change requests": requests(rights, node, period),
    }
    return [
        {"title": title, "sentences": [each.as_json() for each in sentences]}
        for title, sentences in found.items()
        if sentences
    ]


__all__ = ["Period", "Sentence", "finishes", "money", "sections_of"]
