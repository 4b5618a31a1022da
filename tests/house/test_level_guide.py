"""The guide to levelling says what happens: its Python runs in order beside the example, and prints what its comments say."""

import contextlib
import io
import re
import shutil
from pathlib import Path

GUIDE = Path(__file__).parents[2] / "docs" / "guide"
PAGE = (GUIDE / "level.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
SAID = re.compile(r"^print\(.*\)  # (.+)$", re.MULTILINE)
OPTIONS = re.compile(r"--[a-z][a-z-]+")


def test_the_blocks_print_what_their_comments_say(tmp_path: Path) -> None:
    shutil.copy(GUIDE / "examples" / "slipway.xml", tmp_path)
    names: dict[str, object] = {}
    for number, block in enumerate(BLOCKS, 1):
        out = io.StringIO()
        with contextlib.chdir(tmp_path), contextlib.redirect_stdout(out):
            exec(compile(block, f"level.md, block {number}", "exec"), names)  # noqa: S102 - our own page
        said = SAID.findall(block)
        assert said
        assert out.getvalue().splitlines() == said


def test_every_option_of_the_command_is_explained() -> None:
    from typer.main import get_command  # noqa: PLC0415

    from triptych.cli import app  # noqa: PLC0415

    command = get_command(app).commands["level"]  # type: ignore[attr-defined]
    known = {option for each in command.params for option in each.opts if option.startswith("--")}
    told = set(OPTIONS.findall(PAGE))
    assert known - told <= {"--dialect", "--all"}, "an option that the guide does not explain"
    assert told <= known
