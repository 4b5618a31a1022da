"""Writers at the same time: nobody's change is lost, and the log has no gaps for who tails it."""

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import partial
from random import Random
from typing import Any

import pytest
from django.db import connections

from tests.cast import MONDAY, Company, add_tasks, found_company, recall_company
from tests.nouns.product import product_of
from triptych.apps.history.chain import verify
from triptych.apps.history.models import LogEntry
from triptych.apps.history.queries import after, last_seq
from triptych.apps.people.models import Team
from triptych.apps.people.refusals import Conflict, Refusal
from triptych.apps.people.roles import Role
from triptych.apps.product.actions import rank_feature
from triptych.apps.product.models import Feature
from triptych.apps.product.queries.backlog import in_order
from triptych.apps.project import actions, bridge
from triptych.apps.project.changes import NewTask, Wish
from triptych.apps.project.models import Dates, Node, Recurrence
from triptych.plan.changes import AddLink, SetDuration

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def company(transactional_db: None) -> Company:  # noqa: ARG001
    return recall_company() or found_company()


def at_once(calls: list[Callable[[], object]], *, seconds: float = 30) -> list[BaseException]:
    """Run the calls in threads that start together; what they raised."""
    faults: list[BaseException] = []
    gate = threading.Barrier(len(calls))

    def run(call: Callable[[], object]) -> None:
        try:
            gate.wait(5)
            call()
        except Exception as fault:  # noqa: BLE001 - handed to the test, which looks at every one
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(seconds)
    return faults


def test_no_change_is_lost(company: Company) -> None:
    def add(number: int) -> Callable[[], object]:
        wish = [NewTask(f"task {number}", minutes=480)]
        return lambda: actions.change_plan(actor=company.alice, project=company.house.pk, changes=wish)

    assert at_once([add(number) for number in range(8)]) == []
    names = set(
        Node.objects.filter(project=company.house, name__startswith="task ").values_list("name", flat=True)
    )
    assert names == {f"task {number}" for number in range(8)}
    stored = bridge.load_plan(bridge.reach([company.house.pk]))
    again = bridge.compute(stored).schedule
    rows = dict(Dates.objects.values_list("node", "finish"))
    assert [rows[uid] for uid in stored.tasks.uid.tolist()] == again.finish.tolist()


def test_one_of_two_with_the_same_number_wins(company: Company) -> None:
    seq = actions.change_plan(
        actor=company.alice, project=company.house.pk, changes=[SetDuration(company.tasks["design"], 480)]
    ).seq

    def change(minutes: int) -> Callable[[], object]:
        changes = [SetDuration(company.tasks["design"], minutes)]
        return lambda: actions.change_plan(
            actor=company.alice, project=company.house.pk, changes=changes, seq=seq
        )

    faults = at_once([change(960), change(1440)])
    assert [type(each) for each in faults] == [Conflict]


def test_two_links_that_together_close_a_circle_do_not_both_get_in(company: Company) -> None:
    """Each is harmless alone, and each joins two plans that were apart when its writer looked."""
    other = actions.create_project(
        actor=company.alice,
        parent=company.program,
        name="Other",
        start=MONDAY,
        calendar=company.house.settings.calendar,
    )
    task = add_tasks(company.alice, other, furnish=2)["furnish"]

    def link(pred: int, succ: int) -> Callable[[], object]:
        return lambda: actions.change_plan(
            actor=company.alice, project=other.pk, changes=[AddLink(pred, succ)]
        )

    faults = at_once([link(company.tasks["ready"], task), link(task, company.tasks["design"])])
    assert [getattr(each, "code", each) for each in faults] == ["link.cycle"]


def test_who_tails_the_log_misses_nothing(company: Company) -> None:
    seen: list[int] = []
    done = threading.Event()
    start = last_seq(company.alice.workspace_id)

    def tail() -> None:
        seq = start
        while True:
            last_round = done.is_set()
            for entry in after(seq):
                seen.append(entry.pk)
                seq = entry.pk
            if last_round:
                connections.close_all()
                return

    def write(project: int, task: int) -> Callable[[], object]:
        def many() -> None:
            for minutes in range(480, 480 * 6, 480):
                actions.change_plan(
                    actor=company.alice, project=project, changes=[SetDuration(task, minutes)]
                )

        return many

    follower = threading.Thread(target=tail)
    follower.start()
    other = [write(company.house.pk, company.tasks[name]) for name in ("design", "build")]
    faults = at_once([*other, write(company.secret.pk, company.tasks["permit"])])
    done.set()
    follower.join(30)
    assert faults == []
    assert seen == list(LogEntry.objects.filter(pk__gt=start).order_by("pk").values_list("pk", flat=True))
    assert len(seen) == 15


