"""`triptych throughput`."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from triptych.engine.forecast.history import count_finished
from triptych.engine.forecast.throughput import ItemForecast, forecast_items, sentences
from triptych.engine.forecast.words import chances
from triptych.formats.throughput import read_history
from triptych.plan import Diagnostic, Instant, parse_instant, spell_instant
from triptych.plan.diagnostics import error
from triptych.plan.spelling import count, day_in_words

from .plan_file import exit_code, print_diagnostics, print_json
from .table import Column, print_table

CONFIDENCES = (0.1, 0.5, 0.7, 0.8, 0.9, 0.95)
#: Words for periods, and how many days they have.
PERIODS = {"day": 1, "week": 7}
_PERIOD = re.compile(r"([^\W\d_][\w -]{0,30}):(\d{1,3})")
_BETWEEN = re.compile(r"(\d{1,9}(?:\.\d{1,6})?)(?:\s*(?:-|–|\.\.)\s*(\d{1,9}(?:\.\d{1,6})?))?")


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of the command."""

    done: str | None
    history: Path | None
    items: str
    start: str
    by: str | None = None
    new: str = ""
    period: str = "week"
    split: str = "1"
    last: int | None = None
    run: int = 1
    focus: float = 100.0
    plain: bool = False
    confidence: float = 80.0
    iterations: int = 10_000
    seed: int = 1


@dataclass(slots=True)
class _Options:
    """The options read; what is wrong with them is collected."""

    faults: list[Diagnostic] = field(default_factory=list)

    def fault(self, code: str, message: str, option: str) -> None:
        self.faults.append(error(code, message, option))

    def counts(self, text: str, option: str) -> list[int]:
        found = []
        for place, part in enumerate(filter(None, re.split(r"[\s,;]+", text)), 1):
            if re.fullmatch(r"-?\d{1,9}", part):
                found.append(int(part))
            else:
                self.fault("option.count", f"“{part}” is not a number of items such as 3.", f"{option}, number {place}")  # fmt: skip
        return found

    def between(self, text: str, option: str) -> tuple[float, float]:
        """`40` or `35-50`."""
        match = _BETWEEN.fullmatch(text.strip())
        if match is None:
            self.fault("option.between", f"“{text}” is neither a number nor two such as 35-50.", option)
            return 1.0, 1.0
        return float(match[1]), float(match[2] or match[1])

    def whole(self, text: str, option: str) -> tuple[int, int]:
        low, high = self.between(text, option)
        if not (low.is_integer() and high.is_integer()):
            self.fault("option.count", f"“{text}” is not a whole number of items.", option)
        return int(low), int(high)

    def date(self, text: str, option: str, *, end: bool = False) -> Instant:
        """A day, or its `end` where nothing smaller is given."""
        try:
            at = parse_instant(text)
        except ValueError as fault:
            self.fault("option.date", f"{fault}; write 2027-05-14.", option)
            return Instant(0)
        return Instant(at + 1439) if end and "T" not in text else at

    def period(self, text: str) -> tuple[str, int]:
        """`week`, or `sprint:14`."""
        match = _PERIOD.fullmatch(text.strip())
        if match is None and text not in PERIODS:
            self.fault("option.period", f"“{text}” is not a period; there are {', '.join(PERIODS)}, and sprint:14.", "--period")  # fmt: skip
        return (match[1], int(match[2])) if match else (text, PERIODS.get(text, 7))


def forecast(asked: Asked, *, as_json: bool) -> int:
    """Forecast a backlog from its history; 2 when the file or an option is wrong, all of them told."""
    read = _Options()
    word, days = read.period(asked.period)
    start, items = read.date(asked.start, "--from"), read.whole(asked.items, "--items")
    by = None if asked.by is None else read.date(asked.by, "--by", end=True)
    split, new = read.between(asked.split, "--split"), read.counts(asked.new, "--new")
    history = _history(asked, read, start, days)
    found = None if read.faults else forecast_items(
        history, items, start=start, days=days, new=new, split=split, last=asked.last, run=asked.run, focus=asked.focus / 100,
        plain=asked.plain, seed=asked.seed, iterations=asked.iterations,
    )  # fmt: skip
    if not isinstance(found, ItemForecast):
        faults = (*read.faults, *(found or ()))
        print_diagnostics(faults)
        return exit_code(faults)
    told = sentences(found, confidence=asked.confidence / 100, by=by, period=word)
    if as_json:
        print_json(_as_object(found, told, by))
    else:
        _print(found, told, word, asked.confidence / 100)
        print_diagnostics(found.diagnostics)
    return 0


def _history(asked: Asked, read: _Options, start: Instant, days: int) -> tuple[int, ...]:
    """What was finished, by period, from the option or the file."""
    if (asked.done is None) == (asked.history is None):
        read.fault("option.history", "Say what was finished, with --done 3,5,2,4,6 or with --history FILE.csv.", "--done")  # fmt: skip
        return ()
    if asked.history is None:
        return tuple(read.counts(asked.done or "", "--done"))
    try:
        report = read_history(asked.history.read_bytes())
    except OSError as fault:
        read.fault("file.unreadable", f"{fault.strerror or fault}. Check the path.", str(asked.history))
        return ()
    read.faults += report.diagnostics
    if not report.dates or read.faults:
        return report.counts
    counts, faults = count_finished(report.dates, start=start, days=days)
    read.faults += faults
    return counts


def _print(found: ItemForecast, told: list[str], word: str, confidence: float) -> None:
    for sentence in told:
        print(f"  {sentence}")
    print()
    columns = (Column("Confidence"), Column("All finished by"), Column(f"{word}s".capitalize(), right=True))
    wanted = sorted({*CONFIDENCES, confidence})
    print_table(columns, [_row(found, each) for each in wanted], [each == confidence for each in wanted])
    history = found.history
    print(
        f"\nSimulated {found.iterations:,} times with seed {found.resampling.seed}, from {count(len(history), word)} in which "
        f"{min(history)} to {max(history)} items were finished, {sum(history) / len(history):.1f} on average."
    )


def _row(found: ItemForecast, confidence: float) -> tuple[str, str, str]:
    done, at = found.periods_for(confidence), found.done_by(confidence)
    if done is None or at is None:
        return chances(confidence), "not at this rate", "–"
    return chances(confidence), day_in_words(at), str(done)


def _as_object(found: ItemForecast, told: list[str], by: int | None) -> dict[str, Any]:
    dates = {f"P{each}": found.done_by(each / 100) for each in range(5, 100, 5)}
    return {
        "items": [found.backlog.least, found.backlog.most],
        "history": list(found.history),
        "days": found.days,
        "iterations": found.iterations,
        "seed": found.resampling.seed,
        "finish": {name: None if at is None else spell_instant(at) for name, at in dates.items()},
        "periods": {f"P{each}": found.periods_for(each / 100) for each in range(5, 100, 5)},
        **({} if by is None else _by_then(found, by)),
        "sentences": told,
        "diagnostics": [each.as_json() for each in found.diagnostics],
    }


def _by_then(found: ItemForecast, by: int) -> dict[str, Any]:
    """At least so many items for each confidence, and the chance of all."""
    return {
        "periods_over": found.periods_over(by),
        "chance_by": found.chance_by(by),
        "items_by": {f"P{each}": found.items_by(by, each / 100) for each in range(5, 100, 5)},
    }
