"""The sample company: its files, its dates on any day, and its way into a database."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from inspect import cleandoc
from pathlib import Path
from shutil import copytree

import numpy as np
import pytest

from tests.cast import Company
from tests.nouns import nouns
from triptych.apps.control.models import ChangeRequest, Issue, Risk, StatusReport
from triptych.apps.control.models.risks import RiskState
from triptych.apps.history.chain import verify
from triptych.apps.history.models import LogEntry
from triptych.apps.people.models import Team, User, Workspace
from triptych.apps.people.refusals import Conflict
from triptych.apps.people.roles import Role, Verb
from triptych.apps.product.models import Feature, FeatureState
from triptych.apps.program.models import KeyResult, KeyResultKind
from triptych.apps.project import actions
from triptych.apps.project.models import (
    Absence,
    Assignment,
    Category,
    Dates,
    Kind,
    Link,
    Mention,
    Node,
    TimeEntry,
)
from triptych.apps.project.rules import rights_of
from triptych.engine import Schedule, schedule
from triptych.plan import Constraint, LagKind, LinkKind, Plan, PlanError
from triptych.plan.changes import apply_all
from triptych.plan.quantities import MINUTES_PER_DAY, moment
from triptych.server.sample.build import build, new_password
from triptych.server.sample.content import Content
from triptych.server.sample.outline import parse_outline
from triptych.server.sample.plans import Dated, date_content
from triptych.server.sample.progress import progress
from triptych.server.sample.reading import FOLDER, read_content
from triptych.server.sample.terms import Length

#: A Monday, a Saturday in a feast, a leap day, and a day between the years.
DAYS = [date(2026, 11, 23), date(2027, 6, 20), date(2028, 2, 29), date(2027, 12, 27)]


@cache
def content() -> Content:
    return read_content()


@cache
def dated(today: date) -> Dated:
    return date_content(content(), today)


@cache
def so_far(today: date) -> tuple[Plan, Schedule]:
    """The company's plan on a day, with the progress until then."""
    company = dated(today)
    changes = [each for project in progress(company).values() for each in project]
    plan, _ = apply_all(company.whole(), changes)
    return plan, schedule(plan)


def days_from(today: date, instants: np.ndarray) -> np.ndarray:
    """Instants as days from today."""
    return np.array([(moment(each).date() - today).days for each in instants.tolist()])


# The outline


def test_an_outline_is_read() -> None:
    """
    # A comment
    Design | after: Contract SS+50%
      Hull lines | 10d | ines, bo 50% | deadline: +90d   # another
      Frozen | milestone | | after: above FS-2d; Contract FF+3ed | deliverable
    Contract | 7ed | | snet: -3d | calendar: tide
    """
    text = cleandoc(test_an_outline_is_read.__doc__ or "")
    outline, found = parse_outline(text, "ship.txt")
    design, lines, frozen, contract = outline.rows
    assert found == []
    assert [row.parent for row in outline.rows] == [None, 0, 0, None]
    assert lines.people == (("ines", 100), ("bo", 50))
    assert (lines.length, lines.deadline) == (Length(4800), 90)
    assert (frozen.milestone, frozen.deliverable, design.length) == (True, True, None)
    assert contract.length == Length(7 * MINUTES_PER_DAY, elapsed=True)
    assert (contract.constraint, contract.calendar) == ((Constraint.SNET, -3), "tide")
    assert {(each.pred, each.succ, each.kind, each.lag, each.lag_kind) for each in outline.links} == {
        (3, 0, LinkKind.SS, 50, LagKind.PERCENT),
        (1, 2, LinkKind.FS, -960, LagKind.WORKING),
        (3, 2, LinkKind.FF, 3 * MINUTES_PER_DAY, LagKind.ELAPSED),
    }
    assert outline.place(3) == "ship.txt, line 5"


FAULTS = {
    "bad-indent": ["A | 1d\n   B | 1d", "A | 1d\n    B | 1d", "A\n\tB | 1d"],
    "no-name": ["A | 1d\n| 2d"],
    "bad-value": [
        "A | soon", "A | 5x", "A | 1d | bo half", "A | 1d | bo 0%", "A | 1d | bo,", "A | 1d | | deadline: later",
        "A | 1d | | snet: 30d", "A | 1d\nB | 1d | | after: A;",
    ],
    "unknown-key": ["A | 1d | | befor: B"],
    "too-many-fields": ["A | 1d | bo | high"],
    "unknown-task": ["A | 1d\nB | 1d | | after: C", "A | 1d | | after: above"],
    "ambiguous-task": ["A | 1d\nA | 1d\nB | 1d | | after: A"],
    "busy-phase": ["A | 1d\n  B | 1d", "A | | bo\n  B | 1d"],
    "no-duration": ["A", "A | 1d\nB | | bo"],
}  # fmt: skip


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in FAULTS.items() for text in texts])
def test_a_fault_is_reported_with_its_line(code: str, text: str) -> None:
    _, found = parse_outline(text, "ship.txt")
    assert f"outline.{code}" in {each.code for each in found}
    assert all(each.place.startswith("ship.txt, line ") for each in found)


