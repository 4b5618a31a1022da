"""The guide to schedule health and the checks say the same."""

import re
from pathlib import Path

import pytest

from triptych.engine.health import CHECKS, Check

PAGE = (Path(__file__).parents[2] / "docs" / "guide" / "health.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^### ([^\n]+)\n\n(.*?)(?=^##|\Z)", PAGE, re.DOTALL | re.MULTILINE))


def heading(check: Check) -> str:
    return check.title if check.number is None else f"{check.number}. {check.title}"


def facts(check: Check) -> str:
    """`**Passes** at 5 % or less of tasks. **Costs** up to 35 points, at 50 %. **Source:** …`."""
    if check.least is not None:
        passes, full = f"at {check.least:g} or more", f"{check.least - check.full:.2g}"
    else:
        limit = f"{100 * check.limit:g} % or less" if check.limit else "none"
        passes, full = f"at {limit} of the {check.of}", f"{100 * check.full:g} %"
    return (
        f"**Passes** {passes}. **Costs** up to {check.points} points, at {full}. **Source:** {check.source}."
    )


def test_the_page_has_a_section_for_every_check_in_their_order() -> None:
    assert list(SECTIONS) == [heading(each) for each in CHECKS]


@pytest.mark.parametrize("check", CHECKS, ids=[each.key for each in CHECKS])
def test_a_section_tells_why_and_how_it_counts(check: Check) -> None:
    section = SECTIONS[heading(check)]
    assert section.startswith(f"{check.why}\n\n{facts(check)}\n\n")
    assert "*Fix:*" in section
