"""Working-time arithmetic on rows of open hours: what `passes` is made of, in the same plain style.

An instant is a wall-clock minute. A start is spelled at the beginning of an open interval, a finish at its end, so
that 17:00 and 8:00 of the next working day are one instant of working time with two spellings.
"""

from .columns import FAR, NONE, OpenHours


def first_closing_after(hours: OpenHours, row: int, at: int) -> int:
    """The first interval of the row that closes after `at`; one past its last if none does."""
    day = at // 1440 - hours.first_day
    if day < 0:
        return hours.ptr[row]
    high = hours.ptr[row + 1]
    if day >= hours.days:
        return high
    found = hours.day[row * hours.days + day]
    while found < high and hours.closes[found] <= at:
        found += 1
    return found


def holding(hours: OpenHours, row: int, worked: int) -> int:
    """The last interval of the row with at most `worked` >= 0 minutes of work before it."""
    high = hours.ptr[row + 1]
    bucket = hours.reach_ptr[row] + (worked >> hours.shift[row])
    if bucket >= hours.reach_ptr[row + 1]:
        return high - 1
    found = hours.reach[bucket]
    if bucket + 1 < hours.reach_ptr[row + 1]:
        high = hours.reach[bucket + 1] + 1
    while high - found > 8:  # intervals of very uneven length: by halves
        middle = (found + high) // 2
        if hours.before[middle] <= worked:
            found = middle
        else:
            high = middle
    while found + 1 < high and hours.before[found + 1] <= worked:
        found += 1
    return found


def worked_at(hours: OpenHours, row: int, at: int) -> int:
    """Working minutes on that row from the beginning of the span to `at`."""
    found = first_closing_after(hours, row, at)
    if found == hours.ptr[row + 1]:
        return hours.before[found - 1] + hours.closes[found - 1] - hours.opens[found - 1]
    into = at - hours.opens[found]
    return hours.before[found] + (into if into > 0 else 0)


def at_start(hours: OpenHours, row: int, at: int) -> int:
    """The first instant from `at` on at which work can start; FAR beyond the span."""
    found = first_closing_after(hours, row, at)
    if found == hours.ptr[row + 1]:
        return FAR
    return at if at > hours.opens[found] else hours.opens[found]


def at_finish(hours: OpenHours, row: int, at: int) -> int:
    """The last instant up to `at` at which work can finish; NONE before the span."""
    found = first_closing_after(hours, row, at - 1)
    if found < hours.ptr[row + 1] and hours.opens[found] < at:
        return at
    return NONE if found == hours.ptr[row] else hours.closes[found - 1]


def after_work(hours: OpenHours, row: int, at: int, minutes: int) -> int:
    """The instant at which `minutes` > 0 of work begun at `at` are done, at a shift's end; FAR beyond the span."""
    first = first_closing_after(hours, row, at)
    if first == hours.ptr[row + 1]:
        return FAR
    into = at - hours.opens[first]
    into = into if into > 0 else 0
    done = hours.opens[first] + into + minutes
    if done <= hours.closes[first]:
        return done
    target = hours.before[first] + into + minutes
    found = holding(hours, row, target - 1)
    into = target - hours.before[found]
    if into > hours.closes[found] - hours.opens[found]:
        return FAR
    return hours.opens[found] + into


def before_work(hours: OpenHours, row: int, at: int, minutes: int) -> int:
    """The instant at which `minutes` > 0 of work must begin to be done by `at`, at a shift's start; NONE before
    the span."""
    target = worked_at(hours, row, at) - minutes
    if target < 0:
        return NONE
    found = holding(hours, row, target)
    return hours.opens[found] + target - hours.before[found]


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
