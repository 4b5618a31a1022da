"""Every noun at its doors: who gets what, what is refused, and that the log and the past are told there too."""

import json
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from pydantic import TypeAdapter, ValidationError

from tests.cast import Company, door
from tests.nouns import Values, samples
from triptych.api import api
from triptych.api.nouns import nouns, path_of
from triptych.api.values import kind_of
from triptych.apps.control.models import Attendee, Meeting, Risk, RiskResponse
from triptych.apps.history.models import LogEntry
from triptych.apps.history.queries import last_seq
from triptych.apps.people.records import Record
from triptych.apps.people.roles import Role
from triptych.apps.product.models import Customer, Product
from triptych.apps.project import actions

Noun = type[Record]
DAY = date(2026, 3, 9)

everything = pytest.mark.parametrize("noun", nouns(), ids=path_of)


def spelled(values: Values) -> dict[str, Any]:
    """Values as a body: rows by number, dates in words."""
    return {name.removesuffix("_id"): _spelled(value) for name, value in values.items()}


def _spelled(value: Any) -> Any:
    if isinstance(value, Model):
        return value.pk
    return value.isoformat() if isinstance(value, (date, datetime, time)) else value


def call(client: Client, method: str, path: str, body: Any = None) -> Any:
    text = "" if body is None else json.dumps(body)
    return client.generic(method, f"/api/v1{path}", text, content_type="application/json")


def body_of(company: Company, noun: Noun) -> dict[str, Any]:
    given = spelled(samples()[noun].values(company))
    return {
        name: value for name, value in given.items() if name not in {*noun.TERMS.signed, *noun.TERMS.stamped}
    }


@everything
def test_a_noun_is_added_read_changed_removed_and_brought_back(company: Company, noun: Noun) -> None:
    path, client = path_of(noun), door(company.alice)
    made = call(client, "POST", path, body_of(company, noun))
    assert made.status_code == 201, made.content
    row = made.json()["item"]
    one = f"{path}/{row['id']}"
    assert call(client, "GET", one).json() == row
    if noun is not Product:  # whose list is the page's own
        assert call(client, "GET", path).json()["items"][-1] == row
        assert call(client, "GET", f"{path}?after={row['id']}").json() == {"items": [], "next": None}
    if change := spelled(samples()[noun].change):
        changed = call(client, "PATCH", one, change)
        assert changed.status_code == 200, changed.content
        assert changed.json()["item"] == row | change | {
            name: value
            for name, value in changed.json()["item"].items()
            if name not in change and value != row[name]
        }
        assert call(client, "POST", "/undo", {}).status_code == 200
    seq = last_seq(company.alice.workspace_id)
    gone = call(client, "DELETE", one)
    assert gone.status_code == 200
    assert call(client, "GET", one).status_code == 404
    if noun is not Product:
        then = call(client, "GET", f"{path}?as_of={seq}").json()["items"]
        assert row in then
    assert call(client, "POST", "/undo", {}).status_code == 200
    assert call(client, "GET", one).json() == row


@everything
@pytest.mark.parametrize("who", ["nobody", "charlie"])
def test_a_stranger_gets_nothing_at_any_door(company: Company, noun: Noun, who: str) -> None:
    body, path = body_of(company, noun), path_of(noun)
    row = call(door(company.alice), "POST", path, body).json()["item"]
    client = Client() if who == "nobody" else door(company.charlie)
    one = f"{path}/{row['id']}"
    answers = {
        method: call(client, method, one, sent)
        for method, sent in (("GET", None), ("PATCH", {}), ("DELETE", None))
    }
    expected = 401 if who == "nobody" else 404
    assert {each.status_code for each in answers.values()} == {expected}
    missing = call(client, "GET", f"{path}/999999")
    assert (missing.status_code, missing.content) == (answers["GET"].status_code, answers["GET"].content)
    added = call(client, "POST", path, body)
    assert added.status_code == 401 if who == "nobody" else added.status_code in {403, 404, 422}
    if who == "charlie" and noun is not Product:
        assert call(client, "GET", path).json() == {"items": [], "next": None}
        assert (
            call(client, "GET", f"{path}?as_of={last_seq(company.alice.workspace_id)}").json()["items"] == []
        )


