"""Samples of what belongs to products."""

from datetime import date

from tests.cast import Company
from triptych.apps.people.records import Record
from triptych.apps.product.models import (
    Customer,
    Feature,
    Feedback,
    LaunchTask,
    Metric,
    MetricValue,
    Opportunity,
    Persona,
    Problem,
    Product,
    Release,
)
from triptych.apps.project.actions import add, mark_deliverable

from . import Sample, Values

DAY = date(2026, 3, 2)
LEAKS: Values = {"name": "Leaks", "unit": "a month", "direction": "down", "baseline": 9000, "target": 1000}


def product_of(company: Company, name: str = "Home") -> Product:
    """A product on the house, for which Bob answers."""
    return add(Product, actor=company.alice, node=company.house, name=name, manager=company.bob).row


def _product(company: Company) -> Values:
    return {"node": company.house, "name": "Home", "vision": "A roof for all", "manager": company.bob}


def _problem(company: Company) -> Values:
    product = product_of(company)
    persona = add(Persona, actor=company.alice, product=product, name="The family").row
    return {"product": product, "persona": persona, "statement": "Rain comes in", "evidence": "Nine calls"}


def _metric(company: Company) -> Values:
    return {"product": product_of(company), **LEAKS}


def _value(company: Company) -> Values:
    metric = add(Metric, actor=company.alice, **_metric(company)).row
    return {"metric": metric, "day": DAY, "value": 7500}


def _opportunity(company: Company) -> Values:
    problem = add(Problem, actor=company.alice, **_problem(company)).row
    return {"product": problem.product, "problem": problem, "name": "Keep the rain out"}


def _feedback(company: Company) -> Values:
    opportunity = add(Opportunity, actor=company.alice, **_opportunity(company)).row
    customer = add(Customer, actor=company.alice, name="The Smiths").row
    said = {"text": "It drips", "source": "support", "weight": 3, "given": DAY}
    return {
        "product": opportunity.product,
        "opportunity": opportunity,
        "customer": customer,
    } | said


def _release(company: Company) -> Values:
    return {
        "product": product_of(company),
        "name": "Spring",
        "goal": "Dry by April",
        "planned": date(2026, 3, 31),
        "milestone_id": company.tasks["ready"],
    }


def _launch_task(company: Company) -> Values:
    release = add(Release, actor=company.alice, **_release(company)).row
    return {"release": release, "name": "Tell the press", "owner": company.bob}


def _feature(company: Company) -> Values:
    opportunity = add(Opportunity, actor=company.alice, **_opportunity(company)).row
    product = opportunity.product
    release = add(Release, actor=company.alice, product=product, name="Spring").row
    metric = add(Metric, actor=company.alice, product=product, **LEAKS).row
    deliverable = mark_deliverable(actor=company.alice, task=company.tasks["build"])
    return {
        "product": product,
        "opportunity": opportunity,
        "release": release,
        "metric": metric,
        "deliverable": deliverable,
        "name": "A new roof",
        "hypothesis": "Tiles hold",
        "acceptance_criteria": "No drop in a week of rain",
        "horizon": "next",
        "reach": 400,
        "impact": 200,
        "confidence": 80,
        "effort": 15,
        "business_value": 8,
        "time_criticality": 5,
        "risk_reduction": 3,
        "job_size": 5,
    }


SAMPLES: dict[type[Record], Sample] = {
    Product: Sample(_product, {"vision": "Dry and warm"}),
    Persona: Sample(
        lambda company: {"product": product_of(company), "name": "The family", "goals": "To sleep"},
        {"pains": "Noise"},
    ),
    Problem: Sample(_problem, {"evidence": "Twelve calls"}),
    Metric: Sample(_metric, {"target": 500}),
    MetricValue: Sample(_value, {"value": 6000}),
    Customer: Sample(
        lambda _: {"name": "The Smiths", "segment": "Families", "value": 120_000_00}, {"value": 90_000_00}
    ),
    Opportunity: Sample(_opportunity, {"description": "Before autumn"}),
    Feedback: Sample(_feedback, {"weight": 5}),
    Feature: Sample(_feature, {"confidence": 50}),
    Release: Sample(_release, {"planned": date(2026, 4, 15)}),
    LaunchTask: Sample(_launch_task, {"done": DAY}),
}
