"""The lines of an XER file as tables: %T names a table, %F its columns, %R is a row, %E ends the file."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from triptych.plan import Diagnostic
from triptych.plan.diagnostics import warning

from .rows import Heading, Row

HEADER = "ERMHDR"
_MARKS = frozenset({"%T", "%F", "%R", "%E", HEADER})


@dataclass(slots=True)
class Tables:
    """The tables of one file; `header` is its first line, `ended` whether its end mark is there."""

    found: list[Diagnostic]
    header: list[str] = field(default_factory=list)
    rows_of: dict[str, list[Row]] = field(default_factory=dict)
    headings: list[Heading] = field(default_factory=list)
    ended: bool = False

    def __getitem__(self, name: str) -> list[Row]:
        return self.rows_of.get(name, [])

    @property
    def version(self) -> str:
        return self.header[1].strip() if len(self.header) > 1 else ""


def split_tables(text: str, found: list[Diagnostic]) -> Tables:
    """Split a file into its tables; what cannot be a row of one is reported in `found`."""
    text = text.replace("\r\n", "\n")
    if "\n" not in text:
        text = text.replace("\r", "\n")
    splitter = _Splitter(Tables(found))
    splitter.read(enumerate(text.split("\n"), 1))
    return splitter.finish()


class _Splitter:
    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.heading = Heading("", [], tables.found)
        self.stray: list[int] = []
        self.row: Row | None = None
        self.more: list[str] = []

    def read(self, lines: Iterable[tuple[int, str]]) -> None:
        """Take in every line; one without a mark goes on with the row before it, as a memo's second line does."""
        for number, line in lines:
            mark, _, rest = line.partition("\t")
            if mark in _MARKS:
                self._marked(number, mark, rest)
            elif mark.strip() in _MARKS:
                self._marked(number, mark.strip(), rest)
            elif self.row is not None:
                self.more.append(line)
            elif line.strip("\0\x1a \t\r"):
                self.stray.append(number)

    def _marked(self, number: int, mark: str, rest: str) -> None:
        self._go_on()
        if mark == "%R":
            self._row(number, rest)
            return
        self.row = None
        if mark == "%T":
            self.heading = Heading(rest.strip().upper(), [], self.tables.found)
        elif mark == "%F":
            columns = [each.strip().lower() for each in rest.split("\t")]
            self.heading = Heading(self.heading.table, columns, self.tables.found)
            self.tables.headings.append(self.heading)
        elif mark == "%E":
            self.tables.ended = True
        elif not self.tables.header:
            self.tables.header = [mark, *rest.split("\t")]

    def _row(self, number: int, rest: str) -> None:
        if not self.heading.table or not self.heading.columns:
            self.stray.append(number)
            return
        self.row = Row(self.heading, rest.split("\t"), number)
        self.heading.rows.append(self.row)
        self.tables.rows_of.setdefault(self.heading.table, []).append(self.row)

    def _go_on(self) -> None:
        """Put the lines without a mark to the row before them."""
        if self.row is not None and self.more:
            last, *cells = "\n".join([self.row.cells[-1], *self.more]).split("\t")
            self.row.cells[-1:] = [last, *cells]
        self.more = []

    def finish(self) -> Tables:
        self._go_on()
        for rows in self.tables.rows_of.values():
            for row in rows:
                row.complete()
        if self.stray:
            self.tables.found.append(
                warning(
                    "xer.stray-lines",
                    f"{len(self.stray)} line(s) belong to no table and are left out. Export the file again, if "
                    "something is missing.",
                    f"line {self.stray[0]}",
                )
            )
        return self.tables
