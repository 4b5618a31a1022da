"""`triptych`: plans on the command line, without a server; and the server itself.

Each command is a module; they are imported when they are called, so that `triptych schedule` loads no Django and
`triptych demo` no terminal tables.
"""

import gc
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from .options import AsJson, DialectName, Host, PlanFile, Port, Seed, app


@app.command()
def schedule(
    file: PlanFile,
    *,
    as_json: AsJson = False,
    dialect: DialectName = None,
    drag: Annotated[
        bool, typer.Option("--drag", help="How much earlier it would all finish without each critical task.")
    ] = False,
    svg: Annotated[Path | None, typer.Option(help="Write the Gantt as an SVG picture.")] = None,
    html: Annotated[Path | None, typer.Option(help="Write the Gantt and its table as one page.")] = None,
) -> None:
    """Date every task of a plan; print the table, the finish and the critical path."""
    from .schedule import run  # noqa: PLC0415 - see the module's docstring

    raise typer.Exit(run(file, as_json=as_json, dialect=dialect, drag=drag, svg=svg, html=html))


@app.command()
def check(file: PlanFile, *, as_json: AsJson = False, dialect: DialectName = None) -> None:
    """Print everything that is wrong with a plan; exit 0 clean, 1 with warnings, 2 with errors."""
    from .check import run  # noqa: PLC0415

    raise typer.Exit(run(file, as_json=as_json, dialect=dialect))


@app.command()
def explain(
    file: PlanFile,
    task: Annotated[str, typer.Argument(help="The task's WBS code, as the table prints it, or uid:NUMBER.")],
    *,
    as_json: AsJson = False,
    dialect: DialectName = None,
    finish: Annotated[bool, typer.Option("--finish", help="Explain the finish, not the start.")] = False,
) -> None:
    """Say why a task is on its date, back to the root cause."""
    from .explain import run  # noqa: PLC0415

    raise typer.Exit(run(file, task, as_json=as_json, dialect=dialect, finish=finish))


@app.command()
def pull_in(
    file: PlanFile,
    task: Annotated[str, typer.Argument(help="The task's WBS code, as the table prints it, or uid:NUMBER.")],
    *,
    by: Annotated[str, typer.Option(help="How much earlier it is to finish: 3d, 4h, 1w.")] = "1d",
    as_json: AsJson = False,
    dialect: DialectName = None,
) -> None:
    """Find the cheapest ways to have a task or milestone finish earlier."""
    from .pull_in import run  # noqa: PLC0415

    raise typer.Exit(run(file, task, by=by, as_json=as_json, dialect=dialect))


@app.command()
def forecast(
    file: PlanFile,
    *,
    risks: Annotated[
        Path | None, typer.Option(help="What is not certain, as a TOML file; see docs/guide/forecast.md.")
    ] = None,
    task: Annotated[
        str | None, typer.Option(help="Forecast this task or milestone: its WBS code, or uid:NUMBER.")
    ] = None,
    by: Annotated[str | None, typer.Option(help="How likely is this date: 2027-05-14?")] = None,
    budget: Annotated[float | None, typer.Option(help="How likely is this budget?", min=0)] = None,
    confidence: Annotated[int, typer.Option(help="In per cent.", min=1, max=99)] = 80,
    after_response: Annotated[
        bool, typer.Option("--after-response", help="Suppose that every risk with a response is answered.")
    ] = False,
    worth: Annotated[bool, typer.Option("--worth", help="What each risk and factor is worth.")] = False,
    iterations: Annotated[
        int, typer.Option(help="At most so many, to the next 128.", min=128, max=10_000_000)
    ] = 10_000,
    seed: Seed = 1,
    threads: Annotated[int | None, typer.Option(help="By default one for each processor.", min=1)] = None,
    cluster: Annotated[
        str | None, typer.Option(envvar="TRIPTYCH_CLUSTER", help="A Dask scheduler: tcp://host:8786.")
    ] = None,
    as_scheduled: Annotated[
        bool,
        typer.Option(
            "--as-scheduled",
            help="Keep dates that hold tasks against their predecessors, and open work in the past.",
        ),
    ] = False,
    dialect: DialectName = None,
    svg: Annotated[Path | None, typer.Option(help="Write the histogram and the S-curve as SVG.")] = None,
    tornado: Annotated[Path | None, typer.Option(help="Write what to fix first as SVG.")] = None,
    as_json: AsJson = False,
) -> None:
    """Simulate a plan: by when is it finished, with what confidence, and what decides that."""
    from .forecast import Asked, run  # noqa: PLC0415

    asked = Asked(
        risks, task, by, budget, confidence, after_response, worth, iterations, seed, threads, cluster,
        as_scheduled, dialect, svg, tornado,
    )  # fmt: skip
    raise typer.Exit(run(file, asked, as_json=as_json))


@app.command()
def earned(
    file: PlanFile,
    *,
    baseline: Annotated[int, typer.Option(help="Measure against this baseline.", min=0)] = 0,
    at: Annotated[
        str | None, typer.Option(help="At this date, 2027-05-14; by default the status date of the plan.")
    ] = None,
    unit: Annotated[str, typer.Option(help="money or hours.")] = "money",
    svg: Annotated[Path | None, typer.Option(help="Write the curves as an SVG picture.")] = None,
    as_json: AsJson = False,
) -> None:
    """Measure a plan against its baseline: earned value, earned schedule, and where they lead."""
    from .earned import Asked, run  # noqa: PLC0415

    raise typer.Exit(run(file, Asked(baseline, at, unit, svg), as_json=as_json))


