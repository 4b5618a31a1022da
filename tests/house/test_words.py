"""What the server says in a word, the pages have a word for."""

import re
from pathlib import Path
from typing import get_args

from triptych.engine.explain import Reason

ENGLISH = Path(__file__).parents[2] / "frontend" / "src" / "ui" / "english.ts"


def test_the_pages_know_every_reason_that_the_engine_gives() -> None:
    known = set(re.findall(r'"why\.reason\.([\w-]+)":', ENGLISH.read_text(encoding="utf-8")))
    assert known == set(get_args(Reason))
