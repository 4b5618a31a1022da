"""A project's calendar: the hours of the day and the days of the week that are not worked, and holidays."""

from datetime import date

from lxml import etree

from triptych.plan import Calendar, CalendarException
from triptych.plan.model import Shifts
from triptych.plan.quantities import MINUTES_PER_DAY, day_of

from .cells import moment

CALENDAR = 1


def calendar(agenda: etree._Element) -> Calendar:
    """The calendar. Hours are numbered from 0 at midnight, days from 0 on Monday, as the workbooks' agendas show."""
    off = {int(each.text or 0) for each in agenda.iterfind("NonWorkingHours/Hour")}
    free = {int(each.text or 0) for each in agenda.iterfind("NonWorkingDays/Day")}
    day = shifts([hour for hour in range(24) if hour not in off])
    week = tuple(() if number in free else day for number in range(7))
    return Calendar(CALENDAR, "Agenda", week, tuple(map(CalendarException, *2 * [holidays(agenda)])))


def shifts(hours: list[int]) -> Shifts:
    """Hours of the day as the shifts that they make."""
    starts = [each for each in hours if each - 1 not in hours]
    ends = [each + 1 for each in hours if each + 1 not in hours]
    return tuple((start * 60, end * 60) for start, end in zip(starts, ends, strict=True))


def holidays(agenda: etree._Element) -> list[date]:
    """The days that are not worked, each once."""
    found = [moment((each.text or "").strip()) for each in agenda.iterfind("Holidays/Holiday")]
    return sorted({day_of(each // MINUTES_PER_DAY) for each in found if each is not None})


def oddities(made: Calendar) -> list[str]:
    """What is strange about a calendar."""
    day = max(made.week, key=lambda each: len(each or ()))
    hours = sum(end - start for start, end in day or ()) / 60
    worked = sum(bool(each) for each in made.week)
    found = []
    if not 4 <= hours <= 16:
        found.append(f"agenda: days of {hours:g} hours")
    if worked < 4:
        found.append(f"agenda: weeks of {worked} days")
    return found
