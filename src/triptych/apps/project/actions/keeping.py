"""Writing a noun: the four verbs that all nouns share. A trade's own verbs stand beside them, over the same ledger."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, Model
from django.utils import timezone

from triptych.apps.history import actions as log
from triptych.apps.history.ledger import Ledger, hanging_on
from triptych.apps.history.models import LogEntry
from triptych.apps.history.rows import values_of
from triptych.apps.history.writing import API, Door, writing
from triptych.apps.people.models import User
from triptych.apps.people.records import Record
from triptych.apps.people.refusals import Conflict, Invalid, NotAllowed, NotVisible
from triptych.apps.people.roles import Verb
from triptych.apps.project.models import Node, Resource
from triptych.apps.project.rules import (
    Rights,
    is_own,
    need_for,
    need_to_change,
    records_visible_to,
    resources_visible_to,
    rights_of,
)
from triptych.apps.project.wording import tell_added, tell_changed, tell_moved, tell_removed
from triptych.plan.diagnostics import Diagnostic, error

_R = TypeVar("_R", bound=Record)


@dataclass(frozen=True, slots=True)
class Written(Generic[_R]):
    """A row as it now is, and the entry that tells of it, None where there was nothing to write."""

    row: _R
    entry: LogEntry | None


def add(model: type[_R], *, actor: User, door: Door = API, **values: Any) -> Written[_R]:
    """Add a row of a noun. References are given as rows (`owner=bob`) or numbers (`owner_id=7`).

    Raises NotVisible for a home that the actor may not see, NotAllowed without the right to add there, and Invalid
    with everything that is wrong with the values.
    """
    with writing():
        rights, terms = rights_of(actor), model.TERMS
        signed = dict.fromkeys(terms.signed, actor)
        values = dict.fromkeys(terms.stamped, timezone.now()) | values
        row = model(workspace_id=actor.workspace_id, **(values | signed))
        check_references(rights, row, values)
        need_for(rights, terms.add, row)
        _refuse_set(row, values, terms.by_verb)
        _need_first_state(rights, row)
        _need_money(rights, row, values)
        check(row)
        ledger = Ledger()
        ledger.create(row)
        return _told(ledger, row, actor, door, "add", tell_added(row), terms.add)


def change(row: _R, *, actor: User, door: Door = API, **values: Any) -> Written[_R]:
    """Set attributes of a row. Raises as `add`, Invalid for attributes that only a verb of their own sets, and Conflict
    for a row that is frozen."""
    with writing():
        rights, now = rights_of(actor), held(row)
        right = need_to_change(rights, now)
        refuse_frozen(now)
        _refuse_set(now, values, now.TERMS.unchanged)
        _need_own(rights, now, values)
        _need_money(rights, now, values)
        _need_money_to_move_away(rights, now, values)
        for name, value in values.items():
            setattr(now, name, value)
        check_references(rights, now, values)
        need_to_change(rights, now)
        check(now)
        return _changed(now, values, actor, door, "change", right)


def move(row: _R, *, actor: User, to: str, door: Door = API, **values: Any) -> Written[_R]:
    """Move a row on to another of its states; `values` are set with it, by the same right.

    Raises NotAllowed without the right to that step, Conflict for a step that there is not.
    """
    with writing():
        rights, now = rights_of(actor), held(row)
        need_for(rights, Verb.VIEW if is_own(rights, now) else now.TERMS.see, now)
        right = step_of(now, to)
        if to in now.TERMS.own_states and is_own(rights, now):
            right = now.TERMS.add
        need_for(rights, right, now)
        _refuse_set(now, values, {"workspace", *now.TERMS.signed})
        _need_own(rights, now, values)
        _need_money(rights, now, values)
        for name, value in values.items():
            setattr(now, name, value)
        now.state = to  # type: ignore[attr-defined]  # a noun with states has the attribute
        check_references(rights, now, values)
        need_for(rights, right, now)
        check(now)
        return _changed(now, values | {"state": to}, actor, door, "move", right)


def remove(row: Record, *, actor: User, door: Door = API) -> LogEntry:
    """Remove a row and what hangs on it. Raises NotVisible, NotAllowed, and Conflict for a row that is frozen or that
    something needs."""
    with writing():
        now = held(row)
        rights = rights_of(actor)
        right = need_to_change(rights, now)
        refuse_frozen(now)
        _need_what_hangs_on(rights, now)
        home, sentence = now.home, tell_removed(now)
        ledger = Ledger()
        ledger.remove(now)
        return _enter(ledger, now, home, actor, door, "remove", sentence, right)


def _is_gone(home: Node | None) -> bool:
    """Whether a node lies in the trash, where nobody has rights, or all of its project does."""
    if home is None:
        return False
    return home.removed_by_id is not None or (
        home.project is not None and home.project.removed_by_id is not None
    )


def _need_what_hangs_on(rights: Rights, row: Record) -> None:
    """Raises NotAllowed where something would go with the row that is not the actor's to remove."""
    for each in hanging_on(row):
        if not isinstance(each, Record) or _is_gone(each.home):
            continue
        try:
            need_to_change(rights, each)
        except (NotAllowed, NotVisible) as fault:
            raise NotAllowed("Something hangs on this that your role does not let you remove.") from fault


