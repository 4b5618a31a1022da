"""Tables for the terminal. A library that draws them takes as long to load as a plan of 300 tasks takes to date."""

import shutil
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import typer

#: Columns between two cells.
_GAP = "  "
#: A name is not cut shorter than this.
_LEAST = 16


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, whether its cells stand at the right, and whether they are cut to fit the terminal."""

    heading: str
    right: bool = False
    cut: bool = False


def print_table(columns: Sequence[Column], rows: Sequence[Sequence[str]], bold: Sequence[bool]) -> None:
    """Print the rows under their headings; `bold` ones stand out where the terminal can show it."""
    widths = _widths(columns, rows)
    typer.echo(typer.style(_line(columns, [each.heading for each in columns], widths), bold=True))
    for row, strong in zip(rows, bold, strict=True):
        line = _line(columns, row, widths)
        typer.echo(typer.style(line, bold=True) if strong else line)


def width_of(text: str) -> int:
    """Columns that the text takes: wide characters two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(each) else 2 if unicodedata.east_asian_width(each) in "WF" else 1
        for each in text
    )


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> list[int]:
    cells = zip(*([each.heading for each in columns], *rows), strict=True)
    widths = [max(map(width_of, column)) for column in cells]
    if not sys.stdout.isatty():  # nothing is cut from what a program or a file gets
        return widths
    spare = shutil.get_terminal_size().columns - sum(widths) - len(_GAP) * (len(widths) - 1)
    for at, column in enumerate(columns):
        if column.cut and spare < 0:
            widths[at] = max(_LEAST, widths[at] + spare)
    return widths


def _line(columns: Sequence[Column], cells: Sequence[str], widths: Sequence[int]) -> str:
    parts = []
    for column, cell, width in zip(columns, cells, widths, strict=True):
        text = _cut(cell, width)
        fill = " " * (width - width_of(text))
        parts.append(fill + text if column.right else text + fill)
    return _GAP.join(parts).rstrip()


def _cut(text: str, width: int) -> str:
    """The text, or as much of it as fits, with a mark that there is more. Line breaks would break the table."""
    text = " ".join(text.split("\n")) if "\n" in text else text
    if width_of(text) <= width:
        return text
    while width_of(text) > width - 1:
        text = text[:-1]
    return text.rstrip() + "…"
