"""How a body is read: strictly, for what comes in must be storable and computable."""

from typing import Annotated, Any

import orjson
from django.http import HttpRequest
from ninja.parser import Parser
from ninja.types import DictStrAny
from pydantic import Field

#: The number of a row, in an address or a body.
Id = Annotated[int, Field(ge=1, le=2**63 - 1)]

#: Beyond this the other end, which may be JavaScript, would read another number than was written.
LARGEST = 2**53


class StrictParser(Parser):
    """JSON by orjson, which refuses lone surrogates, NaN and deep nesting; here also NUL and huge numbers."""

    def parse_body(self, request: HttpRequest) -> DictStrAny:
        body: DictStrAny = orjson.loads(request.body)
        _check(body)
        return body


def _check(value: Any) -> None:
    """Raises ValueError for what no column could hold. Depth is bounded by the parser."""
    stack = [value]
    while stack:
        each = stack.pop()
        if isinstance(each, dict):
            stack.extend(each)
            stack.extend(each.values())
        elif isinstance(each, list):
            stack.extend(each)
        elif isinstance(each, str) and "\x00" in each:
            raise ValueError("text holds a NUL character")
        elif isinstance(each, (int, float)) and not -LARGEST <= each <= LARGEST:
            raise ValueError("a number is too large")
