"""The files of the record: a table is a row of a noun, or an act, told in the words of the record."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Any, Final

#: The files in `record/`, in the order in which they are written down: later ones name what stands in earlier ones.
FILES: Final = (
    "teams", "items", "sheets", "stakeholders", "risks", "issues", "decisions", "meetings", "money", "crossing", "pass",
    "objectives", "changes", "talk", "reports",
)  # fmt: skip

#: What names a person, and what names a level of the tree or a task.
_PEOPLE: Final = ("by", "user", "owner", "chair", "asked_of", "approver")
_PLACES: Final = ("on", "node", "task", "milestone", "pred", "succ")

#: What holds tables that are no rows of their own.
_PARTS: Final = ("then", "changes")


@dataclass(frozen=True, slots=True)
class Line:
    """A table of a file: the word for what it is, who writes it, what it says, what is done with it after that, and
    the tables inside it, which hang on it and are written by the same person unless they name another."""

    table: str
    place: str
    by: str
    values: Mapping[str, Any]
    then: tuple[Mapping[str, Any], ...]
    below: tuple["Line", ...]

    def everything(self) -> Iterator["Line"]:
        """This line and all inside it."""
        yield self
        for each in self.below:
            yield from each.everything()

    @property
    def people(self) -> Iterator[str]:
        """Everybody whom it names by their key."""
        yield self.by
        for named in (self.values, *self.then):
            yield from (named[each] for each in _PEOPLE if each in named)

    @property
    def places(self) -> Iterator[str]:
        """Every level of the tree and every task that it names."""
        for named in (self.values, *self.values.get("changes", ())):
            yield from (named[each] for each in _PLACES if each in named)
        yield from self.values.get("tasks", ())


def read_lines(folder: Traversable) -> Iterator[Line]:
    """Every line of every file. Raises KeyError or ValueError where a file is wrong."""
    for name in FILES:
        file = f"{name}.toml"
        data = tomllib.loads(folder.joinpath("record", file).read_text(encoding="utf-8"))
        yield from _lines(data, f"record/{file}", "")


def _lines(tables: Mapping[str, Any], place: str, by: str) -> Iterator[Line]:
    for table, rows in tables.items():
        for at, row in enumerate(rows, start=1):
            yield _line(table, row, f"{place}, {table} {at}", by)


def _line(table: str, row: Mapping[str, Any], place: str, by: str) -> Line:
    writer = row.get("by") or by
    if not writer:
        raise ValueError(f"{place}: nobody writes this")
    inside = {name: value for name, value in row.items() if name not in _PARTS and _is_tables(value)}
    values = {name: value for name, value in row.items() if name not in {"by", "then", *inside}}
    below = tuple(_lines(inside, place, writer))
    return Line(table, place, writer, values, tuple(row.get("then", ())), below)


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)
