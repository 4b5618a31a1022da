"""The cast. Alice owns the workspace, Bob manages one project, Charlie has an account and must see nothing."""

from dataclasses import dataclass
from datetime import datetime

from django.test import Client

from triptych.apps.people.models import User
from triptych.apps.people.roles import Role
from triptych.apps.project import actions
from triptych.apps.project.changes import NewTask
from triptych.apps.project.models import Kind, Node, Resource
from triptych.plan.changes import AddLink, Assign
from triptych.plan.quantities import instant

PASSWORD = "correct horse battery"
MONDAY = datetime(2026, 3, 2, 8)  # noqa: DTZ001 - plans are in local wall-clock time


@dataclass(frozen=True)
class Company:
    """Two projects in one program; `house` is Bob's too, `secret` is not, and waits for and holds up `house`.

    House: design (3 d) → build (5 d) → ready (milestone). Secret: permit (2 d) → design, and ready → party (1 d).
    """

    alice: User
    bob: User
    charlie: User
    program: Node
    house: Node
    secret: Node
    tasks: dict[str, int]
    ann: Resource


def sign_up(actor: User, name: str) -> User:
    """An account in the actor's workspace."""
    return actions.add_person(actor=actor, email=f"{name.lower()}@example.com", name=name, password=PASSWORD)


def add_tasks(actor: User, project: Node, **tasks: int) -> dict[str, int]:
    """Tasks by name with their working days, 0 for a milestone; their numbers."""
    wishes = [NewTask(name, minutes=days * 480, milestone=days == 0) for name, days in tasks.items()]
    actions.change_plan(actor=actor, project=project.pk, changes=wishes)
    found = Node.objects.filter(project=project, name__in=tasks, removed_by=None)
    return dict(found.values_list("name", "id"))


def found_company() -> Company:
    """The company, made through the actions alone."""
    alice = actions.found_workspace(
        name="Acme", email="alice@example.com", person="Alice Archer", password=PASSWORD
    )
    bob, charlie = sign_up(alice, "Bob"), sign_up(alice, "Charlie")
    calendar = actions.create_calendar(actor=alice, name="Standard")
    program = actions.create_node(actor=alice, kind=Kind.PROGRAM, parent=None, name="Homes")
    house, secret = (
        actions.create_project(actor=alice, parent=program, name=name, start=MONDAY, calendar=calendar)
        for name in ("House", "Secret")
    )
    actions.grant_role(actor=alice, user=bob, node=house, role=Role.PROJECT_MANAGER)
    tasks = add_tasks(alice, house, design=3, build=5, ready=0) | add_tasks(alice, secret, permit=2, party=1)
    links = [("design", "build"), ("build", "ready"), ("permit", "design"), ("ready", "party")]
    actions.change_plan(
        actor=alice, project=house.pk, changes=[AddLink(tasks[pred], tasks[succ]) for pred, succ in links]
    )
    ann = actions.create_resource(actor=alice, name="Ann Lee", role="Engineer")
    actions.change_plan(actor=alice, project=house.pk, changes=[Assign(tasks["build"], ann.pk)])
    return Company(alice, bob, charlie, program, house, secret, tasks, ann)


def door(user: User) -> Client:
    """A browser in which the user is signed in."""
    client = Client()
    client.force_login(user)
    return client


def at(day: int, hour: int = 8) -> int:
    """An instant in March 2026."""
    return instant(datetime(2026, 3, day, hour))  # noqa: DTZ001


def recall_company() -> Company | None:
    """The company that the session has founded, if the database still holds it."""
    users = {user.email.split("@")[0]: user for user in User.objects.select_related("workspace")}
    nodes = {node.name: node for node in Node.objects.filter(project=None).select_related("workspace")}
    if "alice" not in users:
        return None
    return Company(
        alice=users["alice"],
        bob=users["bob"],
        charlie=users["charlie"],
        program=nodes["Homes"],
        house=nodes["House"],
        secret=nodes["Secret"],
        tasks=dict(Node.objects.exclude(project=None).values_list("name", "id")),
        ann=Resource.objects.get(name="Ann Lee"),
    )
