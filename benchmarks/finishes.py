"""Forecasts of the finish of real projects, and how far they lay from it.

`METHODS` is the table of what is compared: a name and a function of a project and one of its tracking periods, which looks at
nothing later. Add to it and `accuracy` measures it too.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache, partial

from triptych.engine.earned import Assessment, Curve, assess
from triptych.plan import Instant, ProgressLogic

from .dslib.records import Period, Tracked
from .dslib.remaining import finish, remaining_plan
from .dslib.value import curve_of, snapshot_of

Method = Callable[[Tracked, Period], Instant | None]


@lru_cache(maxsize=8)
def curve(tracked: Tracked) -> Curve:
    """The curve of a project, kept while its periods are gone through."""
    return curve_of(tracked)


@lru_cache(maxsize=256)
def assessed(tracked: Tracked, period: Period) -> Assessment:
    """The measures of earned value at a period."""
    return assess(curve(tracked), snapshot_of(tracked, period))


def by_formula(key: str, tracked: Tracked, period: Period) -> Instant | None:
    """One of the forecasts of `engine.earned`."""
    return assessed(tracked, period)[key].date


def as_agreed(tracked: Tracked, period: Period) -> Instant | None:
    """The baseline's finish, or the status date where that has gone by."""
    return max(curve(tracked).finish, period.at)


@lru_cache(maxsize=4096)
def plain_remaining(
    tracked: Tracked,
    period: Period,
    logic: ProgressLogic = ProgressLogic.RETAINED,
    held: bool = True,
    as_typed: bool = True,
) -> Instant:
    """The finish of the remaining plan as it stands."""
    return finish(remaining_plan(tracked, period, logic=logic, held=held, as_typed=as_typed))


def blend(tracked: Tracked, period: Period, *, as_typed: bool = True) -> Instant | None:
    """Halfway, in working time, between the remaining plan (progress override) and earned schedule with PF=1.

    The network knows which work is left and what waits for what; the earned schedule knows how far behind the whole is, which
    the network does not see in work that has not begun. Their errors are of different kinds, so that the mean is off less than
    either. No weight is fitted: those that were, leaving out each project in turn, did no better.
    """
    network = plain_remaining(tracked, period, logic=ProgressLogic.OVERRIDE, as_typed=as_typed)
    earned = by_formula("finish_es", tracked, period)
    if earned is None:
        return network
    first, last = sorted((network, earned))
    clock = curve(tracked).clocks[0]
    return clock.after(first, clock.between(first, last) / 2)


METHODS: Mapping[str, Method] = {
    "plan": as_agreed,
    "PV, PF=1": partial(by_formula, "finish_pv"),
    "PV, PF=SPI": partial(by_formula, "finish_pv_spi"),
    "PV, PF=SCI": partial(by_formula, "finish_pv_sci"),
    "ED, PF=1": partial(by_formula, "finish_ed"),
    "ED, PF=SPI": partial(by_formula, "finish_ed_spi"),
    "ED, PF=SCI": partial(by_formula, "finish_ed_sci"),
    "ES, PF=1": partial(by_formula, "finish_es"),
    "ES, PF=SPI(t)": partial(by_formula, "finish_es_spi_t"),
    "ES, PF=SPI(t)·CPI": partial(by_formula, "finish_es_sci_t"),
    "remaining plan": plain_remaining,
    "remaining plan, override": partial(plain_remaining, logic=ProgressLogic.OVERRIDE),
    "remaining plan, no holds": partial(plain_remaining, held=False),
    "remaining plan, no hindsight": partial(plain_remaining, logic=ProgressLogic.OVERRIDE, as_typed=False),
    "blend": blend,
    "blend, no hindsight": partial(blend, as_typed=False),
}
