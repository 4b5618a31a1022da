"""What was removed comes back."""

from datetime import datetime

from triptych.apps.history.writing import API, Door, writing
from triptych.apps.people.models import User
from triptych.apps.people.refusals import NotVisible
from triptych.apps.project.rules import rights_of
from triptych.apps.project.trash import trash

from .undoing import Undone, take_back


def restore(*, actor: User, entry: int, now: datetime, door: Door = API) -> Undone:
    """Bring back what an entry removed, whoever removed it, with everything that hung on it. The entry is taken back whole:
    what else it changed goes back too.

    Raises NotVisible for what is not in the trash the actor may look into (any more), Conflict if it no longer fits
    or the actor may not put it there.
    """
    with writing():
        found = {each.entry.pk: each.entry for each in trash(rights_of(actor), now=now)}
        if entry not in found:
            raise NotVisible
        return take_back(actor, found[entry], found[entry], "restore", door)
