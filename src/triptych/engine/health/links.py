"""Checks of the links themselves: leads, lags, kinds, and links that say nothing new."""

from collections import defaultdict

import numpy as np

from triptych.plan import Constraint, LagKind, LinkKind, Severity
from triptych.plan.changes import RemoveLink, SetLag
from triptych.plan.tables import Flags

from .answer import Check, Family, Result
from .case import NO_LINKS, Case, counted

#: Constraints that may date a task against its links.
HARD = (Constraint.MSO, Constraint.MFO, Constraint.SNLT, Constraint.FNLT)
#: A chain from a task begins after it, give or take so many minutes: dates are spelled at either end of a break.
_LEEWAY = 4 * 1440


def leads(case: Case) -> Result:
    """Point 2: links with a negative lag, of the links to what is not done (DCMA-EA PAM 200.1, 2012; that counts the
    links of incomplete tasks, as do we; some tools count tasks)."""
    links = case.plan.links
    bad = case.open_links & (links.lag < 0)
    findings = []
    for link in np.flatnonzero(bad).tolist():
        found = case.plan.link_at(link)
        ends = [int(links.pred[link]), int(links.succ[link])]
        fix = SetLag(found.pred, found.succ, found.kind.name, 0)  # type: ignore[arg-type]
        sentence = f"{case.name(ends[1])} has a lead of {_spelled(case, link)} on {case.name(ends[0])}."
        way = "Take the lead out, which may move what follows; or split the predecessor where the work is really handed over."
        findings.append(case.finding("leads", ends, sentence, way, fix=(fix,), link=link))
    return counted(bad, case.open_links, findings, nobody=NO_LINKS)


def lags(case: Case) -> Result:
    """Point 3: links with a positive lag, of the same links; at most 5 %."""
    links = case.plan.links
    bad = case.open_links & (links.lag > 0)
    findings = []
    for link in np.flatnonzero(bad).tolist():
        ends = [int(links.pred[link]), int(links.succ[link])]
        sentence = f"A lag of {_spelled(case, link)} lies between {case.name(ends[0])} and {case.name(ends[1])}; the plan does not say for what."
        way = "Make what is waited for (curing, delivery, approval) a task with a name and an owner, or take the lag out."
        findings.append(case.finding("lags", ends, sentence, way, link=link, severity=Severity.NOTE))
    return counted(bad, case.open_links, findings, nobody=NO_LINKS)


def _spelled(case: Case, link: int) -> str:
    """How long a lag is: `2d`, `1ed`, `50%`."""
    links = case.plan.links
    lag, kind = abs(int(links.lag[link])), LagKind(int(links.lag_kind[link]))
    if kind.percent:
        return f"{lag}% of the predecessor"
    elapsed = "e" if kind.elapsed else ""
    minutes = 1440 if kind.elapsed else int(case.per_day[int(links.succ[link])])
    return (
        f"{round(lag / minutes, 2):g}{elapsed}d"
        if lag >= minutes / 2
        else f"{round(lag / 60, 2):g}{elapsed}h"
    )


def kinds(case: Case) -> Result:
    """Point 4: links of other kinds than finish-start, of the same links. The DCMA asks for at least 90 % finish-start,
    which is at most 10 % of the others. Start-finish links alone are told one by one: they are nearly always a
    mistake."""
    links = case.plan.links
    bad = case.open_links & (links.kind != LinkKind.FS)
    findings = []
    for link in np.flatnonzero(bad & (links.kind == LinkKind.SF)).tolist():
        ends = [int(links.pred[link]), int(links.succ[link])]
        sentence = f"{case.name(ends[1])} may not finish before {case.name(ends[0])} starts (start-finish)."
        way = "See which of the two really comes first; a finish-start link the other way round is mostly meant."
        findings.append(case.finding("kinds", ends, sentence, way, link=link))
    return counted(bad, case.open_links, findings, nobody=NO_LINKS)