@everything
def test_what_is_no_value_of_a_noun_is_named_and_not_passed_over(company: Company, noun: Noun) -> None:
    body, client, path = body_of(company, noun), door(company.alice), path_of(noun)
    answer = call(client, "POST", path, body | {"nonsense": 1})
    assert answer.status_code == 422
    assert "nonsense" in answer.content.decode()
    row = call(client, "POST", path, body).json()["item"]
    for fixed in {"workspace", "id", *noun.TERMS.signed}:
        assert call(client, "PATCH", f"{path}/{row['id']}", {fixed: 1}).status_code == 422


def test_a_row_goes_on_by_the_steps_that_there_are(company: Company) -> None:
    client = door(company.alice)
    row = call(client, "POST", "/risks", {"node": company.house.pk, "name": "Frost"}).json()["item"]
    moved = call(client, "POST", f"/risks/{row['id']}/moves", {"to": "analysed"})
    assert moved.json()["item"]["state"] == "analysed"
    refused = call(client, "POST", f"/risks/{row['id']}/moves", {"to": "nowhere"})
    assert (refused.status_code, refused.json()["code"]) == (409, "risk.no-such-step")
    assert Risk.objects.get(pk=row["id"]).state == "analysed"


def test_pages_follow_one_another(company: Company) -> None:
    client = door(company.alice)
    for number in range(5):
        actions.add(Risk, actor=company.alice, node=company.house, name=f"Risk {number}")
    first = call(client, "GET", f"/risks?node={company.house.pk}&limit=3").json()
    second = call(client, "GET", f"/risks?node={company.house.pk}&limit=3&after={first['next']}").json()
    assert [each["name"] for each in first["items"] + second["items"]] == [f"Risk {n}" for n in range(5)]
    assert second["next"] is None
    assert call(client, "GET", f"/risks?node={company.secret.pk}").json()["items"] == []


def test_money_is_told_to_who_may_see_it(company: Company) -> None:
    row = actions.add(Risk, actor=company.alice, node=company.house, name="Frost", cost_most=500).row
    actions.add(Customer, actor=company.alice, name="Larkin", value=700)
    actions.grant_role(actor=company.alice, user=company.charlie, node=company.house, role=Role.TEAM_MEMBER)
    told = {
        who: call(door(who), "GET", f"/risks/{row.pk}").json()["cost_most"]
        for who in (company.bob, company.charlie)
    }
    assert told == {company.bob: 500, company.charlie: None}
    assert call(door(company.charlie), "GET", "/customers").json()["items"][0]["value"] is None
    assert call(door(company.alice), "GET", "/customers").json()["items"][0]["value"] == 700


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("limit=-2", "limit"),
        ("limit=0", "limit"),
        (f"limit={10**23}", "limit"),
        ("limit=201", "limit"),
        ("after=-1", "after"),
        (f"after={2**63}", "after"),
    ],
)
def test_a_page_has_its_bounds(company: Company, query: str, place: str) -> None:
    answer = call(door(company.alice), "GET", f"/risks?{query}")
    assert (answer.status_code, answer.json()["errors"][0]["place"]) == (422, f"query.{place}")


def test_rows_of_the_past_are_told_with_what_they_hung_on_then(company: Company) -> None:
    frost = actions.add(Risk, actor=company.alice, node=company.house, name="Frost").row
    actions.add(RiskResponse, actor=company.alice, risk=frost, text="Heat", cost=100)
    first = actions.add(Meeting, actor=company.alice, node=company.house, name="First", date=DAY).row
    actions.add(Attendee, actor=company.alice, meeting=first, guest="The mayor")
    actions.grant_role(actor=company.alice, user=company.charlie, node=company.house, role=Role.GUEST)
    seq = last_seq(company.alice.workspace_id)
    actions.remove(frost, actor=company.alice)
    actions.remove(first, actor=company.alice)
    costs = {}
    for who in (company.alice, company.bob, company.charlie):
        items = call(door(who), "GET", f"/risk-responses?as_of={seq}").json()["items"]
        costs[who] = [each["cost"] for each in items]
    assert costs == {company.alice: [100], company.bob: [100], company.charlie: [None]}
    for node, count in ((company.house, 1), (company.secret, 0)):
        for path in ("/attendees", "/risk-responses"):
            found = call(door(company.alice), "GET", f"{path}?as_of={seq}&node={node.pk}")
            assert len(found.json()["items"]) == count


