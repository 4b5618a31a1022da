"""Start the server: bring the database up to date, then answer."""

import os
import secrets
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from types import FrameType

import dj_database_url
import platformdirs

from triptych.engine.compiled import are_lanes_warm

#: The port that means: any that is free.
FREE = 0


class PortTaken(Exception):
    """The address cannot be listened on."""


class NoDatabase(Exception):
    """There is no database of Triptych's where the environment says."""


def look() -> None:
    """Set Django up to read a database that is there: nothing is made, and nothing migrated. Raises NoDatabase."""
    folder, place, file = _place()
    if file is not None and not file.is_file():
        raise _none(place)
    # Reading signs nothing and keeps no files: it neither makes a key nor, for want of a folder, one of those.
    os.environ.setdefault("TRIPTYCH_SECRET_KEY", secrets.token_urlsafe(50))
    if not folder.is_dir():
        os.environ |= {"TRIPTYCH_DATA_DIR": tempfile.gettempdir()}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "triptych.server.settings")
    import django  # noqa: PLC0415 - settings are read at import, so only once the environment is complete
    from django.conf import settings  # noqa: PLC0415
    from django.db import DatabaseError, connection  # noqa: PLC0415

    django.setup()
    for name in ("init_command", "transaction_mode", "pool"):  # what writes, locks, and tries for long
        settings.DATABASES["default"].get("OPTIONS", {}).pop(name, None)
    try:
        tables = connection.introspection.table_names()
    except DatabaseError as fault:
        raise _none(place) from fault
    if "people_workspace" not in tables:
        raise _none(place)


def _place() -> tuple[Path, str, Path | None]:
    """The data folder, and where the database is: in words, without a password, and as a file if it is SQLite's."""
    chosen = os.environ.get("TRIPTYCH_DATA_DIR") or platformdirs.user_data_dir("triptych", appauthor=False)
    folder = Path(chosen)
    given = dj_database_url.parse(
        os.environ.get("DATABASE_URL") or f"sqlite:///{folder / 'triptych.sqlite3'}"
    )
    if given["ENGINE"].endswith("sqlite3"):
        return folder, str(given["NAME"]), Path(given["NAME"])
    return folder, f"{given['NAME']} on {given.get('HOST') or 'this machine'}", None


def _none(place: str) -> NoDatabase:
    return NoDatabase(
        f"there is no Triptych database that can be read at {place}. Name its folder by TRIPTYCH_DATA_DIR, or the database itself by "
        "DATABASE_URL (sqlite:///path or postgres://user:password@host/name)."
    )


def prepare() -> None:
    """Set Django up, check the settings, and migrate. Raises SystemCheckError where a setting is wrong."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "triptych.server.settings")
    import django  # noqa: PLC0415 - settings are read at import, so only once the environment is complete
    from django.core.management import call_command  # noqa: PLC0415
    from django.core.management.base import BaseCommand  # noqa: PLC0415

    django.setup()
    BaseCommand().check(databases=["default"])
    call_command("migrate", interactive=False, verbosity=0)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket, bound before anything slow begins. Raises PortTaken, with the way out."""
    try:
        return socket.create_server((host, port), backlog=2048, family=_family(host))
    except OSError as fault:
        raise PortTaken(
            f"cannot listen on {host}, port {port}: {fault.strerror or fault}. Choose another with --port "
            f"(--port {FREE} picks a free one)."
        ) from fault


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def address_of(listener: socket.socket) -> str:
    """What to type into a browser."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def serve(listener: socket.socket) -> None:
    """Bring the database up to date and serve. Blocks."""
    prepare()
    print(f"Triptych is at {address_of(listener)}", flush=True)
    answer(listener)


def compile_ahead() -> "subprocess.Popen[bytes] | None":
    """Compile the passes of the engine beside the server, so that the first large plan finds them ready.

    A process of its own, for compiling holds Python's lock for half a minute; it matters only once after an
    installation, and nothing waits for it.
    """
    return None if are_lanes_warm() else subprocess.Popen([sys.executable, "-m", "triptych.engine.warm"])


def answer(listener: socket.socket) -> None:
    """Answer requests until interrupted. Blocks.

    Open live streams would keep uvicorn from stopping for ever: they are ended first, and there are two seconds
    of grace for the rest.
    """
    import uvicorn  # noqa: PLC0415 - slow to import, and no other command needs it

    from triptych.live.tail import TAIL  # noqa: PLC0415 - needs Django set up

    class Server(uvicorn.Server):
        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            TAIL.close()
            super().handle_exit(sig, frame)

    compiling = compile_ahead()
    config = uvicorn.Config(
        "triptych.server.asgi:application",
        log_level="warning",
        timeout_graceful_shutdown=2,
        proxy_headers=True,
        server_header=False,
    )
    try:
        Server(config).run(sockets=[listener])
    except KeyboardInterrupt:  # uvicorn stops in order and then raises it again
        print("Stopped.", flush=True)
    finally:
        if compiling is not None:
            compiling.terminate()
