"""How far to pull: by as much as is useful, and to a date where that is enough."""

from collections.abc import Callable, Sequence

from triptych.engine.hours import at_finish, before_work

from .levers import HOLD_FINISHES, Lever, Unpin
from .question import Pull, Question


def least(low: int, high: int, step: int, enough: Callable[[int], bool]) -> int:
    """The least amount above `low` and up to `high`, in whole steps, that is enough, if more never is less; `high`
    is."""
    low -= low % step
    below, above = 0, -(-(high - low) // step)
    while below < above:
        middle = (below + above) // 2
        if enough(min(high, low + middle * step)):
            above = middle
        else:
            below = middle + 1
    return min(high, low + above * step)


def useful(asked: Question, lever: Lever) -> tuple[int, int]:
    """The least amount by which a lever alone gains the goal, or all that it can gain, and that gain."""
    guess = lever.amount_for(asked.goal)
    gain = asked.gain_by(lever, guess)
    most = asked.gain_by(lever, lever.room) if gain < asked.goal and guess < lever.room else gain
    if most > gain:  # a minute of it is less than one of the target
        want = min(most, asked.goal)
        guess = least(guess, lever.room, lever.step, lambda amount: asked.gain_by(lever, amount) >= want)
        return guess, asked.gain_by(lever, guess)
    fewer = lever.amount_for(gain) if 0 < gain < asked.goal else guess
    if fewer < guess and asked.gain_by(lever, fewer) >= gain:
        return fewer, gain
    return guess, gain


def softened(asked: Question, pulls: Sequence[Pull], gain: int) -> list[Pull]:
    """The same with constraints moved rather than taken off, where that gains as much as is asked: to where the goal
    has them, or to where their task then stands."""
    pulls, want = list(pulls), min(gain, asked.goal)
    for place, (lever, amount) in enumerate(pulls):
        if not isinstance(lever, Unpin) or lever.date is None:
            continue
        for date in _dates(asked, pulls, lever, lever.date):
            trial = [*pulls[:place], (lever.moved(date), amount), *pulls[place + 1 :]]
            if date < lever.date and asked.gain(trial) >= want:
                pulls = trial
                break
    return pulls


def _dates(asked: Question, pulls: Sequence[Pull], lever: Unpin, date: int) -> list[int]:
    """The dates to which a constraint may be moved, the latest first; none before its task stands without it."""
    column = "finish" if lever.kind in HOLD_FINISHES else "start"
    free = int(getattr(asked.after(pulls), column)[lever.row])
    run = asked.found.run
    hours, row = run.hours, int(run.compiled.own_hours[asked.project])
    wanted = before_work(hours, row, date, asked.goal)
    if lever.kind in HOLD_FINISHES:
        wanted = at_finish(hours, row, wanted)
    return [wanted, free] if free < wanted else [free]
