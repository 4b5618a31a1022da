"""The guide for Python says what happens: its blocks run in order, and print what their comments say."""

import contextlib
import io
import re
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "guide" / "python.md"
BLOCKS = re.findall(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
SAID = re.compile(r"^print\(.*\)  # (.+)$", re.MULTILINE)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What each block prints, run one after another in one folder that holds a plan."""
    folder = tmp_path_factory.mktemp("guide")
    shutil.copy(ROOT / "tests" / "data" / "boathouse.xml", folder / "plan.xml")
    names: dict[str, object] = {}
    found = []
    with contextlib.chdir(folder):
        for number, block in enumerate(BLOCKS, 1):
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                exec(compile(block, f"{GUIDE.name}, block {number}", "exec"), names)  # noqa: S102 - our own page
            found.append(out.getvalue())
    return found


@pytest.mark.parametrize("number", range(len(BLOCKS)))
def test_a_block_prints_what_its_comments_say(printed: list[str], number: int) -> None:
    said = SAID.findall(BLOCKS[number])
    assert said, "a block says what it prints"
    assert printed[number].splitlines()[: len(said)] == said


def test_a_schedule_takes_ten_lines() -> None:
    code = [
        line
        for line in BLOCKS[0].splitlines()
        if line.strip() and not re.match(r"(from|import|print)\b", line)
    ]
    assert len(code) <= 10