def test_every_fault_is_reported() -> None:
    _, found = parse_outline("A | soon\nB | 1d | | after: C\nD | 1d | | when: now", "ship.txt")
    assert [each.place[-1] for each in found if each.code != "outline.no-duration"] == ["1", "3", "2"]


def test_content_with_faults_is_not_dated() -> None:
    broken, _ = parse_outline("A | 1d | nobody", "ship.txt")
    wrong = replace(content().projects[0], outline=broken)
    faults = parse_outline("A | soon", "ship.txt")[1]
    with pytest.raises(PlanError):
        date_content(replace(content(), projects=(wrong,), faults=tuple(faults)), DAYS[0])


# The content


def test_the_files_have_no_faults() -> None:
    assert content().faults == ()


def test_the_company_is_as_large_as_it_should_be() -> None:
    plan = dated(DAYS[0]).whole()
    work = ~plan.is_summary & ~plan.tasks.milestone & ~plan.tasks.elapsed
    assert int(work.sum()) >= 320
    assert (len(content().programs), len(content().projects)) == (3, 9)
    assert len(content().crossings) >= 12
    assert sum(each.works and each.has_account for each in content().people.values()) >= 24
    assert [len(each.features) for each in content().products] == [8, 7]


def test_the_plans_use_what_planners_use() -> None:
    plan = dated(DAYS[0]).whole()
    links = plan.links
    assert set(links.kind.tolist()) == set(LinkKind)
    assert set(links.lag_kind.tolist()) == set(LagKind) - {LagKind.ELAPSED_PERCENT}  # planners hardly know it
    assert (links.lag < 0).any()
    assert {Constraint.SNET, Constraint.FNLT, Constraint.MSO} <= set(plan.tasks.constraint.tolist())
    assert (plan.assignments.units < 100).any()
    assert len({each.calendar for each in plan.resources}) == 4


@pytest.mark.parametrize(
    ("code", "file", "old", "new"),
    [
        ("unknown-person", "plans/heron.txt", "anneli, rune 25%", "nobody"),
        ("unknown-person", "company.toml", 'who = "hanne"', 'who = "nobody"'),
        ("unknown-calendar", "plans/northpier.txt", "calendar: tide", "calendar: moon"),
        ("unknown-task", "company.toml", "heron: Launch", "heron: Sinking"),
        ("unknown-task", "company.toml", "booking: Season tickets released", "booking: Nothing"),
        ("unknown-level", "company.toml", 'on = "Ticket hall"', 'on = "Dance hall"'),
        ("unknown-person", "record/risks.toml", 'owner = "gwen"', 'owner = "nobody"'),
        ("unknown-person", "record/decisions.toml", 'by = "aldous", text', 'by = "nobody", text'),
        ("unknown-task", "record/risks.toml", "heron: Sea trials", "heron: Sinking"),
        ("unknown-task", "record/changes.toml", "tickethall: Roof", "tickethall: Tower"),
        ("unknown-level", "record/money.toml", 'on = "Electric Fleet"', 'on = "Steam Fleet"'),
    ],
)
def test_a_name_that_leads_nowhere_is_reported(
    tmp_path: Path, code: str, file: str, old: str, new: str
) -> None:
    copytree(str(FOLDER), tmp_path, dirs_exist_ok=True)
    text = (tmp_path / file).read_text()
    (tmp_path / file).write_text(text.replace(old, new))
    assert old in text
    assert {each.code for each in read_content(tmp_path).faults} == {f"content.{code}"}


def test_a_line_that_nobody_writes_is_refused(tmp_path: Path) -> None:
    copytree(str(FOLDER), tmp_path, dirs_exist_ok=True)
    with (tmp_path / "record" / "talk.toml").open("a") as file:
        file.write('[[watch]]\non = "Ticket hall"\n')
    with pytest.raises(ValueError, match=r"record/talk\.toml, watch 4: nobody"):
        read_content(tmp_path)


# The dates


