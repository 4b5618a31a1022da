"""The Java side, as a process of its own: a file on standard input, Microsoft Project XML on standard output.

It is run by its path and imports nothing of Triptych, so that it starts quickly; the exit code is an `Outcome`,
and the last line of standard error is Java's own word. Why a process: docs/adr/0009-mpp-through-mpxj.md.
"""

import enum
import importlib
import os
import sys
from typing import Any


class Outcome(enum.IntEnum):
    """How the process ends. Ends below ten are Python's, the system's and a crashed Java's."""

    CONVERTED = 0
    NO_JAVA = 10
    PASSWORD = 11
    UNREADABLE = 12
    TOO_LARGE = 13


#: Quick to start, bounded in memory, silent when it dies.
OPTIONS = (
    "-Xmx1g",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-XX:-UsePerfData",
    "-XX:-CreateCoredumpOnCrash",
    "-XX:+SuppressFatalErrorMessage",
    "-Djava.awt.headless=true",
)
_MPX = b"MPX"


def start() -> Any:
    """Start Java in this process, once and for good. Returns the bridge; raises what the bridge raises."""
    jpype = importlib.import_module("jpype")
    importlib.import_module("mpxj")  # tells the bridge where its jars are
    jpype.startJVM(*OPTIONS)
    return jpype


def convert(jpype: Any, data: bytes) -> bytes:
    """A file's bytes as Microsoft Project XML. Raises Java's exceptions."""
    reader = jpype.JClass("org.mpxj.mpx.MPXReader" if data.startswith(_MPX) else "org.mpxj.mpp.MPPReader")()
    project = reader.read(jpype.JClass("java.io.ByteArrayInputStream")(data))
    properties = project.getProjectProperties()
    if not properties.getName():
        properties.setName(" ")  # MPXJ's own is “project.xml”; blank, the reader takes the file's name
    writer = jpype.JClass("org.mpxj.mspdi.MSPDIWriter")()
    writer.setWriteTimephasedData(True)  # interruptions of tasks live there alone
    out = jpype.JClass("java.io.ByteArrayOutputStream")()
    writer.write(project, out)
    return bytes(out.toByteArray())


def outcome_of(fault: BaseException) -> Outcome:
    """What an exception of `convert` means."""
    said = str(fault)
    if "password" in said.lower():
        return Outcome.PASSWORD
    return Outcome.TOO_LARGE if "OutOfMemory" in said else Outcome.UNREADABLE


def main() -> None:
    """Convert standard input to standard output. Java and its libraries may print: they get standard error."""
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    outcome = Outcome.NO_JAVA
    try:
        jpype = start()
        outcome = Outcome.UNREADABLE
        answer.write(convert(jpype, sys.stdin.buffer.read()))
        answer.flush()
        outcome = Outcome.CONVERTED
    except Exception as fault:  # noqa: BLE001 - whatever happens is told by the exit code
        if outcome is not Outcome.NO_JAVA:
            outcome = outcome_of(fault)
        print(f"{type(fault).__name__}: {fault}", file=sys.stderr, flush=True)  # noqa: T201 - the last word
    os._exit(outcome)  # Java's own way out takes longer, and may hang


if __name__ == "__main__":
    main()
