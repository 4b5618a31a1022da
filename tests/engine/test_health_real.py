"""Schedule health on the plans of others: every fix that is offered applies, mends what it says and breaks nothing."""

from functools import cache
from pathlib import Path

import pytest

from tests.health import break_nothing, mends
from triptych.engine import Schedule, schedule
from triptych.engine.health import health
from triptych.formats import read_plan

PLANS = Path(__file__).parents[3] / "shared" / "data" / "oracle" / "mspdi"
FILES = sorted(PLANS.glob("*.xml"))

pytestmark = pytest.mark.skipif(
    not FILES, reason="the plans of others, ../shared/data beside the source, are not there"
)


@cache
def scheduled(file: Path, dialect: str) -> Schedule:
    plan = read_plan(file.read_bytes(), name=file.name).plan
    assert plan is not None
    return schedule(plan, dialect=dialect)


@pytest.mark.parametrize("dialect", ["msproject", "p6"])
@pytest.mark.parametrize("file", FILES, ids=[each.stem for each in FILES])
def test_every_fix_mends_what_it_says(file: Path, dialect: str) -> None:
    before = scheduled(file, dialect)
    for finding in health(before).findings:
        if finding.fix:
            mends(before, finding)
    break_nothing(before)


def test_fixes_are_worth_their_while() -> None:
    """A plan that is not tied together at its end is, after the fixes that it is offered."""
    before = scheduled(PLANS / "homemoveplan.xml", "msproject")
    found = health(before)
    assert (found["logic"].numerator, found["logic"].denominator) == (91, 124)
    after = break_nothing(before)
    assert after["logic"].passed
    assert (after.score or 0) > (found.score or 0) + 30


@pytest.mark.parametrize(
    ("stem", "passed", "failed"),
    [
        ("homemoveplan", {"leads", "hard", "critical-path-test"}, {"logic"}),
        (
            "terminal_building",
            {"hard", "negative-float"},
            {"logic", "lags", "kinds", "high-float", "resources"},
        ),
        ("slack9", {"long"}, {"hard", "negative-float", "unmet", "open-milestones"}),
        ("software_development", {"lags", "kinds"}, {"leads", "status-date", "out-of-sequence", "overload"}),
        ("residential_construction", {"logic", "leads", "hard", "long"}, {"overload"}),
    ],
)
def test_what_is_found_in_plans_that_we_know(stem: str, passed: set[str], failed: set[str]) -> None:
    found = health(scheduled(PLANS / f"{stem}.xml", "msproject"))
    results = {each.check.key: each.passed for each in found.outcomes}
    assert {key for key in passed | failed if results[key]} == passed
    assert {key for key in passed | failed if results[key] is False} == failed