@app.command()
def health(
    file: PlanFile,
    *,
    baseline: Annotated[int, typer.Option(help="Measure against this baseline.", min=0)] = 0,
    today: Annotated[
        str | None, typer.Option(help="What day it is, 2027-05-14: how old is the status date?")
    ] = None,
    period: Annotated[
        int | None, typer.Option(help="Working days between two reports; by default a month.", min=1)
    ] = None,
    fix_list: Annotated[
        bool, typer.Option("--fix-list", help="Print only the changes that mend it, one JSON object a line.")
    ] = False,
    every: Annotated[bool, typer.Option("--all", help="Tell every finding, not five of a check.")] = False,
    as_json: AsJson = False,
    dialect: DialectName = None,
) -> None:
    """Examine a plan: the DCMA's 14 points and more, each with its findings and their fixes, and a score."""
    from .health import Asked, run  # noqa: PLC0415

    asked = Asked(dialect, baseline, today, period, fix_list, every)
    raise typer.Exit(run(file, asked, as_json=as_json))


@app.command()
def throughput(
    *,
    items: Annotated[str, typer.Option(help="How many are left: 40, or 35-50.")],
    start: Annotated[str, typer.Option("--from", help="The first day of the period to come: 2027-05-17.")],
    done: Annotated[
        str | None, typer.Option(help="Items finished in each past period, oldest first: 3,5,2,4,6.")
    ] = None,
    history: Annotated[
        Path | None,
        typer.Option(help="The same as a file (CSV): a number for each period, or a date for each item."),
    ] = None,
    new: Annotated[str, typer.Option(help="Items added in the same periods: 1,0,2,1,1.")] = "",
    split: Annotated[
        str, typer.Option(help="How many an item becomes when it is begun: 1.2, or 1-1.5.")
    ] = "1",
    by: Annotated[str | None, typer.Option(help="How likely is this date, and how many by then?")] = None,
    period: Annotated[str, typer.Option(help="day, week, or a name with its days: sprint:14.")] = "week",
    last: Annotated[int | None, typer.Option(help="Take only so many of the latest periods.")] = None,
    run: Annotated[int, typer.Option(help="Keep so many consecutive periods together.")] = 1,
    focus: Annotated[
        float, typer.Option(help="The team’s time from now on, in per cent of what it had.")
    ] = 100.0,
    plain: Annotated[
        bool, typer.Option("--plain", help="Take the history for all that the team can do, as most tools do.")
    ] = False,
    confidence: Annotated[int, typer.Option(help="In per cent.", min=1, max=99)] = 80,
    iterations: Annotated[
        int, typer.Option(help="How many times to simulate.", min=100, max=1_000_000)
    ] = 10_000,
    seed: Seed = 1,
    as_json: AsJson = False,
) -> None:
    """Forecast a backlog or a release from how many items were finished, without estimates."""
    from .throughput import Asked, forecast  # noqa: PLC0415

    asked = Asked(
        done,
        history,
        items,
        start,
        by,
        new,
        period,
        split,
        last,
        run,
        focus,
        plain,
        confidence,
        iterations,
        seed,
    )
    raise typer.Exit(forecast(asked, as_json=as_json))


from . import people  # noqa: E402, F401 - registers its commands after those above


@app.command()
def demo(
    *,
    port: Port = 8000,
    host: Host = "127.0.0.1",
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open a browser.")] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Build the sample company anew.")] = False,
) -> None:
    """Serve a living sample company on this machine, with a sign-in for each role."""
    from .serve import hand_over  # noqa: PLC0415

    switches = ["--no-browser"] * no_browser + ["--fresh"] * fresh
    hand_over("demo", "--host", host, "--port", str(port), *switches)


@app.command()
def serve(*, port: Port = 8000, host: Host = "127.0.0.1") -> None:
    """Serve Triptych; settings come from the environment, see docs/guide/serve.md."""
    from .serve import hand_over  # noqa: PLC0415

    hand_over("serve", "--host", host, "--port", str(port))


@app.command()
def admin(
    email: Annotated[str, typer.Argument(help="The administrator's e-mail address, to sign in with.")],
    *,
    name: Annotated[str, typer.Option(help="The person's name.")] = "",
    workspace: Annotated[str, typer.Option(help="The workspace, made if there is none.")] = "Our company",
) -> None:
    """Make an administrator, and the workspace if there is none; asks for the password."""
    from .serve import hand_over  # noqa: PLC0415

    hand_over("admin", email, "--name", name, "--workspace", workspace)


class AuditVerb(StrEnum):
    """What an audit does."""

    VERIFY = "verify"
    EXPORT = "export"


@app.command()
def audit(
    verb: Annotated[AuditVerb, typer.Argument(help="verify the chain of the log, or export it.")],
    *,
    workspace: Annotated[
        int | None, typer.Option(help="The number of one workspace; all without it.")
    ] = None,
    anchor: Annotated[
        str | None, typer.Option(help="SEQ:DIGEST that an earlier verify told: it must still be there.")
    ] = None,
    to: Annotated[Path | None, typer.Option(help="The file to export to, one JSON object a line.")] = None,
) -> None:
    """Check that nobody has altered the log past Triptych, or write it out whole. Exits 1 if it does not
    hold, 2 if there is no database or no such workspace; it reads and changes nothing."""
    from .serve import hand_over  # noqa: PLC0415

    given = {"--workspace": workspace, "--anchor": anchor, "--to": to}
    options = [text for name, value in given.items() if value is not None for text in (name, str(value))]
    hand_over("audit", verb.value, *options)


__all__ = ["app", "main"]


def main() -> None:
    """The console script."""
    gc.set_threshold(
        100_000, 50, 1000
    )  # a file's rows are no garbage, and looking for it costs a tenth of the time
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # names in a plan may be in any script
            stream.reconfigure(encoding="utf-8", errors="replace")
    app()
