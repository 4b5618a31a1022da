"""The dispatcher: the live stream and static files natively, everything else to Django in a thread pool."""

import os
from typing import Any, cast

from a2wsgi import WSGIMiddleware
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "triptych.server.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from .headers import SecurityHeaders
from .limits import BodyLimit

WORKERS = 8
LIVE = "/api/v1/live"
STATIC = "/static/"


class HashedFiles(StaticFiles):
    """The built pages. Assets carry their content's hash in their name, so browsers may keep them for ever."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        try:
            response = await super().get_response(path, scope)
        except HTTPException as fault:
            return PlainTextResponse("There is no such file.", fault.status_code)
        hashed = path.replace(os.sep, "/").startswith("assets/")
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if hashed else "no-cache"
        return response


class Dispatcher:
    """Which part of the house answers a path."""

    def __init__(self, *, live: ASGIApp, static: ASGIApp, pages: ASGIApp) -> None:
        self.live = live
        self.static = static
        self.pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await lifespan(receive, send, self.live)
        elif scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1000})
        else:
            await self.choose(scope["path"])(scope, receive, send)

    def choose(self, path: str) -> ASGIApp:
        """The live stream, a file, or Django."""
        if path == LIVE:
            return self.live
        return self.static if path.startswith(STATIC) else self.pages


async def lifespan(receive: Receive, send: Send, live: ASGIApp) -> None:
    """Start and stop: at the stop the open live streams are ended, or the server would wait for them."""
    await receive()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    close = getattr(live, "close", None)
    if close is not None:
        close()
    await send({"type": "lifespan.shutdown.complete"})


def build() -> ASGIApp:
    """The whole application."""
    django = get_wsgi_application()
    from triptych.live.stream import LiveStream  # noqa: PLC0415 - needs Django set up
    from triptych.web.shell import PAGES  # noqa: PLC0415

    dispatcher = Dispatcher(
        live=LiveStream(),
        static=strip_prefix(HashedFiles(directory=PAGES, check_dir=False), "/static/pages"),
        pages=cast("ASGIApp", WSGIMiddleware(cast("Any", django), workers=WORKERS)),
    )
    return SecurityHeaders(BodyLimit(dispatcher, limit=(settings.MAX_UPLOAD_MB or 32) * 2**20))


def strip_prefix(app: ASGIApp, prefix: str) -> ASGIApp:
    """`app`, mounted: it sees the path without the prefix."""

    async def mounted(scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        inner = path.removeprefix(prefix) if path.startswith(prefix + "/") else "/:none"
        await app(dict(scope) | {"path": inner, "root_path": ""}, receive, send)

    return mounted


application = build()
