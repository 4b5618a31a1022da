"""Status reports: drafted from facts with their evidence, and frozen once they are sent."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.cast import Company, add_tasks
from tests.nouns.control import deliverable, risk
from triptych.apps.control.actions import (
    accept_deliverable,
    decide,
    draft_report,
    occur_risk,
    reject_deliverable,
    send_report,
)
from triptych.apps.control.actions.scenarios import reject_change_request, submit_change_request
from triptych.apps.control.models import (
    Acceptance,
    ActionItem,
    Budget,
    ChangeRequest,
    Cost,
    Decision,
    Issue,
    StatusReport,
)
from triptych.apps.control.queries import reports_of
from triptych.apps.control.queries.facts import Period, sections_of
from triptych.apps.people.models import User
from triptych.apps.people.refusals import Conflict, Invalid, NotAllowed, NotVisible
from triptych.apps.people.roles import Role
from triptych.apps.project import actions
from triptych.apps.project.changes import to_json
from triptych.apps.project.models import Node
from triptych.apps.project.rules import rights_of
from triptych.plan.changes import SetDuration, SetName, SetProgress

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 9)


def draft(actor: User, node: Node, first: date = FIRST, last: date = LAST, **values: Any) -> StatusReport:
    return draft_report(node, actor=actor, first=first, last=last, **values).row


def texts(report: StatusReport, title: str) -> list[str]:
    return [
        sentence["text"]
        for section in report.sections
        if section["title"] == title
        for sentence in section["sentences"]
    ]


def change(company: Company, *changes: Any, actor: User | None = None) -> None:
    actions.change_plan(actor=actor or company.alice, project=company.house.pk, changes=changes)


def slip(company: Company) -> None:
    """Freeze the baseline; then the design takes two days more."""
    actions.freeze_baseline(actor=company.alice, project=company.house.pk)
    change(company, SetDuration(company.tasks["design"], 5 * 480))


def test_a_sentence_is_only_there_when_a_fact_is(company: Company) -> None:
    phase = add_tasks(company.alice, company.secret, alone=1)["alone"]
    actions.change_plan(
        actor=company.alice, project=company.secret.pk, changes=[SetName(phase, "Quite alone")]
    )
    report = draft(company.alice, Node.objects.get(pk=phase))
    assert [each["title"] for each in report.sections] == ["Finish"]
    assert (report.money, report.outlook, report.author) == ([], "", company.alice)


def test_it_says_what_finishes_when_and_what_slipped(company: Company) -> None:
    slip(company)
    report = draft(company.bob, company.house)
    assert texts(report, "Finish") == [
        "“House” is planned to finish on Tue 17 Mar 2026, 4 days later than its baseline."
    ]
    assert texts(report, "Milestones") == [
        "“ready” is planned for Tue 17 Mar 2026, 4 days later than its baseline."
    ]
    assert report.sections[1]["sentences"][0]["evidence"] == [
        {"kind": "milestone", "id": company.tasks["ready"]}
    ]
    both = draft(company.alice, company.program)
    assert len(texts(both, "Finish")) == 2
    part = draft(company.bob, Node.objects.get(pk=company.tasks["build"]))
    assert texts(part, "Finish") == [
        "“build” is planned to finish on Tue 17 Mar 2026, 4 days later than its baseline."
    ]


def test_a_milestone_is_near_overdue_or_met(company: Company) -> None:
    ready = company.tasks["ready"]
    assert texts(draft(company.bob, company.house), "Milestones") == [
        "“ready” is planned for Fri 13 Mar 2026."
    ]
    assert texts(draft(company.bob, company.house, last=date(2026, 3, 13)), "Milestones") == [
        "“ready” was due on Fri 13 Mar 2026, and is not met."
    ]
    actions.freeze_baseline(actor=company.alice, project=company.house.pk)
    change(company, *(SetProgress(company.tasks[each], 100) for each in ("design", "build", "ready")))
    assert texts(draft(company.bob, company.house), "Milestones") == []
    assert texts(draft(company.bob, company.house, last=date(2026, 3, 20)), "Milestones") == [
        "“ready” was met on Fri 13 Mar 2026, on the same day as its baseline."
    ]
    assert Node.objects.get(pk=ready).percent_complete == 100


def test_it_says_what_changed_since_the_last(company: Company) -> None:
    send_report(draft(company.bob, company.house), actor=company.bob)
    assert texts(draft(company.bob, company.house), "What changed") == []
    change(company, SetDuration(company.tasks["design"], 5 * 480))
    change(company, SetName(company.tasks["build"], "Build"))
    change(company, SetName(company.tasks["build"], "Building"))
    actions.undo(actor=company.alice)
    risk(company)
    report = draft(company.bob, company.house)
    assert texts(report, "What changed") == [
        "Set the duration of “design” to 5d. The finish of “House” went from Fri 13 Mar 2026 to Tue 17 Mar 2026.",
        "2 other changes were made.",
    ]
    assert texts(report, "Finish") == [
        "“House” is planned to finish on Tue 17 Mar 2026, 4 days later than in the last report."
    ]


def test_it_names_nothing_of_projects_that_its_readers_may_not_see(company: Company) -> None:
    send_report(draft(company.alice, company.house), actor=company.alice)
    actions.change_plan(
        actor=company.alice,
        project=company.secret.pk,
        changes=[SetDuration(company.tasks["permit"], 4 * 480)],
    )
    report = draft(company.alice, company.house)
    assert "permit" not in str(report.sections)
    assert "Secret" not in str(report.sections)
    assert texts(report, "What changed") == ["1 change was made."]


def test_it_says_what_the_registers_say(company: Company) -> None:
    frost = risk(
        company, probability=255, delay_least=480, delay_likely=960, delay_most=2400, owner=company.bob
    )
    risk(company, name="Who knows")
    risk(company, name="Sun", kind="opportunity", probability=10, delay_most=480)
    fire = risk(company, name="Fire", effect="It burns")
    occur_risk(fire, actor=company.bob, due=date(2026, 3, 4))
    actions.add(Issue, actor=company.bob, node=company.house, name="Dust", severity="low")
    actions.add(
        Decision,
        actor=company.bob,
        node=company.house,
        question="Which colour?",
        due=LAST,
        asked_of=company.alice,
    )
    taken = actions.add(Decision, actor=company.bob, node=company.house, question="Who paints?").row
    decide(taken, actor=company.bob, text="We do")
    for due in (date(2026, 3, 6), date(2026, 4, 1), None):
        actions.add(ActionItem, actor=company.bob, node=company.house, text="Order steel", due=due)
    report = draft(company.bob, company.house)
    assert texts(report, "Action items") == ["Not done, due on Fri 6 Mar 2026: Order steel (nobody owns it)"]
    assert texts(report, "Risks") == [
        "The threat “Frost” is 25.5 % likely and would take 1d to 5d; Bob owns it.",
        "The opportunity “Sun” is 1 % likely and would save 0d to 1d; nobody owns it.",
        "1 open risk has not been assessed.",
    ]
    assert texts(report, "Issues") == [
        "The issue “Fire” (high) is open, overdue since Wed 4 Mar 2026; nobody owns it.",
        "1 other issue is open.",
    ]
    assert texts(report, "Decisions wanted") == [
        "A decision is wanted of Alice Archer by Mon 9 Mar 2026: Which colour?"
    ]
    evidence = [each["sentences"][0]["evidence"] for each in report.sections if each["title"] == "Risks"]
    assert evidence == [[{"kind": "risk", "id": frost.pk}]]


def test_what_is_too_much_to_read_is_counted(company: Company) -> None:
    for number in range(8):
        risk(company, name=f"Risk {number}", probability=100 * number, delay_most=480)
    told = texts(draft(company.bob, company.house), "Risks")
    assert told[0].startswith("The threat “Risk 7” is 70 % likely")
    assert told[5:] == ["Further open risks: 3."]


def test_it_says_what_was_accepted(company: Company) -> None:
    walls = actions.add(
        Acceptance, actor=company.bob, node=deliverable(company), criteria="They stand upright"
    ).row
    assert texts(draft(company.bob, company.house), "Deliverables") == ["“build” waits to be accepted."]
    reject_deliverable(walls, actor=company.alice, remarks="They lean.", on=LAST)
    assert texts(draft(company.bob, company.house), "Deliverables") == [
        "“build” was rejected on Mon 9 Mar 2026: They lean."
    ]
    actions.undo(actor=company.alice)
    accept_deliverable(walls, actor=company.alice, on=date(2026, 3, 20))
    assert texts(draft(company.bob, company.house), "Deliverables") == []


def test_it_says_what_was_requested(company: Company) -> None:
    def requested(name: str) -> ChangeRequest:
        changes = to_json([SetName(company.tasks["build"], name)])
        row = actions.add(
            ChangeRequest, actor=company.bob, node=company.house, name=name, changes=changes
        ).row
        return submit_change_request(row, actor=company.bob).row

    requested("Build more")
    done = reject_change_request(requested("Build less"), actor=company.alice, note="No")
    today = timezone.localdate(done.row.decided_at)
    assert texts(draft(company.bob, company.house), "Change requests") == [
        "The change request “Build more” waits to be decided."
    ]
    told = texts(draft(company.bob, company.house, last=today), "Change requests")
    assert told[1].startswith("The change request “Build less” was rejected on ")
    actions.add(ChangeRequest, actor=company.bob, node=company.house, name="A draft")
    assert len(texts(draft(company.bob, company.house, last=today), "Change requests")) == 2


def test_money_is_told_apart(company: Company) -> None:
    budget = actions.add(Budget, actor=company.alice, node=company.house, amount=1_000_00).row
    for state in ("submitted", "approved"):
        actions.move(budget, actor=company.alice, to=state)
    actions.add(Cost, actor=company.alice, node=company.house, date=LAST, amount=250_50)
    report = draft(company.bob, company.house)
    assert [each["text"] for each in report.money] == [
        "Of a budget of 1,000.00, 250.50 is spent and 0.00 promised; 749.50 is left."
    ]
    assert "250" not in str(report.sections)
    actions.add(Cost, actor=company.alice, node=company.house, date=LAST, amount=800_00)
    assert draft(company.bob, company.house).money[0]["text"] == (
        "1,050.50 is spent and 0.00 promised: 50.50 more than the budget of 1,000.00."
    )
    actions.grant_role(actor=company.alice, user=company.charlie, node=company.house, role=Role.SCRUM_MASTER)
    mine = draft(company.charlie, company.house)
    assert mine.money == []
    with pytest.raises(NotAllowed):
        actions.change(mine, actor=company.charlie, money=[])
    seen = reports_of(rights_of(company.charlie), company.house)
    assert [each.money for each in seen] == [None] * 3


def test_what_was_sent_stays(company: Company) -> None:
    slip(company)
    report = draft(company.bob, company.house, outlook="Rain", health="at_risk")
    entry = actions.change(report, actor=company.bob, outlook="Sun").entry
    assert entry is not None
    sent = send_report(report, actor=company.bob)
    assert sent.entry is not None
    assert sent.entry.sentence == "Sent the status report on “House” from Mon 2 Mar 2026 to Mon 9 Mar 2026"
    assert sent.row.sent_at is not None
    for refused in (
        lambda: actions.change(report, actor=company.bob, outlook="Snow"),
        lambda: actions.remove(report, actor=company.bob),
        lambda: actions.move(report, actor=company.bob, to="draft"),
        lambda: send_report(report, actor=company.bob),
        lambda: actions.undo(actor=company.bob, entry=entry.pk),
        lambda: actions.undo(actor=company.bob, entry=sent.entry.pk if sent.entry else 0),
    ):
        with pytest.raises(Conflict):
            refused()
    with pytest.raises(Conflict):
        actions.undo(actor=company.bob)
    before = sent.row.sections
    change(company, SetDuration(company.tasks["design"], 480))
    report.refresh_from_db()
    assert (report.sections, report.outlook, report.state) == (before, "Sun", "sent")


def test_who_reports_and_who_reads(company: Company) -> None:
    with pytest.raises(NotVisible):
        draft(company.charlie, company.house)
    actions.grant_role(actor=company.alice, user=company.charlie, node=company.house, role=Role.STAKEHOLDER)
    with pytest.raises(NotAllowed):
        draft(company.charlie, company.house)
    first = draft(company.bob, company.house)
    second = draft(company.bob, company.house, first=LAST, last=date(2026, 3, 16))
    send_report(first, actor=company.bob)
    assert [each.report for each in reports_of(rights_of(company.bob), company.house)] == [second, first]
    assert [each.report for each in reports_of(rights_of(company.charlie), company.house)] == [first]


@pytest.mark.parametrize(
    "sections",
    [
        "text",
        [{"title": "Risks"}],
        [{"title": "", "sentences": []}],
        [{"title": "Risks", "sentences": [{"text": "All is well", "evidence": []}]}],
        [{"title": "Risks", "sentences": [{"text": "", "evidence": [{"kind": "risk", "id": 1}]}]}],
        [{"title": "Risks", "sentences": [{"text": "So", "evidence": [{"kind": "risk", "id": True}]}]}],
    ],
)
def test_a_sentence_without_evidence_is_none(company: Company, sections: object) -> None:
    report = draft(company.bob, company.house)
    with pytest.raises(Invalid, match="evidence"):
        actions.change(report, actor=company.bob, sections=sections)
    with pytest.raises(Invalid):
        actions.change(report, actor=company.bob, first=date(2026, 4, 1))


def test_facts_cost_a_constant_number_of_statements(
    company: Company, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(3):
        risk(company, name=f"Risk {number}", probability=100, delay_most=480)
        change(company, SetDuration(company.tasks["design"], (number + 4) * 480))
    rights = rights_of(company.alice)
    with django_assert_num_queries(12):
        sections_of(rights, company.program, Period(FIRST, LAST))
