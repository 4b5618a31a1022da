"""One entry of the file, read field by field; what is wrong with it is collected."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from triptych.plan import Diagnostic, Plan
from triptych.plan.diagnostics import error

_Value = TypeVar("_Value")
_Default = TypeVar("_Default")


@dataclass(slots=True)
class Entry:
    """A table of the file and where it stands."""

    fields: Mapping[str, Any]
    place: str
    plan: Plan
    found: list[Diagnostic]
    asked: set[str] = field(default_factory=set)

    def get(self, name: str, read: Callable[[Any], _Value], default: _Default) -> _Value | _Default:
        """A field as `read` makes it; the default where it is absent or wrong, which is told."""
        self.asked.add(name)
        if name not in self.fields:
            return default
        try:
            return read(self.fields[name])
        except (TypeError, ValueError) as fault:
            self.fault("risks.bad-value", str(fault), name)
            return default

    def need(self, name: str, read: Callable[[Any], _Value], default: _Default) -> _Value | _Default:
        """The same for a field that may not be absent."""
        if name not in self.fields:
            self.asked.add(name)
            self.fault("risks.missing-field", f"there is no “{name}”; every such entry needs one", "")
            return default
        return self.get(name, read, default)

    def fault(self, code: str, message: str, name: str) -> None:
        """Tell that something is wrong with a field, or with the entry."""
        where = f"{self.place}, {name}" if name else self.place
        self.found.append(error(code, f"{message[:1].upper()}{message[1:]}.", where))

    def close(self) -> None:
        """Tell of fields that nobody asked for: a misspelled one would silently do nothing."""
        for name in self.fields.keys() - self.asked:
            known = ", ".join(sorted(self.asked))
            self.fault("risks.unknown-field", f"“{name}” is not a field here; there are {known}", "")

    def tasks(self, value: Any) -> tuple[int, ...]:
        """The uids of tasks named by WBS codes or `uid:NUMBER`. Raises ValueError with all that are not there."""
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise ValueError('tasks are a list of WBS codes such as ["1.2", "uid:17"]')
        if not value:
            raise ValueError("the list of tasks is empty, so this would do nothing")
        uids = [_uid(self.plan, each) for each in value]
        unknown = [f"“{name}”" for name, uid in zip(value, uids, strict=True) if uid is None]
        if unknown:
            raise ValueError(
                f"there is no task {', '.join(unknown)}; `triptych schedule` prints the WBS codes, and "
                "uid:NUMBER names a task by its number"
            )
        return tuple(uid for uid in uids if uid is not None)

    def task(self, value: Any) -> int:
        """The uid of one task that has a duration still to be estimated."""
        uid = self.tasks([value])[0]
        row, tasks = self.plan.index_of[uid], self.plan.tasks
        if self.plan.is_summary[row]:
            raise ValueError(
                f"“{tasks.name[row]}” is a summary; estimate the tasks below it, or give it a [[spread]]"
            )
        if tasks.duration[row] == 0:
            raise ValueError(f"“{tasks.name[row]}” has no duration to estimate")
        if tasks.percent_complete[row] == 100:
            raise ValueError(f"“{tasks.name[row]}” is finished; there is nothing left to estimate")
        return uid


def _uid(plan: Plan, name: str) -> int | None:
    if name in plan.tasks.wbs:
        return int(plan.tasks.uid[plan.tasks.wbs.index(name)])
    number = name.removeprefix("uid:")
    if number != name and number.isdecimal() and int(number) in plan.index_of:
        return int(number)
    return None


def word(value: Any) -> str:
    """A name."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError("a name is text between quotation marks")
    return value.strip()


def share(value: Any) -> float:
    """A probability or a factor: 0.3 or "30%". Raises ValueError outside 0 to 1."""
    number = factor(value)
    if not 0 <= number <= 1:
        raise ValueError(f"a probability lies between 0 and 1, or 0% and 100%; {value} does not")
    return number


def factor(value: Any) -> float:
    """A number or a percentage, at least nothing."""
    try:
        number = float(value[:-1]) / 100 if isinstance(value, str) and value.endswith("%") else float(value)
    except (TypeError, ValueError):
        raise ValueError(f"{value!r} is not a number such as 1.2 or 120%") from None
    if not 0 <= number < 1e6:  # also not a number at all
        raise ValueError(f"{value} is not a number from 0 on")
    return number
