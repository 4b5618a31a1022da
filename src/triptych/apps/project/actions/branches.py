"""Branches of the upper tree are taken out and put back as a whole; the plans that they held up move on."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

from triptych.apps.people.refusals import Conflict
from triptych.apps.project import bridge
from triptych.apps.project.models import Kind, Node


@dataclass(frozen=True, slots=True)
class Branch:
    """In the log: a portfolio, program or project came or went, with everything below it."""

    op: Literal["remove_node", "restore_node"]
    node: int

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def inverse(self) -> "Branch":
        return Branch("restore_node" if self.op == "remove_node" else "remove_node", self.node)


def branches(rows: list[Any]) -> list[Branch]:
    """The branches of a log entry, none if it is about plans."""
    ops = {"remove_node", "restore_node"}
    return [Branch(row["op"], row["node"]) for row in rows if row["op"] in ops]


def prune(node: int) -> frozenset[int]:
    """Schedule what is connected as if the node were gone; the caller then marks the row.

    Returns the projects whose dates moved. Raises Conflict if a portfolio or program still has something below.
    """
    row = Node.objects.get(pk=node)
    if row.kind != Kind.PROJECT:
        if Node.objects.filter(parent=node, removed_by=None).exists():
            raise Conflict(
                "tree.not-empty", f"“{row.name}” is not empty. Move or remove what is below it first."
            )
        return frozenset()
    connected = bridge.lock([node])
    return _reschedule(connected, connected - {node}) - {node}


def graft(node: int) -> frozenset[int]:
    """Put a removed node back, and schedule what is connected. Returns the projects whose dates moved."""
    row = Node.objects.get(pk=node)
    if row.parent_id is not None and Node.objects.filter(pk=row.parent_id).exclude(removed_by=None).exists():
        raise Conflict("undo.overtaken", f"What “{row.name}” stood under has been removed since.")
    Node.objects.filter(pk=node).update(removed_by=None)
    if row.kind != Kind.PROJECT:
        return frozenset()
    connected = bridge.lock([node])
    return _reschedule(connected - {node}, connected) | {node}


def _reschedule(was: frozenset[int], now: frozenset[int]) -> frozenset[int]:
    """Store the dates of the projects `now`, which were computed as `was` before."""
    if not now:
        return frozenset()
    after = bridge.compute(bridge.load_plan(now), frozenset())
    if not was:
        bridge.store_dates(None, after)
        return now
    before = bridge.compute(bridge.load_plan(was), frozenset())
    bridge.store_dates(before, after)
    return bridge.touched(before, after)
