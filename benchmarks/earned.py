"""Earned value and forecasts of the finish on real projects: whose figures are ours, and who comes nearest to what came true.

    python -m benchmarks.earned [--json] [--misses]

Reads DSLIB (`../shared/data/dslib`, other people's, not kept with the source): 231 projects, 26 of them with workbooks that state
every tracked figure. Batselier, J. & Vanhoucke, M. (2015): Construction and evaluation framework for a real-life project database.
International Journal of Project Management 33(3), 697–710. The last line is one JSON object.
"""

import argparse
import json
import sys
from collections import Counter
from dataclasses import asdict
from typing import Any

from . import accuracy, dslib, simulated
from .dslib import baselines, figures
from .dslib.overview import COLUMNS
from .finishes import METHODS

#: What is compared: the formulas, the remaining plan, and its simulation.
ALL = {**METHODS, "Monte Carlo, P50": simulated.monte_carlo(0.5)}


def tracked_figures() -> list[figures.Figure]:
    """Every figure of every workbook."""
    known = {each.code: each for each in dslib.projects()}
    return [
        figure
        for overview in dslib.overviews()
        if overview.code in known
        for figure in figures.compare(known[overview.code], overview)
    ]


def by_column(found: list[figures.Figure]) -> dict[str, dict[str, int]]:
    """How many figures of each column agree, and how many do not for which cause."""
    counts = {key: Counter[str]() for key in COLUMNS}
    for each in found:
        counts[each.key][each.verdict.name.lower()] += 1
    return {key: dict(each) for key, each in counts.items()}


def finishes() -> dict[str, Any]:
    """How far every method was off, of all projects and of those whose tracking is authentic; and why others are left out."""
    left_out = Counter[str]()
    found = list(accuracy.cases(dslib.projects(), left_out))
    sure = dslib.authentic()
    parts = {"all": found, "authentic": [each for each in found if each.tracked.code in sure]}
    scores = {name: accuracy.table(cases, ALL) for name, cases in parts.items()}
    return {
        "projects": {name: len({each.tracked.code for each in cases}) for name, cases in parts.items()},
        "left_out": dict(left_out),
        "scores": {
            part: {name: {stage: asdict(each) for stage, each in row.items()} for name, row in table.items()}
            for part, table in scores.items()
        },
        "held": {name: _held(each) for name, each in _by_stage(found).items()},
    }


def _by_stage(found: list[accuracy.Case]) -> dict[str, list[accuracy.Case]]:
    stages = {f"{stage:.0%}": [each for each in found if each.stage == stage] for stage in accuracy.STAGES}
    return stages | {"all": found}


def _held(found: list[accuracy.Case]) -> dict[str, dict[str, float]]:
    """In what share of the cases the simulated date of each confidence held, with the 95 % interval of that."""
    return {
        f"P{each.confidence * 100:.0f}": {"share": each.share, "low": each.low, "high": each.high}
        for each in simulated.held(found)
    }


def print_figures(columns: dict[str, dict[str, int]]) -> None:
    """The columns of the workbooks for people."""
    verdicts = [each.name.lower() for each in figures.Verdict]
    print("Tracked figures: " + "; ".join(f"{each.name.lower()}: {each.value}" for each in figures.Verdict))
    print(f"{'':18}" + "".join(f"{each:>13}" for each in verdicts))
    for key, counts in columns.items():
        print(f"{key:18}" + "".join(f"{counts.get(each, 0) or '':>13}" for each in verdicts))


def print_finishes(found: dict[str, Any]) -> None:
    """The scores for people: mean, median and bias in percent of the true duration."""
    for part, table in found["scores"].items():
        print(
            f"\n{part}: {found['projects'][part]} projects; mean, median, bias (%), cases at 25, 50, 75 % and over all"
        )
        for name, row in table.items():
            cells = (
                f"{100 * each['mape']:7.1f}{100 * each['median']:6.1f}{100 * each['bias']:+6.1f}{each['cases']:5}"
                for each in row.values()
            )
            print(f"{name:30}" + "  ".join(cells))
    print("\nHow often simulated dates held (%):")
    for stage, row in found["held"].items():
        print(f"{stage:6}" + "".join(f"{name:>6} {100 * each['share']:5.1f}" for name, each in row.items()))
    print("left out: " + "; ".join(f"{reason} {count}" for reason, count in found["left_out"].items()))


def print_sensitivity(found: dict[str, Any]) -> None:
    """The indices for people."""
    print(
        "\nSensitivity of activities, ours beside the files' own (mean of ours, of theirs, mean difference, correlation):"
    )
    for name, each in found.items():
        values = (each["ours"], each["theirs"], each["difference"], each["correlation"])
        print(f"{name:8}{each['activities']:6}" + "".join(f"{value:8.3f}" for value in values))


def main() -> None:
    """Compare, and print the tables; the last line is one JSON object."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="print the JSON line alone")
    parser.add_argument(
        "--misses", action="store_true", help="print every figure that is unexplained as well"
    )
    chosen = parser.parse_args()
    if not dslib.is_here():
        sys.exit(f"DSLIB is not there: {dslib.DATA}")
    told = tracked_figures()
    columns = by_column(told)
    result: dict[str, Any] = {
        "files": len(dslib.names()),
        "read": len(list(dslib.projects())),
        "not_read": {each.name: each.reason for each in dslib.not_read()},
        "faults": dict(
            Counter(fault.partition(":")[0] for each in dslib.projects() for fault in each.faults)
        ),
        "baselines": baselines.compare(dslib.projects()),
        "figures": columns,
        "finishes": finishes(),
        "sensitivity": {name: asdict(each) for name, each in simulated.agreement(dslib.projects()).items()},
    }
    if not chosen.json:
        print_figures(columns)
        print_finishes(result["finishes"])
        print_sensitivity(result["sensitivity"])
    if chosen.misses:
        for each in told:
            if each.verdict is figures.Verdict.UNEXPLAINED:
                print(f"  {each.code} {each.period}: {each.key}")
    print(json.dumps(result))


if __name__ == "__main__":
    main()
