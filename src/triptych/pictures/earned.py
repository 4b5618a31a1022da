"""Earned value over time as a picture: planned, earned and spent, where they lead, and the earned schedule between
them."""

from collections.abc import Iterator
from dataclasses import dataclass

from triptych.engine.earned import EarnedValue, Kind, Series, Speller, Status, series_of
from triptych.engine.earned.words import sentences
from triptych.plan import moment
from triptych.plan.quantities import MINUTES_PER_DAY

from .backdrop import header
from .colours import RULES, palette
from .draw import document, element, group, line, path, rect, text
from .names import title as heading
from .plane import SIZE, Label, Plane, across, beneath, beside, depth, lined_up, steps
from .rows import MARGIN, Frame
from .scale import Scale
from .text import clean, ellipsised, escaped, width_of
from .tiers import short_day, tiers_for

_WIDTH, _HEIGHT, _TOP = 1000.0, 320.0, 98.0
_SAID, _LINE = 47.0, 17.0
#: Room above and below the labels at the foot, and for the key under them.
_FOOT, _KEY = 20.0, 40.0
_BESIDE = 12.0

_RULES = """
.earned .curve { fill: none; stroke-width: 2.25px; stroke-linejoin: round; stroke-linecap: round; }
.earned .planned { stroke: var(--text-2); }
.earned .value { stroke: var(--accent); }
.earned .spent { stroke: var(--critical); }
.earned .ahead, .earned .unknown { stroke-width: 1.5px; stroke-dasharray: 1 5; }
.earned .budget { fill: none; stroke: var(--line-strong); stroke-dasharray: 6 3; }
.earned .when { fill: none; stroke: var(--text); stroke-width: 1.25px; stroke-dasharray: 5 3; }
.earned .reach { fill: none; stroke: var(--accent); stroke-width: 1.25px; stroke-dasharray: 3 2; }
.earned .point { stroke: var(--surface); stroke-width: 1.5px; }
.earned .point.value { fill: var(--accent); }
.earned .point.spent { fill: var(--critical); }
.earned .point.hollow { fill: var(--surface); stroke: var(--accent); stroke-width: 2px; }
.earned text[class^="of-"] { paint-order: stroke; stroke: var(--surface); stroke-width: 5px; stroke-linejoin: round; }
.earned text.of-planned { fill: var(--text-2); }
.earned text.of-value { fill: var(--accent); font-weight: 600; }
.earned text.of-spent { fill: var(--critical); font-weight: 600; }
.earned text.of-status { fill: var(--text); font-weight: 600; }
"""


@dataclass(frozen=True, slots=True)
class _Shown:
    """What is drawn: the points, and the plane that they lie on."""

    found: EarnedValue
    series: Series
    plane: Plane
    frame: Frame


def earned_svg(found: EarnedValue, *, title: str | None = None) -> str:
    """The curves of planned value, earned value and actual cost as a complete SVG document, 1000 pixels wide.

    `title` is drawn above; without it, the project's name is. What was known of earlier dates is `found.history`.
    Raises ValueError where nothing can be said of the project: there is nothing to draw then.
    """
    shown = _shown(found)
    words = clean(found.project.name if title is None else title).strip() or "Earned value"
    told = sentences(found)
    foot = lined_up(_at_the_foot(shown), 4, _WIDTH - 4)
    height = shown.frame.bottom + _FOOT + depth(foot) + _KEY
    upper, lower = tiers_for(shown.plane.scale)
    parts = [
        f"<title>{escaped(words)}</title>",
        f"<style>{palette('.gantt')}{RULES}{_RULES}</style>",
        rect(0, 0, _WIDTH, height, "ground"),
        group(heading(words, told[0], _WIDTH)),
        group(_said(told[1:3])),
        group(header(upper, lower, shown.plane.scale, shown.frame), "header"),
        group(across(shown.plane, _amounts(shown)), "amounts"),
        path(
            [line(each.left, shown.frame.body, each.left, shown.frame.bottom) for each in upper[1:]], "grid"
        ),
        group(_curves(shown), "curves"),
        group(_reach(shown), "earned-schedule"),
        group(beside(_at_the_right(shown), shown.plane.scale.right - _room(found) + _BESIDE)),
        group(beneath(foot, shown.frame.bottom + _FOOT)),
        group(_key(shown, height - 16), "key"),
    ]
    return document(parts, "gantt earned", f"Earned value of {words}. {' '.join(told)}", _WIDTH, height)


def _said(told: list[str]) -> Iterator[str]:
    """More lines under the heading."""
    for row, each in enumerate(told, 1):
        said = ellipsised(each, _WIDTH - 2 * MARGIN, 12)
        yield text(MARGIN, _SAID + row * _LINE, said, "quiet", size=12)


def _shown(found: EarnedValue) -> _Shown:
    if found.curve is None or found["bac"].value is None:
        raise ValueError("there is nothing to draw: no measure can be computed")
    now = Status(found.at, found["ev"].value or 0.0, found["ac"].value)
    series = series_of(found.curve, (*found.history, now))
    frame = Frame(1, _TOP, _HEIGHT / 3, SIZE, 0.0, coarse=True)
    most = 1.06 * max(
        found["bac"].value,
        found["eac_cpi"].value or 0.0 if _forecast(found) is not None else 0.0,
        *(max(each.earned, each.actual or 0.0) for each in series.statuses),
    )
    plane = Plane(_scale(found, series, most), frame.body + 6, frame.bottom, most)
    return _Shown(found, series, plane, frame)


def _forecast(found: EarnedValue) -> int | None:
    """The finish with the rest as planned: at most as far again as the plan is long."""
    date = found["finish_es"].date
    return None if date is None else int(date)


