"""The file's lines, and what is wrong with them."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from triptych.plan import Diagnostic
from triptych.plan.diagnostics import error
from triptych.plan.quantities import FIRST_YEAR, LAST_YEAR

#: Lines told of one by one; the rest are counted.
MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class HistoryReport:
    """What the file says: `dates` on which items were finished, or `counts` of them by period, as they
    stand in the file. Neither where there are errors among the diagnostics."""

    dates: tuple[date, ...] = ()
    counts: tuple[int, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def read_history(content: bytes) -> HistoryReport:
    """Read a history; its first line tells whether it is of dates or of numbers, after a heading if there
    is one."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    cells = list(_cells(text))
    if cells and _number(cells[0][1]) is None and _date(cells[0][1]) is None:
        cells = cells[
            1:
        ]  # a heading; a first line that is wrong is told with the others, for then all of them are
    if not cells:
        return HistoryReport(
            diagnostics=(
                error("throughput.empty", "The file holds neither dates nor numbers. Write one a line."),
            )
        )
    numbers = _number(cells[0][1]) is not None
    read = [(line, cell, _number(cell) if numbers else _date(cell)) for line, cell in cells]
    wrong = [(line, cell) for line, cell, value in read if value is None]
    if wrong:
        return HistoryReport(diagnostics=tuple(_told(wrong, numbers=numbers)))
    if numbers:
        return HistoryReport(counts=tuple(value for *_, value in read if isinstance(value, int)))
    return HistoryReport(dates=tuple(value for *_, value in read if isinstance(value, date)))


def _cells(text: str) -> Iterator[tuple[int, str]]:
    """The first cell of each line that has one, with the number of the line."""
    separator = ";" if text.partition("\n")[0].count(";") else ","
    rows = csv.reader(text.replace("\0", "\ufffd").splitlines(), delimiter=separator, strict=False)
    for row in rows:
        if row and row[0].strip():
            yield rows.line_num, row[0].strip()


def _number(cell: str) -> int | None:
    return int(cell) if cell.removeprefix("-").isdecimal() and len(cell) < 12 else None


def _date(cell: str) -> date | None:
    try:
        found = datetime.fromisoformat(cell).date()
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


def _told(wrong: list[tuple[int, str]], *, numbers: bool) -> Iterator[Diagnostic]:
    wanted = "a number of items such as 3" if numbers else "a date such as 2027-05-14"
    for line, cell in wrong[:MOST_TOLD]:
        shown = cell if len(cell) <= 40 else f"{cell[:40]}…"
        yield error(
            "throughput.bad-line", f"“{shown}” is not {wanted}, as the first line is.", f"line {line}"
        )
    if len(wrong) > MOST_TOLD:
        yield error("throughput.bad-lines", f"{len(wrong) - MOST_TOLD} more lines are wrong in the same way.")
