"""Alternatives become plans: scenarios are promoted, change requests decided."""

from collections.abc import Callable, Collection, Sequence

from django.utils import timezone

from triptych.apps.control.models import ChangeRequest, Scenario
from triptych.apps.control.models.scenarios import ChangeRequestState, Changes, ScenarioState
from triptych.apps.control.queries.scenarios import impact_facts, worked_out
from triptych.apps.history.ledger import Ledger
from triptych.apps.history.writing import API, Door, writing
from triptych.apps.people.models import User
from triptych.apps.people.refusals import Conflict, Invalid
from triptych.apps.people.roles import Verb
from triptych.apps.project.actions import Outcome
from triptych.apps.project.actions.editing import allowed, check, projects_named
from triptych.apps.project.actions.keeping import Written, enter, held
from triptych.apps.project.actions.perform import Deed, perform
from triptych.apps.project.bridge import Computed
from triptych.apps.project.changes import NewTask, Wish, by_place, renumbered, wishes_to_json
from triptych.apps.project.models import Kind
from triptych.apps.project.rules import Rights, need_for, need_to_change, rights_of
from triptych.plan.changes import AddTasks, Change


def promote_scenario(
    scenario: Scenario,
    *,
    actor: User,
    which: Collection[int] | None = None,
    seq: int | None = None,
    preview: bool = False,
    door: Door = API,
) -> Outcome:
    """Make the changes of a scenario, or those at some places of its list (from 0), in the plan: one entry, undone as
    one. What is left stays in the scenario, and speaks by their new numbers of the tasks that were added.

    `seq` is the number under which the plan was read, as in `change_plan`. Raises Refusal as `change_plan`, Invalid for
    a place that there is not, Conflict for a scenario that is not open or has changed while this one waited.
    """
    need_for(rights_of(actor), Verb.EDIT_PLAN, scenario)
    _need_state(scenario, ScenarioState.OPEN)
    split = _Split.of(scenario, which)
    made: list[Change] = []

    def changes(rights: Rights, before: Computed) -> list[Change]:
        _refuse_moved(scenario, ScenarioState.OPEN, preview=preview)
        check(split.taken)
        made[:] = allowed(rights, before, home_of(scenario), split.taken, preview=preview)
        return made

    def rows(ledger: Ledger) -> None:
        left = split.left([each.tasks[0].uid for each in made if isinstance(each, AddTasks)])
        state = ScenarioState.OPEN if left else ScenarioState.PROMOTED
        ledger.change(scenario, changes=wishes_to_json(left), state=state)

    deed = Deed(
        verb="promote_scenario",
        changes=changes,
        tell=lambda *_: f"Promoted the scenario “{scenario.name}”",
        rows=rows,
    )
    return _make(scenario, deed, actor, split.taken, door, seq=seq, preview=preview)


class _Split:
    """The changes of a scenario that are taken, and those that are kept; either may speak of tasks that the other adds."""

    def __init__(self, wishes: Sequence[Wish], taken: Collection[int]) -> None:
        self._wishes, self._places = wishes, sorted(set(taken))
        self._adding = [at for at, each in enumerate(wishes) if isinstance(each, NewTask)]
        # What is not added now cannot be spoken of: 0 is no task's number.
        numbers = dict.fromkeys(by_place(self._adding), 0) | self._order(lambda at: at in self._places)
        self.taken = renumbered([wishes[at] for at in self._places], numbers)

    @classmethod
    def of(cls, row: Scenario, which: Collection[int] | None) -> "_Split":
        wishes = row.wishes
        places = range(len(wishes)) if which is None else which
        if not set(places) <= set(range(len(wishes))):
            raise Invalid("scenario.no-such-change", f"The changes are numbered from 0 to {len(wishes) - 1}.")
        return cls(wishes, places)

    def left(self, made: Sequence[int]) -> list[Wish]:
        """What is kept, where the tasks that were added now have these numbers."""
        kept = [at for at in range(len(self._wishes)) if at not in self._places]
        mine = [place for place, at in enumerate(self._adding) if at in self._places]
        added = {-1 - place: uid for place, uid in zip(mine, made, strict=True)}
        numbers = self._order(lambda at: at in kept) | added
        return renumbered([self._wishes[at] for at in kept], numbers)

    def _order(self, among: Callable[[int], bool]) -> dict[int, int]:
        """The new number under which to speak of each task that is added among some of the changes."""
        places = [place for place, at in enumerate(self._adding) if among(at)]
        return {-1 - place: -1 - new for new, place in enumerate(places)}


