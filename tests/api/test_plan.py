"""A project over the wire: shapes, previews, queries."""

import itertools
import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Company, add_tasks, door
from triptych.api.history import History, RedoAnswer, UndoAnswer
from triptych.api.people import People
from triptych.api.products import Products
from triptych.api.projects import ProjectPlan
from triptych.api.session import Session
from triptych.api.shapes import ChangeAnswer
from triptych.api.snapshot import SNAPSHOT, snapshot
from triptych.api.tasks import PullInAnswer, Why
from triptych.api.tree import Tree
from triptych.apps.product.models import Feature, Product
from triptych.apps.project import actions
from triptych.plan.changes import AddLink


def change(
    client: Any, project: int, *changes: dict[str, Any], preview: bool = False, seq: int | None = None
) -> Any:
    path = f"/api/v1/projects/{project}/changes?preview={str(preview).lower()}"
    return client.post(path, json.dumps({"changes": changes, "seq": seq}), "application/json")


def test_the_snapshot_is_fresh() -> None:
    assert SNAPSHOT.read_text("utf-8") == snapshot(), "run `python -m django openapi`"


@pytest.mark.parametrize(
    ("path", "shape"),
    [
        ("/session", Session),
        ("/tree", Tree),
        ("/projects/{house}", ProjectPlan),
        ("/tasks/{build}/why", Why),
        ("/tasks/{build}/pull-in", PullInAnswer),
        ("/tasks/{ready}/pull-in?days=50", PullInAnswer),
        ("/history", History),
        ("/history?project={house}&before=999", History),
        ("/people", People),
        ("/products", Products),
    ],
)
def test_answers_have_the_declared_shape(company: Company, path: str, shape: type[Any]) -> None:
    product = actions.add(
        Product, actor=company.alice, node=company.program, name="Home", manager=company.bob
    ).row
    actions.add(Feature, actor=company.alice, product=product, name="Roof")
    address = path.format(house=company.house.pk, **company.tasks)
    answer = door(company.alice).get(f"/api/v1{address}")
    assert answer.status_code == 200
    read = shape.model_validate(answer.json(), strict=False)
    assert json.loads(read.model_dump_json(by_alias=True)) == answer.json()


def test_the_plan_of_a_project(company: Company) -> None:
    plan = door(company.bob).get(f"/api/v1/projects/{company.house.pk}").json()
    names = [
        (task["wbs"], task["name"], task["kind"], task["start"], task["finish"]) for task in plan["tasks"]
    ]
    assert names == [
        ("1", "design", "task", "2026-03-04T08:00", "2026-03-06T17:00"),
        ("2", "build", "task", "2026-03-09T08:00", "2026-03-13T17:00"),
        ("3", "ready", "milestone", "2026-03-13T17:00", "2026-03-13T17:00"),
    ]
    assert plan["tasks"][1]["people"] == [
        {"id": company.ann.pk, "name": "Ann Lee", "units": 100, "work_minutes": None}
    ]
    assert plan["critical_path"] == [] or set(plan["critical_path"]) <= {t["id"] for t in plan["tasks"]}
    assert [(each["driving"], each["kind"]) for each in plan["links"]].count((True, "FS")) == 4
    assert all(each["id"] > 0 for each in plan["links"])
    assert plan["project"]["parent"] is None
    assert plan["project"]["may_edit"] is True
    assert plan["calendars"][0]["week"][0] == [[480, 720], [780, 1020]]


