"""Choices in words."""

from collections.abc import Sequence

from triptych.engine.forecast.words import money
from triptych.plan.portfolio import ALL_YEARS, Budget, Portfolio
from triptych.plan.spelling import count

from .model import Aim

#: So many names are told in a sentence.
_MOST_NAMES = 4


def names(told: Sequence[str], last: str = "and", *, most: int = _MOST_NAMES) -> str:
    """`“A”, “B” and “C”`; of more than `most`, how many there are besides."""
    if len(told) > most:
        rest = count(len(told) - most + 1, "other project")
        return f"{', '.join(f'“{each}”' for each in told[: most - 1])} {last} {rest}"
    quoted = [f"“{each}”" for each in told]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} {last} {quoted[-1]}"


def spelled(hundredths: int) -> str:
    """`3`, `1.5`, `0.25`; thousands with commas."""
    return f"{hundredths / 100:,.2f}".rstrip("0").rstrip(".")


def people(hundredths: int, role: str) -> str:
    """`1 electrician`, `1.5 electricians`, whichever of the two the role is called."""
    word = role.removesuffix("s") if hundredths == 100 else role if role.endswith("s") else f"{role}s"
    return f"{spelled(hundredths)} {word}"


def gained(portfolio: Portfolio, aim: Aim, amount: int) -> str:
    """An amount of what a choice makes the most of: `€ 12,400`, or `12.5 points`."""
    if aim is Aim.VALUE:
        return money(amount, portfolio.currency)
    return f"{spelled(amount)} {'point' if amount == 100 else 'points'}"


def when(budget: Budget) -> str:
    """`in 2027`, or `in all years`."""
    return "in all years together" if budget.name == ALL_YEARS else f"in {budget.name}"


def percent(share: float) -> str:
    """`80%`; never a whole nothing or all for what has happened or not."""
    if 0 < share < 0.005:
        return "<1%"
    return ">99%" if 0.995 <= share < 1 else f"{share:.0%}"


def sentence(text: str) -> str:
    """With a capital and a full stop."""
    return f"{text[:1].upper()}{text[1:]}."
