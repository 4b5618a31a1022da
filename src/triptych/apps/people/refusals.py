"""The request cannot be done: a code, a sentence and an HTTP status, one tree for all apps.

Doors map `Refusal` once: to problem+json, to a message, to an exit code. A wrong *plan* is no refusal but
`Diagnostic`s; they travel in `errors`.
"""

from collections.abc import Sequence
from typing import ClassVar

from triptych.plan.diagnostics import Diagnostic


class Refusal(Exception):
    """What is asked cannot be done. `code` is stable and dotted, `str()` is the sentence."""

    status: ClassVar[int] = 422

    def __init__(self, code: str, sentence: str, *, errors: Sequence[Diagnostic] = ()) -> None:
        super().__init__(sentence)
        self.code = code
        self.errors = tuple(errors)


class Invalid(Refusal):
    """The request is understood and cannot hold."""

    status = 422


class NotVisible(Refusal):
    """There is no such thing, or the actor may not know of it: the two must look the same."""

    status = 404

    def __init__(
        self, code: str = "request.not-found", sentence: str = "There is no such thing here."
    ) -> None:
        super().__init__(code, sentence)


class NotAllowed(Refusal):
    """The actor sees it but may not do this."""

    status = 403

    def __init__(self, sentence: str) -> None:
        super().__init__("permission.denied", sentence)


class Conflict(Refusal):
    """Somebody was faster, or what is to be undone is no longer there."""

    status = 409


class TooLarge(Refusal):
    """More than this server takes."""

    status = 413


class SignInRefused(Refusal):
    """Wrong e-mail or password: which of the two is not said."""

    status = 401


class TooManyTries(Refusal):
    """Too many wrong passwords in a short time."""

    status = 429
