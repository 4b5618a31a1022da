"""The guide to the record lists what there is, by the terms that hold. To write it anew:
`TRIPTYCH_WRITE_GUIDE=1 python -m pytest tests/house/test_record_guide.py`."""

import os

from tests.house.record_guide import GUIDE, filled


def test_the_guide_lists_the_nouns_and_the_roles() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    if os.environ.get("TRIPTYCH_WRITE_GUIDE"):
        GUIDE.write_text(filled(text), encoding="utf-8")
        text = GUIDE.read_text(encoding="utf-8")
    assert filled(text) == text
