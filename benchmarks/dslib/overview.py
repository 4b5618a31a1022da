"""The workbooks' sheet “Tracking Overview”: what PMConverter computed for each tracking period."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from triptych.plan import Instant, instant

from .archive import DATA
from .workbooks import Cells, sheets

SHEET = "Tracking Overview"
_FIRST = 3
#: The figures from the sheet's fourth column on, by the keys of `engine.earned`.
COLUMNS = (
    "pv", "ev", "ac", "es", "sv", "spi", "cv", "cpi", "sv_t", "spi_t", "p_factor", "finish_pv", "finish_pv_spi",
    "finish_pv_sci", "finish_ed", "finish_ed_spi", "finish_ed_sci", "finish_es", "finish_es_spi_t", "finish_es_sci_t", "eac",
    "eac_cpi", "eac_spi", "eac_spi_t", "eac_sci", "eac_sci_t", "eac_weighted", "eac_weighted_t",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One period: amounts of money, indices, dates, and a duration such as `-4d`, as they stand in the sheet."""

    name: str
    at: Instant
    figures: dict[str, float | datetime | str]


@dataclass(frozen=True, slots=True)
class Overview:
    """One workbook."""

    code: str
    rows: tuple[Row, ...]


def overviews() -> Iterator[Overview]:
    """Every workbook that has the sheet."""
    for file in sorted((DATA / "xlsx").glob("*.xlsx")):
        found = [rows for _, rows in sheets(file, SHEET)]
        if found:
            yield Overview(_code(file), tuple(_rows(found[0])))


def _code(file: Path) -> str:
    return file.name[:8]


def _rows(cells: list[Cells]) -> Iterator[Row]:
    for each in cells:
        if len(each) > _FIRST and isinstance(each[2], datetime):
            figures = zip(COLUMNS, each[_FIRST:], strict=False)
            yield Row(
                str(each[0]), instant(each[2]), {key: value for key, value in figures if value is not None}
            )
