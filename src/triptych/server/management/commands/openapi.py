"""`openapi`: write the snapshot of the API, so that a change of it is a difference that people see."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from triptych.api.snapshot import SNAPSHOT, snapshot


class Command(BaseCommand):
    help = "Write the OpenAPI snapshot."

    def handle(self, *_args: Any, **_options: Any) -> None:
        Path(SNAPSHOT).write_text(snapshot(), "utf-8")
        self.stdout.write(f"wrote {SNAPSHOT.name}")
