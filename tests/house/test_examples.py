"""The guide's examples are what the commands print: each command that stands alone before a block of `text` is run."""

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from triptych.cli import app

GUIDE = Path(__file__).parents[2] / "docs" / "guide"
SHOWN = re.compile(r"```\n(triptych [^\n]+)\n```\n\n```text\n(.*?)```", re.DOTALL)
EXAMPLES = [
    pytest.param(command, text, id=f"{page.name}: {command}")
    for page in sorted(GUIDE.glob("*.md"))
    for command, text in SHOWN.findall(page.read_text(encoding="utf-8"))
]


def test_there_are_examples() -> None:
    assert EXAMPLES


@pytest.mark.parametrize(("command", "text"), EXAMPLES)
def test_a_command_prints_what_its_page_shows(
    command: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(GUIDE / "examples")
    done = CliRunner().invoke(app, shlex.split(command)[1:])
    assert done.stdout.splitlines() == text.splitlines()