def redundant(case: Case) -> Result:
    """Finish-start links without lag whose tasks a chain of other links holds in that order anyway: what the transitive
    reduction of the network leaves out (Aho, Garey and Ullman, 1972). All that are found can go at once.

    Only chains of finish-start links without lead count, through tasks that have not begun and that no date pins.
    """
    links, tasks = case.plan.links, case.tasks
    leafy = case.activities[links.pred] & case.activities[links.succ]
    plain = case.live & leafy & (links.kind == LinkKind.FS)
    free = case.activities & ~case.begun & ~tasks.manual
    free &= ~np.isin(tasks.constraint, HARD) & ~np.isin(tasks.secondary, HARD)
    asked = plain & case.open_links & (links.lag <= 0)
    carrying = plain & (links.lag >= 0)
    bad = _implied(case, asked, carrying, free)
    findings = []
    for link in np.flatnonzero(bad).tolist():
        found = case.plan.link_at(link)
        ends = [int(links.pred[link]), int(links.succ[link])]
        sentence = f"{case.name(ends[1])} waits for {case.name(ends[0])} anyway, by way of other tasks."
        fix = RemoveLink(found.pred, found.succ)
        way = "Take the link out: no date changes, and the network is easier to read."
        findings.append(
            case.finding("redundant", ends, sentence, way, fix=(fix,), link=link, severity=Severity.NOTE)
        )
    return counted(bad, case.open_links, findings, nobody=NO_LINKS)


def _implied(case: Case, asked: Flags, carrying: Flags, free: Flags) -> Flags:
    """Which of the links asked about another chain implies. Looked for backwards from the other predecessors, and never
    further than to the depth and the finish of the one asked about."""
    links = case.plan.links
    depth = _depths(case, carrying)
    before: defaultdict[int, list[int]] = defaultdict(list)
    for pred, succ in zip(links.pred[carrying].tolist(), links.succ[carrying].tolist(), strict=True):
        before[succ].append(pred)
    by_task: defaultdict[int, list[int]] = defaultdict(list)
    for link in np.flatnonzero(asked).tolist():
        by_task[int(links.succ[link])].append(link)
    bad, pred = np.zeros(len(links), np.bool_), links.pred.tolist()
    open_way, start, finish = (
        each.tolist() for each in (free, case.schedule.early_start, case.schedule.early_finish)
    )
    for succ, mine in by_task.items():
        shallowest = min(depth[pred[link]] for link in mine)
        first = min(finish[pred[link]] for link in mine) - _LEEWAY
        waiting = [each for each in before[succ] if open_way[each] and depth[each] > shallowest]
        seen: set[int] = set()
        while waiting:
            for each in before[waiting.pop()]:
                if each not in seen and depth[each] >= shallowest:
                    seen.add(each)
                    if open_way[each] and depth[each] > shallowest and start[each] >= first:
                        waiting.append(each)
        for link in mine:
            bad[link] = pred[link] in seen
    return bad


def _depths(case: Case, carrying: Flags) -> list[int]:
    """How many links at most lead to each task, along those that carry; in the order in which the schedule dates them,
    so that what stands on a circle, of which one link was left out, cannot go round for ever."""
    links, node = case.plan.links, case.schedule.run.compiled.node
    pred, succ = links.pred[carrying], links.succ[carrying]
    order = np.argsort(node[succ], kind="stable")
    depth = [0] * len(case.plan)
    for before, after in zip(pred[order].tolist(), succ[order].tolist(), strict=True):
        if depth[before] >= depth[after] and node[before] < node[after]:
            depth[after] = depth[before] + 1
    return depth


CHECKS = (
    Check(
        key="leads",
        number=2,
        title="Leads",
        family=Family.LOGIC,
        of="links",
        points=10,
        full=0.25,
        why="A lead lets a task start before that which it waits for is done, by a guess that goes wrong when the predecessor slips.",
        source="DCMA-EA PAM 200.1, point 2",
        examine=leads,
    ),
    Check(
        key="lags",
        number=3,
        title="Lags",
        family=Family.LOGIC,
        of="links",
        limit=0.05,
        points=8,
        full=0.5,
        why="A lag is time that passes without a task: nobody owns it, and nobody sees what it is for.",
        source="DCMA-EA PAM 200.1, point 3",
        examine=lags,
    ),
    Check(
        key="kinds",
        number=4,
        title="Links that are not finish-start",
        family=Family.LOGIC,
        of="links",
        limit=0.10,
        points=6,
        full=0.6,
        why="Overlaps by start-start and finish-finish links are hard to follow, and leave ends of tasks open.",
        source="DCMA-EA PAM 200.1, point 4",
        examine=kinds,
    ),
    Check(
        key="redundant",
        title="Redundant links",
        family=Family.LOGIC,
        of="links",
        limit=0.10,
        points=3,
        full=0.6,
        why="Links that other links imply hide those that count, and have to be kept up with every change.",
        source="Aho, Garey and Ullman, 1972; GAO-16-89G, best practice 2",
        examine=redundant,
    ),
)
