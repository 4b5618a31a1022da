"""Files become projects, wholly or not at all."""

import re

import pytest
from django.test.utils import override_settings

from tests.api.test_hostile import upload
from tests.apps.test_editing import everything
from tests.cast import Company, door
from triptych.api.imports import ImportAnswer
from triptych.apps.history.models import LogEntry
from triptych.apps.people.refusals import Conflict, NotAllowed
from triptych.apps.people.roles import Role
from triptych.apps.project import actions, bridge
from triptych.apps.project.models import Calendar, Node, ProjectSettings, Resource
from triptych.plan.changes import SetName


def rows() -> tuple[object, ...]:
    models = (LogEntry, Calendar, ProjectSettings, Resource)
    return everything(), [model._default_manager.count() for model in models]


def test_a_file_becomes_a_project(company: Company, plan_file: bytes) -> None:
    done = actions.import_plan(actor=company.alice, parent=company.program, data=plan_file, name="small.xml")
    assert done.project is not None
    plan = door(company.alice).get(f"/api/v1/projects/{done.project.pk}").json()
    assert plan["project"]["name"] == done.report.name
    assert [(row["wbs"], row["name"], row["kind"]) for row in plan["tasks"]] == [
        ("1", "Ground", "phase"),
        ("1.1", "Dig", "task"),
        ("1.2", "Rake", "task"),
        ("S-1", "Sow", "task"),
    ]
    assert [row["finish"] for row in plan["tasks"]] == [
        "2026-03-04T17:00", "2026-03-03T17:00", "2026-03-04T17:00", "2026-03-05T17:00",
    ]  # fmt: skip
    assert plan["tasks"][0]["duration_minutes"] == 3 * 480
    assert [person["name"] for person in plan["tasks"][1]["people"]] == ["Gus"]
    assert done.report.compared == done.report.equal > 0
    assert done.report.counts["tasks"] == 3
    assert done.report.counts["summaries"] == 1


def test_rows_of_an_import_hold_the_plan(company: Company, plan_file: bytes) -> None:
    done = actions.import_plan(actor=company.alice, parent=company.program, data=plan_file, name="small.xml")
    assert done.project is not None
    stored = bridge.load_plan([done.project.pk])
    assert list(stored.tasks.name) == ["Ground", "Dig", "Rake", "Sow"]
    assert stored.tasks.parent.tolist() == [-1, 0, 0, -1]
    assert len(stored.links) == 2


def test_an_import_keeps_costs_and_baselines(company: Company, plan_file: bytes) -> None:
    more = b"<FixedCost>4500</FixedCost><Baseline><Number>2</Number><Cost>900</Cost></Baseline></Task>"
    data = plan_file.replace(b"</Task>", more)
    done = actions.import_plan(actor=company.alice, parent=company.program, data=data, name="small.xml")
    assert done.project is not None
    stored = bridge.load_plan([done.project.pk])
    assert set(stored.tasks.fixed_cost.tolist()) == {4500}
    (found,) = stored.baselines
    assert (found.number, found.tasks.uid.tolist()) == (2, sorted(stored.tasks.uid.tolist()))
    leaves = ~stored.is_summary[[stored.index_of[uid] for uid in found.tasks.uid.tolist()]]
    assert set(found.tasks.cost[leaves].tolist()) == {900}


def test_a_preview_reports_and_writes_nothing(company: Company, plan_file: bytes) -> None:
    before = rows()
    answer = upload(door(company.alice), company, plan_file, preview=True)
    assert answer.status_code == 200
    assert (answer.json()["accepted"], answer.json()["project"]) == (True, None)
    assert rows() == before
    report = answer.json()["report"]
    done = upload(door(company.alice), company, plan_file)
    assert done.status_code == 201
    assert done.json()["report"] == report
    ImportAnswer.model_validate(done.json())


def circle(plan_file: bytes) -> bytes:
    """Dig waits for Sow, which waits for Rake, which waits for Dig."""
    text = plan_file.decode()
    link = "<PredecessorLink><PredecessorUID>4</PredecessorUID><Type>1</Type></PredecessorLink>"
    return re.sub(
        r"(<Name>Dig</Name>.*?)</Task>", rf"\1{link}</Task>", text, count=1, flags=re.DOTALL
    ).encode()


