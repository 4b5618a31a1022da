"""One file being read: its rows, what was found wrong, what was left over, and on which line everything stands."""

from dataclasses import dataclass, field

from lxml import etree

from triptych.plan import Diagnostic, Link
from triptych.plan.diagnostics import error, note, warning

from .rows import Row
from .unmapped import Tally

#: A century of days: a longer lag, limit or recurrence is a typing error.
MOST_DAYS = 36_600


@dataclass(slots=True)
class Source:
    """`root` is <Project>, `place` the file's name; `lines` tells where a row of the plan came from, by the word of
    its table and its key."""

    root: Row
    place: str
    found: list[Diagnostic]
    tally: Tally = field(default_factory=Tally)
    lines: dict[tuple[str, object], str] = field(default_factory=dict)

    @classmethod
    def of(cls, root: etree._Element, place: str) -> "Source":
        found: list[Diagnostic] = []
        return cls(Row(root, found, "Project"), place, found)

    def where(self, word: str, row: object) -> str:
        """The line of a row of the plan, for the builder's diagnostics."""
        key = row if isinstance(row, Link) else getattr(row, "uid", getattr(row, "task", -1))
        return self.lines.get((word, key), self.place)

    def error(self, code: str, message: str, place: str = "") -> None:
        self.found.append(error(code, message, place or self.root.place))

    def warn(self, code: str, message: str, place: str = "") -> None:
        self.found.append(warning(code, message, place or self.root.place))

    def note(self, code: str, message: str, place: str = "", **data: object) -> None:
        self.found.append(note(code, message, place or self.root.place, **data))
