"""MPXJ's MicrosoftScheduler, in a Java of this process: calendars, kinds of links, constraints, progress, summaries."""

import importlib
import importlib.util
import time
from typing import Any

from benchmarks.networks import layered
from triptych.engine import Agreement, Schedule, agreement
from triptych.formats.mspdi import read_mspdi
from triptych.plan import Plan
from triptych.plan.quantities import moment

from . import Measured
from .mspdi import write

#: Ample for a hundred thousand tasks, whose objects take two gigabytes.
HEAP = "-Xmx8g"
COLUMNS = ("start", "finish", "late_start", "late_finish", "total_float")


def time_schedule(plan: Plan, *, runs: int = 3) -> Measured:
    """The best of `runs`, once Java is warm: the first project of `plan`, from its start.

    Neither the start of Java nor reading the plan into MPXJ is timed.
    """
    if reason := absent():
        return Measured(None, reason)
    _warm_up()
    project = _read(plan)
    best = min(_timed(project, plan) for _ in range(runs))
    java = _class("java.lang.System").getProperty("java.version")
    return Measured(best, f"MPXJ {_class('org.mpxj.MPXJ').VERSION}, Java {java}")


def compare_schedule(result: Schedule, columns: tuple[str, ...] = COLUMNS) -> Agreement:
    """How far MPXJ's dates of the same plan are ours. Raises RuntimeError where MPXJ is absent."""
    if reason := absent():
        raise RuntimeError(reason)
    project = _read(result.plan)
    _timed(project, result.plan)
    out = _class("java.io.ByteArrayOutputStream")()
    _class("org.mpxj.mspdi.MSPDIWriter")().write(project, out)
    return agreement(result, read_mspdi(bytes(out.toByteArray())).saved, columns)


def absent() -> str:
    """What is missing, or nothing; afterwards Java runs in this process."""
    for name in ("jpype", "mpxj"):
        if importlib.util.find_spec(name) is None:
            return f"{name} is not installed"
    import jpype  # noqa: PLC0415 - a peer, not a requirement

    if jpype.isJVMStarted():
        return ""
    importlib.import_module("mpxj")  # tells the bridge where its jars are
    try:
        jpype.startJVM(HEAP, "-Xss64m", "-Djava.awt.headless=true")
    except (jpype.JVMNotFoundException, jpype.JVMNotSupportedException, OSError) as fault:
        return f"Java cannot be started: {fault}"
    return ""


def _class(name: str) -> Any:
    import jpype  # noqa: PLC0415 - a peer, not a requirement

    return jpype.JClass(name)


def _warm_up() -> None:
    plan = layered(5000, grouped=True)
    project = _read(plan)
    for _ in range(5):
        _timed(project, plan)


def _read(plan: Plan) -> Any:
    stream = _class("java.io.ByteArrayInputStream")(write(plan))
    return _class("org.mpxj.mspdi.MSPDIReader")().read(stream)


def _timed(project: Any, plan: Plan) -> float:
    scheduler = _class("org.mpxj.cpm.MicrosoftScheduler")()
    at = moment(plan.project.start)
    first = _class("java.time.LocalDateTime").of(at.year, at.month, at.day, at.hour, at.minute)
    start = time.perf_counter()
    scheduler.schedule(project, first)
    return time.perf_counter() - start
