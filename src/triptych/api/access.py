"""Who is asking: the session's user, and their rights, read once a request."""

from typing import Any

from django.http import HttpRequest
from ninja.security import SessionAuth

from triptych.apps.history.writing import Door
from triptych.apps.people.models import User
from triptych.apps.project.rules import Rights, rights_of

#: What comes in over a session is somebody at a page.
PAGE = Door("page")


class SignedIn(SessionAuth):
    """The session's cookie, with a CSRF token on everything that writes."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Any | None:  # noqa: ARG002
        return request.user if isinstance(request.user, User) and request.user.is_active else None


def user_of(request: HttpRequest) -> User:
    """The signed-in user; doors without one are marked `auth=None` and never ask."""
    user = request.user
    if not isinstance(user, User):
        raise TypeError("this door is open to anonymous requests")
    return user


def rights(request: HttpRequest) -> Rights:
    """The rights of the signed-in user."""
    return rights_of(user_of(request))
