"""A forecast in sentences, each of which says in which direction a chance counts."""

from triptych.plan import spell_duration
from triptych.plan.spelling import day_in_words

from .course import below
from .result import Forecast, Goal


def chances(share: float) -> str:
    """`8 chances in 10`, `37 chances in 100`, `less than 1 chance in 100`."""
    hundredths = round(100 * share)
    if share <= 0:
        return "no chance"
    if share >= 1:
        return "every chance"
    if hundredths == 0:
        return "less than 1 chance in 100"
    if hundredths == 100:
        return "more than 99 chances in 100"
    if hundredths % 10 == 0:
        return _counted(hundredths // 10, 10)
    return _counted(hundredths, 100)


def _counted(number: int, of: int) -> str:
    return f"{number} {'chance' if number == 1 else 'chances'} in {of}"


def money(hundredths: float, currency: str = "") -> str:
    """An amount, to the whole unit: `€ 12,400`."""
    return f"{currency} {hundredths / 100:,.0f}".strip()


def sentences(
    found: Forecast,
    goal: int = 0,
    *,
    confidence: float = 0.8,
    by: int | None = None,
    budget: float | None = None,
) -> list[str]:
    """What a manager asks of a forecast, answered: by when, whether the plan's own date holds, what to add; and the
    same of money and of both at once where the plan has costs. `by` (an instant) and `budget` (hundredths) are what was
    promised."""
    here = found.goals[goal]
    if _is_done(found, here):
        return [f"“{here.name}” is finished, since {day_in_words(here.planned)}."]
    told = [
        f"{chances(confidence)} that “{here.name}” is finished by {day_in_words(here.finish_at(confidence))}.",
        _own_date(here),
        _to_add(found, here, confidence),
    ]
    if by is not None:
        told.append(f"{chances(here.chance_by(by))} that it is finished by {day_in_words(by)}.")
    if len(here.cost):
        told += _of_money(found, here, confidence, by, budget)
    return [each[:1].upper() + each[1:] for each in told]


def _is_done(found: Forecast, goal: Goal) -> bool:
    """Whether nothing is left to be done of it."""
    tasks, run = found.schedule.plan.tasks, found.schedule.run
    mine = run.counted & (tasks.project == goal.project)
    if goal.task is not None:
        mine &= below(found.schedule.plan, found.schedule.plan.index_of[goal.task])
    return bool((tasks.percent_complete[mine] == 100).all())


def _own_date(goal: Goal) -> str:
    return (
        f"{chances(goal.chance_by(goal.planned))} that it is finished by the plan’s own date, "
        f"{day_in_words(goal.planned)}."
    )


def _to_add(found: Forecast, goal: Goal, confidence: float) -> str:
    minutes, average = goal.contingency(confidence), round(goal.bias)
    spelled, usual = _days(found, goal, abs(minutes)), _days(found, goal, abs(average))
    mean = f"on average it finishes {usual} {'later' if average > 0 else 'earlier'} than planned"
    if not average:
        mean = "on average it finishes as planned"
    if not minutes and not average:
        return "it finishes as planned whenever it was simulated."
    if minutes <= 0:
        return f"the plan has {spelled} more than that confidence needs; {mean}."
    return f"that takes {spelled} of contingency beyond the plan; {mean}."


def _of_money(
    found: Forecast, goal: Goal, confidence: float, by: int | None, budget: float | None
) -> list[str]:
    sign = found.schedule.plan.projects[goal.project].currency
    enough = goal.cost_at(confidence)
    at, amount = goal.finish_at(confidence) if by is None else by, enough if budget is None else budget
    what = "it" if goal.task is None else "the whole project"
    plan = money(goal.planned_cost, sign)
    told = [
        f"{chances(confidence)} that {what} costs no more than {money(enough, sign)}; the plan says {plan}."
    ]
    if budget is not None:
        told.append(
            f"{chances(goal.chance_within(budget))} that {what} costs no more than {money(budget, sign)}."
        )
    told.append(
        f"{chances(goal.joint_chance(at, amount))} for both at once: finished by {day_in_words(at)} and for no more than "
        f"{money(amount, sign)}."
    )
    return told


def _days(found: Forecast, goal: Goal, minutes: int) -> str:
    """`1 day`, `4.5 days`, `40min`: of the goal's project."""
    per_day = found.schedule.plan.projects[goal.project].minutes_per_day
    tenths = round(minutes * 10 / per_day)
    if tenths == 0:
        return spell_duration(minutes, minutes_per_day=per_day)
    return f"{tenths / 10:,.1f}".removesuffix(".0") + (" day" if tenths == 10 else " days")
