"""What would pull a task in, over the wire: what may be changed, by whom, and what of the rest is told."""

import json
from datetime import date
from typing import Any

import pytest

from tests.api.test_plan import change
from tests.cast import Company, add_tasks, door
from triptych.apps.people.models import User
from triptych.apps.people.roles import Role
from triptych.apps.project import actions
from triptych.plan.changes import AddLink


def asked(user: User, task: int, days: float = 1) -> Any:
    answer = door(user).get(f"/api/v1/tasks/{task}/pull-in?days={days}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_options_are_told_and_can_be_made(company: Company) -> None:
    """Permit (2 d) → design (3 d) → build (5 d) → ready: the reader of both projects may change each."""
    answer = asked(company.alice, company.tasks["ready"])
    assert (answer["task"], answer["goal_minutes"]) == (company.tasks["ready"], 480)
    assert answer["finish"] == "2026-03-13T17:00"
    assert [each["deeds"] for each in answer["options"]] == [
        ["Start “design” 1d before “permit” has finished"],
        ["Start “build” 1d before “design” has finished"],
        ["Shorten “design” from 3d to 2d"],
        ["Shorten “build” from 5d to 4d"],
        ["Shorten “permit” from 2d to 1d"],
    ]
    best = answer["combination"]
    assert best == answer["options"][0]
    assert (best["gain_minutes"], best["cost_minutes"], best["meets"], best["then"]) == (480, 240, True, None)
    shorten = answer["options"][3]["changes"]
    assert shorten == [{
        "op": "set_duration", "task": company.tasks["build"], "minutes": 1920, "elapsed": False, "milestone": None,
    }]  # fmt: skip
    preview = change(door(company.alice), company.house.pk, *shorten, preview=True).json()
    assert preview["ripple"]["finish_delta_minutes"] == -480
    assert preview["project"]["finish"] == answer["options"][3]["finish"]


def test_what_the_reader_may_not_change_is_left_out(company: Company) -> None:
    """Bob sees the house alone: what leads to it is nameless, and neither it nor its link is his to change."""
    answer = asked(company.bob, company.tasks["ready"], days=50)
    assert {each["task"] for option in answer["options"] for each in option["changes"] if "task" in each} == {
        company.tasks["design"], company.tasks["build"],
    }  # fmt: skip
    assert answer["combination"] is None
    assert answer["furthest"]["gain_minutes"] > 0
    assert "rights" in [each["reason"] for each in answer["in_the_way"]]
    assert company.tasks["permit"] not in [each["task"] for each in answer["in_the_way"]]
    body = json.dumps(answer, ensure_ascii=False)
    assert not [word for word in ("Secret", "permit", "party") if word in body]


def test_who_may_only_look_is_told_that_it_is_not_theirs(company: Company) -> None:
    actions.grant_role(actor=company.alice, user=company.charlie, node=company.house, role=Role.STAKEHOLDER)
    answer = asked(company.charlie, company.tasks["ready"])
    assert (answer["options"], answer["combination"], answer["furthest"]) == ([], None, None)
    assert "What could give way further is not yours to change." in answer["sentence"]


@pytest.mark.parametrize(("who", "offered"), [("alice", True), ("bob", True), ("charlie", False)])
def test_leave_is_ended_only_by_those_who_manage_people(company: Company, who: str, offered: bool) -> None:
    actions.grant_role(actor=company.alice, user=company.charlie, node=company.house, role=Role.SCRUM_MASTER)
    away = {"first": date(2026, 3, 10), "last": date(2026, 3, 11), "name": "Leave"}
    actions.add_absence(actor=company.alice, resource=company.ann.pk, **away)  # type: ignore[arg-type]
    answer = asked(getattr(company, who), company.tasks["ready"], days=2)
    ended = [
        each for option in answer["options"] for each in option["changes"] if each["op"] == "remove_absence"
    ]
    assert bool(ended) is offered
    assert "“Leave”" not in json.dumps(answer, ensure_ascii=False)


def test_a_way_through_a_hidden_project_has_dates_and_no_names(company: Company) -> None:
    """ready → party (hidden) → paint: what would pull paint in can be told, but nothing in the hidden project."""
    paint = add_tasks(company.alice, company.house, paint=1)["paint"]
    through = [AddLink(company.tasks["party"], paint)]
    actions.change_plan(actor=company.alice, project=company.house.pk, changes=through)
    answer = asked(company.bob, paint, days=1)
    assert answer["combination"] is not None
    body = json.dumps([answer, asked(company.bob, paint, days=90)], ensure_ascii=False)
    assert not [word for word in ("Secret", "permit", "party") if word in body]


@pytest.mark.parametrize("days", ["0", "-1", "1001", "soon", "nan", "inf"])
def test_days_are_a_number_of_them(company: Company, days: str) -> None:
    answer = door(company.alice).get(f"/api/v1/tasks/{company.tasks['ready']}/pull-in?days={days}")
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")


def test_part_of_a_day_is_asked_for_in_minutes(company: Company) -> None:
    assert asked(company.alice, company.tasks["ready"], days=0.5)["goal_minutes"] == 240
