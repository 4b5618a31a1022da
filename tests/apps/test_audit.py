"""Whoever alters the log past Triptych is found out."""

import json
from hashlib import sha256
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.cast import Company
from triptych.apps.history.chain import verify
from triptych.apps.history.exporting import lines_of
from triptych.apps.history.models import LogEntry, Touch
from triptych.apps.project import actions
from triptych.plan.changes import SetDuration, SetName


def acted(company: Company) -> list[int]:
    """Some entries of every sort; their numbers."""
    house = company.house.pk
    for days in (4, 5):
        wishes = [SetDuration(company.tasks["design"], days * 480)]
        actions.change_plan(actor=company.alice, project=house, changes=wishes)
    actions.change_plan(
        actor=company.bob, project=house, changes=[SetName(company.tasks["build"], "Bau – 建")]
    )
    actions.undo(actor=company.alice)
    actions.create_resource(actor=company.alice, name="Eve")
    return list(LogEntry.objects.order_by("pk").values_list("pk", flat=True))


def sql(statement: str, *values: int | str | bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_an_honest_log_holds(company: Company) -> None:
    numbers = acted(company)
    found = verify(company.alice.workspace_id)
    assert (found.entries, found.unsealed, found.broken, found.last) == (len(numbers), 0, (), numbers[-1])
    assert found.holds
    assert len(found.digest) == 64


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("sentence", "Nothing happened"),
        ("changes", "[]"),
        ("actor_id", 1),
        ("reason", "Ordered"),
        ("plan", False),
    ],
)
def test_an_altered_entry_is_named(company: Company, column: str, value: int | str | bool) -> None:
    numbers = acted(company)
    bobs = LogEntry.objects.get(actor=company.bob).pk
    value = company.alice.pk if column == "actor_id" else value
    sql(f"UPDATE history_logentry SET {column} = %s WHERE id = %s", value, bobs)  # noqa: S608 - our own columns
    found = verify(company.alice.workspace_id)
    assert found.broken == (bobs,)
    assert not found.holds
    assert found.last == numbers[-1]


def test_an_entry_that_was_taken_out_or_put_in_is_missed(company: Company) -> None:
    acted(company)
    bobs = LogEntry.objects.get(actor=company.bob).pk
    sql("DELETE FROM history_touch WHERE entry_id = %s", bobs)
    assert verify(company.alice.workspace_id).broken == (bobs,)
    sql("DELETE FROM history_logentry WHERE id = %s", bobs)
    after = LogEntry.objects.filter(pk__gt=bobs).order_by("pk").values_list("pk", flat=True).first()
    assert verify(company.alice.workspace_id).broken == (after,)


def test_an_end_that_was_cut_off_is_missed_by_its_anchor(company: Company) -> None:
    numbers = acted(company)
    anchor = verify(company.alice.workspace_id)
    sql("DELETE FROM history_touch WHERE entry_id = %s", numbers[-1])
    sql("DELETE FROM history_logentry WHERE id = %s", numbers[-1])
    found = verify(company.alice.workspace_id, anchor=(anchor.last, anchor.digest))
    assert (found.broken, found.anchored, found.holds) == ((), False, False)
    assert verify(company.alice.workspace_id).holds


def test_entries_from_before_the_chain_are_counted_and_not_doubted(company: Company) -> None:
    numbers = acted(company)
    sql("UPDATE history_logentry SET digest = '' WHERE id <= %s", numbers[1])
    found = verify(company.alice.workspace_id)
    assert found.unsealed == 2
    assert found.broken == (numbers[2],), "the first that is sealed was sealed upon another"


def test_the_export_can_be_checked_without_us(company: Company, tmp_path: Path) -> None:
    numbers = acted(company)
    before = ""
    for number, line in zip(numbers, lines_of(company.alice.workspace_id), strict=True):
        entry = json.loads(line)
        text = json.dumps(entry["sealed"], sort_keys=True, separators=(",", ":"), ensure_ascii=True)
        assert entry["sealed"]["before"] == before
        assert sha256(text.encode()).hexdigest() == entry["digest"]
        assert entry["seq"] == number
        before = entry["digest"]
    out, file = StringIO(), tmp_path / "log.jsonl"
    call_command("audit", "export", "--to", str(file), stdout=out)
    assert file.read_text().splitlines() == list(lines_of(company.alice.workspace_id))
    assert out.getvalue() == f"Wrote {len(numbers)} entries to {file}.\n"


def test_the_command_tells_the_end_of_the_chain_and_fails_where_it_is_broken(company: Company) -> None:
    numbers = acted(company)
    out = StringIO()
    call_command("audit", "verify", stdout=out)
    digest = LogEntry.objects.get(pk=numbers[-1]).digest
    assert f"{len(numbers)} entries. The chain holds. Its end: {numbers[-1]}:{digest}" in out.getvalue()
    call_command(
        "audit",
        "verify",
        "--anchor",
        f"{numbers[2]}:{LogEntry.objects.get(pk=numbers[2]).digest}",
        stdout=out,
    )
    with pytest.raises(CommandError, match="does not hold"):
        call_command("audit", "verify", "--anchor", f"{numbers[2]}:abc", stdout=out)
    with pytest.raises(CommandError, match="number of an entry"):
        call_command("audit", "verify", "--anchor", "abc", stdout=out)
    with pytest.raises(CommandError, match="no such workspace"):
        call_command("audit", "verify", "--workspace", "999", stdout=out)
    sql("UPDATE history_logentry SET verb = 'x' WHERE id = %s", numbers[3])
    with pytest.raises(CommandError):
        call_command("audit", "verify", stdout=out)
    assert f"BROKEN at entry {numbers[3]}." in out.getvalue()


def test_no_password_is_in_the_log(company: Company) -> None:
    actions.close_account(actor=company.alice, user=company.bob)
    text = "".join(lines_of(company.alice.workspace_id))
    assert company.bob.password not in text
    assert Touch.objects.exists()
