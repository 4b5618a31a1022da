"""`GET /api/v1/live`: the stream of one reader."""

import asyncio
from collections.abc import AsyncIterator, Callable
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from typing import TypeVar

from django.conf import settings
from django.contrib.auth import get_user
from django.db import connections
from django.http import HttpRequest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from triptych.apps.history.queries import after
from triptych.apps.people.models import User

from .readers import Batch, Reader, Sight, batch_for
from .tail import TAIL, Tail

_T = TypeVar("_T")

#: Comments this often (seconds) keep proxies from closing a quiet stream.
KEEP_ALIVE = 15.0
#: The session is looked at again after so many of them.
LOOKS = 20
HEADERS = {"Cache-Control": "no-cache, no-transform", "X-Accel-Buffering": "no"}


class LiveStream:
    """The ASGI application of the stream."""

    def __init__(self, tail: Tail = TAIL) -> None:
        self.tail = tail

    def close(self) -> None:
        """End every open stream."""
        self.tail.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._answer(Request(scope, receive))
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        if request.method != "GET":
            return _problem(405, "request.bad-method", "The live stream is only read.")
        cookies = request.headers.get("cookie", "")
        user = await _in_thread(lambda: user_of(cookies))
        if user is None:
            return _problem(401, "session.none", "Sign in first.")
        seq = asked(request)
        if seq is not None and seq < 0:
            return _problem(422, "request.invalid", "`after` is the number of a log entry.")
        frames = self._frames(user, cookies, seq)
        return StreamingResponse(frames, media_type="text/event-stream", headers=HEADERS)

    async def _frames(self, user: User, cookies: str, seq: int | None) -> AsyncIterator[bytes]:
        """First what the reader missed, then what comes. The reader is added before the past is read, so nothing
        falls between; what then comes twice is dropped by its number."""
        reader = Reader(user, asyncio.get_running_loop())
        latest = await _in_thread(lambda: self.tail.add(reader))
        try:
            yield b"retry: 1000\n\n"
            last = latest if seq is None else seq
            while missed := await _in_thread(lambda: past(user, last)):  # noqa: B023 - awaited at once
                last = missed[0]
                for frame in missed[1]:
                    yield frame
            async for frame in self._news(reader, cookies, last):
                yield frame
        finally:
            self.tail.remove(reader)

    async def _news(self, reader: Reader, cookies: str, last: int) -> AsyncIterator[bytes]:
        looks = 0
        while True:
            try:
                batch: Batch | None = await asyncio.wait_for(reader.queue.get(), KEEP_ALIVE)
            except TimeoutError:
                looks += 1
                if looks % LOOKS == 0 and await _in_thread(lambda: user_of(cookies)) != reader.user:
                    return
                yield b": alive\n\n"
                continue
            if batch is None:
                return
            if batch.seq > last:
                for frame in batch.frames:
                    yield frame


def asked(request: Request) -> int | None:
    """The number after which the reader wants to be told: what the browser last saw, else `after`; -1 if bad."""
    value = request.headers.get("last-event-id") or request.query_params.get("after")
    if value is None or value == "":
        return None
    return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else -1


def past(user: User, seq: int) -> tuple[int, list[bytes]] | None:
    """Some of what the user missed after a number, and how far that goes; None if there is no more."""
    entries = after(seq)
    if not entries:
        return None
    rights = Sight().of(user)
    batches = [batch_for(each, user, rights) for each in entries]
    return entries[-1].pk, [frame for batch in batches if batch for frame in batch.frames]


def user_of(cookies: str) -> User | None:
    """The signed-in user of a Cookie header, checked as Django's middleware does."""
    try:
        morsel = SimpleCookie(cookies).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return None
    if morsel is None:
        return None
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(morsel.value)
    user = get_user(request)
    return user if isinstance(user, User) and user.is_active else None


async def _in_thread(call: Callable[[], _T]) -> _T:
    def run() -> _T:
        try:
            return call()
        finally:
            # The pool's threads live on, and a connection left open in one would never be looked after.
            connections.close_all()

    return await asyncio.to_thread(run)


def _problem(status: int, code: str, detail: str) -> JSONResponse:
    titles = {401: "Unauthorized", 405: "Method Not Allowed", 422: "Unprocessable Content"}
    body = {
        "type": "about:blank",
        "title": titles[status],
        "status": status,
        "code": code,
        "detail": detail,
        "errors": [],
    }
    return JSONResponse(body, status, media_type="application/problem+json")
