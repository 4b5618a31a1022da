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
    tracked: Tracked, period: Period, logic: ProgressLogic = ProgressLogic.RETAINED, held: bool = True
) -> Instant:
    """The finish of the remaining plan as it stands."""
    return finish(remaining_plan(tracked, period, logic=logic, held=held))


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
}
