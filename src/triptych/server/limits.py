"""Bodies that are too large are refused while they arrive, before a byte of them is kept."""

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Room for the other parts of a form beside the file.
FORM_SLACK = 64 * 1024


class BodyLimit:
    """Answers 413 to a body over `limit` bytes, announced or not."""

    def __init__(self, app: ASGIApp, *, limit: int) -> None:
        self.app = app
        self.limit = limit + FORM_SLACK

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif announced(scope) > self.limit:
            await self.refuse(scope, receive, send)
        else:
            await self.app(scope, self.counted(receive), send)

    def counted(self, receive: Receive) -> Receive:
        """`receive`, which fails once more has arrived than allowed: the connection is then closed."""
        total = 0

        async def receive_counted() -> Message:
            nonlocal total
            message = await receive()
            total += len(message.get("body", b""))
            if total > self.limit:
                raise HTTPException(413)
            return message

        return receive_counted

    async def refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The problem, as the API spells it."""
        detail = f"This is larger than the {self.limit // 2**20} MB that this server takes."
        problem = {
            "type": "about:blank",
            "title": "Content Too Large",
            "status": 413,
            "code": "import.too-large",
            "detail": detail,
            "errors": [],
        }
        answer = JSONResponse(problem, 413, media_type="application/problem+json")
        answer.headers["Connection"] = "close"
        await answer(scope, receive, send)


def announced(scope: Scope) -> int:
    """The Content-Length, 0 where there is none or it is no number."""
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return 0
