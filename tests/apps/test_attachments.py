"""Files on the tree: who may read them, where their bytes are, and how long."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from tests.cast import Company
from tests.nouns.project import THEN
from triptych.apps.people.refusals import Invalid, NotAllowed, NotVisible, TooLarge
from triptych.apps.people.roles import Role
from triptych.apps.project import actions, files, queries
from triptych.apps.project.models import Attachment
from triptych.apps.project.rules import rights_of


@pytest.fixture(autouse=True)
def own_directory(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    settings.MAX_UPLOAD_MB = 1


def attach(company: Company, data: bytes = b"plan", name: str = "plan.pdf") -> Attachment:
    return actions.attach(actor=company.bob, node=company.house.pk, name=name, data=data, at=THEN).row


def read(company: Company, row: Attachment) -> bytes:
    found, file = queries.open_attachment(rights_of(company.bob), row.pk)
    with file:
        assert found == row
        return file.read()


def kept() -> list[Path]:
    return list(files.path_of("0" * 64).parents[1].glob("??/*"))


def test_the_same_bytes_are_kept_once_and_read_by_who_sees_the_node(company: Company) -> None:
    rows = [attach(company), attach(company, name="C:\\temp\\other.pdf")]
    assert [each.name for each in rows] == ["plan.pdf", "other.pdf"]
    assert (rows[0].media_type, rows[0].size, rows[0].added_by) == ("application/pdf", 4, company.bob)
    assert len(kept()) == 1
    assert read(company, rows[1]) == b"plan"
    assert list(queries.attachments(rights_of(company.bob), company.house.pk)) == rows[::-1]
    with pytest.raises(NotVisible):
        queries.open_attachment(rights_of(company.charlie), rows[0].pk)


def test_who_may_not_attach_leaves_no_bytes(company: Company) -> None:
    values: dict[str, Any] = {"node": company.house.pk, "name": "a", "data": b"x", "at": THEN}
    with pytest.raises(NotVisible):
        actions.attach(actor=company.charlie, **values)
    actions.grant_role(actor=company.alice, user=company.charlie, node=company.house, role=Role.GUEST)
    with pytest.raises(NotAllowed):
        actions.attach(actor=company.charlie, **values)
    with pytest.raises(NotVisible):
        actions.attach(actor=company.alice, **(values | {"node": 10**9}))
    assert kept() == []


def test_files_have_a_size_and_a_name(company: Company) -> None:
    with pytest.raises(TooLarge):
        attach(company, b"x" * (2**20 + 1))
    for name in ("", "a\x00b", "a\nb", "/"):
        with pytest.raises(Invalid):
            attach(company, name=name)


def test_bytes_stay_as_long_as_undo_could_need_them(company: Company) -> None:
    row = attach(company)
    actions.remove(row, actor=company.bob)
    for path in kept():
        os.utime(path, (0, 0))
    now = timezone.now()
    assert actions.tidy_files(now + timedelta(days=29)) == 0
    actions.undo(actor=company.bob)
    assert read(company, row) == b"plan"
    assert actions.tidy_files(now + timedelta(days=99)) == 0, "a row has it"
    actions.remove(row, actor=company.bob)
    files.keep(b"to come")
    assert actions.tidy_files(timezone.now()) == 0, (
        "one is young, of the other the log may bring the row back"
    )
    assert actions.tidy_files(now + timedelta(days=31)) == 2
    assert kept() == []


def test_lost_bytes_are_not_there(company: Company) -> None:
    row = attach(company)
    kept()[0].unlink()
    with pytest.raises(NotVisible):
        queries.open_attachment(rights_of(company.bob), row.pk)
    values: dict[str, Any] = {
        "name": "a",
        "media_type": "text/plain",
        "size": 4,
        "sha256": "0" * 64,
        "at": THEN,
    }
    with pytest.raises(Invalid, match="before the row"):
        actions.add(Attachment, actor=company.bob, node=company.house, **values)
