"""Sheets of workbooks as rows of values."""

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl

#: A row of a sheet, None where a cell is empty.
Cells = tuple[Any, ...]


def sheets(file: Path, *wanted: str) -> Iterator[tuple[str, list[Cells]]]:
    """The sheets of a workbook, all or those `wanted`, with the values that were saved in them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # extensions of other applications, which say nothing of values
        book = openpyxl.load_workbook(file, data_only=True, read_only=True)
        for each in book.worksheets:
            if not wanted or each.title in wanted:
                yield each.title, [tuple(row) for row in each.iter_rows(values_only=True)]
    book.close()


def place(head: Cells, name: str, nth: int = 1) -> int:
    """The column under the nth heading of that name. Raises ValueError if there is none."""
    found = [column for column, each in enumerate(head) if each == name]
    if len(found) < nth:
        raise ValueError(f"no column {name!r}")
    return found[nth - 1]
