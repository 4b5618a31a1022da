"""Start the server: bring the database up to date, then answer."""

import os
import socket
import subprocess
import sys
from types import FrameType

from triptych.engine.compiled import are_lanes_warm

#: The port that means: any that is free.
FREE = 0


class PortTaken(Exception):
    """The address cannot be listened on."""


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
