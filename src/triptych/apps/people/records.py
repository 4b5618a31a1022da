"""Nouns: the kinds of thing that people write down, and the terms on which they do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.db import models

from .roles import Verb


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for a noun at every door.

    `word` is what people call it. `home` leads to the node of the tree that it hangs on, by attributes
    (`objective__node`), empty for what belongs to the whole workspace; a home that is None is the workspace too.
    `see`, `add` and `change` are the rights it takes at its home; `own` is the attribute of a user who may change
    and remove the row with the right to add alone (a comment's author). `signed` attributes are filled with the
    actor when it is added, `stamped` ones with the moment where none is given. `money` are attributes told only to those who may see money, and set only by those who
    may edit it. `fixed` attributes are set when it is added and then stay; `by_verb` attributes are set by verbs of
    their own alone, or as it moves on; `personal` ones are changed by whose own the row is, and nobody else. `states` says from which
    value of `state` to which others it may be moved, and by what right; a row begins with the column's default,
    or one step further by the same right; to `own_states` it is also moved, with the right to add, by whose own it is. In a `frozen` state (approved, sent) a row is neither changed nor removed,
    only moved on, if there is a way.
    """

    word: str
    home: str
    add: Verb
    see: Verb = Verb.VIEW
    change: Verb | None = None
    own: str = ""
    signed: tuple[str, ...] = ()
    stamped: tuple[str, ...] = ()
    name: str = "name"
    money: frozenset[str] = frozenset()
    fixed: frozenset[str] = frozenset()
    by_verb: frozenset[str] = frozenset()
    personal: frozenset[str] = frozenset()
    own_states: frozenset[str] = frozenset()
    states: Mapping[str, Mapping[str, Verb]] = field(default_factory=dict)
    frozen: frozenset[str] = frozenset()

    @property
    def to_change(self) -> Verb:
        """The right to change and to remove it."""
        return self.change or self.add

    @property
    def unchanged(self) -> frozenset[str]:
        """The columns that stay as they are when a row is changed: by the terms, or because other verbs set them."""
        always = {"workspace", *self.signed, *(("state",) if self.states else ())}
        return self.fixed | self.by_verb | always


class Record(models.Model):
    """A row of a noun. Written by `add`, `change`, `move`, `remove` and verbs of the trade, all of them logged."""

    TERMS: ClassVar[Terms]

    workspace = models.ForeignKey("people.Workspace", on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    def settle(self) -> None:
        """Bring the values into the form in which they are kept, before they are checked."""

    def faults(self) -> Mapping[str, str]:
        """What is wrong with the row beside what its columns say themselves: a sentence for each attribute."""
        return {}

    def follow(self, ledger: Any) -> None:
        """Write, by the ledger, what follows from the row as it was just added or changed, in the same entry."""

    def notify(self, entry: Any) -> None:
        """Tell whom it concerns that the entry added or changed the row."""

    @property
    def is_frozen(self) -> bool:
        """Whether the row is in a state in which it is neither changed nor removed."""
        return getattr(self, "state", "") in self.TERMS.frozen

    @property
    def home(self) -> Any:
        """The node that the row hangs on, None for the workspace."""
        found: Any = self
        for step in filter(None, self.TERMS.home.split("__")):
            found = getattr(found, step)
            if found is None:
                return None
        return found if found is not self else None
