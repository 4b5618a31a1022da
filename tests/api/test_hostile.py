"""What no client sends and every server receives: coded refusals, never a failure."""

import json
from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from tests.cast import PASSWORD, Company, door

HUGE = 10**30


def hostile_bodies(task: int) -> list[tuple[str, bytes]]:
    def name(text: str) -> bytes:
        change = {"op": "set_name", "task": task, "name": text}
        return json.dumps({"changes": [change]}).encode()

    def change(**values: Any) -> bytes:
        return json.dumps({"changes": [values]}).encode()

    return [
        ("empty", b""),
        ("not JSON", b"{"),
        ("not an object", b"[]"),
        ("null", b"null"),
        ("deep", b'{"changes":' + b"[" * 5000 + b"]" * 5000 + b"}"),
        ("NUL", name("a\x00b")),
        ("lone surrogate", b'{"changes":[{"op":"set_name","task":1,"name":"\\ud800"}]}'),
        ("not UTF-8", b'{"changes":[{"op":"set_name","task":1,"name":"\xff"}]}'),
        ("blank name", name("   ")),
        ("long name", name("x" * 501)),
        ("NaN", b'{"changes":[{"op":"set_duration","task":1,"minutes":NaN}]}'),
        ("huge task", change(op="set_name", task=HUGE, name="x")),
        ("large task", change(op="set_name", task=2**62, name="x")),
        ("huge minutes", change(op="set_duration", task=task, minutes=HUGE)),
        ("large minutes", change(op="set_duration", task=task, minutes=2**52)),
        ("negative minutes", change(op="set_duration", task=task, minutes=-1)),
        ("huge lag", change(op="add_link", pred=task, succ=task + 1, lag=2**52)),
        ("huge units", change(op="assign", task=task, resource=1, units=2**40)),
        ("huge remaining", change(op="set_progress", task=task, percent_complete=1, remaining=2**52)),
        ("bad percent", change(op="set_progress", task=task, percent_complete=300)),
        ("no date", change(op="set_constraint", task=task, constraint="SNET")),
        ("bad date", change(op="set_constraint", task=task, constraint="SNET", date="tomorrow")),
        ("far date", change(op="set_constraint", task=task, constraint="SNET", date="9999-01-01T00:00")),
        ("unknown constraint", change(op="set_constraint", task=task, constraint="NEVER")),
        ("huge work", change(op="set_work", task=task, resource=1, minutes=2**52)),
        ("work of nobody", change(op="set_work", task=task, resource=2**40, minutes=60)),
        ("negative units", change(op="set_units", task=task, resource=1, units=-1)),
        ("unknown type", change(op="set_task_type", task=task, type="FIXED_NOTHING")),
        ("huge split", change(op="split_task", task=task, after=60, gap=2**52)),
        ("split at the start", change(op="split_task", task=task, after=0, gap=60)),
        ("split after the end", change(op="split_task", task=task, after=10**6, gap=60)),
        ("nothing to join", change(op="join_task", task=task)),
        ("far typed date", change(op="set_mode", task=task, manual=True, start="9999-01-01T00:00")),
        ("mode of nothing", change(op="set_mode", task=2**40, manual=True)),
        ("active what", change(op="set_active", task=HUGE, active=True)),
        ("old splits", change(op="restore_splits", task=task, splits=[[1, 1]])),
        ("unknown op", change(op="drop_table")),
        ("not for clients", change(op="add_tasks", tasks=[])),
        ("own link", change(op="add_link", pred=task, succ=task)),
        ("no changes", b'{"changes":[]}'),
        ("new task without a name", change(op="add_task", name=" ")),
        ("new task nowhere", change(op="add_task", name="x", parent=2**40)),
    ]


