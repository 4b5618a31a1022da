"""The commands about people and what they do it for: `level`, `staffing`, `select`. See the package for the imports."""

from pathlib import Path
from typing import Annotated

import typer

from .options import AsJson, DialectName, PlanFile, Seed, Team, app

Objective = Annotated[
    str,
    typer.Option(
        help="finish as soon as can be; lateness: as little as can be after the due dates; movement: move as little "
        "as can be; overload: weigh too much work against waiting."
    ),
]
Pinned = Annotated[
    list[str] | None, typer.Option(metavar="TASK", help="Hold this task on its dates of today.")
]
Refused = Annotated[
    list[str] | None, typer.Option(metavar="TASK", help="Do not hold this task up: the others make way.")
]
Accepted = Annotated[
    list[str] | None,
    typer.Option(metavar="TASK", help="Keep the wait of this task as it is proposed; level the rest."),
]


def _all(given: list[str] | None) -> tuple[str, ...]:
    """What an option that may be repeated was given."""
    return tuple(given or ())


@app.command()
def level(
    file: PlanFile,
    *,
    objective: Objective = "finish",
    within_float: Annotated[
        bool, typer.Option("--within-float", help="Move nothing beyond its float: no project finishes later.")
    ] = False,
    interrupt: Annotated[
        str | None, typer.Option(help="Tasks may be interrupted, into pieces no shorter than this: 1d, 4h.")
    ] = None,
    overbook: Annotated[
        int,
        typer.Option(help="So many per cent more than there is may be asked of everyone.", min=0, max=900),
    ] = 0,
    by_priority: Annotated[
        bool, typer.Option("--by-priority", help="A task of higher priority always goes first.")
    ] = False,
    pin: Pinned = None,
    refuse: Refused = None,
    accept: Accepted = None,
    weight: Annotated[
        list[str] | None,
        typer.Option(metavar="PROJECT=3", help="A day of this project counts for three of another."),
    ] = None,
    stand_ins: Annotated[
        bool, typer.Option("--stand-ins", help="Let others take work over who can do it.")
    ] = False,
    team: Team = None,
    schedules: Annotated[
        int | None,
        typer.Option(help="Try so many schedules; 2,000, of large plans fewer.", min=1, max=100_000_000),
    ] = None,
    seconds: Annotated[float | None, typer.Option(help="Search at most so long.", min=0.001)] = None,
    seed: Seed = 1,
    threads: Annotated[int, typer.Option(help="Search on so many threads.", min=1, max=256)] = 1,
    solver: Annotated[str, typer.Option(help="own, or cp-sat (OR-Tools).")] = "own",
    every: Annotated[bool, typer.Option("--all", help="Tell every line and reason, not the first.")] = False,
    svg: Annotated[
        Path | None, typer.Option(help="Write the levelled Gantt as SVG, with where everything is today.")
    ] = None,
    load: Annotated[
        Path | None, typer.Option(help="Write the load of the overloaded as SVG, before and after.")
    ] = None,
    dialect: DialectName = None,
    as_json: AsJson = False,
) -> None:
    """Reschedule a plan so that nobody is overloaded, and say why each task waits; exit 1 where somebody still is."""
    from .level import Asked, run  # noqa: PLC0415

    asked = Asked(
        objective=objective, within_float=within_float, interrupt=interrupt, overbook=overbook,
        by_priority=by_priority, pin=_all(pin), refuse=_all(refuse), accept=_all(accept), weight=_all(weight),
        stand_ins=stand_ins, team=team, schedules=schedules, seconds=seconds, seed=seed, threads=threads,
        solver=solver, dialect=dialect, every=every, svg=svg, load=load,
    )  # fmt: skip
    raise typer.Exit(run(file, asked, as_json=as_json))


@app.command()
def select(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="PORTFOLIO",
            help="What might be run and what limits it, as a TOML file; see docs/guide/select.md.",
        ),
    ],
    *,
    by: Annotated[str, typer.Option(help="Choose for value or weight.")] = "value",
    frontier: Annotated[
        bool, typer.Option("--frontier", help="What more money would buy, and less.")
    ] = False,
    worth: Annotated[
        bool, typer.Option("--worth", help="What a little more of each budget and role would buy.")
    ] = False,
    step: Annotated[
        float, typer.Option(help="A little more of a budget, in per cent.", min=0.01, max=1000)
    ] = 10.0,
    stability: Annotated[
        int, typer.Option(help="Choose anew for so many draws of what is uncertain.", min=0, max=100_000)
    ] = 0,
    seed: Seed = 1,
    seconds: Annotated[float, typer.Option(help="At most so long for all that is asked.", min=0.1)] = 60.0,
    svg: Annotated[Path | None, typer.Option(help="Write the frontier as an SVG picture.")] = None,
    as_json: AsJson = False,
) -> None:
    """Choose which projects to run under budgets and people, and when; say why the others are left out."""
    from .select import Asked, run  # noqa: PLC0415

    asked = Asked(by, frontier, worth, step, stability, seed, seconds, svg)
    raise typer.Exit(run(file, asked, as_json=as_json))


@app.command()
def staffing(
    file: PlanFile,
    *,
    who_for: Annotated[
        str | None,
        typer.Option(help="Who could take this task over: its WBS code, or uid:NUMBER.", metavar="TASK"),
    ] = None,
    away: Annotated[
        str | None, typer.Option(help="What it does if this person is away.", metavar="NAME")
    ] = None,
    start: Annotated[str | None, typer.Option("--from", help="The first day away: 2027-03-01.")] = None,
    finish: Annotated[
        str | None, typer.Option("--to", help="The last day away; by default the first.")
    ] = None,
    team: Team = None,
    dialect: DialectName = None,
    as_json: AsJson = False,
) -> None:
    """Tell how many of which role are missing by month, who could take a task over, and what an absence does."""
    from .staffing import Asked, run  # noqa: PLC0415

    raise typer.Exit(run(file, Asked(who_for, away, start, finish, team, dialect), as_json=as_json))
