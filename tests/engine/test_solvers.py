"""Solvers of relaxations: what they find is checked, and against trying everything where one is tiny."""

import importlib.util
import threading
from dataclasses import replace
from itertools import product
from random import Random

import numpy as np
import pytest

from triptych.engine.solvers import Ask, Goal, Progress, Relaxation, Status, broken_by, value_of
from triptych.engine.solvers.cp_sat import CpSat, SolverAbsent
from triptych.plan.tables import I64

needs_ortools = pytest.mark.skipif(
    importlib.util.find_spec("ortools") is None, reason="the extra solvers (OR-Tools) is not installed"
)
QUICK = Ask(seconds=20, workers=1)


def column(*values: int) -> I64:
    return np.array(values, np.int64)


def loose(
    durations: tuple[int, ...],
    links: tuple[tuple[int, int, int], ...] = (),
    uses: tuple[tuple[int, int, int], ...] = (),
    capacity: tuple[int, ...] = (),
    **others: object,
) -> Relaxation:
    """Links are (pred, succ, distance), uses (user, used, amount); the makespan counts."""
    pred, succ, distance = (column(*each) for each in zip(*links, strict=True)) if links else (column(),) * 3
    user, used, amount = (column(*each) for each in zip(*uses, strict=True)) if uses else (column(),) * 3
    made = Relaxation(
        duration=column(*durations), release=column(*(0 for _ in durations)),
        fixed=column(*(-1 for _ in durations)), pred=pred, succ=succ, distance=distance, user=user, used=used,
        amount=amount, capacity=column(*capacity), goals=(Goal(1, tuple(range(len(durations)))),),
        horizon=sum(durations) + sum(max(0, each[2]) for each in links),
    )  # fmt: skip
    return replace(made, **others)  # type: ignore[arg-type]


#: Three tasks of 3, 2 and 2 steps that need one machine, the last after the first.
MACHINE = loose((3, 2, 2), links=((0, 2, 3),), uses=((0, 0, 1), (1, 0, 1), (2, 0, 1)), capacity=(1,))


def by_trying(asked: Relaxation) -> int | None:
    """The least value of all starts there are, or None."""
    ways = product(*(range(asked.horizon + 1) for _ in range(len(asked))))
    tried = (np.array(way, np.int64) for way in ways)
    return min((value_of(asked, each) for each in tried if not broken_by(asked, each)), default=None)


def drawn(seed: int) -> Relaxation:
    """Four tasks with links, two resources, releases, perhaps a fixed start, and two weighted goals."""
    rng = Random(seed)  # noqa: S311 - draws, no secrets
    durations = tuple(rng.randrange(0, 4) for _ in range(4))
    links = tuple(
        (pred, succ, rng.randrange(-1, durations[pred] + 2))
        for pred in range(4)
        for succ in range(pred + 1, 4)
        if rng.random() < 0.4
    )
    uses = tuple((user, rng.randrange(2), rng.randrange(0, 4)) for user in range(4))
    fixed = column(*(rng.randrange(0, 4) if rng.random() < 0.15 else -1 for _ in range(4)))
    release = column(*(rng.choice((0, 0, 0, 2)) for _ in range(4)))
    goals = (Goal(rng.randrange(0, 3), (0, 1)), Goal(1, (2, 3)), Goal(5, ()))
    return loose(durations, links, uses, (3, 2), fixed=fixed, release=release, goals=goals, horizon=8)


@needs_ortools
@pytest.mark.parametrize("seed", range(12))
def test_cp_sat_finds_what_trying_everything_finds(seed: int) -> None:
    asked = drawn(seed)
    found, best = CpSat().solve(asked, QUICK), by_trying(asked)
    if best is None:
        assert found.status is Status.INFEASIBLE
        assert (found.starts, found.value) == (None, None)
        return
    assert found.starts is not None
    assert broken_by(asked, found.starts) == ()
    assert found.status is Status.OPTIMAL
    assert found.value == found.bound == best == value_of(asked, found.starts)


def test_tiny_puzzles_are_of_both_kinds() -> None:
    solvable = [by_trying(drawn(seed)) is not None for seed in range(12)]
    assert 3 <= sum(solvable) < 12


@needs_ortools
def test_one_machine_takes_one_at_a_time() -> None:
    found = CpSat().solve(MACHINE, QUICK)
    assert found.starts is not None
    assert (found.value, found.bound, found.status) == (7, 7, Status.OPTIMAL)
    assert found.seconds < QUICK.seconds


