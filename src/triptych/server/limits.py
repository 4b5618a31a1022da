"""Bodies that are too large are refused by their announced size, before a byte of them is kept.

A body of unannounced size (chunked) needs no limit: Django reads as much as Content-Length says, which then is
nothing.
"""

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

#: Room for the other parts of a form beside the file.
FORM_SLACK = 64 * 1024


class BodyLimit:
    """Answers 413 to a body over `limit` bytes."""

    def __init__(self, app: ASGIApp, *, limit: int) -> None:
        self.app = app
        self.limit = limit + FORM_SLACK

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        too_large = scope["type"] == "http" and announced(scope) > self.limit
        await (self.refusal() if too_large else self.app)(scope, receive, send)

    def refusal(self) -> JSONResponse:
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
        headers = {"Connection": "close"}
        return JSONResponse(problem, 413, headers, media_type="application/problem+json")


def announced(scope: Scope) -> int:
    """The Content-Length, 0 where there is none or it is no number."""
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return 0
