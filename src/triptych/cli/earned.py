"""`triptych earned`."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from triptych.engine import schedule
from triptych.engine.earned import EarnedValue, Kind, Measure, blended_finish, earned_value
from triptych.engine.earned.words import sentences
from triptych.plan import Instant, parse_instant, spell_instant
from triptych.plan.diagnostics import error
from triptych.plan.spelling import day_in_words

from .plan_file import exit_code, print_diagnostics, print_json, read
from .table import Column, print_table

UNITS = {"money": Kind.MONEY, "hours": Kind.WORK}

_STATUS = (
    "bac pv ev ac sv spi cv cpi pd at es sv_t spi_t p_factor etc vac tcpi_bac tcpi_eac".split()  # noqa: SIM905 - best read as words
)
_COLUMNS = (Column("Measure", cut=True), Column("Value", right=True), Column("How", cut=True))
_DATED = (Column("Forecast", cut=True), Column("Finished by"), Column("How", cut=True))


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of the command."""

    baseline: int = 0
    at: str | None = None
    unit: str = "money"
    svg: Path | None = None


def run(file: Path, asked: Asked, *, as_json: bool) -> int:
    """Print the earned value of the plan; 2 when the file or an option is not one, or where there is no baseline to go
    by."""
    if asked.svg is not None and asked.svg.resolve() == file.resolve():
        print(f"triptych: {file} is the plan itself; give the picture another name", file=sys.stderr)
        return 2
    report, unit = read(file), UNITS.get(asked.unit)
    if report.plan is None:
        print_diagnostics(report.diagnostics)
        return exit_code(report.diagnostics)
    if unit is None:
        print(f"triptych: unknown unit “{asked.unit}”; there are {', '.join(UNITS)}", file=sys.stderr)
        return 2
    try:
        at = None if asked.at is None else _instant(asked.at)
    except ValueError as fault:
        print_diagnostics((error("option.at", f"--at: {fault}; write 2027-05-14 or 2027-05-14T12:00."),))
        return 2
    dated = schedule(report.plan)
    found = earned_value(report.plan, baseline=asked.baseline, at=at, unit=unit, schedule=dated)
    nearest = blended_finish(found, dated)
    if as_json:
        print_json(_as_object(found, nearest))
    else:
        _print(found, nearest)
        print_diagnostics((*report.diagnostics, *found.diagnostics))
    return 2 if found.curve is None or found["bac"].value is None or not _draw(found, asked.svg) else 0


def _instant(text: str) -> Instant:
    """A date given on the command line: the end of that day, or the minute."""
    at = parse_instant(text)
    return at if ":" in text else Instant(at + 1439)


def _print(found: EarnedValue, nearest: Instant | None) -> None:
    told = sentences(found)
    if found["bac"].value is None:
        print(f"triptych: {told[0][:1].lower()}{told[0][1:]}", file=sys.stderr)
        return
    print(f"{found.project.name}, {_against(found)}")
    for sentence in told:
        print(f"  {sentence}")
    print()
    _print_measures(found, list(_STATUS))
    print("\nWhat it comes to, by how the rest goes:")
    _print_measures(found, [key for key in found.assessment.measures if key.startswith("eac")])
    print("\nWhen it is finished, by how the rest goes:")
    _print_finishes(found, nearest)


def _against(found: EarnedValue) -> str:
    number = "" if found.baseline is None or found.baseline.number == 0 else f" {found.baseline.number}"
    unit = f"money ({found.project.currency})" if found.project.currency else "money"
    return f"against baseline{number}, in {unit if found.unit is Kind.MONEY else 'hours of work'}"


def _print_measures(found: EarnedValue, keys: list[str]) -> None:
    rows = [(_named(found[key]), found[key].spelled, _how(found[key])) for key in keys]
    print_table(_COLUMNS, rows, [key in ("spi", "cpi", "spi_t", "eac_cpi") for key in keys])


def _print_finishes(found: EarnedValue, nearest: Instant | None) -> None:
    keys = [key for key in found.assessment.measures if key.startswith("finish_")]
    rows = []
    for key in keys:
        date = found[key].date
        rows.append(
            (_capital(found[key].name), "–" if date is None else day_in_words(date), _how(found[key]))
        )
    if nearest is not None:
        how = "nearest to the truth on real projects, see docs/benchmarks.md"
        rows.append(("Halfway from earned schedule to the plan as it stands", day_in_words(nearest), how))
    print_table(_DATED, rows, [*(key == "finish_es" for key in keys), True][: len(rows)])


def _named(measure: Measure) -> str:
    return f"{measure.symbol:<6} {measure.name}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _how(measure: Measure) -> str:
    """The formula with its numbers, or why there is none."""
    if measure.fault is not None:
        return _capital(measure.fault.sentence)
    if measure.filled:
        return f"{measure.formula} = {measure.filled}"
    return "" if measure.date is None else day_in_words(measure.date)


def _draw(found: EarnedValue, svg: Path | None) -> bool:
    """Write the picture asked for; whether it could be."""
    if svg is None:
        return True
    from triptych.pictures.earned import earned_svg  # noqa: PLC0415 - asked for seldom

    try:
        svg.write_text(earned_svg(found), encoding="utf-8")
    except OSError as fault:
        print(f"triptych: {fault.filename}: {fault.strerror}", file=sys.stderr)
        return False
    return True


def _as_object(found: EarnedValue, nearest: Instant | None) -> dict[str, Any]:
    return {
        "project": found.project.name,
        "baseline": None if found.baseline is None else found.baseline.number,
        "at": None if found["bac"].fault and found.curve is None else spell_instant(found.at),
        "unit": "money" if found.unit is Kind.MONEY else "hours",
        "currency": found.project.currency,
        "sentences": sentences(found),
        "blended_finish": None if nearest is None else spell_instant(nearest),
        "measures": {key: _measure(each) for key, each in found.assessment.measures.items()},
        "diagnostics": [each.as_json() for each in found.diagnostics],
    }


#: What a measure's own units are divided by: hundredths of the currency, minutes of an hour.
_PER = {Kind.MONEY: 100, Kind.WORK: 60, Kind.INDEX: 1, Kind.TIME: 1}


def _measure(each: Measure) -> dict[str, Any]:
    """Money in whole units of the currency, work in hours, times in working minutes."""
    value = None if each.value is None else each.value / _PER[each.kind]
    return {
        "name": each.name,
        "symbol": each.symbol,
        "kind": each.kind.value,
        "value": value,
        **({} if each.date is None else {"date": spell_instant(each.date)}),
        "sentence": each.sentence,
        **({} if each.fault is None else {"reason": each.fault.reason.value}),
    }
