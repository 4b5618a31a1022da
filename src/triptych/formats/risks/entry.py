"""One entry of the file: an entry of any such file, and the tasks of a plan that it names."""

from dataclasses import dataclass
from typing import Any

from triptych.formats.entry import Entry
from triptych.plan import Plan


@dataclass(slots=True)
class RiskEntry(Entry):
    """A table of the file and where it stands, about tasks of `plan`."""

    plan: Plan

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
