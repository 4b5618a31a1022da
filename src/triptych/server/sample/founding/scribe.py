"""Writing the record down: a line becomes a row of the noun that its table names, by the action for it."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.apps import apps
from django.db import models
from django.utils import timezone

from triptych.apps.control import actions as control
from triptych.apps.control.actions import scenarios
from triptych.apps.people.models import User
from triptych.apps.people.records import Record
from triptych.apps.product import actions as product
from triptych.apps.project import actions
from triptych.apps.project.models import Comment, Node
from triptych.server.sample.lines import Line
from triptych.server.sample.terms import read_days, read_length

from .company import DOOR, Founding

_DAY: Final = re.compile(r"[+-]\d+d")
_MENTIONED: Final = re.compile(r"@([a-z]+)")
_POINTS: Final = ("least", "likely", "most")

#: What may be done with a row beside moving it on: the verbs of the trade.
_VERBS: Final[dict[str, Callable[..., Any]]] = {
    "decide": control.decide,
    "accept": control.accept_deliverable,
    "reject": control.reject_deliverable,
    "occur": control.occur_risk,
    "submit": scenarios.submit_change_request,
    "approve": scenarios.approve_change_request,
    "ship": product.ship_release,
    "tick": lambda row, **values: actions.tick_item(item=row, **values),
}


class Scribe:
    """One writing of the record. What is written is found again by its name, or as it is `called`."""

    def __init__(self, founding: Founding) -> None:
        self.founding = founding
        self.rows: dict[tuple[type[models.Model], str], Record] = {}
        self.nouns = {
            re.sub("[ -]", "_", each.TERMS.word): each
            for each in apps.get_models()
            if issubclass(each, Record)
        }

    def add(self, line: Line, parent: Record | None) -> Record:
        """A row, without what becomes of it."""
        model = self.nouns[line.table]
        values = self.values(model, line.values) | _hung_on(parent, model)
        actor = self.person(line.by)
        row: Record = actions.add(model, actor=actor, door=DOOR, **values).row
        self.keep(row, line.values.get("called"))
        return row

    def follow(self, line: Line, row: Record) -> None:
        """What is done with a row after everything hangs on it."""
        actor = self.person(line.by)
        for step in line.then:
            self._step(row, step, actor)

    def keep(self, row: Record, called: str | None = None) -> None:
        """Remember a row, so that later lines can name it."""
        self.rows[type(row), called or str(row)] = row

    def _step(self, row: Record, step: Mapping[str, Any], actor: User) -> None:
        by = self.person(step["by"]) if "by" in step else actor
        if "to" in step:
            values = self.values(type(row), {k: v for k, v in step.items() if k not in {"to", "by"}})
            actions.move(row, actor=by, to=step["to"], door=DOOR, **values)
        else:
            given = {k: self.dated(v) for k, v in step.items() if k not in {"do", "by"}}
            _VERBS[step["do"]](row, actor=by, door=DOOR, **given)

    # What the words of a line stand for

    def person(self, key: str) -> User:
        """Somebody with an account."""
        return self.founding.users[key]

    def node(self, text: str) -> int:
        """A level of the tree by its name, or a task as `heron: Sea trials`."""
        if text in self.founding.nodes:
            return self.founding.nodes[text].pk
        plan, _, task = text.partition(": ")
        return self.founding.tasks[self.founding.dated.number[plan, task]]

    def day(self, text: str) -> date:
        """`+30d` from today."""
        return self.founding.dated.today + timedelta(days=read_days(text))

    def dated(self, value: Any) -> Any:
        """A day where the text is one, else the value."""
        return self.day(value) if _is_day(value) else value

    def moment(self, text: str) -> datetime:
        """`-3d 09:40`, by the clock of the server."""
        day, _, clock = text.partition(" ")
        return timezone.make_aware(datetime.fromisoformat(f"{self.day(day)} {clock}"))

    def values(self, model: type[Record], given: Mapping[str, Any]) -> dict[str, Any]:
        """The columns of a row: three points come as a list, money as it is kept, the rest in words."""
        found: dict[str, Any] = {}
        columns = {each.name: each for each in model._meta.concrete_fields}  # noqa: SLF001 - Django's way
        for name, value in given.items():
            if name == "called":
                continue
            if f"{name}_least" in columns:
                points = zip(_POINTS, value, strict=True)
                found |= {f"{name}_{point}": _amount(each) for point, each in points}
            else:
                column = columns["node" if name == "on" else name]
                found[column.attname] = self._value(model, column, value)
        return found

    def _value(self, model: type[Record], column: Any, value: Any) -> Any:
        if isinstance(column, models.ForeignKey):
            return self._key(column.related_model, value)
        if isinstance(column, models.DateTimeField):
            return self.moment(value)
        if isinstance(column, models.DateField):
            return self.day(value)
        if isinstance(column, models.JSONField):
            return self._parts(column.name, value)
        if isinstance(column, models.IntegerField):
            return self._count(value)
        return _MENTIONED.sub(self._mention, value) if model is Comment else value

    def _key(self, related: type[models.Model], value: str) -> int:
        if related is Node:
            return self.node(value)
        return self.person(value).pk if related is User else self.rows[related, value].pk

    def _count(self, value: Any) -> int:
        """A day counted since 1970 where the text is one, a year from this one."""
        if isinstance(value, str) and value.endswith("y"):
            return self.founding.dated.today.year + int(value[:-1])
        return (self.day(value) - date(1970, 1, 1)).days if _is_day(value) else _amount(value)

    def _parts(self, name: str, value: Any) -> Any:
        """Item types by name; the tasks of changes by name, their durations in days."""
        if name == "types":
            return [self.rows[self.nouns["item_type"], each].pk for each in value]
        return [self._change(each) for each in value] if name == "changes" else value

    def _change(self, change: Mapping[str, Any]) -> dict[str, Any]:
        tasks = {name: self.node(change[name]) for name in ("task", "parent") if name in change}
        return {**change, **tasks, "minutes": _amount(change["minutes"])}

    def _mention(self, found: re.Match[str]) -> str:
        user = self.person(found[1])
        return f"@[{user.name}](user:{user.pk})"


def _is_day(value: Any) -> bool:
    return isinstance(value, str) and _DAY.fullmatch(value) is not None


def _amount(value: int | str) -> int:
    """A number as it is, a duration in its minutes."""
    return read_length(value).minutes if isinstance(value, str) else value


def _hung_on(parent: Record | None, model: type[Record]) -> dict[str, Record]:
    """The attribute by which a row hangs on the one around it; a transition hangs on the states beside it."""
    columns = model._meta.concrete_fields  # noqa: SLF001
    ways = [each.name for each in columns if each.related_model is type(parent)]
    return {ways[0]: parent} if parent is not None and ways else {}
