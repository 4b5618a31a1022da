"""Tasks, links, assignments and baselines as columns: what the engine computes on."""

from dataclasses import dataclass, field, fields, replace
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from .quantities import NO_INSTANT

I64 = NDArray[np.int64]
I32 = NDArray[np.int32]
I8 = NDArray[np.int8]
Flags = NDArray[np.bool_]


class _Columns:
    """What the tables share: equality by value, length, one column replaced."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        return all(_same(getattr(self, f.name), getattr(other, f.name)) for f in fields(self))  # type: ignore[arg-type]

    __hash__ = None  # type: ignore[assignment]

    def with_columns(self, **columns: Any) -> Self:
        return replace(self, **columns)  # type: ignore[type-var]


def _same(left: Any, right: Any) -> bool:
    if isinstance(left, np.ndarray):
        return bool(np.array_equal(left, right))
    return bool(left == right)


@dataclass(frozen=True, slots=True, eq=False)
class TaskTable(_Columns):
    """Tasks as columns, in outline order. Dates are instants or NO_INSTANT; references are indices or -1; money is
    hundredths; `remaining`, `actual_cost` and `physical_percent` are -1 where not stated."""

    uid: I64
    name: tuple[str, ...]
    wbs: tuple[str, ...]
    parent: I32
    project: I32
    calendar: I32
    milestone: Flags
    duration: I64
    elapsed: Flags
    constraint: I8
    constraint_date: I64
    deadline: I64
    ignore_resource_calendars: Flags
    manual: Flags
    active: Flags
    external: Flags
    start: I64
    finish: I64
    priority: I32
    levelling_delay: I64
    percent_complete: I8
    actual_start: I64
    actual_finish: I64
    remaining: I64
    resume: I64
    secondary: I8
    secondary_date: I64
    hammock: Flags
    start_milestone: Flags
    type: I8
    effort_driven: Flags
    fixed_cost: I64
    fixed_cost_accrual: I8
    actual_cost: I64
    physical_percent: I8

    def __len__(self) -> int:
        return len(self.name)


@dataclass(frozen=True, slots=True, eq=False)
class LinkTable(_Columns):
    """Links as columns; `pred` and `succ` are task indices."""

    pred: I32
    succ: I32
    kind: I8
    lag: I64
    lag_kind: I8

    def __len__(self) -> int:
        return len(self.pred)


@dataclass(frozen=True, slots=True, eq=False)
class AssignmentTable(_Columns):
    """Assignments as columns; `task` and `resource` are indices; work is minutes and money hundredths, -1 where not
    stated."""

    task: I32
    resource: I32
    units: I32
    work: I64
    actual_work: I64
    cost: I64
    actual_cost: I64

    def __len__(self) -> int:
        return len(self.task)

    @classmethod
    def empty(cls) -> Self:
        ends, amounts = np.empty(0, np.int32), np.empty(0, np.int64)
        return cls(ends, ends, ends, amounts, amounts, amounts, amounts)


@dataclass(frozen=True, slots=True, eq=False)
class SplitTable(_Columns):
    """Interruptions of tasks as columns, by task and then in order: after how many working minutes of the task,
    and for how many it pauses."""

    task: I32
    after: I64
    gap: I64

    def __len__(self) -> int:
        return len(self.task)

    @classmethod
    def empty(cls) -> Self:
        return cls(np.empty(0, np.int32), np.empty(0, np.int64), np.empty(0, np.int64))


@dataclass(frozen=True, slots=True, eq=False)
class BaselineTable(_Columns):
    """What was planned of every task when a baseline was saved, by the tasks' uids, in their order: it stays when tasks
    change, come and go. Dates are instants or NO_INSTANT, `duration` and `work` minutes, `cost` hundredths of the
    currency, `percent_complete` the progress of that day, nought where nothing is given; of summaries the dates alone
    count."""

    uid: I64
    start: I64
    finish: I64
    duration: I64
    work: I64
    cost: I64
    percent_complete: I64 = field(default_factory=lambda: np.empty(0, np.int64))

    def __post_init__(self) -> None:
        if len(self.percent_complete) == 0:
            object.__setattr__(self, "percent_complete", np.zeros(len(self.uid), np.int64))

    def __len__(self) -> int:
        return len(self.uid)


def column(values: list[int | None], *, empty: int = NO_INSTANT) -> I64:
    """A column of integers in which None is spelled `empty`."""
    return np.array([empty if value is None else value for value in values], np.int64)
