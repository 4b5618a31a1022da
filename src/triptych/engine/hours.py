"""Working-time arithmetic on rows of open hours: what the passes are made of, in their plain style (see `early`).

An instant is a wall-clock minute. A start is spelled at the beginning of an open interval, a finish at its end, so
that 17:00 and 8:00 of the next working day are one instant of working time with two spellings.
"""

from .columns import FAR, NONE, OpenHours


def first_closing_after(hours: OpenHours, row: int, at: int) -> int:
    """The first interval of the row that closes after `at`; one past its last if none does."""
    day = at // 1440 - hours.first_day
    if day < 0:
        return hours.row[row].first
    end = hours.row[row].end
    if day >= hours.days:
        return end
    found = hours.day[row * hours.days + day]
    while found < end and hours.interval[found].closes <= at:
        found += 1
    return found


def holding(hours: OpenHours, row: int, worked: int) -> int:
    """The last interval of the row with at most `worked` >= 0 minutes of work before it."""
    here = hours.row[row]
    end = here.end
    bucket = here.reach + (worked >> here.shift)
    if bucket >= here.reach_end:
        return end - 1
    found = hours.reach[bucket]
    if bucket + 1 < here.reach_end:
        end = hours.reach[bucket + 1] + 1
    while end - found > 8:  # intervals of very uneven length: by halves
        middle = (found + end) // 2
        if hours.interval[middle].before <= worked:
            found = middle
        else:
            end = middle
    while found + 1 < end and hours.interval[found + 1].before <= worked:
        found += 1
    return found


def worked_at(hours: OpenHours, row: int, at: int) -> int:
    """Working minutes on that row from the beginning of the span to `at`."""
    found = first_closing_after(hours, row, at)
    if found == hours.row[row].end:
        last = hours.interval[found - 1]
        return last.before + last.closes - last.opens
    here = hours.interval[found]
    return here.before + (at - here.opens if at > here.opens else 0)


def at_start(hours: OpenHours, row: int, at: int) -> int:
    """The first instant from `at` on at which work can start; FAR beyond the span."""
    found = first_closing_after(hours, row, at)
    if found == hours.row[row].end:
        return FAR
    opens = hours.interval[found].opens
    return at if at > opens else opens


def at_finish(hours: OpenHours, row: int, at: int) -> int:
    """The last instant up to `at` at which work can finish; NONE before the span."""
    found = first_closing_after(hours, row, at - 1)
    if found < hours.row[row].end and hours.interval[found].opens < at:
        return at
    return NONE if found == hours.row[row].first else hours.interval[found - 1].closes


def work_from(hours: OpenHours, row: int, at: int, minutes: int) -> tuple[int, int, int]:
    """When `minutes` > 0 of work let go at `at` start and are done, at a shift's end, and the row's working minutes
    up to then; FAR beyond the span."""
    first = first_closing_after(hours, row, at)
    if first == hours.row[row].end:
        return FAR, FAR, FAR
    here = hours.interval[first]
    start = at if at > here.opens else here.opens
    worked = here.before + start - here.opens + minutes
    if start + minutes <= here.closes:
        return start, start + minutes, worked
    last = hours.interval[holding(hours, row, worked - 1)]
    finish = last.opens + worked - last.before
    return start, finish if finish <= last.closes else FAR, worked


def work_until(hours: OpenHours, row: int, at: int, minutes: int) -> tuple[int, int, int]:
    """When `minutes` > 0 of work must start, at a shift's start, and finish to be done by `at`, and the row's working
    minutes up to the finish; NONE before the span."""
    last = first_closing_after(hours, row, at - 1)
    finish = at
    if last == hours.row[row].end or hours.interval[last].opens >= at:
        if last == hours.row[row].first:
            return NONE, NONE, NONE
        last -= 1
        finish = hours.interval[last].closes
    here = hours.interval[last]
    worked = here.before + finish - here.opens
    start = finish - minutes
    if start >= here.opens:
        return start, finish, worked
    if worked < minutes:
        return NONE, finish, worked
    here = hours.interval[holding(hours, row, worked - minutes)]
    return here.opens + worked - minutes - here.before, finish, worked


def after_work(hours: OpenHours, row: int, at: int, minutes: int) -> int:
    """The instant at which `minutes` > 0 of work begun at `at` are done, at a shift's end; FAR beyond the span."""
    return work_from(hours, row, at, minutes)[1]


def before_work(hours: OpenHours, row: int, at: int, minutes: int) -> int:
    """The instant at which `minutes` > 0 of work must begin to be done by `at`, at a shift's start; NONE before
    the span."""
    return work_until(hours, row, at, minutes)[0]


def lagged(hours: OpenHours, row: int, at: int, lag: int) -> int:
    """`at` and then `lag` working minutes of that row (before it, for a lead); row -1 counts round the clock."""
    if lag == 0 or at <= NONE or at >= FAR:
        return at
    if row < 0:
        return at + lag
    return after_work(hours, row, at, lag) if lag > 0 else before_work(hours, row, at, -lag)


def unlagged(hours: OpenHours, row: int, at: int, lag: int) -> int:
    """The latest instant whose lagged one is `at`: at the next shift's start rather than at a shift's end."""
    found = lagged(hours, row, at, -lag)
    if lag >= 0 or row < 0 or found >= FAR:
        return found
    later = at_start(hours, row, found)
    return later if later < FAR else found


def slack_on(hours: OpenHours, row: int, early: int, late: int) -> int:
    """Working minutes of that row from `early` to `late`; negative when late comes first."""
    if early == late:
        return 0
    return worked_at(hours, row, late) - worked_at(hours, row, early)