@pytest.mark.parametrize("today", DAYS)
def test_the_company_is_alive(today: date) -> None:
    plan, found = so_far(today)
    leaves = ~plan.is_summary & ~plan.tasks.milestone
    done = plan.tasks.percent_complete == 100
    running = (plan.tasks.percent_complete > 0) & ~done
    assert found.diagnostics == ()
    assert 0.35 <= done[leaves].mean() <= 0.6
    assert running[leaves].sum() >= 15
    assert days_from(today, found.project_start).min() >= -155
    assert days_from(today, found.project_finish).min() > 20
    assert 180 <= days_from(today, found.project_finish).max() <= 275
    assert 0 < (found.critical & leaves).sum() < (leaves & ~done).sum() / 2


@pytest.mark.parametrize("today", DAYS)
def test_nothing_unfinished_lies_in_the_past(today: date) -> None:
    plan, found = so_far(today)
    done = plan.tasks.percent_complete == 100
    open_ends = ~plan.is_summary & ~done
    now = dated(today).now
    assert (found.finish[open_ends] >= now).all()
    assert (plan.tasks.actual_finish[done] <= now).all()


@pytest.mark.parametrize("today", DAYS)
def test_nothing_is_done_before_what_it_waits_for(today: date) -> None:
    plan, found = so_far(today)
    k = plan.links
    waits = (k.kind == LinkKind.FS) & (k.lag >= 0)
    begun = plan.tasks.actual_start[k.succ] > 0
    pred, succ = k.pred[waits & begun], k.succ[waits & begun]
    assert len(pred) > 100
    assert (found.start[succ] >= found.finish[pred]).all()


@pytest.mark.parametrize("today", DAYS)
def test_one_project_is_late_and_one_is_early(today: date) -> None:
    plan, found = so_far(today)

    def margin(project: str, task: str) -> int:
        row = plan.index_of[dated(today).number[project, task]]
        return int(plan.tasks.deadline[row] - found.finish[row]) // MINUTES_PER_DAY

    assert margin("plover", "Plover back in service") < -20
    assert margin("timetable", "Live timetable handed over") > 40


@pytest.mark.parametrize("today", DAYS)
def test_leave_delays_a_task_and_what_waits_for_it(today: date) -> None:
    plan, found = so_far(today)
    person = dated(today).resources["bruna"]
    people = tuple(replace(each, absences=()) if each.uid == person.uid else each for each in plan.resources)
    without = schedule(replace(plan, resources=people))
    tower = plan.index_of[dated(today).number["piers", "Tower 1 erected"]]
    pier = plan.index_of[dated(today).number["piers", "Pier 1 energised"]]
    assert found.finish[tower] - without.finish[tower] >= 5 * MINUTES_PER_DAY
    assert found.start[pier] > without.start[pier]


def test_the_same_day_gives_the_same_company() -> None:
    again = date_content(read_content(), DAYS[0])
    assert again.whole() == dated(DAYS[0]).whole()
    assert progress(again) == progress(dated(DAYS[0]))


def test_pinned_days_are_working_days() -> None:
    for offset in range(14):
        company = dated(DAYS[0] + timedelta(days=offset))
        drill = company.tasks["winter"][
            company.number["winter", "Ready for winter"] - company.tasks["winter"][0].uid
        ]
        assert drill.deadline is not None
        assert moment(drill.deadline).weekday() < 5


# The database


#: The tasks that an approved change has moved; nothing waits for them.
CHANGED = {("Ticket hall", "Signs and wayfinding")}


@pytest.mark.django_db
def test_the_company_is_built() -> None:
    password = new_password()
    made = build(today=DAYS[0], password=password)
    workspace = Workspace.objects.get(name=made.name)
    roles = [each.role for each in made.sign_ins]
    assert set(roles) == set(Role)
    assert roles == sorted(roles, key=list(Role).index)
    assert all(User.objects.get(email=each.email).check_password(password) for each in made.sign_ins)
    the_plans_are_there(workspace, made.counts)
    nothing_else_moved_them(workspace)
    features = Feature.objects.filter(workspace=workspace)
    assert set(features.values_list("state", flat=True)) == set(FeatureState) - {FeatureState.DROPPED}
    assert features.filter(deliverable=None).count() == 2
    every_noun_is_there(workspace, made.counts)
    who_is_named_sees_it(workspace)
    the_log_tells_of_it(workspace)


