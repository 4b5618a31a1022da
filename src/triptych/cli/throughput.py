"""`triptych throughput`."""

from typing import Any

from triptych.engine.forecast.throughput import ItemForecast, forecast_items
from triptych.engine.forecast.words import chances
from triptych.plan import Diagnostic, Instant, parse_instant, spell_instant
from triptych.plan.diagnostics import error
from triptych.plan.spelling import day_in_words

from .plan_file import exit_code, print_diagnostics, print_json
from .table import Column, print_table

CONFIDENCES = (0.5, 0.7, 0.8, 0.9, 0.95)


def run(
    done: str, items: int, start: str, *, new: str, by: str | None, days: int, seed: int, as_json: bool
) -> int:
    """Forecast a backlog from its history; 2 when an option is wrong, all of them told."""
    faults: list[Diagnostic] = []
    history, added = _counts(done, "--done", faults), _counts(new, "--new", faults)
    begin, wanted = _date(start, "--from", faults), None if by is None else _date(by, "--by", faults)
    found = None if faults else forecast_items(history, items, start=begin, days=days, new=added, seed=seed)
    if not isinstance(found, ItemForecast):
        faults += found or ()
        print_diagnostics(tuple(faults))
        return exit_code(tuple(faults))
    if as_json:
        print_json(_as_object(found, wanted))
    else:
        _print(found, wanted)
        print_diagnostics(found.diagnostics)
    return 0


def _counts(text: str, option: str, faults: list[Diagnostic]) -> list[int]:
    counts = []
    for place, part in enumerate(filter(None, (each.strip() for each in text.split(","))), 1):
        if part.lstrip("-").isdecimal():
            counts.append(int(part))
        else:
            faults.append(
                error(
                    "option.count",
                    f"“{part}” is not a number of items such as 3.",
                    f"{option}, number {place}",
                )
            )
    return counts


def _date(text: str, option: str, faults: list[Diagnostic]) -> Instant:
    try:
        return parse_instant(text)
    except ValueError as fault:
        faults.append(error("option.date", f"{fault}; write 2027-05-14.", option))
        return Instant(0)


def _print(found: ItemForecast, by: int | None) -> None:
    for sentence in found.sentences():
        print(f"  {sentence}")
    if by is not None:
        least = found.items_by(by, 0.8)
        print(
            f"  {chances(found.chance_by(by)).capitalize()} that all are by {day_in_words(by)}; 8 in 10 for at least {least} items."
        )
    print()
    dates = [(each, found.done_by(each)) for each in CONFIDENCES]
    rows = [(chances(each), day_in_words(at) if at is not None else "not at this rate") for each, at in dates]
    print_table((Column("Confidence"), Column("All finished by")), rows, [False] * len(rows))


def _as_object(found: ItemForecast, by: int | None) -> dict[str, Any]:
    dates = {each: found.done_by(each) for each in CONFIDENCES}
    return {
        "items": found.items,
        "finish": {f"P{each * 100:.0f}": None if at is None else spell_instant(at) for each, at in dates.items()},
        **({} if by is None else {"chance_by": found.chance_by(by), "items_by": {f"P{each * 100:.0f}": found.items_by(by, each) for each in CONFIDENCES}}),
        "sentences": found.sentences(),
        "diagnostics": [each.as_json() for each in found.diagnostics],
    }  # fmt: skip
