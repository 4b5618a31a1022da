"""Writing rows so that the log can tell, and take back, what was written."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from django.db.models import CASCADE, SET_NULL, Model

from triptych.apps.people.refusals import Conflict

from .rows import Values, columns_of, model_of, table_of, values_of

#: Rows of one statement: as many numbers as every SQLite takes.
_CHUNK = 900

_M = TypeVar("_M", bound=Model)


@dataclass(frozen=True, slots=True)
class Edit:
    """A row was created (`was` None), removed (`now` None), or has other values in the columns named."""

    table: str
    key: int
    was: Values | None
    now: Values | None

    def as_json(self) -> Values:
        return asdict(self)

    @property
    def inverse(self) -> "Edit":
        """The edit that takes this one back."""
        return Edit(self.table, self.key, self.now, self.was)


class Overtaken(Exception):
    """An edit cannot be made any more, for somebody has changed the row since, or something else needs it."""

    def __init__(self, edit: Edit) -> None:
        super().__init__(f"{edit.table} {edit.key}")
        self.edit = edit


class Ledger:
    """The rows that one action writes. Runs in the caller's transaction; `edits` go into its entry.

    Rows are locked without their keys: PostgreSQL checks references to them at the commit of whoever refers, who then
    holds the log, and must not wait for a writer that waits for the log.
    """

    def __init__(self) -> None:
        self.edits: list[Edit] = []

    def create(self, row: _M) -> _M:
        """Insert a row that is not saved yet."""
        row.save(force_insert=True)
        self.edits.append(Edit(table_of(row), row.pk, None, values_of(row)))
        return row

    def create_all(self, rows: Iterable[_M]) -> list[_M]:
        """Insert rows of one model that are not saved yet."""
        made: list[_M] = list(rows)
        if made:
            type(made[0])._default_manager.bulk_create(made, batch_size=500)  # noqa: SLF001 - Django's name
        self.edits.extend(Edit(table_of(row), row.pk, None, values_of(row)) for row in made)
        return made

    def change(self, row: Model, **values: Any) -> None:
        """Set columns of a row; `row` itself gets the values too. What is equal already leaves no edit."""
        self.change_each(type(row), {row.pk: values})
        for name, value in values.items():
            setattr(row, name, value)

    def change_each(self, model: type[Model], wanted: Mapping[int, Values]) -> None:
        """Set columns (by attribute, `owner_id`) of many rows, in one statement for all that get the same values."""
        alike: defaultdict[str, list[int]] = defaultdict(list)
        for key, values in wanted.items():
            alike[repr(sorted(values.items(), key=lambda each: each[0]))].append(key)
        for keys in alike.values():
            for start in range(0, len(keys), _CHUNK):
                self._change_alike(model, keys[start : start + _CHUNK], wanted[keys[0]])

    def _change_alike(self, model: type[Model], keys: Collection[int], values: Values) -> None:
        rows = model._default_manager.select_for_update(no_key=True).filter(pk__in=keys)  # noqa: SLF001
        now = values_of(model(**columns_of(model, values_of(model(**values), values))), values)
        differing = []
        for row in rows.order_by("pk"):
            was = values_of(row, values)
            if told := {name: now[name] for name in now if was[name] != now[name]}:
                differing.append(row.pk)
                self.edits.append(Edit(table_of(model), row.pk, {name: was[name] for name in told}, told))
        model._default_manager.filter(pk__in=differing).update(**values)  # noqa: SLF001

    def remove(self, row: Model) -> None:
        """Delete a row and what hangs on it (`hanging_on` tells what). Raises Conflict if something that stays needs it."""
        for relation in _relations(row):
            related, name = relation.related_model, relation.field.attname
            hanging = list(related._default_manager.filter(**{name: row.pk}).order_by("pk"))  # noqa: SLF001
            if not hanging:
                continue
            if relation.on_delete is CASCADE:
                for each in hanging:
                    self.remove(each)
            elif relation.on_delete is SET_NULL:
                self.change_each(related, {each.pk: {name: None} for each in hanging})
            else:
                words = related._meta.verbose_name  # noqa: SLF001
                raise Conflict("record.needed", f"A {words} still needs this. Remove it first.")
        key, was = row.pk, values_of(row)
        row.delete()
        row.pk = key
        self.edits.append(Edit(table_of(row), key, was, None))

    def replay(self, edits: Iterable[Edit]) -> None:
        """Make edits from the log, where every row is as they presuppose. Raises Overtaken where it is not."""
        for run in _runs(edits):
            if run[0].was is None or run[0].now is None:
                self._come_or_go(run[0])
            else:
                self._change_back(run)

    def _change_back(self, run: list[Edit]) -> None:
        """Changes of different rows of one table: thousands, where items were edited in bulk."""
        model = model_of(run[0].table)
        for start in range(0, len(run), _CHUNK):
            part = run[start : start + _CHUNK]
            rows = model._default_manager.select_for_update(no_key=True).in_bulk([each.key for each in part])  # noqa: SLF001
            for edit in part:
                row = rows.get(edit.key)
                if row is None or values_of(row, edit.was or ()) != edit.was:
                    raise Overtaken(edit)
        self.change_each(model, {each.key: columns_of(model, each.now or {}) for each in run})

    def _come_or_go(self, edit: Edit) -> None:
        model = model_of(edit.table)
        row = model._default_manager.select_for_update(no_key=True).filter(pk=edit.key).first()  # noqa: SLF001
        if (row is None) != (edit.was is None):
            raise Overtaken(edit)
        if row is None:
            self.create(model(pk=edit.key, **columns_of(model, edit.now or {})))
        elif values_of(row, edit.was) != edit.was or _needed(row):
            raise Overtaken(edit)
        else:
            self.remove(row)


def _runs(edits: Iterable[Edit]) -> Iterable[list[Edit]]:
    """The edits in order, those that follow each other and change different rows of one table together."""
    run: list[Edit] = []
    keys: set[int] = set()
    for edit in edits:
        if run and (_kind(edit) != _kind(run[0]) or None in _kind(edit) or edit.key in keys):
            yield run
            run, keys = [], set()
        run.append(edit)
        keys.add(edit.key)
    if run:
        yield run


def _kind(edit: Edit) -> tuple[str | None, ...]:
    """The table whose rows it changes; None with it if a row comes or goes."""
    return (edit.table,) if edit.was is not None and edit.now is not None else (edit.table, None)


def _needed(row: Model) -> bool:
    """Whether any other row speaks of this one."""
    return any(
        relation.related_model._default_manager.filter(**{relation.field.attname: row.pk}).exists()  # noqa: SLF001
        for relation in _relations(row)
    )


def hanging_on(row: Model) -> Iterator[Model]:
    """The rows that would go with this one."""
    for relation in _relations(row):
        if relation.on_delete is not CASCADE:
            continue
        rows = relation.related_model._default_manager.filter(**{relation.field.attname: row.pk})  # noqa: SLF001
        for each in rows.order_by("pk"):
            yield each
            yield from hanging_on(each)


def _relations(row: Model) -> list[Any]:
    """The foreign keys of other models that lead to this one, those without a name for the way back included."""
    fields = row._meta.get_fields(include_hidden=True)  # noqa: SLF001
    return [each for each in fields if each.auto_created and not each.concrete and hasattr(each, "field")]


def edits_of(rows: Iterable[Mapping[str, Any]]) -> list[Edit]:
    """The edits of a log entry."""
    return [Edit(row["table"], row["key"], row["was"], row["now"]) for row in rows]


def inverses(edits: Iterable[Edit]) -> list[Edit]:
    """The edits that take these back, in the order to make them."""
    return [each.inverse for each in reversed(list(edits))]
