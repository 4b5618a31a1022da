"""`triptych demo`, `serve` and `admin`: the command line hands over to the server, which nothing imports."""

import os
import subprocess
import sys
from typing import NoReturn


def hand_over(*arguments: str) -> NoReturn:
    """Become `python -m triptych.server …`, so that signals reach the server itself."""
    command = [sys.executable, "-m", "triptych.server", *arguments]
    if os.name == "posix":
        sys.stdout.flush()
        os.execv(sys.executable, command)  # noqa: S606 - our own interpreter and module
    raise SystemExit(subprocess.run(command, check=False).returncode)  # noqa: S603
