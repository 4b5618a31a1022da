"""Who gets what at every door: the whole matrix, and what must never be told."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Company, add_tasks, door
from triptych.api import api
from triptych.api.nouns import nouns, path_of
from triptych.apps.control.actions.scenarios import submit_change_request
from triptych.apps.control.models import ChangeRequest, Scenario
from triptych.apps.history.models import LogEntry
from triptych.apps.people.models import User
from triptych.apps.people.roles import Role
from triptych.apps.product.models import Feature, Product
from triptych.apps.project import actions
from triptych.apps.project.models import Grant, Node
from triptych.plan.changes import AddLink, RemoveTask, SetName

Call = Callable[[Client, Company], Any]


def post(path: Callable[[Company], str], body: Callable[[Company], dict[str, Any]]) -> Call:
    return lambda client, c: client.post("/api/v1" + path(c), json.dumps(body(c)), "application/json")


def get(path: Callable[[Company], str]) -> Call:
    return lambda client, c: client.get("/api/v1" + path(c))


def rename(task: str) -> Callable[[Company], dict[str, Any]]:
    return lambda c: {"changes": [{"op": "set_name", "task": c.tasks[task], "name": "new"}]}


def upload(client: Client, c: Company) -> Any:
    from io import BytesIO  # noqa: PLC0415

    file = BytesIO(b"<no plan/>")
    file.name = "plan.xml"
    return client.post("/api/v1/imports?preview=true", {"file": file, "parent": c.program.pk})


LONGER = {"op": "set_duration", "minutes": 4800}


def scenario(c: Company) -> int:
    changes = [LONGER | {"task": c.tasks["build"]}]
    return actions.add(Scenario, actor=c.alice, node=c.house, name="Slower", changes=changes).row.pk


def request(c: Company, *, submitted: bool = True) -> int:
    changes = [LONGER | {"task": c.tasks["build"]}]
    row = actions.add(ChangeRequest, actor=c.alice, node=c.house, name="Slower", changes=changes).row
    return (submit_change_request(row, actor=c.alice).row if submitted else row).pk


def removed(c: Company) -> int:
    gone = [RemoveTask(c.tasks["ready"])]
    return actions.change_plan(actor=c.alice, project=c.house.pk, changes=gone).seq


def latest() -> int:
    return LogEntry.objects.order_by("-pk").values_list("pk", flat=True)[0]


def attached(c: Company) -> int:
    return actions.attach(
        actor=c.alice, node=c.house.pk, name="a.txt", data=b"bytes", at=timezone.now()
    ).row.pk


def attach(client: Client, c: Company) -> Any:
    from io import BytesIO  # noqa: PLC0415

    file = BytesIO(b"bytes")
    file.name = "a.txt"
    return client.post("/api/v1/attachments", {"file": file, "node": c.house.pk})


AWAY = {"first": "2026-03-09", "last": "2026-03-10", "name": "Leave"}

#: Door, and the answers to: nobody, Charlie, Bob, Alice.
MATRIX: list[tuple[str, Call, tuple[int, int, int, int]]] = [
    ("GET /session", get(lambda _: "/session"), (401, 200, 200, 200)),
    ("DELETE /session", lambda client, _: client.delete("/api/v1/session"), (401, 204, 204, 204)),
    ("GET /tree", get(lambda _: "/tree"), (401, 200, 200, 200)),
    ("GET /projects/{project}", get(lambda c: f"/projects/{c.house.pk}"), (401, 404, 200, 200)),
    ("GET /projects/{project} secret", get(lambda c: f"/projects/{c.secret.pk}"), (401, 404, 404, 200)),
    ("GET /projects/{project} program", get(lambda c: f"/projects/{c.program.pk}"), (401, 404, 404, 404)),
    (
        "POST /projects/{project}/changes",
        post(lambda c: f"/projects/{c.house.pk}/changes", rename("design")),
        (401, 404, 200, 200),
    ),
    (
        "POST /projects/{project}/changes secret",
        post(lambda c: f"/projects/{c.secret.pk}/changes", rename("permit")),
        (401, 404, 404, 200),
    ),
    (
        "POST /projects/{project}/changes of a hidden task",
        post(lambda c: f"/projects/{c.house.pk}/changes?preview=true", rename("permit")),
        (401, 404, 422, 200),
    ),
    ("GET /tasks/{task}/why", get(lambda c: f"/tasks/{c.tasks['build']}/why"), (401, 404, 200, 200)),
    ("GET /tasks/{task}/why secret", get(lambda c: f"/tasks/{c.tasks['party']}/why"), (401, 404, 404, 200)),
    ("GET /tasks/{task}/pull-in", get(lambda c: f"/tasks/{c.tasks['build']}/pull-in"), (401, 404, 200, 200)),
    (
        "GET /tasks/{task}/pull-in secret",
        get(lambda c: f"/tasks/{c.tasks['party']}/pull-in"),
        (401, 404, 404, 200),
    ),
    ("GET /history", get(lambda _: "/history"), (401, 200, 200, 200)),
    ("GET /history project", get(lambda c: f"/history?project={c.house.pk}"), (401, 404, 200, 200)),
    ("GET /history secret", get(lambda c: f"/history?project={c.secret.pk}"), (401, 404, 404, 200)),
    ("POST /undo", post(lambda _: "/undo", lambda _: {}), (401, 409, 409, 200)),
    ("POST /redo", post(lambda _: "/redo", lambda _: {}), (401, 409, 409, 409)),
    ("GET /trash", get(lambda _: "/trash"), (401, 200, 200, 200)),
    (
        "POST /trash/{entry}/restoration",
        post(lambda c: f"/trash/{removed(c)}/restoration", lambda _: {}),
        (401, 404, 200, 200),
    ),
    (
        "GET /projects/{project}/since",
        get(lambda c: f"/projects/{c.house.pk}/since?seq={latest()}"),
        (401, 404, 200, 200),
    ),
    (
        "GET /projects/{project}/since secret",
        get(lambda c: f"/projects/{c.secret.pk}/since?seq={latest()}"),
        (401, 404, 404, 200),
    ),
    (
        "GET /projects/{project}/past",
        get(lambda c: f"/projects/{c.house.pk}/past?seq={latest()}"),
        (401, 404, 200, 200),
    ),
    (
        "GET /projects/{project}/past secret",
        get(lambda c: f"/projects/{c.secret.pk}/past?seq={latest()}"),
        (401, 404, 404, 200),
    ),
    ("GET /scenarios/{number}/trial", get(lambda c: f"/scenarios/{scenario(c)}/trial"), (401, 404, 200, 200)),
    (
        "GET /scenarios/{number}/comparison",
        get(lambda c: f"/scenarios/{scenario(c)}/comparison?other={scenario(c)}"),
        (401, 404, 200, 200),
    ),
    (
        "POST /scenarios/{number}/promotion",
        post(lambda c: f"/scenarios/{scenario(c)}/promotion", lambda _: {}),
        (401, 404, 200, 200),
    ),
    (
        "GET /change-requests/{number}/trial",
        get(lambda c: f"/change-requests/{request(c)}/trial"),
        (401, 404, 200, 200),
    ),
    (
        "POST /change-requests/{number}/submission",
        post(lambda c: f"/change-requests/{request(c, submitted=False)}/submission", lambda _: {}),
        (401, 404, 200, 200),
    ),
    (
        "POST /change-requests/{number}/approval",
        post(lambda c: f"/change-requests/{request(c)}/approval", lambda _: {}),
        (401, 404, 403, 200),
    ),
    (
        "POST /change-requests/{number}/rejection",
        post(lambda c: f"/change-requests/{request(c)}/rejection", lambda _: {"note": "No"}),
        (401, 404, 403, 200),
    ),
    ("GET /attachments", get(lambda c: f"/attachments?node={c.house.pk}"), (401, 200, 200, 200)),
    ("POST /attachments", attach, (401, 404, 201, 201)),
    (
        "GET /attachments/{number}/content",
        get(lambda c: f"/attachments/{attached(c)}/content"),
        (401, 404, 200, 200),
    ),
    (
        "DELETE /attachments/{number}",
        lambda client, c: client.delete(f"/api/v1/attachments/{attached(c)}"),
        (401, 404, 200, 200),
    ),
    ("POST /imports", upload, (401, 404, 404, 200)),
    ("GET /people", get(lambda _: "/people"), (401, 200, 200, 200)),
    (
        "POST /people/{person}/absences",
        post(lambda c: f"/people/{c.ann.pk}/absences", lambda _: AWAY),
        (401, 404, 200, 200),
    ),
    ("GET /products", get(lambda _: "/products"), (401, 200, 200, 200)),
]


@pytest.mark.parametrize(("call", "expected"), [row[1:] for row in MATRIX], ids=[row[0] for row in MATRIX])
@pytest.mark.parametrize("who", ["nobody", "charlie", "bob", "alice"])
def test_matrix(company: Company, who: str, call: Call, expected: tuple[int, int, int, int]) -> None:
    client = Client() if who == "nobody" else door(getattr(company, who))
    answer = call(client, company)
    told = "" if answer.streaming else answer.content
    assert answer.status_code == expected[["nobody", "charlie", "bob", "alice"].index(who)], told
    if answer.status_code >= 400:
        assert answer["Content-Type"] == "application/problem+json"
        assert {"type", "title", "status", "code", "detail", "errors"} == set(answer.json())
    answer.close()


def test_every_door_is_in_the_matrix() -> None:
    doors = {
        f"{method.upper()} {path.removeprefix('/api/v1')}"
        for path, methods in api.get_openapi_schema(path_prefix="/api/v1")["paths"].items()
        for method in methods
    }
    tested = {" ".join(name.split(" ")[:2]) for name, _, _ in MATRIX}
    of_nouns = {each for each in doors if any(_is_door_of(each, path_of(noun)) for noun in nouns())}
    assert doors - tested - of_nouns == {"POST /session"}  # the nouns' doors: test_nouns


def _is_door_of(name: str, path: str) -> bool:
    where = name.split(" ")[1]
    return where in {path, f"{path}/{{number}}", f"{path}/{{number}}/moves"}


SECRETS = ("Secret", "permit", "party", "Homes", "Ann", "design", "House")


@pytest.mark.parametrize("path", ["/tree", "/history", "/people", "/products", "/session"])
def test_charlie_is_told_nothing(company: Company, path: str) -> None:
    body = door(company.charlie).get(f"/api/v1{path}").content.decode()
    assert not [word for word in SECRETS if word in body]


def test_a_hidden_thing_and_a_missing_one_look_the_same(company: Company) -> None:
    bob = door(company.bob)
    hidden = bob.get(f"/api/v1/projects/{company.secret.pk}")
    missing = bob.get("/api/v1/projects/999999")
    assert (hidden.status_code, hidden.content) == (missing.status_code, missing.content)
    hidden = bob.get(f"/api/v1/tasks/{company.tasks['permit']}/why")
    missing = bob.get("/api/v1/tasks/999999/why")
    assert (hidden.status_code, hidden.content) == (missing.status_code, missing.content)


def bodies_for_bob(company: Company, bob: User) -> list[str]:
    client = door(bob)
    tasks, house = company.tasks, company.house.pk
    change = {"changes": [{"op": "set_duration", "task": tasks["design"], "minutes": 2400}]}
    whole = json.dumps(change)
    circle = {"changes": [{"op": "add_link", "pred": tasks["ready"], "succ": tasks["design"]}]}
    answers = [
        client.get("/api/v1/tree"),
        client.get(f"/api/v1/projects/{house}"),
        client.get(f"/api/v1/tasks/{tasks['design']}/why"),
        client.get(f"/api/v1/tasks/{tasks['build']}/why?field=finish"),
        client.get(f"/api/v1/tasks/{tasks['design']}/pull-in"),
        client.get(f"/api/v1/tasks/{tasks['ready']}/pull-in?days=50"),
        client.post(f"/api/v1/projects/{house}/changes?preview=true", whole, "application/json"),
        client.post(f"/api/v1/projects/{house}/changes", json.dumps(circle), "application/json"),
        client.post(f"/api/v1/projects/{house}/changes", whole, "application/json"),
        client.post("/api/v1/undo", "{}", "application/json"),
        client.get("/api/v1/history"),
        client.get(f"/api/v1/history?project={house}"),
        client.get("/api/v1/people"),
        client.get("/api/v1/products"),
    ]
    return [answer.content.decode() for answer in answers]


def test_bob_is_never_told_a_name_of_the_hidden_project(company: Company) -> None:
    actions.change_plan(
        actor=company.alice,
        project=company.secret.pk,
        changes=[SetName(company.tasks["party"], "party time")],
    )
    for body in bodies_for_bob(company, company.bob):
        assert not [word for word in ("Secret", "permit", "party", "Homes") if word in body], body


def test_a_circle_through_a_hidden_project_names_nobody_in_it(company: Company) -> None:
    """ready → party (hidden) → paint: to let design wait for paint would close the circle."""
    paint = add_tasks(company.alice, company.house, paint=1)["paint"]
    through = [AddLink(company.tasks["party"], paint)]
    actions.change_plan(actor=company.alice, project=company.house.pk, changes=through)
    link = {"op": "add_link", "pred": paint, "succ": company.tasks["design"]}
    path, body = f"/api/v1/projects/{company.house.pk}/changes", json.dumps({"changes": [link]})
    told = door(company.bob).post(path, body, "application/json")
    assert told.status_code == 422
    assert told.json()["code"] == "link.cycle"
    assert "paint" in told.json()["detail"]
    assert "party" not in told.content.decode()
    assert "party" in door(company.alice).post(path, body, "application/json").content.decode()


def test_ghosts_have_dates_and_no_names(company: Company) -> None:
    path = f"/api/v1/projects/{company.house.pk}"
    hidden = door(company.bob).get(path).json()["ghosts"]
    seen = door(company.alice).get(path).json()["ghosts"]
    assert [each["id"] for each in hidden] == [each["id"] for each in seen]
    assert {each["name"] for each in hidden} == {None}
    assert {each["project"] for each in hidden} == {each["project_id"] for each in hidden} == {None}
    assert {each["name"] for each in seen} == {"permit", "party"}
    assert hidden[0]["finish"] == "2026-03-03T17:00"


def test_a_features_deliverable_is_nameless_where_hidden(company: Company) -> None:
    party = Node.objects.get(pk=company.tasks["party"])
    actions.mark_deliverable(actor=company.alice, task=party.pk)
    party.refresh_from_db()
    product = actions.add(
        Product, actor=company.alice, node=company.house, name="Home", manager=company.bob
    ).row
    actions.add(Feature, actor=company.alice, product=product, name="Celebrate", deliverable=party)
    found = door(company.bob).get("/api/v1/products").json()["products"][0]["features"][0]["deliverable"]
    assert (found["name"], found["project"], found["project_name"]) == (None, None, None)
    assert found["finish"] == "2026-03-16T17:00"
    found = door(company.alice).get("/api/v1/products").json()["products"][0]["features"][0]["deliverable"]
    assert (found["name"], found["project_name"]) == ("party", "Secret")


def test_a_withdrawn_role_ends_at_once(company: Company) -> None:
    path = f"/api/v1/projects/{company.house.pk}"
    bob = door(company.bob)
    assert bob.get(path).status_code == 200
    actions.withdraw_role(
        actor=company.alice, user=company.bob, node=company.house, role=Role.PROJECT_MANAGER
    )
    assert bob.get(path).status_code == 404


def test_another_workspace_is_another_world(company: Company) -> None:
    eve = actions.found_workspace(
        name="Evil", email="eve@example.com", person="Eve Ill", password="correct horse battery"
    )
    client = door(eve)
    assert client.get("/api/v1/tree").json()["nodes"] == []
    assert client.get("/api/v1/people").json()["people"] == []
    assert client.get(f"/api/v1/projects/{company.house.pk}").status_code == 404
    assert "Acme" not in client.get("/api/v1/history").content.decode()
    assert Grant.objects.filter(user=eve).count() == 1


def test_a_file_comes_back_as_it_went_in_and_is_saved_and_not_shown(company: Company) -> None:
    made = attach(door(company.bob), company).json()
    answer: Any = door(company.alice).get(f"/api/v1/attachments/{made['id']}/content")
    assert b"".join(answer.streaming_content) == b"bytes"
    assert answer["Content-Disposition"] == 'attachment; filename="a.txt"'
    assert answer["Content-Type"] == "application/octet-stream"
    assert door(company.charlie).get(f"/api/v1/attachments?node={company.house.pk}").json() == {
        "attachments": []
    }
