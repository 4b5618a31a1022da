"""Samples of what the company wants."""

from datetime import date

from tests.cast import Company
from triptych.apps.people.records import Record
from triptych.apps.program.models import Alignment, CheckIn, KeyResult, Objective
from triptych.apps.project.actions import add

from . import Sample, Values

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)


def _objective(company: Company) -> Values:
    top = add(Objective, actor=company.alice, name="Grow", first=FIRST, last=LAST).row
    period = {"first": FIRST, "last": LAST}
    return {"node": company.house, "parent": top, "name": "Move in", "owner": company.bob} | period


def _key_result(company: Company) -> Values:
    objective = add(Objective, actor=company.alice, **_objective(company)).row
    plan = {"kind": "percent", "source": "plan", "node": company.house, "figure": "percent_complete"}
    return {"objective": objective, "name": "Built", "owner": company.bob, "target": 100} | plan


def _check_in(company: Company) -> Values:
    result = add(KeyResult, actor=company.alice, **_key_result(company)).row
    return {"key_result": result, "day": date(2026, 2, 1), "confidence": 70, "note": "Dry so far"}


def _alignment(company: Company) -> Values:
    result = add(KeyResult, actor=company.alice, **_key_result(company)).row
    return {"objective": result.objective, "key_result": result, "node": company.house, "weight": 60}


SAMPLES: dict[type[Record], Sample] = {
    Objective: Sample(_objective, {"why": "Winter comes"}),
    KeyResult: Sample(_key_result, {"target": 90}),
    CheckIn: Sample(_check_in, {"confidence": 50}),
    Alignment: Sample(_alignment, {"weight": 40}),
}
