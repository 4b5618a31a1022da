"""Laws of schedule health: every fix that is offered applies, mends what it says, and breaks nothing."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.health import break_nothing, mends
from tests.plans import plans
from triptych.engine import DIALECTS, schedule
from triptych.engine.health import health
from triptych.plan import Plan
from triptych.plan.changes import apply_all

dialects = st.sampled_from(sorted(DIALECTS))


@given(plan=plans(), dialect=dialects)
def test_every_fix_mends_what_it_says(plan: Plan, dialect: str) -> None:
    before = schedule(plan, dialect=dialect)
    for finding in health(before).findings:
        if finding.fix:
            mends(before, finding)


@given(plan=plans(max_tasks=20), dialect=dialects)
def test_the_fixes_that_go_together_do(plan: Plan, dialect: str) -> None:
    break_nothing(schedule(plan, dialect=dialect))


@given(plan=plans(max_tasks=20), dialect=dialects)
def test_redundant_links_move_nothing_when_they_go(plan: Plan, dialect: str) -> None:
    before = schedule(plan, dialect=dialect)
    found = health(before)["redundant"].findings
    after = schedule(apply_all(plan, [each for one in found for each in one.fix])[0], dialect=dialect)
    for name in ("start", "finish", "early_start", "early_finish"):
        assert np.array_equal(getattr(before, name), getattr(after, name))


@given(plan=plans(max_tasks=20), dialect=dialects)
def test_counts_and_scores_stay_within_bounds(plan: Plan, dialect: str) -> None:
    found = health(schedule(plan, dialect=dialect))
    assert found.score is None or 0 <= found.score <= 100
    for each in found.outcomes:
        assert 0 <= each.cost <= each.check.points
        if each.share is not None:
            assert 0 <= each.numerator <= each.denominator
            assert bool(each.passed) or each.cost > 0
    assert all(each.score is None or 0 <= each.score <= 100 for each in found.families)
    assert len({each.key for each in found.findings}) == len(found.findings)
