"""The live stream, as a browser reads it: over ASGI, with the real thread."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from django.conf import settings
from django.db import connections

from tests.cast import Company, door, found_company, recall_company
from triptych.apps.people.models import User
from triptych.apps.people.roles import Role
from triptych.apps.project import actions
from triptych.live.stream import LiveStream
from triptych.live.tail import Tail
from triptych.plan.changes import SetDuration, SetName

pytestmark = pytest.mark.django_db(transaction=True)

Event = dict[str, Any]


@pytest.fixture
def company(transactional_db: None) -> Company:  # noqa: ARG001
    return recall_company() or found_company()


class Stream:
    """One open stream: the status of its answer, and the events as they come."""

    def __init__(self) -> None:
        self.status = 0
        self.body = bytearray()
        self.news = asyncio.Event()
        self.leave = asyncio.Event()
        self.ended = False

    async def send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        else:
            self.body += message.get("body", b"")
            self.ended = not message.get("more_body", False)
        self.news.set()

    async def receive(self) -> Any:
        await self.leave.wait()
        return {"type": "http.disconnect"}

    def events(self) -> list[Event]:
        frames = bytes(self.body).decode().split("\n\n")[:-1]
        return [
            json.loads(frame.split("data: ", 1)[1]) | {"id": int(frame.split("id: ", 1)[1].split("\n")[0])}
            for frame in frames
            if "event: change" in frame
        ]

    async def until(self, enough: Callable[[], bool]) -> None:
        async with asyncio.timeout(5):
            while not enough():
                self.news.clear()
                await self.news.wait()


@asynccontextmanager
async def opened(
    app: LiveStream, user: User | None, query: str = "", last: str = ""
) -> AsyncIterator[Stream]:
    stream = Stream()
    headers = [(b"cookie", await asyncio.to_thread(cookie, user))] if user else []
    if last:
        headers.append((b"last-event-id", last.encode()))
    scope = {
        "type": "http", "asgi": {"version": "3.0", "spec_version": "2.3"}, "method": "GET",
        "path": "/api/v1/live", "query_string": query.encode(), "headers": headers,
    }  # fmt: skip
    task = asyncio.create_task(app(scope, stream.receive, stream.send))
    try:
        await stream.until(lambda: bool(stream.body) or stream.ended)
        yield stream
    finally:
        stream.leave.set()
        await task


def cookie(user: User | None) -> bytes:
    if user is None:
        return b""
    try:
        name = settings.SESSION_COOKIE_NAME
        return f"{name}={door(user).cookies[name].value}".encode()
    finally:
        connections.close_all()


def run(play: Callable[[LiveStream], Awaitable[None]]) -> None:
    """Play a scene with a stream of its own, and end its thread."""
    tail = Tail()
    try:
        asyncio.run(play(LiveStream(tail)))  # type: ignore[arg-type]
    finally:
        tail.close()
        tail.join(5)


async def do(action: Callable[..., Any], **values: Any) -> Any:
    def call() -> Any:
        try:
            return action(**values)
        finally:
            connections.close_all()

    return await asyncio.to_thread(call)


def rename(company: Company, task: str, name: str) -> dict[str, Any]:
    project = company.secret if task in {"permit", "party"} else company.house
    change = SetName(company.tasks[task], name)
    return {"actor": company.alice, "project": project.pk, "changes": [change]}


def test_a_change_arrives_soon(company: Company) -> None:
    async def play(app: LiveStream) -> None:
        async with opened(app, company.bob) as bob:
            assert bob.status == 200
            done = await do(actions.change_plan, **rename(company, "design", "Draw"))
            await bob.until(lambda: len(bob.events()) == 1)
            assert bob.events() == [
                {
                    "id": done.seq,
                    "seq": done.seq,
                    "project": company.house.pk,
                    "verb": "change_plan",
                    "sentence": "Renamed “design” to “Draw”",
                    "actor": {"id": company.alice.pk, "name": "Alice Archer"},
                }
            ]

    run(play)


def test_nobody_is_told_of_what_they_may_not_see(company: Company) -> None:
    async def play(app: LiveStream) -> None:
        async with opened(app, company.bob) as bob, opened(app, company.charlie) as charlie:
            await do(actions.change_plan, **rename(company, "permit", "Bribe"))
            longer = [SetDuration(company.tasks["permit"], 4800)]
            await do(actions.change_plan, actor=company.alice, project=company.secret.pk, changes=longer)
            await do(actions.change_plan, **rename(company, "design", "Draw"))
            await bob.until(lambda: len(bob.events()) == 2)
            assert [each["sentence"] for each in bob.events()] == [
                "A change in another project moved dates here",
                "Renamed “design” to “Draw”",
            ]
            assert bob.events()[0]["actor"] is None
            assert bob.events()[0]["project"] == company.house.pk
            await asyncio.sleep(0.3)
            assert charlie.events() == []
            assert b"permit" not in bob.body

    run(play)


def test_a_granted_and_a_withdrawn_role_are_felt_at_once(company: Company) -> None:
    async def play(app: LiveStream) -> None:
        role = {"user": company.charlie, "node": company.house, "role": Role.GUEST}
        async with opened(app, company.charlie) as charlie:
            await do(actions.change_plan, **rename(company, "design", "one"))
            await asyncio.sleep(0.3)  # the tail has passed it: charlie was not to see it
            await do(actions.grant_role, actor=company.alice, **role)
            await do(actions.change_plan, **rename(company, "design", "two"))
            await charlie.until(lambda: len(charlie.events()) == 2)
            await do(actions.withdraw_role, actor=company.alice, **role)
            await do(actions.change_plan, **rename(company, "design", "three"))
            await asyncio.sleep(0.3)
            assert [each["verb"] for each in charlie.events()] == ["grant_role", "change_plan"]

    run(play)


@pytest.mark.parametrize("how", ["after", "header"])
def test_who_comes_back_gets_what_they_missed_once_and_in_order(company: Company, how: str) -> None:
    async def play(app: LiveStream) -> None:
        first = await do(actions.change_plan, **rename(company, "design", "0"))
        for number in range(1, 4):
            await do(actions.change_plan, **rename(company, "design", str(number)))
        last = str(first.seq)
        asked = {"query": f"after={last}"} if how == "after" else {"last": last, "query": "after=0"}
        async with opened(app, company.bob, **asked) as bob:
            await bob.until(lambda: len(bob.events()) == 3)
            await do(actions.change_plan, **rename(company, "design", "4"))
            await bob.until(lambda: len(bob.events()) == 4)
            assert [each["sentence"][-3:] for each in bob.events()] == [f"“{n}”" for n in range(1, 5)]

    run(play)


def test_strangers_and_nonsense_are_turned_away(company: Company) -> None:
    async def play(app: LiveStream) -> None:
        async with opened(app, None) as nobody:
            assert nobody.status == 401
        async with opened(app, company.bob, query="after=x") as odd:
            assert odd.status == 422

    run(play)


def test_closing_ends_every_stream_and_the_thread(company: Company) -> None:
    async def play(app: LiveStream) -> None:
        async with opened(app, company.bob) as bob:
            app.close()
            await bob.until(lambda: bob.ended)

    run(play)
