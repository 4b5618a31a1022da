"""Write into the guide what its commands print now: `python -m tests.house.write_examples level.md`. Read the difference
before it is committed: the test only says that page and command agree."""

import contextlib
import re
import shlex
import sys

from typer.testing import CliRunner

from triptych.cli import app

from .test_examples import GUIDE, SHOWN


def write(page: str) -> None:
    path = GUIDE / page
    with contextlib.chdir(GUIDE / "examples"):
        text = SHOWN.sub(_printed, path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")


def _printed(shown: re.Match[str]) -> str:
    done = CliRunner().invoke(app, shlex.split(shown[1])[1:])
    return f"```\n{shown[1]}\n```\n\n```text\n{done.stdout}```"


if __name__ == "__main__":
    for name in sys.argv[1:]:
        write(name)
