"""`triptych demo`: the sample company in a SQLite database of its own, served on this machine."""

import contextlib
import os
import socket
import threading
import urllib.request
import webbrowser
from datetime import date
from pathlib import Path

import platformdirs

from .serve import address_of, answer, prepare


def demo(listener: socket.socket, *, browser: bool, fresh: bool) -> None:
    """Build the company if it is not there, print who may sign in, and serve. Blocks."""
    folder = _folder()
    if fresh:
        for path in folder.glob("demo.sqlite3*"):
            path.unlink()
    os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'demo.sqlite3'}"
    prepare()
    signs_in = _company(folder)
    address = address_of(listener)
    print(
        f"\nTriptych is at {address} — Ctrl+C stops it.\nIts data is in {folder}.\n\n{signs_in}", flush=True
    )
    if browser:
        threading.Thread(target=_open, args=(address,), daemon=True).start()
    answer(listener)


def _folder() -> Path:
    """TRIPTYCH_DATA_DIR, or a folder apart from the real data's."""
    if not os.environ.get("TRIPTYCH_DATA_DIR"):
        data = Path(platformdirs.user_data_dir("triptych", appauthor=False))
        os.environ["TRIPTYCH_DATA_DIR"] = str(data / "demo")
    folder = Path(os.environ["TRIPTYCH_DATA_DIR"])
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _company(folder: Path) -> str:
    """Who may sign in to the company that the database holds, after building it where it holds none."""
    from triptych.apps.people.models import Workspace  # noqa: PLC0415 - needs Django to be set up

    from .sample.build import build, new_password  # noqa: PLC0415

    path = folder / "sign-ins.txt"
    if not Workspace.objects.exists():
        print("Building the sample company, Tideglass Ferries …", flush=True)
        password = new_password()
        company = build(today=date.today(), password=password)  # noqa: DTZ011 - the reader's own day
        lines = [
            f"  {each.role.replace('_', ' '):<18} {each.email:<32} {each.name}" for each in company.sign_ins
        ]
        path.unlink(missing_ok=True)
        path.touch(mode=0o600)
        path.write_text(
            "\n".join(["Sign in as any of these:", *lines, f"\n  password           {password}\n"])
        )
    return path.read_text()


def _open(address: str) -> None:
    """Open the reader's browser once the server answers; without a browser there is nothing to do."""
    with contextlib.suppress(OSError):
        urllib.request.urlopen(address, timeout=10).close()  # noqa: S310 - our own http address
        webbrowser.open(address)
