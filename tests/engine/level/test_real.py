"""Levelling of the plans of others: every proposal is verified."""

from functools import cache
from pathlib import Path

import pytest

from triptych.engine import Schedule, schedule
from triptych.engine.level import Proposal, Terms, level
from triptych.formats import read_plan

from .verifier import verify

PLANS = Path(__file__).parents[4] / "shared" / "data" / "oracle" / "mspdi"
#: Plans with overloaded people, and by how many minutes of work.
OVERLOADED = {
    "actualtaskproperties": 1920,
    "ozbuild_16_orig": 2400,
    "residential_construction": 3360,
    "software_development": 12264,
    "software_development_plan": 19320,
    "mpsplib_6_mp_j30_a2_nr1": 378240,
}
TERMS = {
    "as it is": Terms(schedules=50),
    "within float": Terms(schedules=50, within_float=True),
    "interrupted": Terms(schedules=50, interrupt=480),
}

pytestmark = pytest.mark.skipif(
    not PLANS.is_dir(), reason="the plans of others, ../shared/data beside the source, are not there"
)


@cache
def scheduled(stem: str) -> Schedule:
    plan = read_plan((PLANS / f"{stem}.xml").read_bytes(), name=stem).plan
    assert plan is not None
    return schedule(plan)


@cache
def proposed(stem: str, terms: str) -> Proposal:
    return level(scheduled(stem), TERMS[terms])


@pytest.mark.parametrize("terms", TERMS)
@pytest.mark.parametrize("stem", OVERLOADED)
def test_every_proposal_keeps_what_it_promises(stem: str, terms: str) -> None:
    found = proposed(stem, terms)
    verify(found, TERMS[terms])
    assert round(found.before_figures.overload) == OVERLOADED[stem]
    assert found.after_figures.overload <= found.before_figures.overload


@pytest.mark.parametrize("stem", [each for each in OVERLOADED if each != "software_development"])
def test_nobody_is_overloaded_any_more(stem: str) -> None:
    assert proposed(stem, "as it is").left == ()


def test_a_plan_that_is_under_way_stays_and_that_is_told() -> None:
    found = proposed("software_development", "as it is")
    assert found.lines == ()
    assert len(found.left) == 8
