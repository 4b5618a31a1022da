"""Answers to what no door took: also these are problems, coded, and tell nothing about the inside."""

from django.http import HttpRequest, HttpResponse

from triptych.api.problems import problem


def unknown_door(request: HttpRequest) -> HttpResponse:
    """No such address under /api or /static."""
    return problem(404, "request.unknown", f"There is nothing at {request.path[:200]}.")


def bad_request(_request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return problem(400, "request.bad", "The request is malformed.")


def forbidden(_request: HttpRequest, reason: str = "", exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return problem(403, "request.csrf", "The CSRF token is missing or stale. Reload the page.")


def not_found(_request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return problem(404, "request.unknown", "There is nothing at this address.")


def failure(_request: HttpRequest) -> HttpResponse:
    return problem(500, "server.failure", "The server failed. The log of the server tells why.")
