"""The code in `docs/guide/python.md` runs, and prints what the page says."""

import re
from pathlib import Path

import pytest

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "python.md"


def test_the_guide_runs_as_written(capsys: pytest.CaptureFixture[str]) -> None:
    blocks = re.findall(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    code = "\n".join(block for block in blocks if "plan.xml" not in block)
    names: dict[str, object] = {}
    exec(compile(code, str(GUIDE), "exec"), names)  # noqa: S102 - our own page
    printed = capsys.readouterr().out.splitlines()
    promised = re.findall(r"print\(.*\)  # (.*)", code)
    assert promised
    assert [line for line in printed if line in promised] == promised
