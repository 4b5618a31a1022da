"""Pictures of the whole record, and random acts upon it: what the tests of undo, as-of and the log start from."""

import random
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, is_dataclass, replace
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Model

from tests.cast import Company
from tests.nouns import samples
from triptych.apps.history.models import LogEntry, Touch
from triptych.apps.history.rows import values_of
from triptych.apps.people.models import Team
from triptych.apps.people.refusals import Refusal
from triptych.apps.people.roles import Role
from triptych.apps.project import actions
from triptych.apps.project.changes import NewTask, Wish
from triptych.apps.project.models import Absence, Assignment, Calendar, Dates, Kind, Link, Node, Notice
from triptych.plan.changes import (
    AddLink,
    Assign,
    MoveTask,
    RemoveLink,
    RemoveTask,
    SetConstraint,
    SetDeadline,
    SetDuration,
    SetName,
    SetProgress,
    SplitTask,
    Unassign,
)
from triptych.plan.model import Plan

OURS = ("people", "history", "project", "control", "product", "program")
#: What is one's own to read is told by the log no more than what one has read.
UNLOGGED = {LogEntry, Touch, Notice}
#: Where a row stands among its siblings is told by their order: the numbers are the bridge's own affair.
UNCOMPARED = {"position"}


def picture() -> dict[str, Any]:
    """Every row that stands, in every table but the log and people's inboxes, every column; and the order of the tree."""
    found: dict[str, Any] = {}
    standing = set(Node.objects.filter(removed_by=None).values_list("id", flat=True))
    for model in apps.get_models():
        if model._meta.app_label in OURS and model not in UNLOGGED:
            found[model._meta.label_lower] = _rows(model, standing)
    found["order"] = {
        parent: list(
            Node.objects.filter(parent=parent, removed_by=None)
            .order_by("position", "id")
            .values_list("id", flat=True)
        )
        for parent in {*Node.objects.filter(removed_by=None).values_list("parent", flat=True)}
    }
    return found


def _rows(model: type[Model], standing: set[int]) -> Any:
    rows: Iterable[Model] = model._default_manager.order_by("pk")
    if model in {Node, Link, Assignment, Absence}:
        rows = model._default_manager.filter(removed_by=None)
    if model in {Link, Assignment}:
        ends = ("pred_id", "succ_id") if model is Link else ("task_id",)
        rows = [each for each in rows if all(getattr(each, end) in standing for end in ends)]
    if model is Dates:
        rows = Dates.objects.filter(pk__in=standing)
    values = {each.pk: values_of(each) for each in rows}
    if model._meta.model_name in {"baseline", "baselinerow"}:
        return sorted(str(sorted(each.items())) for each in _without_keys(values.values()))
    return {
        pk: {name: v for name, v in each.items() if name not in UNCOMPARED} for pk, each in values.items()
    }


def _without_keys(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: value for name, value in each.items() if name != "baseline_id"} for each in rows]


