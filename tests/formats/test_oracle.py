"""Real plans with the dates that Microsoft Project saved: every one must be ours, but for what is listed here.

The plans are other people's, so they are not kept with the source; where they are not there, this is skipped.
"""

from pathlib import Path

import pytest

from triptych.engine import agreement, schedule
from triptych.formats import read_plan
from triptych.plan import Severity, worst

DATA = Path(__file__).parents[3] / "shared" / "data"
FILES = [*sorted((DATA / "oracle" / "mspdi").glob("*.xml")), *sorted((DATA / "imports").glob("*.mspdi.xml"))]
ABSENT = "the plans of others, ../shared/data beside the source, are not there"

SPLIT = "tasks that are split into parts: they are scheduled as one piece"
CONTOUR = "work that is spread unevenly: duration follows the contour, which is not read"
STALE = "the file's project summary was saved before the calendar's exceptions were entered"
#: How many saved dates of a file are not ours, and the cause.
TOLERATED = {
    "splits9a": ({"start": 0, "finish": 8}, SPLIT),
    "mspdisplittask": ({"start": 0, "finish": 3}, SPLIT),
    "mpp14resource": ({"start": 1, "finish": 3}, CONTOUR),
    "calendar-exception-precedence-monthly": ({"start": 1, "finish": 1}, STALE),
    "calendar-exception-precedence-weekly": ({"start": 1, "finish": 1}, STALE),
}
#: A stale project summary excuses nothing but itself.
ONLY_THE_PROJECT = {name for name, (_, cause) in TOLERATED.items() if cause == STALE}


@pytest.mark.skipif(not FILES, reason=ABSENT)
@pytest.mark.parametrize("file", FILES, ids=lambda each: each.stem)
def test_the_saved_dates_are_ours(file: Path) -> None:
    report = read_plan(file.read_bytes(), name=file.name)
    assert worst(report.diagnostics) is not Severity.ERROR, report.diagnostics
    assert report.plan is not None
    result = schedule(report.plan)
    assert result.diagnostics == ()
    found = agreement(result, report.saved)
    assert min(found.compared.values()) > 0
    missed = {name: found.compared[name] - found.equal[name] for name in found.compared}
    tolerated, cause = TOLERATED.get(file.stem, ({"start": 0, "finish": 0}, ""))
    assert missed == tolerated, (cause, found.misses)
    if file.stem in ONLY_THE_PROJECT:
        assert {uid for uid, *_ in found.misses} == {report.plan.project.root}


@pytest.mark.skipif(not FILES, reason=ABSENT)
def test_nothing_is_tolerated_of_a_file_that_is_not_there() -> None:
    assert set(TOLERATED) <= {each.stem for each in FILES}
