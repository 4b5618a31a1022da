"""Measures of value and cost: variances, indices, estimates at completion.

The formulas are those of the PMI's Practice Standard for Earned Value Management (2nd edition, 2011) and of Vanhoucke,
Measuring Time (2009), chapter 2, where the estimates at completion are told apart by their performance factor.
"""

from triptych.plan.spelling import day_in_words

from .measure import Fault, Kind, Reason, constant
from .sheet import Sheet

NOTHING_EARNED = Fault(Reason.NOTHING_EARNED, "nothing has been earned yet, so its pace is not known.")
NOTHING_SPENT = Fault(Reason.NOTHING_SPENT, "nothing has been spent yet.")
FINISHED = Fault(Reason.FINISHED, "all of it is done.")
_BUDGET_SPENT = Fault(
    Reason.BUDGET_SPENT, "as much as that, or more, is spent already: no efficiency leads back to it."
)


def nothing_planned(at: int) -> Fault:
    """Why there is no schedule performance index early on."""
    return Fault(Reason.NOTHING_PLANNED, f"nothing was planned to be earned by {day_in_words(at)}.")


def add_variances(sheet: Sheet, at: int) -> None:
    """SV, SPI, CV, CPI and their product, of BAC, PV, EV and AC at the status date `at`."""
    amount, ev, pv = sheet.amount, sheet.term("ev"), sheet.term("pv", nothing_planned(at))
    ac = sheet.term("ac", NOTHING_SPENT)
    sheet.work_out("sv", "SV", "schedule variance", amount, ev - pv)
    sheet.work_out("spi", "SPI", "schedule performance index", Kind.INDEX, ev / pv)
    sheet.work_out("cv", "CV", "cost variance", amount, ev - ac)
    sheet.work_out("cpi", "CPI", "cost performance index", Kind.INDEX, ev / ac)
    sheet.work_out("sci", "SCI", "schedule cost index", Kind.INDEX, sheet.term("spi") * sheet.term("cpi"))


def add_estimates(sheet: Sheet) -> None:
    """EAC by eight performance factors; ETC and VAC by the usual one, the CPI; TCPI. Wants SPI(t) on the sheet."""
    bac, ev, ac = (sheet.term(key) for key in ("bac", "ev", "ac"))
    cpi, spi, spi_t = (sheet.term(key, NOTHING_EARNED) for key in ("cpi", "spi", "spi_t"))
    most, rest = constant(0.8), constant(0.2)
    sheet.work_out("eac", "EAC", "the rest as budgeted", sheet.amount, ac + (bac - ev))
    sheet.work_out("eac_cpi", "EAC", "the rest at the cost efficiency so far", sheet.amount, bac / cpi)
    for key, name, factor in (
        ("spi", "the rest at the pace so far", spi),
        ("spi_t", "the rest at the pace so far, by time", spi_t),
        ("sci", "the rest at cost efficiency and pace", cpi * spi),
        ("sci_t", "the rest at cost efficiency and pace, by time", cpi * spi_t),
        ("weighted", "the rest at 80 % cost efficiency, 20 % pace", most * cpi + rest * spi),
        ("weighted_t", "the rest at 80 % cost efficiency, 20 % pace by time", most * cpi + rest * spi_t),
    ):
        term = ac + (bac - ev) / factor.meaning(NOTHING_EARNED)
        sheet.work_out(f"eac_{key}", "EAC", name, sheet.amount, term)
    eac = sheet.term("eac_cpi")
    sheet.work_out("etc", "ETC", "estimate to complete", sheet.amount, eac - ac)
    sheet.work_out("vac", "VAC", "variance at completion", sheet.amount, bac - eac)
    _add_needed(sheet)


def _add_needed(sheet: Sheet) -> None:
    """The cost efficiency that the rest needs, for the budget or for the estimate to hold."""
    bac, ev, ac = (sheet.term(key) for key in ("bac", "ev", "ac"))
    for key, name, goal in (
        ("tcpi_bac", "efficiency needed to keep the budget", bac),
        ("tcpi_eac", "efficiency needed to keep the estimate", sheet.term("eac_cpi")),
    ):
        left = goal - ac
        left = left.unless(sheet.is_done, FINISHED).unless(left.value <= 0, _BUDGET_SPENT)
        sheet.work_out(key, "TCPI", name, Kind.INDEX, (bac - ev) / left)
