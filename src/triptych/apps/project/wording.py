"""What a change does to a plan, and an edit to a noun, in the words of the log."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from triptych.apps.people.records import Record
from triptych.apps.people.roles import Verb
from triptych.plan import changes as c
from triptych.plan.model import Plan, Project, Resource
from triptych.plan.quantities import day_number, parse_instant, spell_duration
from triptych.plan.spelling import day_in_words


def tell(changes: Sequence[c.Change], before: Plan, after: Plan, project: int | None) -> str:
    """One sentence for the log, in the history of `project`: whoever sees that may not see others, whose tasks are not
    named. Names are those of after the change, or of before for what is gone."""
    first = _tell_one(changes[0], before, after, project)
    rest = len(changes) - 1
    if rest == 0:
        return first
    return f"{first} and {rest} more change{'s' if rest > 1 else ''}"


def _tell_one(change: c.Change, before: Plan, after: Plan, project: int | None) -> str:
    def name(task: int) -> str:
        for plan in (after, before):
            if task in plan.index_of:
                row = plan.index_of[task]
                here = plan.projects[int(plan.tasks.project[row])].uid == project
                return f"“{plan.tasks.name[row]}”" if here else "a task elsewhere"
        return f"task {task}"

    def person(resource: int) -> str:
        return before.resources[before.resource_index[resource]].name

    return _TELLERS[type(change)](change, before, name, person)


_Name = Callable[[int], str]
_Teller = Callable[[Any, Plan, _Name, _Name], str]


def _day(text: str) -> str:
    return day_in_words(parse_instant(text))


def _length(minutes: int, plan: Plan, task: int, *, elapsed: bool = False) -> str:
    per_day = plan.projects[int(plan.tasks.project[plan.index_of[task]])].minutes_per_day
    return spell_duration(minutes, minutes_per_day=per_day, elapsed=elapsed)


def _renamed(change: c.SetName, before: Plan, name: _Name, _: _Name) -> str:
    now = name(change.task)
    if not now.startswith("“"):
        return f"Renamed {now}"
    return f"Renamed “{before.tasks.name[before.index_of[change.task]]}” to {now}"


def _duration(change: c.SetDuration | c.RestoreDuration, before: Plan, name: _Name, _: _Name) -> str:
    length = _length(change.minutes, before, change.task, elapsed=change.elapsed)
    return f"Set the duration of {name(change.task)} to {length}"


def _split(change: c.SplitTask, before: Plan, name: _Name, _: _Name) -> str:
    return f"Interrupted {name(change.task)} for {_length(change.gap, before, change.task)}"


def _levelled(change: c.SetLevellingDelay, _b: Plan, name: _Name, _: _Name) -> str:
    if change.minutes == 0:
        return f"{name(change.task)} no longer waits for people"
    return f"{name(change.task)} waits {spell_duration(change.minutes, elapsed=True)} for people"


def _joined(change: c.JoinTask, _b: Plan, name: _Name, _: _Name) -> str:
    return f"Took the interruptions out of {name(change.task)}"


def _split_as_before(change: c.RestoreSplits, _b: Plan, name: _Name, _: _Name) -> str:
    return f"Interrupted {name(change.task)} as before"


def _constraint(change: c.SetConstraint, _b: Plan, name: _Name, _: _Name) -> str:
    if change.date is None:
        soon = "as late" if change.constraint == "ALAP" else "as soon"
        return f"Let {name(change.task)} start {soon} as possible"
    words = {"SNET": "Moved {} to {}", "MSO": "Pinned {} to start on {}", "MFO": "Pinned {} to finish on {}"}
    text = words.get(change.constraint, "Constrained {} by {}")
    return text.format(name(change.task), _day(change.date))


def _second_constraint(change: c.SetSecondaryConstraint, _b: Plan, name: _Name, _: _Name) -> str:
    if change.date is None:
        return f"Took the second constraint off {name(change.task)}"
    return f"Constrained {name(change.task)} a second time by {_day(change.date)}"


def _deadline(change: c.SetDeadline, _b: Plan, name: _Name, _: _Name) -> str:
    if change.date is None:
        return f"Took the deadline off {name(change.task)}"
    return f"Set the deadline of {name(change.task)} to {_day(change.date)}"


def _progress(change: c.SetProgress, _b: Plan, name: _Name, _: _Name) -> str:
    return f"Recorded {change.percent_complete} % on {name(change.task)}"


def _mode(change: c.SetMode, _b: Plan, name: _Name, _: _Name) -> str:
    if not change.manual:
        return f"Let the plan schedule {name(change.task)}"
    return f"Scheduled {name(change.task)} by hand" + (f" on {_day(change.start)}" if change.start else "")


def _active(change: c.SetActive, _b: Plan, name: _Name, _: _Name) -> str:
    return f"Made {name(change.task)} {'active' if change.active else 'inactive'}"


def _active_as_before(change: c.RestoreActive, _b: Plan, name: _Name, _: _Name) -> str:
    rest = len(change.tasks) - 1
    which = name(change.tasks[0]) if change.tasks else "nothing"
    return (
        f"Made {which}{f' and {rest} more' if rest > 0 else ''} {'active' if change.active else 'inactive'}"
    )


def _type(change: c.SetTaskType, _b: Plan, name: _Name, _: _Name) -> str:
    fixed = change.type.removeprefix("FIXED_").lower()
    return f"Fixed the {fixed} of {name(change.task)}{', effort-driven' if change.effort_driven else ''}"


def _linked(change: c.AddLink, _b: Plan, name: _Name, _: _Name) -> str:
    return f"Linked {name(change.pred)} to {name(change.succ)}"


def _unlinked(change: c.RemoveLink, _b: Plan, name: _Name, _: _Name) -> str:
    return f"Unlinked {name(change.pred)} from {name(change.succ)}"


def _lag(change: c.SetLag, _b: Plan, name: _Name, _: _Name) -> str:
    return f"Set the lag between {name(change.pred)} and {name(change.succ)}"


def _added(change: c.AddTasks, _b: Plan, name: _Name, _: _Name) -> str:
    rest = len(change.tasks) - 1
    return f"Added {name(change.tasks[0].uid)}" + (f" and {rest} more" if rest else "")


def _removed(change: c.RemoveTask, _b: Plan, name: _Name, _: _Name) -> str:
    return f"Removed {name(change.task)}"


def _assigned(change: c.Assign, _b: Plan, name: _Name, person: _Name) -> str:
    return f"Put {person(change.resource)} on {name(change.task)}"


def _unassigned(change: c.Unassign, _b: Plan, name: _Name, person: _Name) -> str:
    return f"Took {person(change.resource)} off {name(change.task)}"


def _work(change: c.SetWork, before: Plan, name: _Name, person: _Name) -> str:
    length = _length(change.minutes, before, change.task)
    return f"Set the work of {person(change.resource)} on {name(change.task)} to {length}"


def _units(change: c.SetUnits, _b: Plan, name: _Name, person: _Name) -> str:
    return f"Set the units of {person(change.resource)} on {name(change.task)} to {change.units} %"


def _away(change: c.AddAbsence, _b: Plan, _n: _Name, person: _Name) -> str:
    return f"{person(change.resource)} is away {_days(change)}"


def _back(change: c.RemoveAbsence, _b: Plan, _n: _Name, person: _Name) -> str:
    return f"{person(change.resource)} is not away {_days(change)}"


def _frozen(change: c.SetBaseline, _b: Plan, _n: _Name, _: _Name) -> str:
    which = f"baseline {change.number}" if change.number else "the baseline"
    return f"{'Saved' if change.rows else 'Cleared'} {which}"


def _moved(change: c.MoveTask, _b: Plan, name: _Name, _: _Name) -> str:
    where = "to the top level" if change.parent is None else f"under {name(change.parent)}"
    return f"Moved {name(change.task)} {where}"


def _project(change: c.SetProject, before: Plan, _n: _Name, _: _Name) -> str:
    old = before.projects[before.project_index[change.value.uid]]
    return _differs(f"the project “{old.name}”", old, change.value)


def _resource(change: c.SetResource, before: Plan, _n: _Name, person: _Name) -> str:
    old = before.resources[before.resource_index[change.value.uid]]
    return _differs(person(change.value.uid), replace(old, absences=()), change.value)


def _calendar(change: c.SetCalendar, before: Plan, _n: _Name, _: _Name) -> str:
    old = before.calendars[before.calendar_index[change.value.uid]]
    return f"Changed the calendar “{old.name}”"


def _differs(what: str, old: Project | Resource, new: Project | Resource) -> str:
    """Which settings are other than before; money is not told in the log."""
    names = [each.name for each in fields(old) if getattr(old, each.name) != getattr(new, each.name)]
    words = [each.replace("_", " ") for each in names] or ["settings"]
    return f"Changed the {_listed(words)} of {what}"


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _days(change: c.AddAbsence | c.RemoveAbsence) -> str:
    first, last = (day_in_words(day_number(each) * 1440) for each in (change.first, change.last))
    return f"on {first}" if first == last else f"from {first} to {last}"


_TELLERS: dict[type, _Teller] = {
    c.SetName: _renamed,
    c.SetDuration: _duration,
    c.RestoreDuration: _duration,
    c.SplitTask: _split,
    c.JoinTask: _joined,
    c.RestoreSplits: _split_as_before,
    c.SetLevellingDelay: _levelled,
    c.SetConstraint: _constraint,
    c.SetSecondaryConstraint: _second_constraint,
    c.SetDeadline: _deadline,
    c.SetProgress: _progress,
    c.SetMode: _mode,
    c.SetActive: _active,
    c.RestoreActive: _active_as_before,
    c.SetTaskType: _type,
    c.AddLink: _linked,
    c.RemoveLink: _unlinked,
    c.SetLag: _lag,
    c.AddTasks: _added,
    c.RemoveTask: _removed,
    c.Assign: _assigned,
    c.Unassign: _unassigned,
    c.SetWork: _work,
    c.SetUnits: _units,
    c.AddAbsence: _away,
    c.RemoveAbsence: _back,
    c.SetBaseline: _frozen,
    c.MoveTask: _moved,
    c.SetProject: _project,
    c.SetResource: _resource,
    c.SetCalendar: _calendar,
}


# Nouns


def tell_added(row: Record) -> str:
    """That a row was added."""
    return f"Added {_named(row)}"


def tell_removed(row: Record) -> str:
    """That a row was removed."""
    return f"Removed {_named(row)}"


def tell_moved(row: Record) -> str:
    """That a row has another state."""
    state = str(row.state).replace("_", " ")  # type: ignore[attr-defined]  # a noun with states has the attribute
    return f"Moved {_named(row)} to {state}"


def tell_changed(row: Record, was: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """That attributes of a row have other values. The value is told if it is one, short, and everybody's to know."""
    names = [row._meta.get_field(each).name for each in now]  # noqa: SLF001 - Django's documented way
    words = [each.replace("_", " ") for each in names]
    named = _named(row, str(was.get(row.TERMS.name, "")))
    value = next(iter(now.values()))
    short = (
        isinstance(value, (int, str)) and 0 < len(str(value)) <= 60 and not next(iter(now)).endswith("_id")
    )
    if len(names) == 1 and short and _is_open(row) and names[0] not in row.TERMS.money:
        told = (
            f"“{value}”"
            if isinstance(value, str)
            else "yes"
            if value is True
            else "no"
            if value is False
            else value
        )
        return f"Set the {words[0]} of {named} to {told}"
    return f"Changed the {_listed(words)} of {named}"


def _named(row: Record, old: str = "") -> str:
    """The row in words: by its name, the old one if it has another now, where whoever sees its home may know it."""
    terms = row.TERMS
    name = (old or str(getattr(row, terms.name))) if terms.name and _is_open(row) else ""
    article = "an" if terms.word[0] in "aeiou" else "a"
    return f"the {terms.word} “{name[:120]}”" if name else f"{article} {terms.word}"


def _is_open(row: Record) -> bool:
    return row.TERMS.see is Verb.VIEW
