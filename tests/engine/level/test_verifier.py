"""The verifier itself: it finds what is wrong with proposals that were tampered with."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from triptych.engine import Schedule, schedule
from triptych.engine.level import Proposal, Terms, level
from triptych.plan import Instant
from triptych.plan.changes import SetLevellingDelay

from .logic import Logic
from .minutes import Minutes
from .small import D, at, plan, task
from .verifier import faults

VALUE = plan(task("A", 2, priority=800), task("B", 1), by={1: "A B"})
FOUND = level(schedule(VALUE), Terms(schedules=50))
CHAIN = schedule(plan(task("A", 2), task("B", 1), task("C", 1), by={1: "A B", 2: "C"}, links="BC"))
LINE = FOUND.lines[0]


def told(proposal: Proposal, **terms: Any) -> str:
    return "; ".join(faults(proposal, Terms(**terms)))


def test_a_proposal_as_it_is_has_no_fault() -> None:
    assert told(FOUND) == ""
    assert [each.task for each in FOUND.lines] == [2]


def with_line(**changes: Any) -> Proposal:
    return replace(FOUND, lines=(replace(LINE, **changes),))


@pytest.mark.parametrize(
    ("proposal", "fault"),
    [
        (replace(FOUND, lines=()), "task 1 and task 2 ask too much of resource 0"),
        (replace(FOUND, lines=()), "of resource 0 is 480 minutes too much asked, and that is not told"),
        (replace(FOUND, lines=()), "the changes do not make the plan of the proposal"),
        (with_line(changes=(SetLevellingDelay(2, 1440),)), "start is not that of the changed plan"),
        (with_line(changes=(SetLevellingDelay(1, 2880),)), "changes something else"),
        (with_line(delay=60), "tells other dates"),
        (with_line(finish_before=Instant(0)), "tells other dates"),
        (with_line(kind="interrupted"), "says interrupted"),
        (with_line(because=(replace(LINE.because[0], resource=2),)), "waits for somebody whom"),
        (with_line(because=(replace(LINE.because[0], until=at("2026-03-05T08:00")),)), "for what ends at"),
        (with_line(because=(replace(LINE.because[0], tasks=()),)), "waits for itself or for nothing"),
        (with_line(sentence="B waits"), "no sentence"),
        (replace(FOUND, after_figures=FOUND.before_figures), "finishes are"),
        (replace(FOUND, after_figures=replace(FOUND.after_figures, cost=7)), "the cost is told as 7"),
        (replace(FOUND, before_figures=replace(FOUND.before_figures, overload=0.0)), "too much are"),
        (replace(FOUND, before_figures=replace(FOUND.before_figures, people=2)), "2 overloaded are told"),
        (replace(FOUND, today=FOUND.after), "does not give today's plan"),
    ],
)
def test_what_was_tampered_with_is_found(proposal: Proposal, fault: str) -> None:
    if fault.startswith("does not give"):
        assert told(proposal), "another plan of today makes the lines wrong"
        return
    assert fault in told(proposal)


@pytest.mark.parametrize(
    ("terms", "fault"),
    [
        ({"pinned": frozenset({2})}, "task 2 is pinned, and moves"),
        ({"refused": frozenset({2})}, "task 2 is refused, and gets a delay"),
        ({"accepted": {2: 60}}, "task 2 waits 2880 minutes, 60 were accepted"),
        ({"within_float": True}, "task 2 finishes after its late finish"),
    ],
)
def test_terms_that_were_not_kept_are_found(terms: dict[str, Any], fault: str) -> None:
    assert fault in told(FOUND, **terms)


def test_an_overload_that_is_told_but_need_not_be_is_found() -> None:
    today = schedule(VALUE)
    before = FOUND.before_figures
    left = level(today, Terms(within_float=True, schedules=50)).left
    idle = replace(FOUND, after=today, lines=(), left=left, after_figures=before)
    assert "task 1 and task 2 ask too much" in told(idle)
    assert "not told" not in told(idle)


def moved(found: Schedule, row: int, start: str, finish: str) -> list[str]:
    """What is wrong with a schedule once a row has other dates."""
    starts, finishes = found.start.copy(), found.finish.copy()
    starts[row], finishes[row] = at(start), at(finish)
    other = replace(found, start=starts, finish=finishes)
    logic = Logic(other.plan, other, Minutes.around(found))
    return [*logic.links(), *logic.hours()]


@pytest.mark.parametrize(
    ("row", "start", "finish", "faults"),
    [
        (2, "2026-03-03T08:00", "2026-03-03T17:00", []),
        (2, "2026-03-02T08:00", "2026-03-02T17:00", ["task 3 has"]),
        (2, "2026-03-03T08:00", "2026-03-04T17:00", ["task 3 lasts 480 minutes, and is worked on for [960]"]),
        (2, "2026-03-03T12:30", "2026-03-04T12:30", ["task 3 starts or finishes when nobody is there"]),
        (0, "2026-03-02T08:00", "2026-03-02T17:00", ["task 1 lasts 960 minutes"]),
    ],
)
def test_links_and_hours_that_are_not_kept_are_found(
    row: int, start: str, finish: str, faults: list[str]
) -> None:
    found = moved(CHAIN, row, start, finish)
    assert len(found) == len(faults)
    assert all(fault in each for fault, each in zip(faults, found, strict=True))


def test_minutes_are_those_of_calendars_and_people() -> None:
    minutes = Minutes.around(schedule(VALUE))
    standard, mornings = minutes.calendar(1), minutes.calendar(3)
    week = minutes.within(at("2026-03-02"), at("2026-03-09"))
    assert (standard[week].sum(), mornings[week].sum()) == (5 * D, 240 + D + D + D)
    assert minutes.lagged(standard, at("2026-03-06T16:00"), 120) == at("2026-03-09T09:00")
    assert minutes.lagged(standard, at("2026-03-09T09:00"), -120) == at("2026-03-06T16:00")
    assert np.array_equal(minutes.gauge(VALUE.task(1)), standard)
