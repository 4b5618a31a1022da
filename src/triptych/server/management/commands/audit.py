"""`audit`: check that nobody has altered the log, or hand it over whole."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from triptych.apps.history.chain import Verdict, verify
from triptych.apps.history.exporting import lines_of
from triptych.apps.people.models import Workspace


class Command(BaseCommand):
    """Exits 1 where the log does not hold, and 2 where it cannot be told."""

    help = "Check the log's chain in every workspace (verify), or write it as lines of JSON (export)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("verb", choices=["verify", "export"])
        parser.add_argument("--workspace", type=int, help="the number of one workspace; all without it")
        parser.add_argument(
            "--anchor", help="SEQ:DIGEST as an earlier verify told: that entry must still hold it"
        )
        parser.add_argument("--to", type=Path, help="the file to export to")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            self._run(options)
        except DatabaseError as fault:
            raise _unable(
                f"The database cannot be read ({fault}). If an older Triptych wrote it, serve it once: that "
                "brings it up to date."
            ) from fault

    def _run(self, options: dict[str, Any]) -> None:
        found = Workspace.objects.order_by("pk")
        if options["workspace"] is not None:
            found = found.filter(pk=options["workspace"])
        workspaces = list(found)
        if not workspaces:
            raise _unable("There is no such workspace here.")
        if options["verb"] == "export":
            self._export(workspaces, options["to"])
        else:
            self._verify(workspaces, options["anchor"])

    def _verify(self, workspaces: list[Workspace], anchor: str | None) -> None:
        broken = False
        for workspace in workspaces:
            verdict = verify(workspace.pk, anchor=_anchor(anchor))
            broken |= not verdict.holds
            self.stdout.write(_told(workspace, verdict))
        if broken:
            raise CommandError("The log does not hold: somebody has altered it past Triptych.")

    def _export(self, workspaces: list[Workspace], to: Path | None) -> None:
        if to is None or len(workspaces) != 1:
            raise _unable("Give --to FILE, and --workspace NUMBER where there are several.")
        with to.open("w", encoding="utf-8") as file:
            count = sum(1 for line in lines_of(workspaces[0].pk) if file.write(line + "\n"))
        self.stdout.write(f"Wrote {count} entries to {to}.")


def _unable(message: str) -> CommandError:
    return CommandError(message, returncode=2)


def _anchor(text: str | None) -> tuple[int, str] | None:
    if text is None:
        return None
    number, _, digest = text.partition(":")
    if not number.isdecimal() or not digest:
        raise _unable("An anchor is the number of an entry and its digest, as in 123:9f86d0….")
    return int(number), digest


def _told(workspace: Workspace, verdict: Verdict) -> str:
    head = f"{workspace.name} (workspace {workspace.pk}): {verdict.entries} entries"
    older = f", {verdict.unsealed} of them from before the log was chained" if verdict.unsealed else ""
    if verdict.holds:
        return f"{head}{older}. The chain holds. Its end: {verdict.last}:{verdict.digest}"
    numbers = ", ".join(str(each) for each in verdict.broken[:20])
    what = f" BROKEN at entry {numbers}." if verdict.broken else ""
    lost = "" if verdict.anchored else " The anchor is not in it any more."
    return f"{head}{older}.{what}{lost}"
