"""Time sheets: entering for somebody else, submitting a week, approving and rejecting."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from triptych.apps.history import actions as log
from triptych.apps.history.ledger import Ledger
from triptych.apps.history.models import LogEntry
from triptych.apps.history.writing import API, Door, writing
from triptych.apps.people.models import User
from triptych.apps.people.refusals import Conflict, NotAllowed, NotVisible
from triptych.apps.people.roles import Verb
from triptych.apps.project.models import TimeEntry, TimeState
from triptych.apps.project.rules import Rights, need_for, records_visible_to, rights_of
from triptych.plan.quantities import day_number
from triptych.plan.spelling import day_in_words

from .items import place_of
from .keeping import Written, check, check_references, enter


def enter_time(
    *, actor: User, user: User, node: int, day: date, minutes: int, note: str = "", door: Door = API
) -> Written[TimeEntry]:
    """Enter time that somebody else has worked. Raises NotVisible, NotAllowed unless the actor manages people there,
    Invalid for time that the day or the task cannot hold."""
    with writing():
        rights = rights_of(actor)
        row = TimeEntry(
            workspace_id=actor.workspace_id, node_id=node, user=user, day=day, minutes=minutes, note=note
        )
        check_references(rights, row, {"node": node, "user": user})
        need_for(rights, Verb.PROGRESS if user == actor else Verb.MANAGE_PEOPLE, row)
        check(row)
        ledger = Ledger()
        ledger.create(row)
        sentence = f"Entered a time entry for {user.name}"
        return Written(row, enter(ledger, row, actor, door, "enter_time", sentence, Verb.MANAGE_PEOPLE))


def submit_week(*, actor: User, monday: date, door: Door = API) -> LogEntry:
    """Submit the actor's drafts of the seven days from `monday`, as one entry. Raises Conflict if there are none."""
    with writing():
        rights = rights_of(actor)
        mine = TimeEntry.objects.select_for_update(of=("self",)).filter(user=actor, state=TimeState.DRAFT)
        mine = mine.filter(day__gte=monday, day__lt=monday + timedelta(days=7))
        rows = list(mine.select_related("node").order_by("pk"))
        if not rows:
            raise Conflict("time_entry.none", "There is no time to submit in this week.")
        for row in rows:
            need_for(rights, Verb.PROGRESS, row)
        week = day_in_words(day_number(monday) * 1440)
        sentence = f"Submitted {_length(rows)} of the week of {week}"
        return _set(rights, rows, TimeState.SUBMITTED, None, "submit_week", sentence, Verb.PROGRESS, door)


def approve_time(*, actor: User, entries: Collection[int], door: Door = API) -> LogEntry:
    """Approve submitted time, all of it or none, as one entry.

    Raises NotVisible, NotAllowed unless the actor manages people at every task and the time is not their own (an
    administrator may approve even that), and Conflict for time that is not submitted.
    """
    return _decide(actor, entries, TimeState.APPROVED, {TimeState.SUBMITTED}, door)


def reject_time(*, actor: User, entries: Collection[int], door: Door = API) -> LogEntry:
    """Reject submitted or approved time, so that its person can correct it. Raises as `approve_time`."""
    return _decide(actor, entries, TimeState.REJECTED, {TimeState.SUBMITTED, TimeState.APPROVED}, door)


def _decide(
    actor: User, entries: Collection[int], to: TimeState, of: Collection[TimeState], door: Door
) -> LogEntry:
    with writing():
        rights = rights_of(actor)
        found = records_visible_to(rights, TimeEntry).filter(pk__in=entries).values("pk")
        rows = list(
            TimeEntry.objects.select_for_update(of=("self",))
            .filter(pk__in=found)
            .select_related("node", "user")
            .order_by("pk")
        )
        if not rows or len(rows) != len(set(entries)):
            raise NotVisible
        for row in rows:
            _authorise(rights, row)
            if row.state not in of:
                raise Conflict("time_entry.no-such-step", f"Time that is {row.state} cannot be {to}.")
        people = {row.user.name for row in rows}
        whose = people.pop() if len(people) == 1 else f"{len(people)} people"
        sentence = f"{to.capitalize()} {_length(rows)} of {whose}"
        return _set(rights, rows, to, actor.pk, f"{to}_time", sentence, Verb.MANAGE_PEOPLE, door)


def _authorise(rights: Rights, row: TimeEntry) -> None:
    need_for(rights, Verb.MANAGE_PEOPLE, row)
    if row.user_id == rights.user.pk and not rights.may_everywhere(Verb.ADMINISTER):
        raise NotAllowed("Nobody decides on their own time.")


def _set(
    rights: Rights,
    rows: Sequence[TimeEntry],
    state: TimeState,
    decided_by: int | None,
    verb: str,
    sentence: str,
    right: Verb,
    door: Door,
) -> LogEntry:
    ledger = Ledger()
    values = {"state": str(state), "decided_by_id": decided_by}
    ledger.change_each(TimeEntry, {row.pk: values for row in rows})
    return log.append(
        actor=rights.user,
        door=door,
        verb=verb,
        sentence=sentence,
        right=right,
        see=TimeEntry.TERMS.see,
        node=place_of(rights, [row.node for row in rows]),
        touches={row.node_id for row in rows},
        plan=False,
        edits=ledger.edits,
    )


def _length(rows: Sequence[TimeEntry]) -> str:
    hours, minutes = divmod(sum(row.minutes for row in rows), 60)
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"