def the_plans_are_there(workspace: Workspace, counts: dict[str, int]) -> None:
    nodes = Node.objects.filter(workspace=workspace)
    assert counts["tasks"] == nodes.filter(kind=Kind.TASK).count() >= 320
    assert counts["links"] == Link.objects.filter(pred__workspace=workspace).count()
    assert Link.objects.filter(pred__workspace=workspace, crosses=True).count() == len(content().crossings)
    assert counts["assignments"] == Assignment.objects.filter(task__workspace=workspace).count()
    assert Absence.objects.filter(resource__workspace=workspace).count() >= 20
    assert nodes.filter(kind__in=[Kind.PROGRAM, Kind.PROJECT], manager=None).count() == 0


def nothing_else_moved_them(workspace: Workspace) -> None:
    """Every task has the dates that its plan and its progress give it, but for what an approved change moved."""
    plan, found = so_far(DAYS[0])
    dates = {each.node: (each.start, each.finish) for each in Dates.objects.all()}
    tasks = Node.objects.filter(workspace=workspace).exclude(project=None)
    names = tasks.values_list("project__name", "name", "pk")
    stored = {(project, name): dates[key] for project, name, key in names}
    computed = {
        (plan.projects[int(plan.tasks.project[row])].name, name): (
            int(found.start[row]),
            int(found.finish[row]),
        )
        for row, name in enumerate(plan.tasks.name)
    }
    assert {key for key in computed if stored[key] != computed[key]} == CHANGED
    assert stored.keys() == computed.keys()


def every_noun_is_there(workspace: Workspace, counts: dict[str, int]) -> None:
    rows = {each: each._default_manager.filter(workspace=workspace).count() for each in nouns()}
    assert [each.__name__ for each, count in rows.items() if count == 0] == []
    assert (counts["risks"], counts["teams"]) == (rows[Risk], rows[Team])
    assert RiskState.OCCURRED in Risk.objects.values_list("state", flat=True)
    assert Issue.objects.exclude(from_risk=None).count() == 1
    assert set(StatusReport.objects.values_list("state", flat=True)) == {"draft", "sent"}
    assert set(ChangeRequest.objects.values_list("state", flat=True)) == {"submitted", "approved"}
    assert set(KeyResult.objects.values_list("kind", flat=True)) == set(KeyResultKind)
    assert {"submitted", "approved"} <= set(TimeEntry.objects.values_list("state", flat=True))
    assert not TimeEntry.objects.filter(day__gte=DAYS[0]).exists()
    done = Node.objects.filter(workspace=workspace, workflow_state__category=Category.DONE)
    assert set(done.values_list("percent_complete", flat=True)) == {100}


def who_is_named_sees_it(workspace: Workspace) -> None:
    """Whoever owns a row, or is asked, invited or mentioned, may see where it hangs."""
    rights = {each.pk: rights_of(each) for each in User.objects.filter(workspace=workspace)}
    named: list[tuple[int, Node]] = [
        (each.user_id, each.comment.node) for each in Mention.objects.select_related("comment__node")
    ]
    for noun in nouns():
        people = [each.attname for each in noun._meta.concrete_fields if each.related_model is User]
        for row in noun._default_manager.filter(workspace=workspace) if people else ():
            named += [(getattr(row, each), row.home) for each in people if getattr(row, each) and row.home]
    hidden = {
        (rights[user].user.name, node.name)
        for user, node in named
        if not rights[user].may_on(Verb.VIEW, node.pk, node.project_id)
    }
    assert len(named) > 200
    assert hidden == set()


def the_log_tells_of_it(workspace: Workspace) -> None:
    entries = LogEntry.objects.filter(workspace=workspace)
    verbs = list(entries.values_list("verb", flat=True))
    assert verbs.count("record_plan") == 9
    assert verbs.count("add_product") == 2
    assert {"change_plan", "add_absence", "grant_role", "mark_deliverable"} <= set(verbs)
    assert {"occur_risk", "approve_change_request", "send_status_report", "ship_release"} <= set(verbs)
    assert entries.values("actor").distinct().count() >= 20
    assert set(entries.values_list("door", flat=True)) == {"demo"}
    verdict = verify(workspace.pk)
    assert verdict.holds
    assert verdict.entries == len(verbs)
    rights = {each.pk: rights_of(each) for each in User.objects.filter(workspace=workspace)}
    asked = entries.exclude(right="").exclude(node=None).values_list("actor", "right", "node").distinct()
    assert all(node and rights[actor].may(Verb(right), node) for actor, right, node in asked)


def test_a_refused_company_leaves_nothing_behind(company: Company) -> None:
    actions.add_person(actor=company.alice, email="lotte@tideglass.example", name="Lotte", password=None)
    before = LogEntry.objects.count()
    with pytest.raises(Conflict):
        build(today=DAYS[0], password=new_password())
    assert LogEntry.objects.count() == before
    assert not Workspace.objects.filter(name=content().name).exists()