def held(row: _R) -> _R:
    """The row as it is now, locked until the transaction ends. Raises NotVisible if it is gone."""
    found = type(row)._default_manager.select_for_update(no_key=True).filter(pk=row.pk).first()  # noqa: SLF001 - Django's name
    if found is None:
        raise NotVisible
    return found


def step_of(row: Record, to: str) -> Verb:
    """The right that it takes to move a row on to a state. Raises Conflict if there is no such step."""
    return _step(row, row.state, to)  # type: ignore[attr-defined]  # a noun with states has the attribute


def _step(row: Record, state: str, to: str) -> Verb:
    steps = row.TERMS.states.get(state, {})
    if to not in steps:
        there = ", ".join(steps) or "nowhere"
        raise Conflict(f"{_code(row)}.no-such-step", f"From {state} it can go on to: {there}.")
    return steps[to]


def _changed(
    row: _R, values: Mapping[str, Any], actor: User, door: Door, verb: str, right: Verb
) -> Written[_R]:
    names = [_attribute(row, name) for name in values]
    ledger = Ledger()
    ledger.change(row, **{name: getattr(row, name) for name in names})
    if not ledger.edits:
        return Written(row, None)
    told = (
        tell_moved(row)
        if verb == "move"
        else tell_changed(row, ledger.edits[0].was or {}, ledger.edits[0].now or {})
    )
    return _told(ledger, row, actor, door, verb, told, right)


def _told(
    ledger: Ledger, row: _R, actor: User, door: Door, verb: str, sentence: str, right: Verb
) -> Written[_R]:
    row.follow(ledger)
    entry = enter(ledger, row, actor, door, verb, sentence, right)
    row.notify(entry)
    return Written(row, entry)


def enter(
    ledger: Ledger, row: Record, actor: User, door: Door, verb: str, sentence: str, right: Verb | None
) -> LogEntry:
    """The log entry of what was written to a row and, with it, to others; `right` is what it takes to take it back,
    None where that cannot be."""
    return _enter(ledger, row, row.home, actor, door, verb, sentence, right)


def _enter(
    ledger: Ledger,
    row: Record,
    home: Node | None,
    actor: User,
    door: Door,
    verb: str,
    sentence: str,
    right: Verb | None,
) -> LogEntry:
    return log.append(
        actor=actor,
        door=door,
        verb=f"{verb}_{_code(row)}",
        sentence=sentence,
        right=right,
        see=row.TERMS.see,
        node=None if home is None else home.project_id or home.pk,
        touches=() if home is None else (home.pk,),
        plan=False,
        edits=ledger.edits,
    )


# What a row may hold


def check(row: Record) -> None:
    """Raises Invalid with all that is wrong with the row: by its columns, its constraints and its own `faults`."""
    row.settle()
    found: list[Diagnostic] = []
    try:
        row.full_clean()
    except ValidationError as fault:
        found = [
            error(f"{_code(row)}.{each.code or 'invalid'}", " ".join(each.messages), name)
            for name, errors in fault.error_dict.items()
            for each in errors
        ]
    found += _faulty_texts(row)
    if not found:
        found = [error(f"{_code(row)}.invalid", message, name) for name, message in row.faults().items()]
    raise_if(found, row)


def _faulty_texts(row: Record) -> list[Diagnostic]:
    try:
        texts = {name: value for name, value in values_of(row).items() if isinstance(value, str)}
    except TypeError as fault:  # floating point in a column of JSON
        return [error(f"{_code(row)}.invalid", str(fault).capitalize() + ".", "")]
    nul = [name for name, value in texts.items() if "\x00" in value]
    blank = [
        name
        for name, value in texts.items()
        if value.isspace() and not row._meta.get_field(name).blank  # type: ignore[union-attr]  # noqa: SLF001
    ]
    return [error(f"{_code(row)}.nul", "Text holds no NUL character.", name) for name in nul] + [
        error(f"{_code(row)}.blank", "This cannot be blank.", name) for name in blank
    ]