def test_eight_writers_hammer_one_project(company: Company) -> None:
    """Every sort of write at once, undo among them: what is refused is refused in words, nothing is lost, every date is
    that of the plan, and the log is one unbroken chain."""
    house, tasks, acts = company.house, company.tasks, 12
    actions.grant_role(actor=company.alice, user=company.bob, node=company.program, role=Role.PROGRAM_MANAGER)

    def writer(number: int) -> Callable[[], object]:
        luck, actor = Random(number), (company.alice, company.bob)[number % 2]  # noqa: S311 - a test

        def change(*changes: Wish) -> object:
            return actions.change_plan(actor=actor, project=house.pk, changes=changes)

        def once(act: int) -> object:
            task = luck.choice([tasks["design"], tasks["build"]])
            absence: dict[str, Any] = {
                "actor": actor,
                "resource": company.ann.pk,
                "first": date(2026, 3, 2 + luck.randint(0, 9)),
            }
            choices: list[Callable[[], object]] = [
                lambda: change(SetDuration(task, luck.randint(1, 9) * 480)),
                lambda: change(AddLink(task, tasks["ready"], "SS")),
                lambda: actions.add_absence(**absence, last=absence["first"]),
                lambda: actions.mark_deliverable(actor=actor, task=task, deliverable=luck.random() < 0.5),
                lambda: actions.hand_over(
                    actor=actor, node=house, to=luck.choice([company.alice, company.bob])
                ),
                lambda: actions.set_project(actor=actor, project=house.pk, name=f"House {act}"),
                lambda: actions.add(Team, actor=company.alice, name=f"Team {number}.{act}"),
                lambda: actions.undo(actor=actor),
            ]
            return luck.choice(choices)()

        def run() -> None:
            for act in range(acts):
                change(NewTask(f"task {number}.{act}", minutes=480))
                with suppress(Refusal):
                    once(act)

        return run

    assert at_once([writer(number) for number in range(8)], seconds=120) == []
    stored = bridge.load_plan(bridge.reach([house.pk]))
    rows = dict(Dates.objects.values_list("node", "finish"))
    assert [rows[uid] for uid in stored.tasks.uid.tolist()] == bridge.compute(stored).schedule.finish.tolist()
    made = LogEntry.objects.filter(sentence__startswith="Added “task ", undone_by=None).count()
    assert Node.objects.filter(name__startswith="task ", removed_by=None).count() == made
    verdict = verify(company.alice.workspace_id)
    assert (verdict.broken, verdict.unsealed) == ((), 0)
    moments = list(LogEntry.objects.order_by("pk").values_list("at", flat=True))
    assert moments == sorted(moments)


def test_features_ranked_at_once_take_places_of_their_own(company: Company) -> None:
    product = product_of(company)
    first, *rest = [
        actions.add(Feature, actor=company.alice, product=product, name=f"F{number}").row
        for number in range(6)
    ]
    calls: list[Callable[[], object]] = [
        partial(rank_feature, each, actor=company.alice, before=first) for each in rest
    ]
    assert at_once(calls) == []
    found = list(in_order(product.pk))
    assert found[-1] == first
    assert len({each.position for each in found}) == 6


def test_bulk_edits_and_changes_of_the_plan_queue(company: Company) -> None:
    """Both lock the project first: none waits for rows that the other holds."""
    items = list(
        add_tasks(company.alice, company.house, **{f"t{number}": 1 for number in range(20)}).values()
    )
    calls: list[Callable[[], object]] = []
    for number in range(3):
        changes = [SetDuration(task, 480 * (number + 2)) for task in reversed(items)]
        calls += [
            lambda number=number: actions.edit_items(actor=company.alice, items=items, points=number),  # type: ignore[misc]
            lambda changes=changes: actions.change_plan(  # type: ignore[misc]
                actor=company.alice, project=company.house.pk, changes=changes
            ),
        ]
    assert at_once(calls) == []
    assert len(set(Node.objects.filter(pk__in=items).values_list("points", "duration"))) == 1


def test_tasks_that_come_again_are_added_once(company: Company) -> None:
    day = MONDAY.date()
    values: dict[str, Any] = {"node_id": company.tasks["build"], "rule": "FREQ=DAILY", "first": day}
    actions.add(Recurrence, actor=company.alice, **values)
    assert at_once([lambda: actions.repeat_due(actor=company.alice, until=day)] * 4) == []
    assert Node.objects.filter(name__startswith="build ").count() == 1
