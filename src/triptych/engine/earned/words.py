"""Earned value in sentences: what a manager asks of a status date, answered."""

from triptych.plan.spelling import day_in_words

from .measure import Kind, Measure, Speller
from .project import EarnedValue


def sentences(found: EarnedValue) -> list[str]:
    """How the work stands, what it cost, where that leads, and what it takes to keep the budget; or why nothing can be
    said."""
    if (fault := found["bac"].fault) is not None:
        return [_capital(f"nothing can be said: {fault.sentence}")]
    told = [_progress(found), _cost(found), _outlook(found), _needed(found)]
    return [_capital(each) for each in told if each]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _progress(found: EarnedValue) -> str:
    planned, earned, behind = found["pv"], found["ev"], found["sv_t"]
    if earned.value == found["bac"].value:
        return f"all of it is done, {earned.spelled}: the work was {_ahead(found, behind)}."
    return (
        f"by {day_in_words(found.at)}, {earned.spelled} of {found['bac'].spelled} is earned, and {planned.spelled} was planned by then: "
        f"the work is {_ahead(found, behind)}."
    )


def _ahead(found: EarnedValue, variance: Measure) -> str:
    """`12.5 d behind`, of working time."""
    if variance.value is None or round(variance.value) == 0:
        return "on schedule"
    spelled = Speller(found.project.minutes_per_day).spell(abs(variance.value), Kind.TIME)
    return f"{spelled} {'behind' if variance.value < 0 else 'ahead of'} schedule"


def _cost(found: EarnedValue) -> str:
    spent, variance = found["ac"], found["cv"]
    what = "cost" if found.unit is Kind.MONEY else "took"
    if spent.fault is not None:
        return spent.fault.sentence
    if not variance.value:
        return f"that {what} {spent.spelled}, as was planned for it."
    more = Speller().spell(abs(variance.value), found.unit)
    return f"that {what} {spent.spelled}: {more} {'more' if variance.value < 0 else 'less'} than was planned for it."


def _outlook(found: EarnedValue) -> str:
    """By the rest as planned: formulas that divide by an index are far off while little is done
    (docs/benchmarks.md)."""
    finish, cost = found["finish_es"], found["eac_cpi"]
    parts = []
    if finish.date is not None:
        parts.append(
            f"with the rest as planned it is finished by {day_in_words(finish.date)} instead of {_planned(found)}"
        )
    if cost.value is not None and found["ev"].value != found["bac"].value:
        what = "costs" if found.unit is Kind.MONEY else "takes"
        parts.append(
            f"at the cost efficiency so far it {what} {cost.spelled} instead of {found['bac'].spelled}"
        )
    return f"{'; '.join(parts)}." if parts else ""


def _planned(found: EarnedValue) -> str:
    date = found["pd"].date
    return "" if date is None else day_in_words(date)


def _needed(found: EarnedValue) -> str:
    needed, so_far = found["tcpi_bac"], found["cpi"]
    if needed.value is None or so_far.value is None:
        return ""
    unit = "hour" if found.unit is Kind.WORK else "unit of money"
    return f"to keep the budget, each {unit} from now on must earn {needed.spelled}; so far it earned {so_far.spelled}."
