"""Every example in `docs/rules/` gets the dates that its page says."""

import re
from pathlib import Path

import pytest

from triptych.engine import schedule
from triptych.plan import spell_instant
from triptych.plan.changes import apply_all

from .language import parse

RULES = Path(__file__).parents[2] / "docs" / "rules"
EXAMPLES = [
    pytest.param(text, id=f"{page.stem}-{number}")
    for page in sorted(RULES.glob("*.md"))
    for number, text in enumerate(
        re.findall(r"```plan\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL), 1
    )
]


@pytest.mark.parametrize("text", EXAMPLES)
def test_the_example_gets_the_dates_its_page_says(text: str) -> None:
    example = parse(text)
    plan, _ = apply_all(example.plan, example.changes)
    assert set(example.team) <= set(plan.each_assignment())
    result = schedule(plan)
    assert [each.code for each in result.diagnostics] == example.diagnostics
    assert example.expected, "an example states at least one date"
    for each in example.expected:
        row = plan.index_of[example.uid[each.name]]
        dates = spell_instant(int(result.start[row])), spell_instant(int(result.finish[row]))
        assert (each.name, *dates) == (each.name, each.start, each.finish)
        for name, at in each.dates.items():
            assert (each.name, name, spell_instant(int(getattr(result, name)[row]))) == (each.name, name, at)
        for name, spare in each.floats.items():
            assert (each.name, name, int(getattr(result, name)[row])) == (each.name, name, spare)
        for name in each.flags:
            flags = result.critical if name == "critical" else result.longest_path
            assert (each.name, name, bool(flags[row])) == (each.name, name, True)


def test_every_page_of_rules_has_an_example() -> None:
    pages = {page.stem for page in RULES.glob("*.md") if page.stem != "README"}
    assert pages
    assert pages == {str(example.id).rsplit("-", 1)[0] for example in EXAMPLES}
