"""How much memory this process takes, where the kernel tells (Linux)."""

import resource
import sys
from pathlib import Path


def is_told() -> bool:
    """Whether this kernel tells."""
    return sys.platform == "linux"


def resident() -> int:
    """Bytes that are in memory now."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize()


def reset_peak() -> None:
    """Begin to watch for the most anew."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def peak_resident() -> int:
    """The most bytes that were in memory at a time since the last reset."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))
