"""A portfolio on the command line: read it, and compute what its candidates' plans say."""

import sys
from dataclasses import replace
from pathlib import Path

from triptych.engine import Schedule
from triptych.engine import schedule as schedule_plan
from triptych.engine.compiled import are_lanes_warm
from triptych.engine.forecast import forecast
from triptych.engine.select.faults import faults
from triptych.engine.select.plans import planned, with_forecast
from triptych.engine.warm import warm
from triptych.formats.portfolio import Source, read_portfolio
from triptych.formats.risks import read_risks
from triptych.plan import Diagnostic, Plan, Severity, worst
from triptych.plan.diagnostics import error
from triptych.plan.portfolio import Candidate, Portfolio
from triptych.plan.uncertainty import Uncertainty

from .plan_file import read

#: What is certain of a portfolio of which some numbers could not be read.
_OF_NAMES = ("select.same-name", "select.unknown-role", "select.unknown-candidate", "select.circle")


def read_candidates(file: Path, *, simulate: bool) -> tuple[Portfolio | None, list[Diagnostic]]:
    """The portfolio of a file, its candidates' plans scheduled, and with `simulate` those with risks forecast; None
    where there are errors. Paths in the file are taken from beside it."""
    try:
        told = read_portfolio(file.read_bytes())
    except OSError as fault:
        return None, [error("file.unreadable", f"{fault.strerror or fault}. Check the path.", str(file))]
    found = [each if each.place else replace(each, place=str(file)) for each in told.diagnostics]
    if told.portfolio is None:
        more = faults(told.partial) if told.partial else ()
        return None, [*found, *(each for each in more if each.code in _OF_NAMES)]
    by_name = {each.name: each for each in told.portfolio.candidates}
    for source in told.sources:
        by_name[source.candidate] = _from_plan(
            by_name[source.candidate], source, told.portfolio, file.parent, found, simulate=simulate
        )
    candidates = tuple(by_name[each.name] for each in told.portfolio.candidates)
    portfolio = replace(told.portfolio, candidates=candidates)
    return None if worst(found) is Severity.ERROR else portfolio, found


def _from_plan(
    candidate: Candidate, source: Source, portfolio: Portfolio, folder: Path, found: list[Diagnostic], *, simulate: bool
) -> Candidate:  # fmt: skip
    """The candidate with what its plan says; what is wrong with the plan is told as the candidate's."""
    place = f"candidate “{candidate.name}”"
    report = read(folder / source.plan)
    found += [_of(each, place) for each in report.diagnostics if each.severity is Severity.ERROR]
    if report.plan is None:
        return candidate
    dated = schedule_plan(report.plan)
    made = planned(candidate, dated, portfolio, open_window=source.open_window)
    found += made.diagnostics
    risks = _risks(source, report.plan, folder, place, found)
    if risks is None or not simulate or worst(found) is Severity.ERROR:
        return made.candidate
    return with_forecast(made.candidate, forecast(_warmed(dated).plan, risks))


def _risks(
    source: Source, plan: Plan, folder: Path, place: str, found: list[Diagnostic]
) -> Uncertainty | None:
    if not source.risks:
        return None
    try:
        told = read_risks((folder / source.risks).read_bytes(), plan)
    except OSError as fault:
        found.append(error("file.unreadable", f"{source.risks}: {fault.strerror or fault}. Check the path.", place))  # fmt: skip
        return None
    found += [_of(each, place) for each in told.diagnostics]
    return told.what


def _warmed(dated: Schedule) -> Schedule:
    if not are_lanes_warm():
        print("triptych: compiling the simulation, this once (about half a minute) …", file=sys.stderr)
        warm()
    return dated


def _of(each: Diagnostic, place: str) -> Diagnostic:
    return replace(each, place=f"{place}: {each.place}" if each.place else place)
