"""Real plans with the values that Microsoft Project and Primavera saved: every one must be ours, but for those listed.

The plans are other people's, so they are not kept with the source; where they are not there, this is skipped.
"""

from pathlib import Path

import pytest

from benchmarks.oracle import CAUSES, COLUMNS, STALE, files
from triptych.engine import agreement, schedule
from triptych.formats import read_plan
from triptych.plan import Severity, worst

DATA = Path(__file__).parents[3] / "shared" / "data"
#: These were written by another library, which knows the dates alone.
IMPORTS = sorted((DATA / "imports").glob("*.mspdi.xml"))
FILES = [*files(), *IMPORTS]
DATES = COLUMNS[:6]
ABSENT = "the plans of others, ../shared/data beside the source, are not there"

#: How many saved values of a file are not ours; `benchmarks.oracle` names each cause.
TOLERATED = {
    "calendar-exception-precedence-monthly": dict.fromkeys(DATES, 1),
    "calendar-exception-precedence-weekly": dict.fromkeys(DATES, 1),
    "sf259": {"total_float": 3},
    "task-links-project2019-mpp14": {"late_start": 2, "late_finish": 2, "total_float": 2},
}
#: A stale project summary excuses nothing but itself.
ONLY_THE_PROJECT = {name for name, cause in CAUSES.items() if cause == STALE}


@pytest.mark.skipif(not FILES, reason=ABSENT)
@pytest.mark.parametrize("file", FILES, ids=lambda each: each.stem)
def test_every_saved_value_is_ours(file: Path) -> None:
    report = read_plan(file.read_bytes(), name=file.name)
    assert worst(report.diagnostics) is not Severity.ERROR, report.diagnostics
    assert report.plan is not None
    result = schedule(report.plan)
    assert result.diagnostics == ()
    found = agreement(result, report.saved, COLUMNS)
    assert found.compared["start"] > 0
    columns = DATES[:2] if file in IMPORTS else COLUMNS
    missed = {name: found.compared[name] - found.equal[name] for name in columns}
    tolerated = dict.fromkeys(columns, 0) | TOLERATED.get(file.stem, {})
    assert missed == tolerated, found.misses
    if file.stem in ONLY_THE_PROJECT:
        assert {uid for uid, *_ in found.misses} == {report.plan.project.root}


@pytest.mark.skipif(not FILES, reason=ABSENT)
def test_nothing_is_tolerated_of_a_file_that_is_not_there_nor_without_a_cause() -> None:
    assert set(TOLERATED) <= {each.stem for each in FILES}
    assert set(TOLERATED) == set(CAUSES)
