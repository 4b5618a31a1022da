"""Columns of money, in hundredths of the currency, and of three points."""

from django.db import models
from django.db.models import F, Q

#: A trillion of the currency: what sums of many rows keep within 64 bits.
MOST_MONEY = 10**14
#: Forty years of working days: what dates of the plan can bear.
LONGEST = 5_000_000


def within(name: str, column: str, least: int, most: int) -> models.CheckConstraint:
    """The column lies between two bounds, both included."""
    return models.CheckConstraint(
        condition=Q(**{f"{column}__gte": least, f"{column}__lte": most}),
        name=name,
        violation_error_message=f"The {column.replace('_', ' ')} lies between {least} and {most}.",
    )


def three_points(name: str, stem: str, most: int) -> models.CheckConstraint:
    """`stem_least`, `stem_likely` and `stem_most` stand in this order, from nothing up to `most`."""
    return models.CheckConstraint(
        condition=Q(
            **{
                f"{stem}_least__gte": 0,
                f"{stem}_likely__gte": F(f"{stem}_least"),
                f"{stem}_most__gte": F(f"{stem}_likely"),
                f"{stem}_most__lte": most,
            }
        ),
        name=name,
        violation_error_message=f"The {stem.replace('_', ' ')} is least, likely and most, in this order, from 0 on.",
    )
