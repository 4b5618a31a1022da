"""The server's clock: the engine and the apps read none, the doors tell them what time it is."""

from django.utils import timezone

from triptych.plan.quantities import Instant, instant


def today() -> Instant:
    """Now, in the wall-clock time in which plans are written."""
    return instant(timezone.localtime().replace(tzinfo=None))