@needs_ortools
def test_projects_count_by_their_weight() -> None:
    """Of two tasks on one machine the one whose project weighs more comes first, though it is the longer."""
    one = loose((2, 3), uses=((0, 0, 1), (1, 0, 1)), capacity=(1,), goals=(Goal(1, (0,)), Goal(2, (1,))))
    found = CpSat().solve(one, QUICK)
    assert found.starts is not None
    assert found.starts.tolist() == [3, 0]
    assert found.value == 2 * 3 + 5


@needs_ortools
def test_fixed_tasks_take_away_what_is_not_there() -> None:
    """A person is away from step 1 to 4: a task of two steps waits."""
    found = CpSat().solve(
        loose(
            (2, 3), uses=((0, 0, 1), (1, 0, 1)), capacity=(1,), fixed=column(-1, 1), goals=(Goal(1, (0,)),), horizon=9
        ),
        QUICK,
    )  # fmt: skip
    assert found.starts is not None
    assert found.starts.tolist() == [4, 1]


@needs_ortools
def test_what_asks_too_much_has_no_answer_and_is_no_error() -> None:
    asked = loose((1,), uses=((0, 0, 3),), capacity=(2,))
    assert CpSat().solve(asked, QUICK).status is Status.INFEASIBLE
    late = loose((4,), release=column(3), horizon=6)
    assert CpSat().solve(late, QUICK).status is Status.INFEASIBLE


@needs_ortools
def test_nothing_to_do_is_done() -> None:
    found = CpSat().solve(loose((), goals=()), QUICK)
    assert (found.status, found.value, found.bound) == (Status.OPTIMAL, 0, 0)


def hard(tasks: int = 80) -> Relaxation:
    """Many tasks on three machines, far more than can be proven in a moment."""
    rng = Random(3)  # noqa: S311 - draws, no secrets
    durations = tuple(rng.randrange(1, 20) for _ in range(tasks))
    links = tuple(
        (pred, succ, durations[pred])
        for succ in range(1, tasks)
        for pred in {rng.randrange(max(0, succ - 9), succ) for _ in range(2)}
    )
    uses = tuple((user, used, rng.randrange(1, 7)) for user in range(tasks) for used in range(3))
    return loose(durations, links, uses, (10, 10, 10))


@needs_ortools
def test_a_hint_is_where_it_begins() -> None:
    """Tasks one after another, which any solver can better: the first value that is told is no worse than theirs."""
    asked = hard()
    starts = np.concatenate([[0], np.cumsum(asked.duration)[:-1]]).astype(np.int64)
    assert broken_by(asked, starts) == ()
    told: list[Progress] = []
    found = CpSat().solve(replace(asked, hint=starts), Ask(seconds=2, workers=1, progress=told.append))
    values = [each.value for each in told if each.value is not None]
    assert values[0] <= value_of(asked, starts)
    assert found.value == min(values)
    assert found.starts is not None
    assert broken_by(asked, found.starts) == ()
    assert max(each.bound for each in told) <= found.value
    assert [each.bound for each in told] == sorted(each.bound for each in told)


@needs_ortools
def test_it_stops_when_told_to() -> None:
    stop = threading.Event()

    def listen(now: Progress) -> None:
        if now.value is not None:
            stop.set()

    found = CpSat().solve(hard(), Ask(seconds=60, workers=1, cancelled=stop.is_set, progress=listen))
    assert found.seconds < 30
    assert found.status is Status.FEASIBLE
    at_once = CpSat().solve(hard(300), Ask(seconds=60, workers=1, cancelled=lambda: True))
    assert at_once.seconds < 30


def test_without_it_the_way_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    with pytest.raises(SolverAbsent, match=r"pip install .triptych\[solvers\]"):
        CpSat()


def test_columns_that_do_not_fit_are_the_programmer_s_mistake() -> None:
    with pytest.raises(ValueError, match="differ in length"):
        loose((1, 2), release=column(0))
    with pytest.raises(ValueError, match="names none of the 2 rows"):
        loose((1, 2), links=((0, 2, 1),))
    with pytest.raises(ValueError, match="never negative"):
        loose((1, -2))
    with pytest.raises(ValueError, match="weighs nothing or more"):
        loose((1,), goals=(Goal(-1, (0,)),))
    if importlib.util.find_spec("ortools"):
        with pytest.raises(ValueError, match="some time"):
            CpSat().solve(MACHINE, Ask(seconds=0))


def test_what_starts_break_is_told_in_full() -> None:
    starts = column(0, 1, 2)
    assert broken_by(replace(MACHINE, release=column(0, 2, 0), horizon=3), starts) == (
        "task 1 starts before its release",
        "task 2 finishes after the horizon",
        "task 2 starts too soon after task 0",
        "resource 0 is used 3 at a time, of 1",
    )
    assert broken_by(replace(MACHINE, fixed=column(1, -1, -1)), column(0, 3, 5)) == (
        "task 0 is not where it is fixed",
    )
