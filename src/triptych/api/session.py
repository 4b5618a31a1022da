"""Sign in, sign out, who am I."""

from typing import Any

from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from ninja import Router, Schema
from ninja.errors import HttpError
from ninja.utils import check_csrf
from pydantic import Field

from triptych.apps.people.actions import sign_in
from triptych.apps.people.models import User
from triptych.apps.people.roles import Role, Verb
from triptych.apps.project.rules import rights_of

from .problems import problem
from .shapes import FAULTS, Named

router = Router(tags=["session"])


class Credentials(Schema):
    """What a person signs in with."""

    email: str = Field(max_length=254)
    password: str = Field(max_length=4096)


class Account(Named):
    """The signed-in person."""

    email: str
    initials: str


class May(Schema):
    """What the pages offer the person, at least somewhere."""

    import_: bool = Field(alias="import")
    administer: bool


class Session(Schema):
    """Who is signed in, and as what."""

    user: Account
    workspace: Named
    role: str
    may: May


@router.get("/session", auth=None, response={200: Session, **FAULTS}, by_alias=True)
def read_session(request: HttpRequest) -> Any:
    """The signed-in person. Also to the anonymous it gives the cookie with the CSRF token, to sign in with."""
    get_token(request)
    if not isinstance(request.user, User):
        return problem(401, "session.none", "Sign in first.")
    return _session(request.user)


@router.post("/session", auth=None, response={200: Session, 429: FAULTS[401], **FAULTS}, by_alias=True)
def open_session(request: HttpRequest, credentials: Credentials) -> Any:
    """Sign in. Wrong e-mail and wrong password are answered alike."""
    # Signing in needs the token too, or another site could sign its visitor in as somebody else.
    if check_csrf(request):
        raise HttpError(403, "csrf")
    user = sign_in(request=request, email=credentials.email, password=credentials.password)
    login(request, user)
    get_token(request)
    return _session(user)


@router.delete("/session", response={204: None, **FAULTS})
def close_session(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    logout(request)
    return HttpResponse(status=204)


def _session(user: User) -> dict[str, Any]:
    rights = rights_of(user)
    return {
        "user": {"id": user.pk, "name": user.name, "email": user.email, "initials": user.initials},
        "workspace": {"id": user.workspace.pk, "name": user.workspace.name},
        "role": (rights.highest or Role.GUEST).value,
        "may": {
            "import": rights.may_anywhere(Verb.IMPORT_PLAN),
            "administer": rights.may_everywhere(Verb.ADMINISTER),
        },
    }
