"""Samples of what nodes are controlled by."""

from datetime import date, time
from typing import Any

from tests.cast import Company
from triptych.apps.control.models import (
    Acceptance,
    ActionItem,
    AffectedTask,
    Assumption,
    Attendee,
    Benefit,
    BenefitValue,
    Budget,
    ChangeRequest,
    Cost,
    Decision,
    Issue,
    Meeting,
    Purchase,
    Risk,
    RiskResponse,
    Scenario,
    Stakeholder,
    StatusReport,
)
from triptych.apps.people.records import Record
from triptych.apps.project.actions import add, mark_deliverable
from triptych.apps.project.models import Node

from . import Sample, Values

DAY = date(2026, 3, 9)


def risk(company: Company, **values: Any) -> Risk:
    """A risk of the house that Alice has raised."""
    given: Values = {"node": company.house, "name": "Frost"} | values
    return add(Risk, actor=company.alice, **given).row


def task(company: Company, name: str) -> Node:
    """A task of the cast."""
    return Node.objects.get(pk=company.tasks[name])


def deliverable(company: Company) -> Node:
    """The cast's “build”, as a deliverable."""
    return mark_deliverable(actor=company.alice, task=company.tasks["build"])


def meeting(company: Company) -> Meeting:
    """A meeting about the house."""
    return add(Meeting, actor=company.alice, node=company.house, name="Kick-off", date=DAY).row


def _risk(company: Company) -> Values:
    return {
        "node": company.house,
        "name": "Frost",
        "cause": "A cold March",
        "probability": 250,
        "delay_least": 480,
        "delay_likely": 960,
        "delay_most": 2400,
        "cost_most": 500_000,
        "owner": company.bob,
    }


SAMPLES: dict[type[Record], Sample] = {
    Risk: Sample(_risk, {"probability": 300}),
    RiskResponse: Sample(
        lambda company: {
            "risk": risk(company),
            "text": "Heat the site",
            "task": task(company, "design"),
            "cost": 100,
        },
        {"text": "Heat the site at night"},
    ),
    AffectedTask: Sample(lambda company: {"risk": risk(company), "task": task(company, "build")}, {}),
    Issue: Sample(
        lambda company: {"node": company.house, "name": "No permit", "severity": "critical"},
        {"severity": "low"},
    ),
    Assumption: Sample(
        lambda company: {"node": company.house, "text": "The ground bears", "basis": "The map"},
        {"basis": "The survey"},
    ),
    Decision: Sample(
        lambda company: {
            "node": company.house,
            "question": "Which colour?",
            "options": ["Red", "Blue"],
            "asked_of": company.alice,
        },
        {"options": ["Red", "Green"]},
    ),
    Stakeholder: Sample(
        lambda company: {
            "node": company.house,
            "name": "The neighbour",
            "power": 2,
            "interest": 5,
            "stance": "resistant",
            "wanted": "neutral",
        },
        {"stance": "neutral"},
    ),
    Budget: Sample(
        lambda company: {"node": company.house, "category": "Labour", "year": 2026, "amount": 100_000_00},
        {"amount": 120_000_00},
    ),
    Purchase: Sample(lambda company: {"node": company.house, "name": "Steel", "amount": 100}, {"due": DAY}),
    Cost: Sample(
        lambda company: {"node": company.house, "date": DAY, "amount": 100, "note": "Nails"},
        {"kind": "accrual"},
    ),
    Benefit: Sample(lambda company: {"node": company.house, "name": "Rent"}, {"measure": "The ledger"}),
    BenefitValue: Sample(
        lambda company: {
            "benefit": add(Benefit, actor=company.alice, node=company.house, name="Rent").row,
            "date": DAY,
            "planned": 1000,
        },
        {"realised": 900},
    ),
    Scenario: Sample(
        lambda company: {"node": company.house, "name": "Faster", "changes": [_longer(company)]},
        {"about": "With a second crew."},
    ),
    ChangeRequest: Sample(
        lambda company: {"node": company.house, "name": "Bigger", "changes": [_longer(company)]},
        {"reason": "They want it bigger."},
    ),
    Acceptance: Sample(
        lambda company: {"node": deliverable(company), "criteria": "They stand upright"},
        {"criteria": "They stand"},
    ),
    StatusReport: Sample(
        lambda company: {"node": company.house, "first": date(2026, 3, 2), "last": DAY, "outlook": "Fair"},
        {"outlook": "Fine", "health": "on_track"},
    ),
    Meeting: Sample(
        lambda company: {"node": company.house, "name": "Kick-off", "date": DAY, "starts": time(9, 30)},
        {"agenda": "Who does what", "starts": time(10)},
    ),
    Attendee: Sample(
        lambda company: {"meeting": meeting(company), "user": company.charlie},
        {"present": True},
    ),
    ActionItem: Sample(
        lambda company: {
            "node": company.house,
            "meeting": meeting(company),
            "text": "Order steel",
            "owner": company.bob,
        },
        {"due": DAY},
    ),
}


def _longer(company: Company) -> Values:
    return {"op": "set_duration", "task": company.tasks["design"], "minutes": 2400}