def test_a_preview_and_the_change_itself(company: Company) -> None:
    client, tasks = door(company.alice), company.tasks
    longer = {"op": "set_duration", "task": tasks["design"], "minutes": 2400}
    preview = change(client, company.house.pk, longer, preview=True).json()
    assert preview["entry"] is None
    assert preview["ripple"]["finish_delta_minutes"] == 960
    assert preview["ripple"]["tasks"] == 3
    assert preview["ripple"]["milestones"] == 1
    assert [row["name"] for row in preview["tasks"]] == ["design", "build", "ready"]
    assert preview["links"] is None
    done = change(client, company.house.pk, longer).json()
    assert {**done, "seq": 0, "entry": None} == {**preview, "seq": 0}
    assert done["entry"] == done["seq"]
    ChangeAnswer.model_validate(done)
    plan = client.get(f"/api/v1/projects/{company.house.pk}").json()
    assert plan["seq"] == done["seq"]
    assert plan["tasks"] == done["tasks"]
    assert plan["project"]["finish"] == done["project"]["finish"]


def test_a_stale_seq_is_a_conflict(company: Company) -> None:
    client = door(company.alice)
    name = {"op": "set_name", "task": company.tasks["design"], "name": "Draw"}
    seq = change(client, company.house.pk, name).json()["seq"]
    answer = change(client, company.house.pk, name, seq=seq - 1)
    assert (answer.status_code, answer.json()["code"]) == (409, "plan.moved")
    assert change(client, company.house.pk, name, seq=seq).status_code == 200


def test_a_new_task_and_a_new_link_come_back_with_their_numbers(company: Company) -> None:
    client = door(company.alice)
    added = change(client, company.house.pk, {"op": "add_task", "name": "Paint", "minutes": 480}).json()
    assert [row["name"] for row in added["tasks"]] == ["Paint"]
    paint = added["tasks"][0]["id"]
    assert paint > 0
    linked = change(
        client, company.house.pk, {"op": "add_link", "pred": company.tasks["build"], "succ": paint}
    ).json()
    assert {"pred": company.tasks["build"], "succ": paint} in [
        {"pred": row["pred"], "succ": row["succ"]} for row in linked["links"]
    ]
    assert all(row["id"] > 0 for row in linked["links"])


def test_what_follows_from_work_comes_back_with_the_row(company: Company) -> None:
    client, build, ann = door(company.alice), company.tasks["build"], company.ann.pk
    answer = change(
        client,
        company.house.pk,
        {"op": "set_task_type", "task": build, "type": "FIXED_WORK"},
        {"op": "set_work", "task": build, "resource": ann, "minutes": 1920},
        {"op": "set_units", "task": build, "resource": ann, "units": 50},
        {"op": "split_task", "task": build, "after": 480, "gap": 960},
        {"op": "set_secondary_constraint", "task": build, "constraint": "FNLT", "date": "2026-03-31T17:00"},
    ).json()
    ChangeAnswer.model_validate(answer)
    row = next(each for each in answer["tasks"] if each["id"] == build)
    assert (row["duration_minutes"], row["type"], row["effort_driven"]) == (8 * 480, "FIXED_WORK", False)
    assert row["people"] == [{"id": ann, "name": "Ann Lee", "units": 50, "work_minutes": 1920}]
    assert row["splits"] == [{"after_minutes": 480, "gap_minutes": 960}]
    assert (row["secondary"], row["secondary_date"]) == ("FNLT", "2026-03-31T17:00")


def test_a_circle_is_a_problem_with_its_members(company: Company) -> None:
    link = {"op": "add_link", "pred": company.tasks["ready"], "succ": company.tasks["design"]}
    answer = change(door(company.alice), company.house.pk, link)
    assert answer.status_code == 422
    problem = answer.json()
    assert problem["code"] == problem["errors"][0]["code"] == "link.cycle"
    assert "build" in json.dumps(problem["errors"])


