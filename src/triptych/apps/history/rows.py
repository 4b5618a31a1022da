"""Rows as the log keeps them: values that JSON holds and gives back unchanged."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db.models import Field, Model

#: Columns that the log never holds: secrets, and what is told by its entries anyway.
UNTOLD = frozenset({"password", "last_login", "removed_by_id"})

Values = dict[str, Any]


def table_of(model: type[Model] | Model) -> str:
    """The name under which the log speaks of a model: `control.risk`."""
    return model._meta.label_lower  # noqa: SLF001 - Django's documented way to a model's names


def model_of(table: str) -> type[Model]:
    """The model of a name that `table_of` gave."""
    return apps.get_model(table)


def kept(model: type[Model]) -> dict[str, "Field[Any, Any]"]:
    """The columns that the log keeps, by the name of the attribute; all but the number and `UNTOLD`."""
    fields = model._meta.concrete_fields  # noqa: SLF001
    return {each.attname: each for each in fields if not each.primary_key and each.attname not in UNTOLD}


def values_of(row: Model, names: Iterable[str] | None = None) -> Values:
    """The row's columns, all that are kept or those named, as values of JSON.

    Raises TypeError for floating point: two databases would not give it back alike, and the chain would break.
    """
    columns = kept(type(row)) if names is None else names
    return {name: _spelled(getattr(row, name)) for name in columns}


def _spelled(value: Any) -> Any:
    if isinstance(value, float):
        raise TypeError("columns of the record hold no floating point")
    if isinstance(value, (dict, list)):
        for each in value.values() if isinstance(value, dict) else value:
            _spelled(each)
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()  # as the database gives it back, whatever was given
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value


def columns_of(model: type[Model], values: Mapping[str, Any]) -> Values:
    """Values from the log as the model takes them."""
    fields = kept(model)
    return {name: _read(fields[name], value) for name, value in values.items() if name in fields}


def _read(field: "Field[Any, Any]", value: Any) -> Any:
    return None if value is None else field.to_python(value)