@dataclass
class Acts:
    """Random acts of Alice's, one entry each where they are not refused."""

    company: Company
    luck: random.Random
    removing: bool = True

    def act(self) -> int:
        """Do something; how many entries it left, none where it was refused."""
        before = LogEntry.objects.count()
        choices = [
            self.change, self.change, self.change, self.change, self.several, self.baseline, self.absence, self.grant,
            self.calendar, self.person, self.project, self.node, self.deliverable, self.team, self.shift,
            self.noun, self.noun, self.noun,
        ]  # fmt: skip
        with suppress(Refusal):
            self.luck.choice(choices)()
        return LogEntry.objects.count() - before

    def tasks(self) -> list[int]:
        found = Node.objects.filter(
            project__in=[self.company.house, self.company.secret], removed_by=None, project__removed_by=None
        )
        return list(found.order_by("id").values_list("id", flat=True)) or [0]

    def wish(self) -> Wish:
        luck, task, other = self.luck, self.luck.choice(self.tasks()), self.luck.choice(self.tasks())
        day = f"2026-03-{luck.randint(2, 27):02}T08:00"
        wishes: list[Wish] = [
            SetName(task, f"task {luck.randint(1, 99)}"),
            SetDuration(task, luck.randint(1, 9) * 480),
            SetConstraint(task, "SNET", day),
            SetDeadline(task, day),
            SetProgress(task, luck.choice([0, 50, 100]), "2026-03-02T08:00"),
            SplitTask(task, 480, 480),
            AddLink(task, other, luck.choice(["FS", "SS", "FF"])),
            RemoveLink(task, other, "FS"),
            MoveTask(task, None, other),
            MoveTask(task, other),
            RemoveTask(task),
            NewTask(f"new {luck.randint(1, 99)}", parent=luck.choice([None, other])),
            Assign(task, self.company.ann.pk),
            Unassign(task, self.company.ann.pk),
        ]
        return luck.choice(wishes)

    def where(self) -> int:
        return self.luck.choice([self.company.house.pk, self.company.secret.pk])

    def change(self) -> object:
        return actions.change_plan(actor=self.company.alice, project=self.where(), changes=[self.wish()])

    def several(self) -> object:
        wishes = [self.wish() for _ in range(self.luck.randint(2, 4))]
        return actions.change_plan(actor=self.company.alice, project=self.where(), changes=wishes)

    def baseline(self) -> object:
        verb: Any = self.luck.choice([actions.freeze_baseline, actions.clear_baseline])
        return verb(actor=self.company.alice, project=self.where(), number=self.luck.randint(0, 2))

    def absence(self) -> object:
        first = date(2026, 3, self.luck.randint(2, 20))
        verb = self.luck.choice([actions.add_absence, actions.remove_absence])
        return verb(actor=self.company.alice, resource=self.company.ann.pk, first=first, last=first)

    def grant(self) -> object:
        verb = self.luck.choice([actions.grant_role, actions.withdraw_role])
        node = self.luck.choice([self.company.house, self.company.program, None])
        role = self.luck.choice([Role.GUEST, Role.TEAM_MEMBER, Role.ADMINISTRATOR])
        return verb(actor=self.company.alice, user=self.company.charlie, node=node, role=role)

    def calendar(self) -> object:
        return actions.create_calendar(actor=self.company.alice, name=f"Calendar {self.luck.randint(1, 99)}")

    def shift(self) -> object:
        row = self.luck.choice(list(Calendar.objects.order_by("id")))
        from triptych.apps.project.bridge.load import calendar_value  # noqa: PLC0415

        hours = ((self.luck.choice([360, 480, 540]), 1020),)
        value = replace(calendar_value(row), week=(hours,) * 5 + ((), ()))
        return actions.set_calendar(actor=self.company.alice, calendar=row, value=value)

    def person(self) -> object:
        if self.luck.random() < 0.5:
            return actions.create_resource(
                actor=self.company.alice, name=f"Person {self.luck.randint(1, 99)}"
            )
        choices: list[dict[str, Any]] = [{"units": 50}, {"units": 100}, {"role": "Welder"}, {"rate": 4500}]
        terms: dict[str, Any] = self.luck.choice(choices)
        return actions.set_resource(actor=self.company.alice, resource=self.company.ann.pk, **terms)

    def project(self) -> object:
        terms: dict[str, Any] = self.luck.choice(
            [{"name": f"House {self.luck.randint(1, 9)}"}, {"currency": "EUR"}]
        )
        return actions.set_project(actor=self.company.alice, project=self.where(), **terms)

    def node(self) -> object:
        c, luck = self.company, self.luck
        kind = luck.randint(0, 3)
        if kind == 0:
            return actions.create_node(
                actor=c.alice, kind=luck.choice([Kind.PORTFOLIO, Kind.PROGRAM]), parent=None, name="New"
            )
        node = Node.objects.get(pk=self.where())
        if kind == 1 and self.removing:
            return actions.remove_node(actor=c.alice, node=node)
        if kind == 2:
            return actions.hand_over(actor=c.alice, node=node, to=luck.choice([c.alice, c.bob]))
        parents = list(
            Node.objects.filter(project=None, removed_by=None).exclude(kind="project").order_by("id")
        )
        return actions.move_node(actor=c.alice, node=node, parent=luck.choice([None, *parents]))

    def deliverable(self) -> object:
        task = self.luck.choice(self.tasks())
        return actions.mark_deliverable(
            actor=self.company.alice, task=task, deliverable=self.luck.random() < 0.7
        )

    def team(self) -> object:
        c, luck = self.company, self.luck
        teams = list(Team.objects.order_by("id"))
        if not teams or luck.random() < 0.4:
            return actions.add(Team, actor=c.alice, name=f"Team {luck.randint(1, 9)}")
        if luck.random() < 0.5:
            return actions.remove(luck.choice(teams), actor=c.alice)
        return actions.change(luck.choice(teams), actor=c.alice, name=f"Team {luck.randint(1, 9)}")

    def noun(self) -> object:
        """Something to a row of any noun: one is added, changed, moved on or removed."""
        luck, alice = self.luck, self.company.alice
        model, sample = luck.choice(sorted(samples().items(), key=lambda each: each[0].__name__))
        rows = list(model._default_manager.order_by("pk"))
        if not rows or luck.random() < 0.3:
            return actions.add(model, actor=alice, **sample.values(self.company))
        row = luck.choice(rows)
        steps = model.TERMS.states.get(getattr(row, "state", ""), {})
        if steps and luck.random() < 0.4:
            return actions.move(row, actor=alice, to=luck.choice(sorted(steps)))
        if sample.change and luck.random() < 0.5:
            return actions.change(row, actor=alice, **sample.change)
        return actions.remove(row, actor=alice)


def told(plan: Plan) -> dict[str, Any]:
    """A plan as values that can be compared: its rows in outline order, everything else by what it names."""
    return {
        "projects": {each.uid: each for each in plan.projects},
        "tasks": {each.uid: each for each in plan.each_task()},
        "order": plan.tasks.uid.tolist(),
        "links": sorted(map(str, plan.each_link())),
        "assignments": sorted(map(str, plan.each_assignment())),
        "people": {each.uid: each for each in plan.resources},
        "calendars": {each.uid: each for each in plan.calendars},
    }


def differences(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Where two pictures differ: by table and row, the columns of the one and of the other."""
    found: dict[str, Any] = {}
    for table in one.keys() | other.keys():
        left, right = one.get(table), other.get(table)
        if left == right:
            continue
        if not isinstance(left, dict) or not isinstance(right, dict):
            found[table] = (left, right)
            continue
        rows = {key: (left.get(key), right.get(key)) for key in left.keys() | right.keys()}
        found[table] = {key: _columns(*pair) for key, pair in rows.items() if pair[0] != pair[1]}
    return found


def _columns(one: Any, other: Any) -> Any:
    if is_dataclass(one) and is_dataclass(other):
        one, other = asdict(one), asdict(other)  # type: ignore[arg-type]
    if not isinstance(one, dict) or not isinstance(other, dict):
        return one, other
    return {name: (one.get(name), other.get(name)) for name in one if one.get(name) != other.get(name)}
