"""Start the server: bring the database up to date, then answer."""

import os
from types import FrameType


def prepare() -> None:
    """Set Django up, check the settings, and migrate. Raises SystemCheckError where a setting is wrong."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "triptych.server.settings")
    import django  # noqa: PLC0415 - settings are read at import, so only once the environment is complete
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("check", databases=["default"])
    call_command("migrate", interactive=False, verbosity=0)


def run(host: str = "127.0.0.1", port: int = 8000) -> None:
    """Serve until interrupted. Blocks.

    Open live streams would keep uvicorn from stopping for ever: they are ended first, and there are two seconds
    of grace for the rest.
    """
    prepare()
    import uvicorn  # noqa: PLC0415 - slow to import, and no other command needs it

    from triptych.live.tail import TAIL  # noqa: PLC0415 - needs Django set up

    class Server(uvicorn.Server):
        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            TAIL.close()
            super().handle_exit(sig, frame)

    config = uvicorn.Config(
        "triptych.server.asgi:application",
        host=host,
        port=port,
        log_level="warning",
        timeout_graceful_shutdown=2,
        server_header=False,
    )
    Server(config).run()