@pytest.mark.parametrize(
    ("path", "values", "place"),
    [
        ("/risks", {"probability": True}, "probability"),
        ("/risks", {"probability": "5"}, "probability"),
        ("/risks", {"probability": 5.0}, "probability"),
        ("/risks", {"proximity": 20260309}, "proximity"),
        ("/risks", {"proximity": "2026-W10-1"}, "proximity"),
        ("/risks", {"proximity": "2026-02-30"}, "proximity"),
        ("/meetings", {"date": "2026-03-09", "starts": "10:00:00+02:00"}, "starts"),
        ("/meetings", {"date": "2026-03-09", "starts": 36000}, "starts"),
        ("/risks", {"name": " \t "}, "name"),
        ("/decisions", {"question": "How much?", "options": [0.5]}, ""),
    ],
)
def test_values_are_taken_as_they_are_written(
    company: Company, path: str, values: dict[str, Any], place: str
) -> None:
    given = {"node": company.house.pk} | ({"name": "Frost"} if path != "/decisions" else {})
    answer = call(door(company.alice), "POST", path, given | values)
    assert answer.status_code == 422, answer.content
    assert answer.json()["errors"][0]["place"].rpartition(".")[2] == place


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2026-03-09T09:30:00+02:00", datetime(2026, 3, 9, 7, 30, tzinfo=UTC)),
        ("2026-03-09T09:30Z", datetime(2026, 3, 9, 9, 30, tzinfo=UTC)),
        ("2026-03-09T09:30:00", None),
        ("0001-01-01T00:00:00+14:00", None),
        (1773000000, None),
    ],
)
def test_a_moment_is_given_with_its_offset(text: Any, read: datetime | None) -> None:
    moment: TypeAdapter[datetime] = TypeAdapter(kind_of(LogEntry._meta.get_field("at")))
    if read is not None:
        assert moment.validate_python(text) == read
        return
    with pytest.raises(ValidationError, match="text with its offset"):
        moment.validate_python(text)


def test_a_choice_may_be_left_open(company: Company) -> None:
    body = {"node": company.house.pk, "name": "Frost", "strategy": ""}
    answer = call(door(company.alice), "POST", "/risks", body)
    assert (answer.status_code, answer.json()["item"]["strategy"]) == (201, "")
    schema = json.loads(json.dumps(api.get_openapi_schema()))["components"]["schemas"]
    for shape in ("RiskRow", "NewRisk", "RiskChange"):
        assert "" in schema[shape]["properties"]["strategy"]["enum"]


def test_the_rows_below_a_node_are_told_to_who_may_see_them(company: Company) -> None:
    for node, name in ((company.program, "Strike"), (company.house, "Frost"), (company.secret, "Rumour")):
        actions.add(Risk, actor=company.alice, node=node, name=name)
    actions.add(Risk, actor=company.alice, node_id=company.tasks["build"], name="Collapse")
    seq = last_seq(company.alice.workspace_id)

    def names(who: Any, query: str) -> set[str]:
        items = call(door(who), "GET", f"/risks?{query}").json()["items"]
        return {each["name"] for each in items}

    for moment in ("", f"&as_of={seq}"):
        program, house = f"node={company.program.pk}{moment}", f"node={company.house.pk}{moment}"
        assert names(company.alice, program) == {"Strike"}
        assert names(company.alice, f"{program}&below=true") == {"Strike", "Frost", "Rumour", "Collapse"}
        assert names(company.alice, f"{house}&below=true") == {"Frost", "Collapse"}
        assert names(company.bob, f"{program}&below=true") == {"Frost", "Collapse"}
        assert names(company.charlie, f"{program}&below=true") == set()
