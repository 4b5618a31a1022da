"""The command itself, and the options that several of its commands have."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    name="triptych",
    help="Compute plans, explain every date, serve the company's plan.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

PlanFile = Annotated[
    Path,
    typer.Argument(
        metavar="FILE", help="A plan: Microsoft Project (.xml, .mpp, .mpx) or Primavera P6 (.xer)."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of a table.")]
Port = Annotated[int, typer.Option(help="Port to listen on; 0 picks a free one.", min=0, max=65535)]
Host = Annotated[str, typer.Option(help="Address to listen on.")]
DialectName = Annotated[
    str | None,
    typer.Option(
        "--dialect", help="triptych, msproject or p6; by default the rules of the file's application."
    ),
]
Seed = Annotated[int, typer.Option(help="The same seed gives the same answer.", min=0)]
Team = Annotated[
    Path | None,
    typer.Option(help="Roles, skills, rates and absences, as a TOML file; see docs/guide/staffing.md."),
]
