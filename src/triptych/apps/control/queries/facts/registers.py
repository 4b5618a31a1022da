"""What the registers say: risks, issues, decisions, change requests, deliverables, money."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils import timezone

from triptych.apps.control.models import Acceptance, ActionItem, ChangeRequest, Decision, Issue, Risk
from triptych.apps.control.models.acceptance import AcceptanceState
from triptych.apps.control.models.issues import Severity
from triptych.apps.control.models.risks import RiskKind
from triptych.apps.control.models.scenarios import ChangeRequestState
from triptych.apps.control.queries.below import below
from triptych.apps.control.queries.issues import decisions_wanted, open_issues, open_items
from triptych.apps.control.queries.money import money_of
from triptych.apps.control.queries.risks import Exposed, register
from triptych.apps.project.models import Node, ProjectSettings
from triptych.apps.project.rules import Rights, records_visible_to
from triptych.plan.quantities import spell_duration
from triptych.plan.spelling import count

from .sentences import Period, Sentence, cut, day

_SHOWN = 5
_SEVERE = {Severity.HIGH, Severity.CRITICAL}


def risks(rights: Rights, node: Node) -> list[Sentence]:
    """The open risks that have been assessed, by exposure, and how many have not been. Two statements."""
    found = register(rights, node)
    assessed = [each for each in found if each.minutes is not None]
    others = tuple(each.risk.pk for each in found if each.minutes is None)
    days = _days(each.risk for each in assessed)
    told = cut((_risk(each, days) for each in assessed), _SHOWN, "Further open risks")
    if others:
        has = "has" if len(others) == 1 else "have"
        told.append(Sentence(f"{count(len(others), 'open risk')} {has} not been assessed.", "risk", others))
    return told


def _days(found: Iterable[Risk]) -> dict[int, int]:
    """The minutes of a day, by project."""
    projects = {each.node.project_id or each.node_id for each in found}
    rows = ProjectSettings.objects.filter(node__in=projects)
    return dict(rows.values_list("node", "minutes_per_day"))


def _risk(each: Exposed, days: dict[int, int]) -> Sentence:
    risk = each.risk
    likely = f"{(risk.probability or 0) / 10:g} % likely"
    told = f"The {risk.kind} “{risk.name}” is {likely}"
    if risk.delay_most:
        per_day = days.get(risk.node.project_id or risk.node_id, 480)
        points = {risk.delay_least, risk.delay_most}
        length = " to ".join(spell_duration(point, minutes_per_day=per_day) for point in sorted(points))
        told += f" and would {'take' if risk.kind == RiskKind.THREAT else 'save'} {length}"
    told += f"; {risk.owner.name} owns it." if risk.owner else "; nobody owns it."
    return Sentence(told, "risk", (risk.pk,))


def issues(rights: Rights, node: Node, period: Period) -> list[Sentence]:
    """The issues of high severity and those that are overdue, and how many others are open. One statement."""
    found = open_issues(rights, node)
    pressing = [each for each in found if each.severity in _SEVERE or _is_overdue(each, period)]
    told = cut(
        (_issue(each, period) for each in pressing), 2 * _SHOWN, "Further issues that are severe or overdue"
    )
    if others := tuple(each.pk for each in found if each not in pressing):
        word = "other issue" if told else "issue"
        told.append(
            Sentence(
                f"{count(len(others), word)} {'is' if len(others) == 1 else 'are'} open.", "issue", others
            )
        )
    return told


def _is_overdue(issue: Issue, period: Period) -> bool:
    return issue.due is not None and issue.due <= period.last


def _issue(issue: Issue, period: Period) -> Sentence:
    told = f"The {issue.kind} “{issue.name}” ({issue.severity}) is {issue.state.replace('_', ' ')}"
    if issue.due is not None:
        told += f", {'overdue since' if _is_overdue(issue, period) else 'due on'} {day(issue.due)}"
    told += f"; {issue.owner.name} owns it." if issue.owner else "; nobody owns it."
    return Sentence(told, "issue", (issue.pk,))


def items(rights: Rights, node: Node, period: Period) -> list[Sentence]:
    """The action items that are overdue. One statement."""
    told = (
        Sentence(_item(each, each.due), "action item", (each.pk,))
        for each in open_items(rights, node)
        if each.due is not None and each.due <= period.last
    )
    return cut(told, 2 * _SHOWN, "Further action items that are overdue")


def _item(item: ActionItem, due: date) -> str:
    owner = item.owner.name if item.owner else "nobody owns it"
    return f"Not done, due on {day(due)}: {item.text} ({owner})"


def decisions(rights: Rights, node: Node) -> list[Sentence]:
    """The decisions that are wanted. One statement."""
    told = (Sentence(_decision(each), "decision", (each.pk,)) for each in decisions_wanted(rights, node))
    return cut(told, 2 * _SHOWN, "Further decisions wanted")


def _decision(decision: Decision) -> str:
    of = f" of {decision.asked_of.name}" if decision.asked_of else ""
    by = f" by {day(decision.due)}" if decision.due else ""
    return f"A decision is wanted{of}{by}: {decision.question}"


def deliverables(rights: Rights, node: Node, period: Period) -> list[Sentence]:
    """The deliverables accepted or rejected in the period, and those that wait for it. One statement."""
    found = records_visible_to(rights, Acceptance).filter(below(node)).select_related("node").order_by("pk")
    return cut(_deliverables(found, period), 2 * _SHOWN, "Further deliverables")


def _deliverables(found: Iterable[Acceptance], period: Period) -> Iterator[Sentence]:
    for each in found:
        name, on = f"“{each.node.name}”", each.decided_on
        if on is None:
            yield Sentence(f"{name} waits to be accepted.", "acceptance", (each.pk,))
        elif period.first <= on <= period.last:
            why = f": {each.remarks}" if each.state == AcceptanceState.REJECTED else "."
            yield Sentence(f"{name} was {each.state} on {day(on)}{why}", "acceptance", (each.pk,))


def requests(rights: Rights, node: Node, period: Period) -> list[Sentence]:
    """The change requests that wait to be decided, and those that were in the period. One statement."""
    told = (ChangeRequestState.SUBMITTED, ChangeRequestState.APPROVED, ChangeRequestState.REJECTED)
    found = records_visible_to(rights, ChangeRequest).filter(below(node), state__in=told)
    return cut(
        _requests(found.defer("changes", "impact").order_by("pk"), period),
        2 * _SHOWN,
        "Further change requests",
    )


def _requests(found: Iterable[ChangeRequest], period: Period) -> Iterator[Sentence]:
    for each in found:
        name = f"The change request “{each.name}”"
        if each.state == ChangeRequestState.SUBMITTED:
            yield Sentence(f"{name} waits to be decided.", "change request", (each.pk,))
        elif each.decided_at is not None:
            on = timezone.localdate(each.decided_at)
            if period.first <= on <= period.last:
                yield Sentence(f"{name} was {each.state} on {day(on)}.", "change request", (each.pk,))


def money(rights: Rights, node: Node) -> list[Sentence]:
    """What is spent, promised and left of the budget, by currency: as of today, for nothing else is known. Three
    statements. Raises as `money_of`."""
    told = []
    for currency, each in money_of(rights, node).totals.items():
        spent, promised = _amount(each.actual + each.accrued, currency), _amount(each.committed, currency)
        rest = _amount(abs(each.left), currency)
        text = (
            f"Of a budget of {_amount(each.budget, currency)}, {spent} is spent and {promised} promised; "
            f"{rest} is left."
            if each.left >= 0
            else f"{spent} is spent and {promised} promised: {rest} more than the budget of "
            f"{_amount(each.budget, currency)}."
        )
        told.append(Sentence(text, "money", (node.pk,)))
    return told


def _amount(hundredths: int, currency: str) -> str:
    """`1,200.50 EUR`; of amounts less than nothing, with its sign."""
    whole, rest = divmod(abs(hundredths), 100)
    sign = "−" if hundredths < 0 else ""
    return f"{sign}{whole:,}.{rest:02} {currency}".rstrip()
