"""The log is added to and never rewritten."""

import pytest

from tests.cast import Company
from triptych.apps.history.models import LogEntry
from triptych.apps.history.queries import after, latest
from triptych.apps.project import actions
from triptych.plan.changes import SetDuration, SetName


def test_entries_are_never_changed_or_removed(company: Company) -> None:
    entry = LogEntry.objects.get(
        pk=actions.change_plan(
            actor=company.alice, project=company.house.pk, changes=[SetName(company.tasks["design"], "x")]
        ).seq
    )
    entry.sentence = "Nothing happened"
    with pytest.raises(TypeError, match="append-only"):
        entry.save()
    with pytest.raises(TypeError, match="append-only"):
        entry.save(update_fields=["sentence"])
    with pytest.raises(TypeError, match="append-only"):
        entry.delete()
    with pytest.raises(TypeError, match="append-only"):
        LogEntry.objects.all().delete()
    with pytest.raises(TypeError, match="append-only"):
        LogEntry.objects.update(sentence="")
    with pytest.raises(TypeError, match="append-only"):
        LogEntry.objects.bulk_update([entry], ["sentence"])
    entry.refresh_from_db()
    assert entry.sentence == "Renamed “design” to “x”"


def test_every_action_has_left_its_entry(company: Company) -> None:
    verbs = list(LogEntry.objects.filter(actor=company.alice).order_by("pk").values_list("verb", flat=True))
    assert verbs == [
        "found_workspace", "add_person", "add_person", "create_calendar", "create_program", "create_project",
        "create_project", "grant_role", "change_plan", "change_plan", "change_plan", "create_resource",
        "change_plan",
    ]  # fmt: skip


def test_a_reader_is_told_of_a_move_from_elsewhere_without_its_cause(company: Company) -> None:
    seq = actions.change_plan(
        actor=company.alice, project=company.secret.pk, changes=[SetDuration(company.tasks["permit"], 4800)]
    ).seq
    told = latest(
        workspace=company.bob.workspace_id,
        where=lambda _: {company.house.pk},
        node=company.house.pk,
        before=None,
    )
    assert told[0].seq == seq
    assert (told[0].sentence, told[0].actor) == ("A change in another project moved dates here", None)
    entire = latest(
        workspace=company.bob.workspace_id,
        where=lambda _: {company.house.pk, company.secret.pk},
        node=company.house.pk,
        before=None,
    )
    assert entire[0].sentence == "Set the duration of “permit” to 10d"


def test_pages_of_the_log_follow_one_another(company: Company) -> None:
    workspace, visible = company.alice.workspace_id, {company.house.pk, company.secret.pk, company.program.pk}
    whole = [
        each.seq for each in latest(workspace=workspace, where=lambda _: visible, node=None, before=None)
    ]
    paged: list[int] = []
    while page := latest(
        workspace=workspace, where=lambda _: visible, node=None, before=paged[-1] if paged else None, limit=4
    ):
        paged += [each.seq for each in page]
    assert paged == whole == sorted(whole, reverse=True)
    assert [entry.pk for entry in after(whole[2])] == [whole[1], whole[0]]
