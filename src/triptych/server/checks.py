"""The settings, checked at start: every fault has a code, a sentence and the way out."""

import zoneinfo
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004

ENGINES = ("django.db.backends.sqlite3", "django.db.backends.postgresql")


@register(Tags.security)
def check_secret(**_: Any) -> list[CheckMessage]:
    """The key that signs sessions."""
    if len(settings.SECRET_KEY) >= 32 and len(set(settings.SECRET_KEY)) >= 8:
        return []
    hint = "Leave it unset to have one generated, or give 50 random characters."
    return [Error("TRIPTYCH_SECRET_KEY is too easy to guess.", hint=hint, id="triptych.E001")]


@register(Tags.database)
def check_database(**_: Any) -> list[CheckMessage]:
    """Only the two databases that the tests run on."""
    engine = settings.DATABASES["default"]["ENGINE"]
    if engine in ENGINES:
        return []
    hint = "Use postgres://… or sqlite:///…, or leave DATABASE_URL unset."
    return [Error(f"DATABASE_URL asks for {engine}.", hint=hint, id="triptych.E002")]


@register()
def check_upload_limit(**_: Any) -> list[CheckMessage]:
    """The largest file that may be imported."""
    limit = settings.MAX_UPLOAD_MB
    if limit is not None and 1 <= limit <= 1024:
        return []
    hint = "Give megabytes, for example 32."
    return [Error("TRIPTYCH_MAX_UPLOAD_MB is not from 1 to 1024.", hint=hint, id="triptych.E003")]


@register()
def check_time_zone(**_: Any) -> list[CheckMessage]:
    """The zone whose wall clock says what is late."""
    if settings.TIME_ZONE in zoneinfo.available_timezones():
        return []
    hint = "Give a name such as Europe/Berlin."
    message = f"TRIPTYCH_TIME_ZONE “{settings.TIME_ZONE}” is not a time zone."
    return [Error(message, hint=hint, id="triptych.E004")]


@register(Tags.security)
def check_hosts(**_: Any) -> list[CheckMessage]:
    """The names this server answers to."""
    found: list[CheckMessage] = []
    if any("/" in host for host in settings.ALLOWED_HOSTS):
        hint = "Give names without https://, separated by commas."
        found.append(Error("TRIPTYCH_HOSTS holds an address.", hint=hint, id="triptych.E005"))
    if not settings.HTTPS and not local_only(settings.ALLOWED_HOSTS):
        hint = "Serve it behind HTTPS and set TRIPTYCH_HTTPS=1, so that cookies travel encrypted only."
        found.append(Warning("The server is reachable by name without HTTPS.", hint=hint, id="triptych.W001"))
    if settings.DEBUG and not local_only(settings.ALLOWED_HOSTS):
        hint = "Unset TRIPTYCH_DEBUG."
        found.append(Error("TRIPTYCH_DEBUG is on beyond this machine.", hint=hint, id="triptych.E006"))
    return found


def local_only(hosts: Sequence[str]) -> bool:
    """Whether every host is this machine."""
    return all(host in {"localhost", "127.0.0.1", "[::1]", "testserver"} for host in hosts)