def _scale(found: EarnedValue, series: Series, most: float) -> Scale:
    """From the baseline's start to whatever comes last, with room for the amounts at the left and labels at the
    right."""
    instants = [*(int(each.at) for each in series.statuses), int(series.at[0]), int(series.at[-1])]
    first, last = min(instants), max(*instants, _forecast(found) or 0)
    widest = max(width_of(label, SIZE) for _, label in _labelled(most, found.unit))
    left = round(widest + MARGIN + 8)
    days = max(last - first, 60) / MINUTES_PER_DAY
    return Scale(first, (_WIDTH - left - _room(found)) / days, left, _WIDTH - left)


def _room(found: EarnedValue) -> float:
    """The width at the right that the labels there take."""
    words = [
        f"{each} {found[key].spelled}" for each, key in (("BAC", "bac"), ("EAC", "eac_cpi"), ("AC", "ac"))
    ]
    return max(width_of(each, SIZE) * 1.1 for each in words) + 2 * _BESIDE


def _labelled(most: float, unit: Kind) -> list[tuple[float, str]]:
    per = 100 if unit is Kind.MONEY else 60
    return [(each * per, Speller().spell(each * per, unit)) for each in steps(most / per)]


def _amounts(shown: _Shown) -> list[tuple[float, str]]:
    return _labelled(shown.plane.most, shown.found.unit)


def _curves(shown: _Shown) -> Iterator[str]:
    """The budget, what was planned, what is earned and spent, and the way on."""
    plane, series, found = shown.plane, shown.series, shown.found
    start, budget = int(series.at[0]), found["bac"].value or 0.0
    y = plane.y(budget)
    yield path([line(plane.scale.left, y, plane.scale.right - _room(found), y)], "budget")
    yield plane.curve([(start, 0.0), *zip(series.at, series.planned, strict=True)], "curve planned")
    spent = [(each.at, each.actual) for each in series.statuses if each.actual is not None]
    known = "" if len(series.statuses) > 1 else " unknown"  # how it came to the one status is not known
    yield plane.curve([(start, 0.0), *spent], f"curve spent{known}")
    yield plane.curve(
        [(start, 0.0), *((each.at, each.earned) for each in series.statuses)], f"curve value{known}"
    )
    end, last = _forecast(found), series.statuses[-1]
    if end is not None:
        yield plane.curve([(last.at, last.earned), (end, budget)], "curve value ahead")
        if last.actual is not None and found["eac_cpi"].value is not None:
            yield plane.curve([(last.at, last.actual), (end, found["eac_cpi"].value)], "curve spent ahead")
    yield from (_point(plane, at, amount, "spent") for at, amount in spent)
    yield from (_point(plane, each.at, each.earned, "value") for each in series.statuses)


def _point(plane: Plane, at: float, amount: float, class_: str) -> str:
    return element("circle", class_=f"point {class_}", cx=plane.x(at), cy=plane.y(amount), r=3.5)


def _reach(shown: _Shown) -> Iterator[str]:
    """The status date, and from what is earned then to where it was planned, down to the date: the earned schedule."""
    plane, found = shown.plane, shown.found
    x = plane.x(found.at)
    yield path([line(x, shown.frame.body, x, plane.bottom + 6)], "when")
    date, earned = found["es"].date, found["ev"].value
    if date is None or earned is None:
        return
    there, y = plane.x(date), plane.y(earned)
    yield path([line(x, y, there, y), line(there, y, there, plane.bottom + 6)], "reach")
    yield _point(plane, date, earned, "hollow")


def _at_the_right(shown: _Shown) -> list[Label]:
    plane, found = shown.plane, shown.found
    labels = [Label(plane.y(found["bac"].value or 0.0), f"BAC {found['bac'].spelled}", "of-planned")]
    cost, done = found["eac_cpi"].value, found["ev"].value == found["bac"].value
    if done and found["ac"].value is not None:
        labels.append(Label(plane.y(found["ac"].value), f"AC {found['ac'].spelled}", "of-spent"))
    elif cost is not None and _forecast(found) is not None:
        labels.append(Label(plane.y(cost), f"EAC {found['eac_cpi'].spelled}", "of-spent"))
    return labels


def _at_the_foot(shown: _Shown) -> list[Label]:
    """The dates, under their places: status, earned schedule, finish as planned, and with the rest as planned."""
    plane, found = shown.plane, shown.found
    dates = [
        ("Status", found.at, "of-status"),
        ("Earned schedule", found["es"].date, "of-value"),
        ("Planned finish", found["pd"].date, "of-planned"),
        ("Forecast finish", _forecast(found), "of-value"),
    ]
    return [
        Label(plane.x(at), f"{words} {_day(at)}", class_) for words, at, class_ in dates if at is not None
    ]


def _day(at: int) -> str:
    when = moment(at)
    return f"{short_day(when)} {when.year}"


def _key(shown: _Shown, y: float) -> Iterator[str]:
    """Samples of the three curves, with what they come to at the status date."""
    found, x = shown.found, MARGIN
    spent = "Actual cost" if found.unit is Kind.MONEY else "Actual work"
    for words, key, class_ in (
        ("Planned value", "pv", "planned"), ("Earned value", "ev", "value"), (spent, "ac", "spent"),
    ):  # fmt: skip
        told = f"{words} {found[key].spelled if found[key].value is not None else 'not known'}"
        yield path([line(x, y, x + 22, y)], f"curve {class_}")
        yield text(x + 28, y + 3.8, told, "quiet", size=SIZE)
        x += 28 + width_of(told, SIZE) + 18
