"""Plans as outlines that people can read and write: one file is one project.

    # A comment, to the end of the line.
    Design                                              a phase: what is indented below belongs to it
      Hull lines | 10d | ines, bo 50%                   a task: its name, duration and people
      Hull form frozen | milestone | | after: Hull lines
      Topcoat | 3d | yard | after: above FS+2ed; Hull form frozen | deadline: +90d

Two blanks indent by one level. Fields stand between bars: the name, the duration (`4h`, `5d`, `3w`, `7ed` round
the clock, or `milestone`), the people by key with their units, then in any order:

    after: a task by name, `above` for the one before on the same level; `; ` between several. `SS`, `FF` or `SF`
        and a lag may follow: `Hull lines SS+5d`, a lead `FS-2d`, a share of the predecessor `SS+50%`.
    snet, snlt, fnet, fnlt, mso, mfo: a constraint, in days from today: `snet: +30d`
    deadline: in days from today      calendar: a key of people.toml      deliverable: a flag, without a value
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from triptych.plan import Constraint, Diagnostic, Link
from triptych.plan.diagnostics import error

from .terms import Length, Wait, read_days, read_length, read_wait

INDENT: Final = 2
_CONSTRAINTS: Final = (
    Constraint.SNET, Constraint.SNLT, Constraint.FNET, Constraint.FNLT, Constraint.MSO, Constraint.MFO,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A line of an outline. `parent` is the row above it, by number; a phase has no `length`."""

    line: int
    level: int
    name: str
    parent: int | None = None
    length: Length | None = None
    milestone: bool = False
    people: tuple[tuple[str, int], ...] = ()
    after: tuple[Wait, ...] = ()
    constraint: tuple[Constraint, int] | None = None
    deadline: int | None = None
    calendar: str | None = None
    deliverable: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """The rows of a file in its order, and its links, whose ends are numbers of rows."""

    file: str
    rows: tuple[Row, ...]
    links: tuple[Link, ...]

    def place(self, row: int) -> str:
        return f"{self.file}, line {self.rows[row].line}"


def parse_outline(text: str, file: str) -> tuple[Outline, list[Diagnostic]]:
    """The outline of a file, as far as it can be understood, and everything that is wrong with it."""
    reading = _Reading(file)
    for number, line in enumerate(text.splitlines(), start=1):
        reading.line(number, line.split("#")[0].rstrip())
    reading.check_levels()
    links = reading.links()
    return Outline(file, tuple(reading.rows), tuple(links)), reading.found


@dataclass(slots=True)
class _Reading:
    """One file being read."""

    file: str
    rows: list[Row] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)

    def fault(self, line: int, code: str, message: str) -> None:
        self.found.append(error(f"outline.{code}", message, f"{self.file}, line {line}"))

    def line(self, number: int, text: str) -> None:
        if not text:
            return
        name, *fields = (part.strip() for part in text.split("|"))
        row = Row(number, self._level(number, text), name)
        if not name:
            self.fault(number, "no-name", "A line begins with the name of the task.")
        for at, written in enumerate(fields):
            row = self._with_field(row, at, written)
        self.rows.append(replace(row, parent=self._parent(row.level)))

    def _level(self, number: int, text: str) -> int:
        blank = len(text) - len(text.lstrip())
        level, odd = divmod(blank, INDENT)
        above = self.rows[-1].level if self.rows else -1
        if odd or "\t" in text[:blank] or level > above + 1:
            self.fault(
                number, "bad-indent", "A line stands two blanks further in than the one it belongs to."
            )
            return max(0, min(level, above))
        return level

    def _parent(self, level: int) -> int | None:
        above = (at for at in range(len(self.rows) - 1, -1, -1) if self.rows[at].level < level)
        return next(above, None)

    def _with_field(self, row: Row, at: int, written: str) -> Row:
        key, colon, value = (part.strip() for part in written.partition(":"))
        if not written:
            return row
        try:
            if written == "deliverable":
                return replace(row, deliverable=True)
            if colon:
                return _KEYS[key](row, value)
            return (_length, _people)[at](row, written)
        except KeyError:
            self.fault(row.line, "unknown-key", f"There is no field “{key}”. There are {', '.join(_KEYS)}.")
        except IndexError:
            self.fault(row.line, "too-many-fields", f"“{written}” stands after the people and is no field.")
        except ValueError as why:
            self.fault(row.line, "bad-value", f"{why}.")
        return row

    def check_levels(self) -> None:
        """A phase has its dates from what is below it; a task needs a duration."""
        phases = {row.parent for row in self.rows}
        for at, row in enumerate(self.rows):
            timed = row.length is not None
            if at in phases and (timed or row.people):
                self.fault(
                    row.line, "busy-phase", f"“{row.name}” has tasks below it, so no duration or people."
                )
            elif at not in phases and not timed:
                self.fault(row.line, "no-duration", f"“{row.name}” needs a duration, or is a milestone.")

    def links(self) -> list[Link]:
        named = Counter(row.name for row in self.rows)
        numbers = {row.name: at for at, row in enumerate(self.rows)}
        result = []
        for at, row in enumerate(self.rows):
            for wait in row.after:
                pred = self._above(at) if wait.name == "above" else numbers.get(wait.name)
                if pred is None:
                    self.fault(row.line, "unknown-task", f"There is no task “{wait.name}” to wait for.")
                elif named[wait.name] > 1:
                    self.fault(row.line, "ambiguous-task", f"More than one task is called “{wait.name}”.")
                else:
                    result.append(Link(pred, at, wait.kind, wait.lag, wait.lag_kind))
        return result

    def _above(self, at: int) -> int | None:
        """The sibling before a row."""
        family = (each for each in range(at - 1, -1, -1) if self.rows[each].parent == self.rows[at].parent)
        return next(family, None)


def _length(row: Row, text: str) -> Row:
    if text == "milestone":
        return replace(row, length=Length(0), milestone=True)
    return replace(row, length=read_length(text))


def _people(row: Row, text: str) -> Row:
    return replace(row, people=tuple(_person(part.strip()) for part in text.split(",")))


def _person(text: str) -> tuple[str, int]:
    key, _, units = text.partition(" ")
    share = units.strip().removesuffix("%")
    if not key or (units and not (share.isdecimal() and units.endswith("%") and int(share) > 0)):
        raise ValueError(f"“{text}” is not a person's key and a share such as “bo 50%”")
    return key, int(share) if units else 100


def _after(row: Row, text: str) -> Row:
    return replace(row, after=tuple(read_wait(part) for part in text.split(";")))


def _constrained(kind: Constraint) -> Callable[[Row, str], Row]:
    return lambda row, text: replace(row, constraint=(kind, read_days(text)))


_KEYS: Final[dict[str, Callable[[Row, str], Row]]] = {
    "after": _after,
    "deadline": lambda row, text: replace(row, deadline=read_days(text)),
    "calendar": lambda row, text: replace(row, calendar=text),
    **{kind.name.lower(): _constrained(kind) for kind in _CONSTRAINTS},
}
