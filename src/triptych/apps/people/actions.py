"""Users come into being, and sign in."""

from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest

from triptych.plan.diagnostics import error

from .models import User, Workspace
from .refusals import Conflict, Invalid, SignInRefused, TooManyTries

#: Wrong passwords for one e-mail before it has to wait, and for how many seconds.
TRIES, WAIT = 10, 300


def check_name(name: str, *, code: str = "name.bad", longest: int = 200) -> str:
    """The name without outer spaces. Raises Invalid if nothing or too much is left of it."""
    kept = name.strip()
    if not kept or len(kept) > longest or "\x00" in kept:
        raise Invalid(code, f"A name has 1 to {longest} characters.")
    return kept


def create_user(*, workspace: Workspace, email: str, name: str, password: str | None) -> User:
    """Create a user of the workspace, who may do nothing yet: a grant says what.

    `password` None makes a user who cannot sign in (a person in the plan, or one who will be invited). Raises
    Invalid for an e-mail or password that cannot be taken, Conflict if the e-mail is in use.
    """
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as fault:
        raise Invalid("user.bad-email", f"“{email}” is not an e-mail address.") from fault
    if User.objects.filter(email=address).exists():
        raise Conflict("user.exists", "There is a user with this e-mail already.")
    user = User(workspace=workspace, email=address, name=check_name(name, code="user.bad-name"))
    set_password(user, password)
    user.save()
    return user


def set_password(user: User, password: str | None) -> None:
    """Give the user a password that the validators take, or none. Does not save."""
    if password is None:
        user.set_unusable_password()
        return
    try:
        validate_password(password, user)
    except ValidationError as fault:
        errors = [error(f"password.{each.code}", each.messages[0]) for each in fault.error_list]
        raise Invalid("user.bad-password", " ".join(fault.messages), errors=errors) from fault
    user.set_password(password)


def sign_in(*, request: HttpRequest, email: str, password: str) -> User:
    """The user of that e-mail and password. The door then opens the session.

    Raises SignInRefused, after the same time for an unknown e-mail (Django hashes the password all the same),
    or TooManyTries.
    """
    address = email.strip().lower()
    tries = f"sign-in:{address}"
    # The default cache lives in the process: each process counts for itself, which is enough to slow guessing.
    if cache.get(tries, 0) >= TRIES:
        raise TooManyTries("session.too-many-tries", "Too many wrong passwords. Try again in five minutes.")
    user = authenticate(request, username=address, password=password)
    if not isinstance(user, User):
        cache.add(tries, 0, WAIT)
        cache.incr(tries)
        raise SignInRefused("session.bad-credentials", "The e-mail or the password is wrong.")
    cache.delete(tries)
    return user
