"""Changes of what waits for what."""

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from triptych.plan.builder import MAX_DURATION, MOST_PERCENT
from triptych.plan.columns import link_columns
from triptych.plan.kinds import LagKind, LinkKind
from triptych.plan.model import Link, Plan

from .applying import CannotApply, row_of

if TYPE_CHECKING:
    from . import Change

KindName = Literal["FS", "SS", "FF", "SF"]
LagName = Literal["WORKING", "ELAPSED", "PERCENT", "ELAPSED_PERCENT"]


def _find_link(plan: Plan, pred: int, succ: int, kind: str) -> int:
    k = plan.links
    hit = np.flatnonzero(
        (k.pred == plan.index_of.get(pred, -1))
        & (k.succ == plan.index_of.get(succ, -1))
        & (k.kind == LinkKind[kind])
    )
    if len(hit) == 0:
        raise CannotApply("link.unknown", f"There is no {kind} link from task {pred} to task {succ}.")
    return int(hit[0])


def _check_lag(lag: int, kind: LagKind) -> None:
    if abs(lag) > (MOST_PERCENT if kind.percent else MAX_DURATION):
        raise CannotApply("link.bad-lag", "A lag is at most a century, or ten thousand durations.")


def _ancestors(plan: Plan, row: int) -> set[int]:
    above = set()
    step = int(plan.tasks.parent[row])
    while step >= 0:
        above.add(step)
        step = int(plan.tasks.parent[step])
    return above


@dataclass(frozen=True, slots=True)
class AddLink:
    """Link two tasks. A cycle is refused when the plan is scheduled, with its members."""

    pred: int
    succ: int
    kind: KindName = "FS"
    lag: int = 0
    lag_kind: LagName = "WORKING"
    op: Literal["add_link"] = "add_link"

    def apply(self, plan: Plan) -> Plan:
        pred, succ = row_of(plan, self.pred), row_of(plan, self.succ)
        if pred == succ:
            raise CannotApply("link.self", "A task cannot depend on itself.")
        if pred in _ancestors(plan, succ) or succ in _ancestors(plan, pred):
            raise CannotApply("link.own-summary", "A task cannot be linked with a summary that contains it.")
        _check_lag(self.lag, LagKind[self.lag_kind])
        links = list(plan.each_link())
        kind = LinkKind[self.kind]
        if any((each.pred, each.succ, each.kind) == (self.pred, self.succ, kind) for each in links):
            raise CannotApply("link.duplicate", "These two tasks are linked in this way already.")
        links.append(Link(self.pred, self.succ, kind, self.lag, LagKind[self.lag_kind]))
        return replace(plan, links=link_columns(links, plan.index_of))

    def inverse(self, plan: Plan) -> "Change":  # noqa: ARG002 - the signature of every change
        return RemoveLink(self.pred, self.succ, self.kind)


@dataclass(frozen=True, slots=True)
class RemoveLink:
    """Take a link out."""

    pred: int
    succ: int
    kind: KindName = "FS"
    op: Literal["remove_link"] = "remove_link"

    def apply(self, plan: Plan) -> Plan:
        gone = _find_link(plan, self.pred, self.succ, self.kind)
        k = plan.links
        columns = {f.name: np.delete(getattr(k, f.name), gone) for f in fields(k)}
        return replace(plan, links=k.with_columns(**columns))

    def inverse(self, plan: Plan) -> "Change":
        old = plan.link_at(_find_link(plan, self.pred, self.succ, self.kind))
        return AddLink(self.pred, self.succ, self.kind, old.lag, old.lag_kind.name)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class SetLag:
    """Set the lag (or, negative, the lead) of a link."""

    pred: int
    succ: int
    kind: KindName
    lag: int
    lag_kind: LagName = "WORKING"
    op: Literal["set_lag"] = "set_lag"

    def apply(self, plan: Plan) -> Plan:
        row = _find_link(plan, self.pred, self.succ, self.kind)
        lag, kind = plan.links.lag.copy(), plan.links.lag_kind.copy()
        lag[row], kind[row] = self.lag, LagKind[self.lag_kind]
        return replace(plan, links=plan.links.with_columns(lag=lag, lag_kind=kind))

    def inverse(self, plan: Plan) -> "Change":
        old = plan.link_at(_find_link(plan, self.pred, self.succ, self.kind))
        return SetLag(self.pred, self.succ, self.kind, old.lag, old.lag_kind.name)  # type: ignore[arg-type]
