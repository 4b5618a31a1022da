"""Microsoft Project's own files → Microsoft Project XML, in another process."""

import importlib.util
import re
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

from triptych.formats.report import ReadReport
from triptych.plan import Diagnostic
from triptych.plan.diagnostics import error

from .jvm import Outcome

FORMAT = "Microsoft Project"

_COMPOUND_FILE = bytes.fromhex("d0cf11e0a1b11ae1")
_MPX = re.compile(rb"MPX[,;\t]")
_SCRIPT = Path(__file__).with_name("jvm.py")
_SAVE_AS = "in Microsoft Project choose Save As, XML Format (*.xml), and give that file."
_NOT_INSTALLED = (
    "Reading Microsoft Project's own files (.mpp) needs what is not installed here: "
    f'pip install "triptych[mpp]", and Java. Install it; or {_SAVE_AS}'
)
_NO_JAVA = (
    "Reading Microsoft Project's own files (.mpp) needs Java, and none was found. Install Java 11 or later, or set "
    f"JAVA_HOME to the folder it is in; or {_SAVE_AS}"
)
_PASSWORD = (
    f"The file is protected by a password. Open it with the password and save it without one; or {_SAVE_AS}"
)
_UNREADABLE = (
    f"The file is broken, or is no plan of Microsoft Project. Open it there and save it again; or {_SAVE_AS}"
)
_TOO_LARGE = f"Reading the file takes more memory or time than it may have. Try again later; or {_SAVE_AS}"
_DIAGNOSTICS = {
    Outcome.NO_JAVA: ("mpp.no-java", _NO_JAVA),
    Outcome.PASSWORD: ("mpp.unreadable", _PASSWORD),
    Outcome.UNREADABLE: ("mpp.unreadable", _UNREADABLE),
    Outcome.TOO_LARGE: ("mpp.too-large", _TOO_LARGE),
}
_ENDS = {each.value: each for each in Outcome}
#: Each conversion may take a gigabyte: a server's other imports wait for their turn.
_TURNS = threading.BoundedSemaphore(2)


def is_project_file(data: bytes) -> bool:
    """Whether the first bytes are those of an .mpp or .mpt (a compound file, as other programs' may be) or .mpx."""
    return data.startswith(_COMPOUND_FILE) or _MPX.match(data) is not None


def to_mspdi(data: bytes, *, name: str = "", seconds: float = 120) -> bytes | Diagnostic:
    """The same plan as Microsoft Project XML, or why there is none; `name` is the file's, for messages.

    Needs the extra `mpp` and Java. Takes a second or two for most plans, and is given up after `seconds`.
    """
    if not installed():
        return error("file.mpp", _NOT_INSTALLED, name or "file")
    outcome, answer = _run(data, seconds)
    if outcome is Outcome.CONVERTED:
        return answer
    code, message = _DIAGNOSTICS[outcome]
    return error(code, message, name or "file", said=answer.decode(errors="replace"))


def installed() -> bool:
    """Whether the extra `mpp` is there. It is not imported: that is left to the other process."""
    return all(importlib.util.find_spec(each) is not None for each in ("jpype", "mpxj"))


def _run(data: bytes, seconds: float) -> tuple[Outcome, bytes]:
    """How it ended, and the XML or the last word on standard error."""
    command = [sys.executable, "-P", str(_SCRIPT)]
    try:
        with _TURNS:
            done = subprocess.run(command, input=data, capture_output=True, timeout=seconds, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        return Outcome.TOO_LARGE, f"given up after {seconds:g} s".encode()
    if done.returncode == Outcome.CONVERTED:
        return Outcome.CONVERTED, done.stdout
    said = done.stderr.strip().rpartition(b"\n")[2]
    return _ENDS.get(done.returncode, Outcome.UNREADABLE), said


def as_read(report: ReadReport) -> ReadReport:
    """The report of the XML as that of the file it was made from, whose lines nobody has seen."""
    found = tuple(replace(each, place=re.sub(r"\bline \d+, ", "", each.place)) for each in report.diagnostics)
    return replace(report, diagnostics=found, format=FORMAT, application=FORMAT)
