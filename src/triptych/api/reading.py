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


#: As deep as values may be nested.
DEEPEST = 100


class Unstorable(ValueError):
    """Sound JSON with something in it that no column could hold; says what."""


class StrictParser(Parser):
    """JSON by orjson, which refuses NaN; here also NUL, lone surrogates, huge numbers and deep nesting."""

    def parse_body(self, request: HttpRequest) -> DictStrAny:
        try:
            body: DictStrAny = orjson.loads(request.body)
        except orjson.JSONDecodeError as fault:
            told = [message for words, message in _REFUSED.items() if words in fault.msg]
            raise (Unstorable(told[0]) if told else fault) from fault
        _check(body)
        return body


_HUGE = f"A number is too large: they go from -{LARGEST} to {LARGEST}."
_DEEP = f"Values are nested more than {DEEPEST} deep."
#: What orjson says of sound JSON that it does not take.
_REFUSED = {
    "surrogate in string": "Text holds half of a surrogate pair, which is no character.",
    "number is infinity": _HUGE,
    "depth limit": _DEEP,
}


def _check(value: Any) -> None:
    """Raises Unstorable for what no column could hold."""
    stack = [(value, 1)]
    while stack:
        each, depth = stack.pop()
        if depth > DEEPEST:
            raise Unstorable(_DEEP)
        if isinstance(each, dict):
            stack.extend((inner, depth + 1) for pair in each.items() for inner in pair)
        elif isinstance(each, list):
            stack.extend((inner, depth + 1) for inner in each)
        elif isinstance(each, str) and "\x00" in each:
            raise Unstorable("Text holds a NUL character.")
        elif isinstance(each, (int, float)) and not -LARGEST <= each <= LARGEST:
            raise Unstorable(_HUGE)
