"""What the log says was changed since the last report."""

from collections.abc import Iterator

from triptych.apps.control.queries.below import below
from triptych.apps.history.folding import since
from triptych.apps.history.models import LogEntry
from triptych.apps.history.queries import told
from triptych.apps.project.models import Node
from triptych.plan.quantities import parse_instant
from triptych.plan.spelling import count, day_in_words

from .sentences import Period, Sentence

_SHOWN = 10


def changes(node: Node, period: Period) -> list[Sentence]:
    """The changes that moved a project's finish to another day, the latest first, and how many others there were.

    Told as everybody may know them who may see the node, whatever else the author may see. What was undone is left
    out, and so are the reports themselves. Three statements.
    """
    inside = Node.objects.filter(below(node, ""))
    if node.project_id is None:
        # Whatever touches something in a project touches the project.
        inside = inside.filter(project=None)
    names = dict(inside.values_list("pk", "name"))
    entries = list(_entries(node, period, set(names)))
    moving = [(each, text) for each in entries if (text := _moved(each, names))][:_SHOWN]
    shown = {each.pk for each, _ in moving}
    rest = tuple(each.pk for each in entries if each.pk not in shown)
    sentences = [Sentence(text, "entry", (each.pk,)) for each, text in moving]
    if rest:
        other = "other change" if sentences else "change"
        was = "was" if len(rest) == 1 else "were"
        sentences.append(Sentence(f"{count(len(rest), other)} {was} made.", "entry", rest))
    return sentences


def _entries(node: Node, period: Period, nodes: set[int]) -> Iterator[LogEntry]:
    """Those that still stand and touched any of the nodes."""
    found = since(period.seq, workspace=node.workspace_id, nodes=nodes).filter(undone_by=None)
    found = found.exclude(verb="undo").exclude(verb__endswith="_status_report")
    found = found.defer("changes", "inverses", "edits", "subjects").prefetch_related("touches")
    for entry in found.select_related("actor"):
        if any(touch.node in nodes for touch in entry.touches.all()):
            yield entry


def _moved(entry: LogEntry, names: dict[int, str]) -> str:
    """That an entry of a project below moved its finish; empty where it did not."""
    before, after = (entry.ripple.get(key) for key in ("finish_before", "finish_after"))
    if entry.node not in names or not before or not after:
        return ""
    days = [day_in_words(parse_instant(each)) for each in (before, after)]
    if days[0] == days[1]:
        return ""
    sentence = next(news.sentence for news in told(entry, where=lambda _: set(names)))
    return f"{sentence}. The finish of “{names[entry.node]}” went from {days[0]} to {days[1]}."