def raise_if(found: Iterable[Diagnostic], row: Record) -> None:
    """Raises Invalid if anything was found wrong with the row."""
    if errors := list(found):
        words = " ".join(f"{each.place}: {each.message}" for each in errors)
        raise Invalid(f"{_code(row)}.invalid", words, errors=errors)


def check_references(rights: Rights, row: Record, values: Mapping[str, Any]) -> None:
    """Raises NotVisible for a home, Invalid for anything else referred to that the actor may not see."""
    given = {_attribute(row, name) for name in values}
    first = row.TERMS.home.partition("__")[0]
    found = []
    for each in row._meta.concrete_fields:  # noqa: SLF001 - Django's documented way to a model's columns
        key = getattr(row, each.attname)
        if not isinstance(each, ForeignKey) or key is None or each.attname not in given:
            continue
        if not _is_visible(rights, each.related_model, key):
            if each.name == first:
                raise NotVisible
            found.append(
                error(f"{_code(row)}.unknown", f"There is no such {_words(each.name)} here.", each.name)
            )
    raise_if(found, row)


def _is_visible(rights: Rights, model: type[Model], key: int) -> bool:
    if issubclass(model, Node):
        node = Node.objects.filter(pk=key, workspace=rights.user.workspace_id, removed_by=None).first()
        return node is not None and rights.may_on(Verb.VIEW, node.pk, node.project_id)
    if issubclass(model, Record):
        return records_visible_to(rights, model).filter(pk=key).exists()
    if issubclass(model, Resource):
        return resources_visible_to(rights).filter(pk=key).exists()
    return model._default_manager.filter(pk=key, workspace=rights.user.workspace_id).exists()  # noqa: SLF001


def _need_first_state(rights: Rights, row: Record) -> None:
    """A row begins in its first state, or in one to which the actor may move it on from there."""
    if row.TERMS.states:
        state = row.state  # type: ignore[attr-defined]  # a noun with states has the attribute
        first = type(row)().state  # type: ignore[attr-defined]
        if state != first:
            need_for(rights, _step(row, first, state), row)


def refuse_frozen(row: Record) -> None:
    """Raises Conflict for a row that is frozen."""
    if row.is_frozen:
        state = str(getattr(row, "state", "")).replace("_", " ")
        told = f"is {state} and stays" if state else "stays"
        raise Conflict(f"{_code(row)}.frozen", f"This {row.TERMS.word} {told} as it is.")


def _refuse_set(row: Record, values: Mapping[str, Any], fixed: Collection[str]) -> None:
    names = {_field(row, name) for name in values}
    raise_if(
        [
            error(f"{_code(row)}.fixed", "This is not changed by itself.", each)
            for each in sorted(names.intersection(fixed))
        ],
        row,
    )


def _need_own(rights: Rights, row: Record, values: Mapping[str, Any]) -> None:
    names = {_field(row, name) for name in values} & row.TERMS.personal
    if names and not is_own(rights, row):
        told = ", ".join(map(_words, sorted(names)))
        raise NotAllowed(f"The {told} of a {row.TERMS.word} are for whoever wrote it to change.")


def _need_money(rights: Rights, row: Record, values: Mapping[str, Any]) -> None:
    if any(_field(row, name) in row.TERMS.money for name in values):
        need_for(rights, Verb.EDIT_MONEY, row)


def _need_money_to_move_away(rights: Rights, row: Record, values: Mapping[str, Any]) -> None:
    """What a row holds of money goes with it to another home, and is told there: it takes the right to change it here."""
    first = row.TERMS.home.partition("__")[0]
    leaves = first and any(_field(row, name) == first for name in values)
    if leaves and any(getattr(row, name) for name in row.TERMS.money):
        need_for(rights, Verb.EDIT_MONEY, row)


def _field(row: Record, name: str) -> str:
    return row._meta.get_field(name).name  # noqa: SLF001


def _attribute(row: Record, name: str) -> str:
    """The attribute that a column stands under: `owner_id` for `owner`."""
    field = row._meta.get_field(name)  # noqa: SLF001
    return str(getattr(field, "attname", name))


def _code(row: Record) -> str:
    return row.TERMS.word.replace(" ", "_")


def _words(name: str) -> str:
    return name.replace("_", " ")