def submit_change_request(request: ChangeRequest, *, actor: User, door: Door = API) -> Written[ChangeRequest]:
    """Hand a change request in for decision; what it would come to now is kept with it, money included.

    Raises NotVisible, NotAllowed, Conflict for one that is not a draft, Invalid for one without changes or whose changes
    do not fit the plan, all of them named.
    """
    with writing():
        rights, now = rights_of(actor), held(request)
        right = need_to_change(rights, now)
        _need_state(now, ChangeRequestState.DRAFT)
        check(now.wishes)
        tried = worked_out(rights, now)
        if tried.skipped:
            words = " ".join(f"{each.place}: {each.message}" for each in tried.skipped)
            raise Invalid("change_request.does-not-fit", words, errors=tried.skipped)
        ledger = Ledger()
        facts, cost = impact_facts(tried, now.node)
        ledger.change(
            now,
            impact=facts,
            impact_cost=cost,
            submitted_by_id=actor.pk,
            state=ChangeRequestState.SUBMITTED,
        )
        sentence = f"Submitted the change request “{now.name}”"
        return Written(now, enter(ledger, now, actor, door, "submit", sentence, right))


def approve_change_request(
    request: ChangeRequest,
    *,
    actor: User,
    note: str = "",
    seq: int | None = None,
    preview: bool = False,
    door: Door = API,
) -> Outcome:
    """Approve a change request that was submitted: its changes are made at once, in the same entry.

    It takes the right to approve; and the changes themselves, that whoever approves them may approve in every plan that
    they change, or may change it. Nobody but an administrator approves what they raised or submitted. Undo takes it back
    by the same right. Raises Refusal as `change_plan`, and Conflict for a request that is not submitted.
    """
    _need_decider(rights_of(actor), request)
    wishes = request.wishes

    def changes(rights: Rights, before: Computed) -> list[Change]:
        _need_decider(rights, request)
        _refuse_moved(request, ChangeRequestState.SUBMITTED, preview=preview)
        check(wishes)
        return allowed(rights.as_approver, before, home_of(request), wishes, preview=preview)

    deed = Deed(
        verb="approve_change_request",
        changes=changes,
        tell=lambda *_: f"Approved the change request “{request.name}”",
        rows=lambda ledger: _decide(ledger, request, actor, note, ChangeRequestState.APPROVED),
        right=Verb.APPROVE,
    )
    return _make(request, deed, actor, wishes, door, seq=seq, preview=preview)


def reject_change_request(
    request: ChangeRequest, *, actor: User, note: str, door: Door = API
) -> Written[ChangeRequest]:
    """Reject a change request that was submitted, with the reason. Raises as `approve_change_request`, and Invalid without
    a reason."""
    with writing():
        _need_decider(rights_of(actor), request)
        _refuse_moved(request, ChangeRequestState.SUBMITTED, preview=False)
        if not note.strip():
            raise Invalid("change_request.no-reason", "A change request is rejected with a reason.")
        ledger = Ledger()
        _decide(ledger, request, actor, note, ChangeRequestState.REJECTED)
        sentence = f"Rejected the change request “{request.name}”"
        return Written(request, enter(ledger, request, actor, door, "reject", sentence, Verb.APPROVE))


def home_of(row: Changes) -> int | None:
    """The project that new tasks come into, None for changes of a portfolio or program."""
    return row.node_id if row.node.kind == Kind.PROJECT else None


def _need_decider(rights: Rights, request: ChangeRequest) -> None:
    need_for(rights, Verb.APPROVE, request)
    mine = rights.user.pk in {request.raised_by_id, request.submitted_by_id}
    if mine and not rights.may_everywhere(Verb.ADMINISTER):
        raise Conflict("change_request.own", "Nobody decides on their own change request.")


def _decide(
    ledger: Ledger, request: ChangeRequest, actor: User, note: str, state: ChangeRequestState
) -> None:
    ledger.change(request, state=state, note=note.strip(), decided_by_id=actor.pk, decided_at=timezone.now())


def _refuse_moved(row: Scenario | ChangeRequest, state: str, *, preview: bool) -> None:
    """Raises Conflict unless the row still is in that state and holds the changes that were read."""
    now = row if preview else held(row)
    _need_state(now, state)
    if now.changes != row.changes:
        raise Conflict(
            f"{_code(row)}.moved", f"This {row.TERMS.word} has changed since you read it. Look at it again."
        )


def _need_state(row: Scenario | ChangeRequest, state: str) -> None:
    if row.state != state:
        raise Conflict(f"{_code(row)}.no-such-step", f"This {row.TERMS.word} is {row.state}.")


def _code(row: Changes) -> str:
    return row.TERMS.word.replace(" ", "_")


def _make(
    row: Changes,
    deed: Deed,
    actor: User,
    wishes: Sequence[Wish],
    door: Door,
    *,
    seq: int | None,
    preview: bool,
) -> Outcome:
    home = home_of(row)
    projects = projects_named(rights_of(actor), wishes) | ({home} if home is not None else set())
    return perform(
        deed, actor=actor, node=row.node_id, projects=projects, preview=preview, door=door, seq=seq
    )
