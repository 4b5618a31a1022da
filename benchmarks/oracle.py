"""How many dates are exactly those that Microsoft Project and Primavera P6 saved, file by file.

    python -m benchmarks.oracle [--json] [--misses NAME]

Reads the plans of `../shared/data/oracle` beside the source (other people's, not kept with it): Primavera's own files
raw, the others as Microsoft Project XML. Each file is scheduled under the rules of the application that wrote it, and
every saved value is compared: instants as working time on the task's calendar, within one minute. A file whose
misses have a known cause names it; the last line is one JSON object.
"""

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from triptych.engine import Agreement, agreement, schedule
from triptych.formats import ReadReport, read_plan
from triptych.plan import Plan, spell_instant

DATA = Path(__file__).parents[2] / "shared" / "data" / "oracle"
COLUMNS = (
    "start", "finish", "early_start", "early_finish", "late_start", "late_finish", "total_float", "critical",
)  # fmt: skip
STALE = "the project's summary was saved before its only task was entered: an empty project's dates"
#: Why the misses of a file are the file's and not ours. Every other file agrees in every column.
CAUSES = {
    "calendar-exception-precedence-monthly": STALE,
    "calendar-exception-precedence-weekly": STALE,
    "sf259": "the XML holds a float of 109 minutes where the plan's own start and finish slack are 240, as ours",
    "task-links-project2019-mpp14": "the saved late dates ignore its SS and SF links; no other file's do",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One file's comparison."""

    name: str
    tasks: int
    found: Agreement
    plan: Plan

    @property
    def exact(self) -> bool:
        return self.found.compared == self.found.equal


def files() -> list[Path]:
    """One file a plan: the one that its application wrote where we read that, else its twin in XML."""
    raw = {each.stem: each for each in sorted((DATA / "raw").glob("*.xer"))}
    twins = {each.stem: each for each in sorted((DATA / "mspdi").glob("*.xml")) if each.stem not in raw}
    return [*twins.values(), *raw.values()]


def compare(file: Path) -> Outcome:
    """Read, schedule and compare one file. Raises ValueError for a file that cannot be read."""
    report: ReadReport = read_plan(file.read_bytes(), name=file.name)
    if report.plan is None:
        raise ValueError(f"{file.name}: {report.diagnostics[0].message}")
    found = agreement(schedule(report.plan), report.saved, COLUMNS)
    return Outcome(file.stem, len(report.plan), found, report.plan)


def share(found: Agreement, name: str) -> float | None:
    """The share of saved values of a column that are ours."""
    return found.equal[name] / found.compared[name] if found.compared[name] else None


def summary(outcomes: list[Outcome]) -> dict[str, Any]:
    """The figures as one JSON object."""
    compared, equal = Counter[str](), Counter[str]()
    for each in outcomes:
        compared.update(each.found.compared)
        equal.update(each.found.equal)
    return {
        "files": {
            each.name: {
                "tasks": each.tasks,
                **{name: share(each.found, name) for name in COLUMNS},
                **({} if each.exact else {"cause": CAUSES.get(each.name, "unexplained")}),
            }
            for each in outcomes
        },
        "compared": dict(compared),
        "equal": dict(equal),
        "share": {name: equal[name] / compared[name] for name in COLUMNS if compared[name]},
        "exact_files": sum(each.exact for each in outcomes),
        "all_files": len(outcomes),
    }


def print_table(outcomes: list[Outcome], total: dict[str, Any]) -> None:
    """The same for people."""
    heads = ("start", "finish", "e.start", "e.fin", "l.start", "l.fin", "float", "crit")
    print(f"{'file':42}{'tasks':>6}" + "".join(f"{each:>9}" for each in heads))
    for each in outcomes:
        cells = "".join(f"{_percent(share(each.found, name)):>9}" for name in COLUMNS)
        print(
            f"{each.name:42}{each.tasks:6}{cells}  {'' if each.exact else CAUSES.get(each.name, 'unexplained')}"
        )
    cells = "".join(f"{_percent(total['share'].get(name)):>9}" for name in COLUMNS)
    print(f"{'all':42}{sum(each.tasks for each in outcomes):6}{cells}")
    every, ours = sum(total["compared"].values()), sum(total["equal"].values())
    print(
        f"{ours:,} of {every:,} values; {total['exact_files']} of {total['all_files']} files agree in every column"
    )


def _percent(value: float | None) -> str:
    if value is None:
        return "–"
    return "100 %" if value == 1 else f"{min(value, 0.9999):.2%}"


def print_misses(outcome: Outcome) -> None:
    """Every value of one file that is not the saved one."""
    for uid, name, saved, ours in outcome.found.misses:
        task = outcome.plan.task(uid)
        spelled = (saved, ours) if name in ("total_float", "critical") else map(spell_instant, (saved, ours))
        then, now = spelled
        print(f"  {task.wbs:12} {task.name[:32]:32} {name:12} saved {then}  ours {now}")


def main() -> None:
    """Compare every file and print the table; the last line is one JSON object."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="print the JSON line alone")
    parser.add_argument("--misses", metavar="NAME", help="print every miss of one file as well")
    chosen = parser.parse_args()
    found = files()
    if not found:
        sys.exit(f"the oracle's plans are not there: {DATA}")
    outcomes = [compare(each) for each in found]
    total = summary(outcomes)
    if not chosen.json:
        print_table(outcomes, total)
    for each in outcomes:
        if chosen.misses == each.name:
            print_misses(each)
    print(json.dumps(total))


if __name__ == "__main__":
    main()
