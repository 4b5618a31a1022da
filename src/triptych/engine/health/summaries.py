"""Checks of summaries, which only gather what is below them."""

import numpy as np

from triptych.plan import Constraint, LinkKind, Severity
from triptych.plan.changes import AddLink, Change, RemoveLink, SetConstraint

from .answer import Check, Family, Finding, Result
from .case import NO_LINKS, Case, counted

#: A summary's link is replaced by at most so many.
_MOST = 12


def summary_links(case: Case) -> Result:
    """Links of summaries. They bind all that is below at once, which hides what really waits for what, and programs
    differ on what they mean (GAO-16-89G, best practice 2; PASEG 2016)."""
    links, summary = case.plan.links, case.plan.is_summary
    bad = case.open_links & (summary[links.pred] | summary[links.succ])
    findings = [_summary_link(case, link) for link in np.flatnonzero(bad).tolist()]
    return counted(bad, case.open_links, findings, nobody=NO_LINKS)


def _summary_link(case: Case, link: int) -> Finding:
    links, summary = case.plan.links, case.plan.is_summary
    pred, succ = int(links.pred[link]), int(links.succ[link])
    which = case.name(pred if summary[pred] else succ)
    sentence = f"{case.name(pred)} → {case.name(succ)} is a link of the summary {which}."
    fix = _spread(case, link)
    way = f"Link the tasks below {which} that really wait, or are waited for."
    if fix:
        way = f"Put {len(fix) - 1} link{'s' * (len(fix) > 2)} between the tasks below in its place, which say the same."
    return case.finding(
        "summary-links", [pred, succ], sentence, way, fix=fix, link=link, severity=Severity.NOTE
    )


def _spread(case: Case, link: int) -> tuple[Change, ...]:
    """The same between the tasks below: from all that nothing below follows to all that wait for nothing below. Only of
    finish-start links without a share for a lag, and while there are few of them."""
    found = case.plan.link_at(link)
    rows = int(case.plan.links.pred[link]), int(case.plan.links.succ[link])
    if found.kind is not LinkKind.FS or found.lag_kind.percent:
        return ()
    preds, succs = _edge_of(case, rows[0], last=True), _edge_of(case, rows[1], last=False)
    pairs = [(pred, succ) for pred in preds for succ in succs]
    if not 0 < len(pairs) <= _MOST or any(pair in case.finish_starts for pair in pairs):
        return ()
    lag = found.lag, found.lag_kind.name
    added = [AddLink(case.uid(a), case.uid(b), "FS", *lag) for a, b in pairs]  # type: ignore[arg-type]
    return RemoveLink(found.pred, found.succ), *added


def _edge_of(case: Case, row: int, *, last: bool) -> list[int]:
    """The tasks below a summary that nothing below follows (`last`) or that wait for nothing below; the task itself."""
    if not case.plan.is_summary[row]:
        return [row]
    links, level = case.plan.links, case.plan.level
    end = row + 1
    while end < len(case.plan) and level[end] > level[row]:
        end += 1
    inside = (links.pred > row) & (links.pred < end) & (links.succ > row) & (links.succ < end) & case.live
    plain = inside & (links.kind == LinkKind.FS) & (links.lag >= 0)
    held = set((links.pred if last else links.succ)[plain].tolist())
    return [at for at in range(row + 1, end) if case.activities[at] and at not in held]


def useless(case: Case) -> Result:
    """Constraints of summaries that have no effect there (only “start no earlier” and “finish no later than” have)."""
    summary = case.plan.is_summary & case.tasks.active
    says = np.isin(case.tasks.constraint, (Constraint.ASAP, Constraint.SNET, Constraint.FNLT))
    bad = summary & ~says
    findings = [
        case.finding(
            "useless",
            [row],
            f"{case.name(row)} is a summary, on which “{Constraint(int(case.tasks.constraint[row])).words}” has no effect.",
            "Take it off, and constrain a task below if one is meant.",
            fix=(SetConstraint(case.uid(row), "ASAP"),),
            severity=Severity.NOTE,
        )
        for row in np.flatnonzero(bad).tolist()
    ]
    return counted(bad, summary, findings, nobody="there are no summaries.")


CHECKS = (
    Check(
        key="summary-links",
        title="Links of summaries",
        family=Family.LOGIC,
        of="links",
        points=8,
        full=0.5,
        why="A link of a summary hides which task really waits for which, and programs do not agree on what it means.",
        source="GAO-16-89G, best practice 2; PASEG 2016",
        examine=summary_links,
    ),
    Check(
        key="useless",
        title="Constraints of summaries without effect",
        family=Family.CONSTRAINTS,
        of="summaries",
        points=1,
        full=0.25,
        why="It looks as if a date held the phase, and it does not.",
        source="docs/rules/constraints.md",
        examine=useless,
    ),
)
