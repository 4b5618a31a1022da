"""Which format is this? By its first bytes, never by its name."""

from triptych.plan import Diagnostic
from triptych.plan.diagnostics import error

from . import mpp
from .mspdi import read_mspdi
from .report import ReadReport
from .xer import read_xer

_SNIFFED = 65_536


def read_plan(data: bytes, *, name: str = "") -> ReadReport:
    """Read a plan in any format that Triptych knows; `name` is the file's, for messages only. Never raises for
    bad input: the report says what is wrong, with a code and the way out."""
    if not data.strip():
        return _refused("file.empty", "The file is empty. Save the plan again and choose the new file.", name)
    if mpp.is_project_file(data):
        return _through_xml(data, name)
    head = _text_of(data[:_SNIFFED]).lstrip("\ufeff \r\n\t")
    if head.startswith("<"):
        return read_mspdi(data, name=name)
    if head.startswith("ERMHDR"):
        return read_xer(data, name=name)
    return _refused(
        "file.unknown-format",
        "This is not a plan that Triptych can read. It reads Microsoft Project (*.xml, *.mpp, *.mpx) and Primavera P6 (*.xer).",
        name,
    )


def _through_xml(data: bytes, name: str) -> ReadReport:
    """Microsoft Project's own file, by way of its XML."""
    xml = mpp.to_mspdi(data, name=name)
    if isinstance(xml, Diagnostic):
        return ReadReport(plan=None, diagnostics=(xml,), format=mpp.FORMAT)
    return mpp.as_read(read_mspdi(xml, name=name))


def _text_of(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    return data.decode("utf-8", errors="replace")


def _refused(code: str, message: str, name: str) -> ReadReport:
    return ReadReport(plan=None, diagnostics=(error(code, message, name or "file"),))
