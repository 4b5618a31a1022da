"""To draft a status report from the facts, and to send it."""

from datetime import date, datetime, time

from django.utils import timezone

from triptych.apps.control.models import StatusReport
from triptych.apps.control.models.reports import ReportState
from triptych.apps.control.queries.facts import Period, finishes, money, sections_of
from triptych.apps.control.queries.reports import last_sent
from triptych.apps.history.folding import seq_at
from triptych.apps.history.ledger import Ledger
from triptych.apps.history.queries import last_seq
from triptych.apps.history.writing import API, Door, writing
from triptych.apps.people.models import User
from triptych.apps.people.roles import Verb
from triptych.apps.project.actions.keeping import Written, check, enter, held, refuse_frozen
from triptych.apps.project.models import Node
from triptych.apps.project.rules import need_for, rights_of
from triptych.plan.quantities import MINUTES_PER_DAY, day_number
from triptych.plan.spelling import day_in_words


def draft_report(
    node: Node,
    *,
    actor: User,
    first: date,
    last: date,
    outlook: str = "",
    health: str = "",
    door: Door = API,
) -> Written[StatusReport]:
    """Draft the status report of a node for the days from `first` to `last` out of the facts as they are now.

    Changes are those since the last report that was sent, or since the start of `first`. What is said of money is put
    apart, and only if the author may see money. Raises NotVisible, NotAllowed without the right to control there,
    Invalid.
    """
    with writing():
        rights = rights_of(actor)
        row = StatusReport(
            workspace_id=actor.workspace_id,
            node=node,
            first=first,
            last=last,
            author=actor,
            outlook=outlook,
            health=health,
            seq=last_seq(actor.workspace_id),
            finishes=finishes(node),
        )
        need_for(rights, Verb.CONTROL, row)
        check(row)
        row.sections = sections_of(rights, node, _period(row))
        if rights.may_on(Verb.SEE_MONEY, node.pk, node.project_id):
            row.money = [each.as_json() for each in money(rights, node)]
        ledger = Ledger()
        ledger.create(row)
        return Written(row, enter(ledger, row, actor, door, "draft", f"Drafted {_named(row)}", Verb.CONTROL))


def send_report(report: StatusReport, *, actor: User, door: Door = API) -> Written[StatusReport]:
    """Send a report: from then on it stays as it is, and what is wrong with it the next one says.

    That it was sent cannot be taken back. Raises NotVisible, NotAllowed without the right to control there, Conflict
    for one that was sent already.
    """
    with writing():
        now = held(report)
        need_for(rights_of(actor), Verb.CONTROL, now)
        refuse_frozen(now)
        ledger = Ledger()
        ledger.change(now, state=ReportState.SENT, sent_at=timezone.now())
        return Written(now, enter(ledger, now, actor, door, "send", f"Sent {_named(now)}", None))


def _period(report: StatusReport) -> Period:
    """Since the last report, and what that one said of the finish."""
    before = last_sent(report.node)
    if before is not None:
        return Period(report.first, report.last, before.seq, before.finishes)
    morning = timezone.make_aware(datetime.combine(report.first, time.min))
    return Period(report.first, report.last, seq_at(report.workspace_id, morning))


def _named(report: StatusReport) -> str:
    first, last = (day_in_words(day_number(each) * MINUTES_PER_DAY) for each in (report.first, report.last))
    return f"the status report on “{report.node.name[:120]}” from {first} to {last}"
