"""Errors, mapped once: whatever goes wrong behind any door leaves as application/problem+json with a code."""

from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any, Literal

import orjson
from django.core.exceptions import RequestDataTooBig
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from triptych.apps.people.refusals import Refusal

from .reading import Unstorable


class Fault(Schema):
    """One thing that is wrong: in a plan, in a file, or in the request."""

    code: str
    severity: Literal["note", "warning", "error"]
    message: str
    place: str


class Problem(Schema):
    """Why a request was not fulfilled (RFC 9457, with a stable `code` and every single error)."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: list[Fault]


def problem(status: int, code: str, detail: str, errors: Sequence[dict[str, Any]] = ()) -> HttpResponse:
    """A problem as an answer."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
        "errors": list(errors),
    }
    return HttpResponse(orjson.dumps(body), status=status, content_type="application/problem+json")


def install(api: NinjaAPI) -> None:
    """Map every kind of error that a door can raise."""
    handlers: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
        Refusal: _refused,
        AuthenticationError: _anonymous,
        ValidationError: _malformed,
        HttpError: _http,
        Http404: _missing,
        RequestDataTooBig: _too_large,
        IntegrityError: _overtaken,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def _refused(_request: HttpRequest, fault: Exception) -> HttpResponse:
    if not isinstance(fault, Refusal):
        raise fault
    return problem(fault.status, fault.code, str(fault), [each.as_json() for each in fault.errors])


def _anonymous(_request: HttpRequest, _fault: Exception) -> HttpResponse:
    return problem(401, "session.none", "Sign in first.")


def _too_large(_request: HttpRequest, _fault: Exception) -> HttpResponse:
    return problem(413, "request.too-large", "The request is larger than this server takes.")


def _overtaken(_request: HttpRequest, _fault: Exception) -> HttpResponse:
    # Rows are checked before they are written: what the database still refuses, somebody else wrote in between.
    words = (
        "Somebody was faster: what this refers to or repeats has just changed. Look at it again and retry."
    )
    return problem(409, "record.conflict", words)


def _missing(_request: HttpRequest, _fault: Exception) -> HttpResponse:
    return problem(404, "request.not-found", "There is no such thing here.")


def _http(_request: HttpRequest, fault: Exception) -> HttpResponse:
    if not isinstance(fault, HttpError):
        raise fault
    codes = {400: "request.bad-json", 403: "request.csrf"}
    words = {
        400: "The body is not JSON that can be read.",
        403: "The CSRF token is missing or stale. Reload the page.",
    }
    status, cause = fault.status_code, fault.__cause__
    if isinstance(cause, Unstorable):
        return problem(status, "request.unstorable", str(cause))
    return problem(status, codes.get(status, "request.bad"), words.get(status, str(fault)))


def _malformed(_request: HttpRequest, fault: Exception) -> HttpResponse:
    if not isinstance(fault, ValidationError):
        raise fault
    errors = [_validation(each) for each in fault.errors[:100]]
    first = f": {errors[0]['place']}, {errors[0]['message']}" if errors else ""
    return problem(422, "request.invalid", f"The request does not have the form it should{first}.", errors)


def _validation(each: dict[str, Any]) -> dict[str, Any]:
    # Union tags and function names are the schema's own affair; what was sent is not repeated.
    place = ".".join(str(step)[:60] for step in each.get("loc", ()) if "[" not in str(step))
    printable = place.encode("utf-8", "replace").decode()
    return {
        "code": f"request.{each.get('type', 'invalid')}".replace("_", "-"),
        "severity": "error",
        "message": str(each.get("msg", "is wrong")).encode("utf-8", "replace").decode()[:300],
        "place": printable,
    }
