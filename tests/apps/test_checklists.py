"""Ticking off what is on a checklist."""

from typing import Any

import pytest

from tests.cast import Company
from triptych.apps.people.refusals import Invalid, NotVisible
from triptych.apps.project import actions, queries
from triptych.apps.project.models import ChecklistItem
from triptych.apps.project.rules import rights_of


def test_it_is_known_who_ticked_it_off(company: Company) -> None:
    design = company.tasks["design"]
    second, first = (
        actions.add(ChecklistItem, actor=company.alice, node_id=design, text=text, position=at).row
        for text, at in (("Draw", 2), ("Measure", 1))
    )
    actions.tick_item(actor=company.bob, item=first)
    assert actions.tick_item(actor=company.alice, item=first).entry is None
    rows = queries.checklist(rights_of(company.bob), design)
    assert [(each.text, each.done, each.by) for each in rows] == [
        ("Measure", True, company.bob),
        ("Draw", False, None),
    ]
    actions.undo(actor=company.bob)
    assert not ChecklistItem.objects.filter(done=True).exists()
    actions.tick_item(actor=company.bob, item=second)
    actions.tick_item(actor=company.bob, item=second, done=False)
    assert ChecklistItem.objects.get(pk=second.pk).by is None
    with pytest.raises(NotVisible):
        actions.tick_item(actor=company.charlie, item=second)
    with pytest.raises(Invalid):
        actions.change(second, actor=company.bob, done=True)
    values: dict[str, Any] = {"text": "Paint", "done": True, "by": company.alice}
    with pytest.raises(Invalid):
        actions.add(ChecklistItem, actor=company.bob, node_id=design, **values)
