"""Samples of what hangs on the tree."""

from datetime import UTC, datetime

from tests.cast import Company
from triptych.apps.people.records import Record
from triptych.apps.project.models import Comment, Watch

from . import Sample, Values

#: A moment, for what says when it was written.
THEN = datetime(2026, 3, 2, 9, tzinfo=UTC)


def _comment(company: Company) -> Values:
    return {"node": company.house, "text": f"Ask @[Bob](user:{company.bob.pk})", "at": THEN}


SAMPLES: dict[type[Record], Sample] = {
    Comment: Sample(_comment, {"text": "Never mind"}),
    Watch: Sample(lambda company: {"node": company.house}, {}),
}