@pytest.mark.parametrize("fault", ["broken", "circle", "empty", "cut"])
def test_a_bad_file_leaves_nothing_behind(company: Company, plan_file: bytes, fault: str) -> None:
    files = {
        "broken": b"<Project><oh no",
        "circle": circle(plan_file),
        "empty": b"",
        "cut": plan_file[: len(plan_file) // 2],
    }
    before = rows()
    client = door(company.alice)
    answer = upload(client, company, files[fault])
    assert answer.status_code == 422, answer.content
    problem = answer.json()
    assert problem["code"] == "import.refused"
    assert problem["errors"]
    assert rows() == before
    preview = upload(client, company, files[fault], preview=True)
    assert preview.status_code == 200
    assert preview.json()["accepted"] is False
    assert [each["code"] for each in preview.json()["report"]["diagnostics"] if each["severity"] == "error"]
    assert rows() == before


def test_a_circle_in_a_file_names_its_members(company: Company, plan_file: bytes) -> None:
    errors = upload(door(company.alice), company, circle(plan_file)).json()["errors"]
    told = next(each["message"] for each in errors if each["code"] == "link.cycle")
    assert all(name in told for name in ("Dig", "Rake", "Sow"))


@override_settings(MAX_UPLOAD_MB=1)
def test_a_file_that_is_too_large_is_refused(company: Company) -> None:
    before = rows()
    answer = upload(door(company.alice), company, b"x" * (2**20 + 1))
    assert (answer.status_code, answer.json()["code"]) == (413, "import.too-large")
    assert rows() == before


def test_undo_takes_the_whole_import_out_and_redo_puts_it_back(company: Company, plan_file: bytes) -> None:
    client = door(company.alice)
    before = client.get("/api/v1/tree").json()["nodes"]
    project = upload(client, company, plan_file).json()["project"]
    after, plan = client.get("/api/v1/tree").json()["nodes"], client.get(f"/api/v1/projects/{project}").json()
    undone = client.post("/api/v1/undo", "{}", "application/json")
    assert undone.status_code == 200
    assert client.get(f"/api/v1/projects/{project}").status_code == 404
    assert client.get("/api/v1/tree").json()["nodes"] == before
    assert Node.objects.filter(project=project).count() == 4
    assert client.post("/api/v1/redo", "{}", "application/json").status_code == 200
    again = client.get(f"/api/v1/projects/{project}").json()
    assert client.get("/api/v1/tree").json()["nodes"] == after
    assert again["tasks"] == plan["tasks"]
    assert again["links"] == plan["links"]


def test_an_import_in_which_somebody_has_worked_is_theirs_too(company: Company, plan_file: bytes) -> None:
    actions.grant_role(actor=company.alice, user=company.bob, node=company.program, role=Role.PROJECT_MANAGER)
    done = actions.import_plan(actor=company.alice, parent=company.program, data=plan_file, name="small.xml")
    assert done.project is not None
    dig = Node.objects.get(project=done.project, name="Dig").pk
    actions.change_plan(actor=company.bob, project=done.project.pk, changes=[SetName(dig, "Dig deeper")])
    with pytest.raises(Conflict) as refusal:
        actions.undo(actor=company.alice)
    assert refusal.value.code == "undo.overtaken"


def test_removing_a_project_lets_go_what_waited_for_it(company: Company) -> None:
    client, house = door(company.alice), company.house.pk
    before = client.get(f"/api/v1/projects/{house}").json()
    actions.remove_node(actor=company.alice, node=company.secret)
    plan = client.get(f"/api/v1/projects/{house}").json()
    assert plan["tasks"][0]["start"] == "2026-03-02T08:00"
    assert plan["ghosts"] == []
    assert len(plan["links"]) == 2
    nodes = client.get("/api/v1/tree").json()["nodes"]
    assert next(each["finish"] for each in nodes if each["id"] == house) == "2026-03-11T17:00"
    actions.undo(actor=company.alice)
    again = client.get(f"/api/v1/projects/{house}").json()
    assert {**again, "seq": 0} == {**before, "seq": 0}


def test_who_may_not_import_does_not(company: Company, plan_file: bytes) -> None:
    actions.grant_role(actor=company.alice, user=company.charlie, node=company.program, role=Role.STAKEHOLDER)
    with pytest.raises(NotAllowed):
        actions.import_plan(actor=company.charlie, parent=company.program, data=plan_file, name="small.xml")


def test_a_file_imported_twice_is_two_projects(company: Company, plan_file: bytes) -> None:
    first, second = (
        actions.import_plan(actor=company.alice, parent=company.program, data=plan_file, name="small.xml")
        for _ in range(2)
    )
    assert first.project != second.project
    assert Node.objects.filter(name="Dig").count() == 2