def test_undo_and_redo_over_the_wire(company: Company) -> None:
    client = door(company.alice)
    before = client.get(f"/api/v1/projects/{company.house.pk}").json()["tasks"]
    change(client, company.house.pk, {"op": "remove_task", "task": company.tasks["build"]})
    undone = client.post("/api/v1/undo", "{}", "application/json")
    UndoAnswer.model_validate(undone.json())
    assert undone.json()["projects"] == sorted([company.house.pk, company.secret.pk])
    assert client.get(f"/api/v1/projects/{company.house.pk}").json()["tasks"] == before
    RedoAnswer.model_validate(client.post("/api/v1/redo", "{}", "application/json").json())
    assert len(client.get(f"/api/v1/projects/{company.house.pk}").json()["tasks"]) == 2
    entries = client.get("/api/v1/history").json()["entries"]
    assert [each["verb"] for each in entries[:3]] == ["redo", "undo", "change_plan"]
    assert entries[2]["undone"] is True
    assert entries[1]["undoes"] == entries[2]["seq"]


def test_why(company: Company) -> None:
    why = door(company.alice).get(f"/api/v1/tasks/{company.tasks['build']}/why").json()
    assert [step["name"] for step in why["steps"] if step["reason"] == "link"] == ["build", "design"]
    hidden = door(company.bob).get(f"/api/v1/tasks/{company.tasks['build']}/why").json()
    assert hidden["steps"][-1]["task"] is None


def test_an_absence_moves_what_the_person_does(company: Company) -> None:
    client = door(company.bob)
    body = json.dumps({"first": "2026-03-09", "last": "2026-03-10", "name": "Leave"})
    path = f"/api/v1/people/{company.ann.pk}/absences"
    preview = client.post(f"{path}?preview=true", body, "application/json").json()
    assert preview["ripple"]["finish_after"] != preview["ripple"]["finish_before"]
    assert client.get("/api/v1/people").json()["people"][0]["absences"] == []
    ChangeAnswer.model_validate(client.post(path, body, "application/json").json())
    people = client.get("/api/v1/people").json()["people"]
    assert people[0]["absences"] == [{"first": "2026-03-09", "last": "2026-03-10", "name": "Leave"}]
    tasks = {row["name"]: row for row in client.get(f"/api/v1/projects/{company.house.pk}").json()["tasks"]}
    assert tasks["build"]["finish"] == "2026-03-17T17:00"
    assert client.post("/api/v1/undo", "{}", "application/json").status_code == 200
    assert client.get("/api/v1/people").json()["people"][0]["absences"] == []


def test_the_tree_adds_up(company: Company) -> None:
    nodes = {each["name"]: each for each in door(company.alice).get("/api/v1/tree").json()["nodes"]}
    homes = nodes["Homes"]
    assert (homes["tasks"], homes["milestones"]) == (4, 1)
    assert (homes["start"], homes["finish"]) == ("2026-03-02T08:00", "2026-03-16T17:00")
    assert homes["late"] == 5
    assert nodes["House"]["parent"] == homes["id"]
    bobs = door(company.bob).get("/api/v1/tree").json()["nodes"]
    assert [(each["name"], each["parent"]) for each in bobs] == [("House", None)]


def queries(client: Any, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(path).status_code == 200
    return len(caught)


@pytest.mark.parametrize(
    "path", ["/tree", "/projects/{house}", "/history", "/people", "/products", "/tasks/{build}/why"]
)
def test_queries_do_not_grow_with_the_rows(company: Company, path: str) -> None:
    client = door(company.alice)
    address = "/api/v1" + path.format(house=company.house.pk, **company.tasks)
    client.get(address)
    before = queries(client, address)
    new = add_tasks(company.alice, company.house, **{f"more{number}": 1 for number in range(30)})
    more = list(new.values())
    far = company.tasks["permit"]
    links = [AddLink(pred, succ) for pred, succ in itertools.pairwise(more)] + [AddLink(far, more[0])]
    actions.change_plan(actor=company.alice, project=company.house.pk, changes=links)
    for number in range(5):
        actions.create_resource(actor=company.alice, name=f"Person {number}")
        product = actions.add(
            Product, actor=company.alice, node=company.program, name=f"Product {number}", manager=company.bob
        ).row
        actions.add(Feature, actor=company.alice, product=product, name="Feature")
    assert queries(client, address) <= before + (1 if path == "/products" else 0)
