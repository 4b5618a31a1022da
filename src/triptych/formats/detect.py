"""Which format is this? By its first bytes, never by its name."""

from triptych.plan.diagnostics import error

from .mspdi import read_mspdi
from .report import ReadReport

_COMPOUND_FILE = bytes.fromhex("d0cf11e0a1b11ae1")
_SNIFFED = 65_536


def read_plan(data: bytes, *, name: str = "") -> ReadReport:
    """Read a plan in any format that Triptych knows; `name` is the file's, for messages only. Never raises for
    bad input: the report says what is wrong, with a code and the way out."""
    if not data.strip():
        return _refused("file.empty", "The file is empty. Save the plan again and choose the new file.", name)
    if data.startswith(_COMPOUND_FILE):
        return _refused(
            "file.mpp",
            "This is a Microsoft Project .mpp file. In Microsoft Project choose Save As, XML Format (*.xml), and "
            "give that file.",
            name,
        )
    head = _text_of(data[:_SNIFFED]).lstrip("\ufeff \r\n\t")
    if head.startswith("<"):
        return read_mspdi(data, name=name)
    return _refused(
        "file.unknown-format",
        "This is not a plan that Triptych can read. It reads Microsoft Project XML (*.xml).",
        name,
    )


def _text_of(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    return data.decode("utf-8", errors="replace")


def _refused(code: str, message: str, name: str) -> ReadReport:
    return ReadReport(plan=None, diagnostics=(error(code, message, name or "file"),))