NAMES = [name for name, _ in hostile_bodies(1)]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("preview", ["true", "false"])
def test_bodies(company: Company, name: str, preview: str) -> None:
    client = door(company.alice)
    body = dict(hostile_bodies(company.tasks["design"]))[name]
    before = _plan(client, company)
    answer = client.post(
        f"/api/v1/projects/{company.house.pk}/changes?preview={preview}", body, "application/json"
    )
    assert 400 <= answer.status_code < 500, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"]
    assert _plan(client, company) == before


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (r'"a\u0000b"', "NUL character"),
        (r'"\ud800"', "surrogate"),
        (r'"\udc00"', "surrogate"),
        (str(2**53 + 1), "too large"),
        ("9" * 400, "too large"),
        ("[" * 101 + "]" * 101, "100 deep"),
        ("[" * 5000 + "]" * 5000, "100 deep"),
    ],
)
def test_json_that_cannot_be_kept_is_told_what_is_wrong_with_it(
    company: Company, text: str, told: str
) -> None:
    answer = door(company.alice).post("/api/v1/risks", f'{{"name": {text}}}', "application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "request.unstorable")
    assert told in answer.json()["detail"]


def test_what_the_database_refuses_is_a_conflict(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where two add the same at once: the other's row is not there yet when ours is checked."""
    client = door(company.alice)
    monkeypatch.setattr("triptych.apps.project.actions.keeping.check", lambda _: None)
    label = json.dumps({"name": "Urgent"})
    first, second = (client.post("/api/v1/labels", label, "application/json") for _ in range(2))
    assert first.status_code == 201, first.content
    assert (second.status_code, second.json()["code"]) == (409, "record.conflict")
    assert second["Content-Type"] == "application/problem+json"


def _plan(client: Client, company: Company) -> dict[str, Any]:
    """The plan, whatever the minute."""
    plan: dict[str, Any] = client.get(f"/api/v1/projects/{company.house.pk}").json()
    return plan | {"today": None}


@pytest.mark.parametrize(
    "path",
    [
        f"/projects/{HUGE}",
        f"/projects/{2**63}",
        f"/projects/{2**63 - 1}",
        "/projects/0",
        "/projects/-1",
        "/projects/x",
        "/projects/%00",
        f"/tasks/{HUGE}/why",
        "/tasks/1/why?field=%00",
        f"/history?project={HUGE}",
        f"/history?before={HUGE}",
        "/history?before=%ed%a0%80",
        "/nothing",
        "/",
    ],
)
def test_addresses(company: Company, path: str) -> None:
    answer = door(company.alice).get(f"/api/v1{path}")
    assert 400 <= answer.status_code < 500, answer.content
    assert answer["Content-Type"] == "application/problem+json"


def upload(
    client: Client, company: Company, data: bytes, *, preview: bool = False, name: str = "plan.xml"
) -> Any:
    file = BytesIO(data)
    file.name = name
    path = f"/api/v1/imports?preview={str(preview).lower()}"
    return client.post(path, {"file": file, "parent": company.program.pk})


@pytest.mark.parametrize("data", [b"<Project", b"\x00", b"<a/>", b"\xff\xfe\x00", b"PK\x03\x04"])
def test_files(company: Company, data: bytes) -> None:
    answer = upload(door(company.alice), company, data)
    assert answer.status_code == 422
    assert answer.json()["errors"]


def test_sign_in_takes_only_what_it_should(company: Company) -> None:  # noqa: ARG001
    client = Client()

    def sign_in(email: Any, password: Any) -> Any:
        body = json.dumps({"email": email, "password": password})
        return client.post("/api/v1/session", body, "application/json")

    assert sign_in("alice@example.com\x00", PASSWORD).status_code == 400
    assert sign_in("x" * 300, PASSWORD).status_code == 422
    assert sign_in(["a"], PASSWORD).status_code == 422
    assert sign_in("alice@example.com", "x" * 5000).status_code == 422
    assert sign_in("", "").status_code == 401


def test_a_body_that_is_too_large(company: Company) -> None:
    body = b'{"changes":"' + b"x" * (5 * 2**20) + b'"}'
    answer = door(company.alice).post(
        f"/api/v1/projects/{company.house.pk}/changes", body, "application/json"
    )
    assert (answer.status_code, answer.json()["code"]) == (413, "request.too-large")
