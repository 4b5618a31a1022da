"""The first command on a new database: an administrator who can bring in a plan at once."""

import getpass

import pytest
from django.core.management import CommandError, call_command

from triptych.apps.people.models import User
from triptych.apps.project import actions
from triptych.apps.project.models import Kind, Node

pytestmark = pytest.mark.django_db

PASSWORD = "Larch-Kettle-44"


@pytest.fixture(autouse=True)
def typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getpass", lambda _prompt: PASSWORD)


def create(email: str) -> None:
    call_command("create_workspace", "Jetty & Sons", "--email", email, "--person", "Ines")


def test_the_administrator_may_import_a_plan_at_once(plan_file: bytes) -> None:
    create("ines@jetty.example")
    user = User.objects.get(email="ines@jetty.example")
    assert user.check_password(PASSWORD)
    portfolio = Node.objects.get(workspace=user.workspace, kind=Kind.PORTFOLIO)
    assert portfolio.name == "Jetty & Sons"
    made = actions.import_plan(actor=user, parent=portfolio, data=plan_file, name="small.xml")
    assert made.project is not None


def test_an_address_in_use_leaves_nothing_behind() -> None:
    create("ines@jetty.example")
    before = Node.objects.count()
    with pytest.raises(CommandError, match=r"user\.exists"):
        create("ines@jetty.example")
    assert Node.objects.count() == before
