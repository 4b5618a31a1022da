"""`triptych level`."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import cast, get_args

from triptych.engine import Schedule
from triptych.engine.level import Line, Objective, Proposal, Solver, Terms, level
from triptych.engine.level.by_solver import BySolver
from triptych.engine.level.passes import is_warm
from triptych.engine.solvers.cp_sat import CpSat, is_here
from triptych.plan import Diagnostic, Plan
from triptych.plan.diagnostics import error
from triptych.plan.quantities import parse_duration

from .level_report import as_object, code_of, print_proposal
from .plan_file import (
    all_diagnostics,
    date,
    exit_code,
    find_task,
    print_diagnostics,
    print_json,
    read,
    with_team,
)
from .watch import Watch

#: Who answers: the search of our own, or CP-SAT of OR-Tools.
SOLVERS = ("own", "cp-sat")
#: What can be accepted: a delay, also one that is taken back.
_WAITS = ("waits", "sooner")
#: Seconds for CP-SAT, unless others are given.
_SECONDS = 10.0
#: From so many tasks of all schedules together on, compiling the search first is worth the wait.
_LARGE = 2_000_000
#: Tasks of all schedules together that are placed in some ten seconds, and the fewest schedules worth a search.
_PLACED, _FEWEST = 4_000_000, 40
#: So many reasons are told, unless all are asked for.
_MOST = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of the command."""

    objective: str = "finish"
    within_float: bool = False
    interrupt: str | None = None
    overbook: int = 0
    by_priority: bool = False
    pin: tuple[str, ...] = ()
    refuse: tuple[str, ...] = ()
    accept: tuple[str, ...] = ()
    weight: tuple[str, ...] = ()
    stand_ins: bool = False
    team: Path | None = None
    schedules: int | None = None
    seconds: float | None = None
    seed: int = 1
    threads: int = 1
    solver: str = "own"
    dialect: str | None = None
    every: bool = False
    svg: Path | None = None
    load: Path | None = None


def run(file: Path, asked: Asked, *, as_json: bool) -> int:
    """Print what to reschedule so that nobody is overloaded; 0 where nobody is any more, 1 where somebody still is, 2 when
    the file or an option is not one, or the plan has errors."""
    if not _may_draw(file, asked):
        return 2
    report = with_team(read(file), asked.team)
    today = date(report, asked.dialect)
    diagnostics = all_diagnostics(report, today)
    if today is None:
        print_diagnostics(diagnostics)
        return exit_code(diagnostics)
    found: list[Diagnostic] = []
    terms, solver = _terms(today, asked, file, found), _solver(asked, found)
    if terms is None or found:
        print_diagnostics(tuple(found))
        return 2
    proposal = _search(today, terms, solver, asked.seconds)
    if found := _not_to_accept(today, proposal, asked, file):
        print_diagnostics(tuple(found))
        return 2
    diagnostics = (*diagnostics, *proposal.diagnostics)
    if as_json:
        print_json(as_object(proposal, diagnostics))
    else:
        print_proposal(proposal, None if asked.every else _MOST)
        sys.stdout.flush()
        print_diagnostics(diagnostics)
    worst = 2 if exit_code(diagnostics) == 2 else int(bool(proposal.left))
    return worst if _draw(proposal, asked) else 2


def _may_draw(file: Path, asked: Asked) -> bool:
    """Whether each picture has a name of its own that is not the plan's."""
    names = [each.resolve() for each in (asked.svg, asked.load) if each is not None]
    if file.resolve() in names:
        print(f"triptych: {file} is the plan itself; give the picture another name", file=sys.stderr)
        return False
    nowhere = [each for each in names if not each.parent.is_dir()]
    if nowhere:
        print(
            f"triptych: there is no folder {nowhere[0].parent} to write {nowhere[0].name} to", file=sys.stderr
        )
        return False
    if len(set(names)) < len(names):
        print(f"triptych: --svg and --load both write {asked.svg}; give each its own name", file=sys.stderr)
        return False
    return True


def _terms(today: Schedule, asked: Asked, file: Path, found: list[Diagnostic]) -> Terms | None:
    """The terms asked for; None where a task is not there."""
    if asked.objective not in get_args(Objective):
        known = ", ".join(get_args(Objective))
        found.append(error("option.objective", f"--objective {asked.objective}: there are {known}."))
    pinned, refused = (_tasks(today, each, file) for each in (asked.pin, asked.refuse))
    accepted = _tasks(today, asked.accept, file)
    weights = _weights(today, asked.weight, found)
    interrupt = _shortest(today, asked.interrupt, found)
    if pinned is None or refused is None or accepted is None:
        return None
    wanted = {
        option: [uid for each in groups for uid in each]
        for option, groups in (("--pin", pinned), ("--refuse", refused), ("--accept", accepted))
    }
    _refuse_twice(today, wanted, found)
    return Terms(
        objective=cast("Objective", asked.objective),
        project_weights=weights,
        within_float=asked.within_float,
        overbooking=asked.overbook,
        interrupt=interrupt,
        by_priority=asked.by_priority,
        pinned=frozenset(wanted["--pin"]),
        refused=frozenset(wanted["--refuse"]),
        accepted=dict.fromkeys(wanted["--accept"]),
        stand_ins=asked.stand_ins,
        schedules=asked.schedules or _usual(len(today.plan)),
        threads=asked.threads,
        seed=asked.seed,
    )


def _tasks(today: Schedule, names: tuple[str, ...], file: Path) -> list[list[int]] | None:
    """The uids that each name stands for, a summary for all tasks below it; None if one is not there, which is told."""
    found = [find_task(today.plan, each, file) for each in names]
    return None if None in found else [_below(today.plan, uid) for uid in found if uid is not None]


