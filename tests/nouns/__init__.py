"""A valid row of every noun, made through the actions: what the tests that hold for all nouns start from.

Each file holds the `SAMPLES` of one app: for a noun, a function from the company to the values to add it with (its
home, where it has one, is the house or something in it), and the values to change it to.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps

from tests.cast import Company
from triptych.apps.people.records import Record

Values = dict[str, Any]


@dataclass(frozen=True)
class Sample:
    """How a row of a noun is added, and what it may be changed to."""

    values: Callable[[Company], Values]
    change: Values


def nouns() -> list[type[Record]]:
    """Every noun there is."""
    return [each for each in apps.get_models() if issubclass(each, Record)]


def samples() -> dict[type[Record], Sample]:
    """The samples of all apps."""
    from . import control, people, product, program, project  # noqa: PLC0415 - models wait for Django

    return {**people.SAMPLES, **project.SAMPLES, **control.SAMPLES, **product.SAMPLES, **program.SAMPLES}
