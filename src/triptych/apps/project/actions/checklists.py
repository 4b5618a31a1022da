"""Ticking off what is on a checklist."""

from triptych.apps.history.ledger import Ledger
from triptych.apps.history.writing import API, Door, writing
from triptych.apps.people.models import User
from triptych.apps.people.roles import Verb
from triptych.apps.project.models import ChecklistItem
from triptych.apps.project.rules import need_for, rights_of

from .keeping import Written, enter, held


def tick_item(
    *, actor: User, item: ChecklistItem, done: bool = True, door: Door = API
) -> Written[ChecklistItem]:
    """Say that a line of a checklist is done, by the actor, or that it is not. Raises NotVisible, NotAllowed."""
    with writing():
        now = held(item)
        need_for(rights_of(actor), Verb.PROGRESS, now)
        if now.done == done:
            return Written(now, None)
        ledger = Ledger()
        ledger.change(now, done=done, by_id=actor.pk if done else None)
        sentence = f"{'Ticked off' if done else 'Reopened'} “{now.text[:120]}”"
        return Written(now, enter(ledger, now, actor, door, "tick_item", sentence, Verb.PROGRESS))