def _below(plan: Plan, uid: int) -> list[int]:
    """A task's uid; of a summary those of all tasks below it."""
    row = plan.index_of[uid]
    if not plan.is_summary[row]:
        return [uid]
    end = row + 1
    while end < len(plan) and plan.level[end] > plan.level[row]:
        end += 1
    return [int(plan.tasks.uid[each]) for each in range(row + 1, end) if not plan.is_summary[each]]


def _refuse_twice(today: Schedule, named: dict[str, list[int]], found: list[Diagnostic]) -> None:
    """Tell of tasks that two options want different things of."""
    options: dict[int, list[str]] = {}
    for option, uids in named.items():
        for uid in dict.fromkeys(uids):
            options.setdefault(uid, []).append(option)
    for uid, wanted in options.items():
        if len(wanted) > 1:
            said = f"{' and '.join(wanted)} {code_of(today.plan, uid)}: one task cannot be both. Choose one."
            found.append(error("option.task-twice", said, f"task {uid}"))


def _weights(today: Schedule, asked: tuple[str, ...], found: list[Diagnostic]) -> dict[int, int]:
    """`Dock=3`: what a project's minute counts for beside the others', by uid."""
    by_name = {each.name: each.uid for each in today.plan.projects}
    weights = {}
    for each in asked:
        name, _, weight = each.rpartition("=")
        if name not in by_name:
            known = ", ".join(f"“{each}”" for each in by_name)
            found.append(
                error("option.weight", f"--weight {each}: write PROJECT=3; the projects are {known}.")
            )
        elif not weight.isdecimal() or not 1 <= int(weight) <= 1_000:
            said = f"--weight {each}: a weight is a whole number from 1 to 1,000."
            found.append(error("option.weight", said))
        else:
            weights[by_name[name]] = int(weight)
    return weights


def _shortest(today: Schedule, text: str | None, found: list[Diagnostic]) -> int | None:
    """The shortest piece that a task may be interrupted into, in working minutes."""
    if text is None:
        return None
    project = today.plan.project
    try:
        minutes = parse_duration(
            text, minutes_per_day=project.minutes_per_day, minutes_per_week=project.minutes_per_week
        )
    except ValueError as fault:
        found.append(error("option.interrupt", f"--interrupt: {fault}."))
        return None
    if minutes < 1:
        found.append(
            error("option.interrupt", "--interrupt: a piece is longer than nothing; write 1d or 4h.")
        )
    return minutes


def _solver(asked: Asked, found: list[Diagnostic]) -> Solver | None:
    """Who answers, by name; None is the search of our own."""
    if asked.solver not in SOLVERS:
        found.append(error("option.solver", f"--solver {asked.solver}: there are {', '.join(SOLVERS)}."))
    elif asked.solver == "cp-sat" and not is_here():
        said = "--solver cp-sat: OR-Tools is not installed. Install it: pip install 'triptych[solvers]'; or leave the option out."
        found.append(error("option.solver-missing", said))
    elif asked.solver == "cp-sat":
        return BySolver(CpSat(), asked.seconds or _SECONDS, asked.threads, asked.seed)
    return None


def _usual(tasks: int) -> int:
    """How many schedules are tried unless a number is given: of large plans so many that it takes some ten seconds."""
    return min(Terms().schedules, max(_FEWEST, _PLACED // max(tasks, 1)))


def _not_to_accept(today: Schedule, proposal: Proposal, asked: Asked, file: Path) -> list[Diagnostic]:
    """What is to be accepted and has no wait."""
    lines = {each.task: each for each in proposal.lines}
    found = []
    for name, uids in zip(asked.accept, _tasks(today, asked.accept, file) or [], strict=True):
        told = [lines[uid] for uid in uids if uid in lines]
        if not any(each.kind in _WAITS for each in told):
            found.append(_nothing_to_accept(name, told, file))
    return found


def _nothing_to_accept(name: str, lines: list[Line], file: Path) -> Diagnostic:
    if lines:
        kind = lines[0].kind.replace("-", " ")
        said = f"--accept {name}: only a wait can be kept, and this is {kind}. Use --pin to keep its dates of today."
    else:
        said = f"--accept {name}: there is nothing to accept: it has no line under these terms. `triptych level {file}` prints the lines."
    return error("option.accept", said)


def _search(today: Schedule, terms: Terms, solver: Solver | None, seconds: float | None) -> Proposal:
    """Level, telling on a terminal how far it is; Ctrl+C, and the end of the time, stop with the best so far."""
    if len(today.plan) * terms.schedules >= _LARGE and not is_warm():
        from triptych.engine.warm import warm  # noqa: PLC0415 - it loads all that can be compiled

        print("triptych: compiling the search, this once (about half a minute) …", file=sys.stderr)
        warm()
    with Watch(None if solver else seconds) as watch:  # a solver has its own time, after our search
        found = level(
            today,
            terms,
            solver=solver,
            tell=lambda progress: watch.goes_on(f"levelling: {progress.generated:,} schedules"),
        )
    if watch.stopped:
        print("triptych: stopped; this is the best so far", file=sys.stderr)
    return found


def _draw(proposal: Proposal, asked: Asked) -> bool:
    """Write the pictures asked for; whether they could be."""
    if asked.svg is None and asked.load is None:
        return True
    from triptych.pictures.levelling import levelled_svg  # noqa: PLC0415 - most calls draw nothing
    from triptych.pictures.load import load_svg  # noqa: PLC0415

    try:
        for path, draw in ((asked.svg, levelled_svg), (asked.load, load_svg)):
            if path is not None:
                path.write_text(draw(proposal), encoding="utf-8")
    except OSError as fault:
        print(f"triptych: cannot write {fault.filename}: {fault.strerror}", file=sys.stderr)
        return False
    return True
