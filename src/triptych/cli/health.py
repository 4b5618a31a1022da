"""`triptych health`."""

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from triptych.engine import Schedule
from triptych.engine.health import Check, Finding, Health, Outcome, fixes_together, health
from triptych.plan import Diagnostic, Severity, parse_instant
from triptych.plan.diagnostics import error
from triptych.plan.spelling import count

from .plan_file import all_diagnostics, date, exit_code, print_diagnostics, print_json, read
from .table import Column, print_table

#: So many findings of a check are told, unless all are asked for.
_MOST = 5
_COLUMNS = (
    Column("", right=True),
    Column("Check"),
    Column("Result"),
    Column("Found", cut=True),
    Column("Share", right=True),
    Column("Limit", right=True),
    Column("Points", right=True),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of the command."""

    dialect: str | None = None
    baseline: int = 0
    today: str | None = None
    period: int | None = None
    fix_list: bool = False
    all: bool = False


def run(file: Path, asked: Asked, *, as_json: bool) -> int:
    """Print the health of the plan; 0 where every check passes, 1 where one does not, 2 where one of those finds
    errors, as `check` counts."""
    report = read(file)
    schedule = date(report, asked.dialect)
    if schedule is None:
        print_diagnostics(report.diagnostics)
        return exit_code(report.diagnostics)
    try:
        today = None if asked.today is None else parse_instant(asked.today)
    except ValueError as fault:
        print_diagnostics((error("option.today", f"--today: {fault}; write 2027-05-14."),))
        return 2
    if asked.baseline and asked.baseline not in {each.number for each in schedule.plan.baselines}:
        known = ", ".join(str(each.number) for each in schedule.plan.baselines) or "none"
        told = f"--baseline: the plan has no baseline {asked.baseline}; it has {known}."
        print_diagnostics((error("option.baseline", told),))
        return 2
    found = health(schedule, baseline=asked.baseline, today=today, period=asked.period)
    diagnostics = all_diagnostics(report, schedule)
    _tell(schedule, found, asked, diagnostics, as_json=as_json)
    return _exit_code(found, diagnostics)


def _tell(
    schedule: Schedule, found: Health, asked: Asked, diagnostics: tuple[Diagnostic, ...], *, as_json: bool
) -> None:
    if asked.fix_list:
        for change in fixes_together(found.findings):
            print(json.dumps(asdict(change), ensure_ascii=False))
    elif as_json:
        print_json(_as_object(schedule, found, diagnostics))
    else:
        _print(schedule, found, None if asked.all else _MOST)
        sys.stdout.flush()
        print_diagnostics(tuple(each for each in diagnostics if each.severity is Severity.ERROR))


def _exit_code(found: Health, diagnostics: tuple[Diagnostic, ...]) -> int:
    failed = [each for each in found.outcomes if each.passed is False]
    worst = max((each.severity for outcome in failed for each in outcome.findings), default=Severity.NOTE)
    faulty = exit_code(diagnostics) == 2
    return 2 if faulty or worst is Severity.ERROR else int(bool(failed))


def _print(schedule: Schedule, found: Health, most: int | None) -> None:
    name = schedule.plan.projects[0].name if len(schedule.plan.projects) == 1 else "The plan"
    print(f"{name}: {_scored(found)}")
    print(f"{_counted(found)}\n")
    outcomes = found.outcomes
    shown = [each for each in outcomes if each.fault is None or each.check.number is not None]
    print_table(_COLUMNS, list(map(_row, shown)), [each.passed is False for each in shown])
    _print_faults(outcomes)
    families = [f"{each.family.value} {_round(each.score)}" for each in found.families]
    print(f"\nBy family, of 100: {' · '.join(families)}")
    for outcome in sorted(outcomes, key=lambda each: -each.cost):
        if outcome.findings:
            _print_findings(outcome, most)
    ready = sum(bool(each.fix) for each in found.findings)
    if ready:
        print(
            f"\n{count(ready, 'finding')} {'has' if ready == 1 else 'have'} a fix; --fix-list prints the changes."
        )


def _scored(found: Health) -> str:
    return "nothing can be judged" if found.score is None else f"health {_round(found.score)} of 100"


def _counted(found: Health) -> str:
    """How the checks came out, the DCMA's first."""
    told = []
    for name, outcomes in (("the DCMA's 14 points", found.assessment), ("all checks", found.outcomes)):
        results = [each.passed for each in outcomes]
        told.append(
            f"of {name} {results.count(True)} pass, {results.count(False)} fail and {results.count(None)} cannot be computed"
        )
    return f"{_capital('; '.join(told))}."


def _round(score: float | None) -> str:
    return "–" if score is None else f"{score:.0f}"


def _row(outcome: Outcome) -> tuple[str, ...]:
    check = outcome.check
    number = "" if check.number is None else str(check.number)
    if outcome.fault is not None:
        return number, check.title, "–", "", "", _limit(check), ""
    counts = f"{outcome.numerator:g} of {outcome.denominator:g} {check.of}"
    if check.least is not None:
        counts = f"{outcome.numerator:.4g} / {outcome.denominator:.4g} {check.of}"
    result = "pass" if outcome.passed else "fail"
    cost = f"−{outcome.cost:.1f}" if outcome.cost >= 0.05 else ""
    return number, check.title, result, counts, _share(outcome), _limit(check), cost


def _share(outcome: Outcome) -> str:
    if outcome.check.least is not None:
        return f"{outcome.value or 0.0:.2f}"
    share = 100 * (outcome.share or 0.0)
    return (
        "< 0.1 %" if 0 < share < 0.1 else f"{share:.0f} %" if share == 0 or share >= 1 else f"{share:.1f} %"
    )


def _limit(check: Check) -> str:
    return f"≥ {check.least:g}" if check.least is not None else f"≤ {100 * check.limit:g} %"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _print_faults(outcomes: Iterable[Outcome]) -> None:
    """The checks that cannot be computed, by the reason."""
    by_reason: dict[str, list[str]] = {}
    for each in outcomes:
        if each.fault is not None:
            title = (
                each.check.title if each.check.number is None else f"{each.check.number} {each.check.title}"
            )
            by_reason.setdefault(_capital(each.fault.rstrip(".")), []).append(title)
    if by_reason:
        print("\nCannot be computed:")
    for reason, titles in by_reason.items():
        print(f"  {reason}: {'; '.join(titles)}.")


def _print_findings(outcome: Outcome, most: int | None) -> None:
    """What one check found; a way out that several share is told once, after the last of them."""
    check = outcome.check
    number = "" if check.number is None else f"{check.number}. "
    state = "" if outcome.passed is False else " (within the limit)"
    print(f"\n{number}{check.title}{state}. {check.why}")
    shown = outcome.findings[:most]
    by_way: dict[tuple[bool, str], list[Finding]] = {}
    for finding in shown:
        by_way.setdefault((bool(finding.fix), finding.way), []).append(finding)
    for (mends, way), findings in by_way.items():
        for finding in findings:
            print(f"  {_mark(finding)} {finding.sentence}")
        print(f"      {'Fix: ' if mends else ''}{way}")
    if len(outcome.findings) > len(shown):
        print(f"  … and {len(outcome.findings) - len(shown)} more (--all tells them)")


def _mark(finding: Finding) -> str:
    return {Severity.ERROR: "!!", Severity.WARNING: " !", Severity.NOTE: " ·"}[finding.severity]


def _as_object(schedule: Schedule, found: Health, diagnostics: Iterable[Diagnostic]) -> dict[str, Any]:
    return {
        "project": schedule.plan.projects[0].name,
        "score": found.score,
        "families": [
            {"family": each.family.value, "score": each.score, "cost": each.cost} for each in found.families
        ],
        "checks": [_outcome(each) for each in found.outcomes],
        "fixes": [asdict(each) for each in fixes_together(found.findings)],
        "diagnostics": [each.as_json() for each in diagnostics],
    }


def _outcome(outcome: Outcome) -> dict[str, Any]:
    check = outcome.check
    return {
        "check": check.key,
        "dcma": check.number,
        "title": check.title,
        "family": check.family.value,
        "why": check.why,
        "source": check.source,
        "of": check.of,
        "numerator": None if outcome.fault else outcome.numerator,
        "denominator": None if outcome.fault else outcome.denominator,
        "share": outcome.share,
        "index": outcome.value,
        "limit": check.limit if check.least is None else None,
        "least": check.least,
        "passed": outcome.passed,
        "fault": outcome.fault,
        "points": check.points,
        "cost": outcome.cost,
        "findings": [_finding(each) for each in outcome.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "severity": finding.severity.word,
        "code": finding.code,
        "tasks": list(finding.tasks),
        "link": finding.link,
        "sentence": finding.sentence,
        "way": finding.way,
        "fix": [asdict(each) for each in finding.fix],
    }
