"""Baselines as a change: what a project has agreed is frozen, and may be cleared."""

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from triptych.plan.columns import baselines_in_order
from triptych.plan.model import Baseline, Plan
from triptych.plan.quantities import Instant, spell_instant
from triptych.plan.tables import BaselineTable

from .applying import CannotApply, read_date

if TYPE_CHECKING:
    from . import Change

#: Uid, start, finish, duration, work, cost and percent complete of a task, as in `BaselineTable`.
Row = tuple[int, int, int, int, int, int, int]
#: The same without the percent complete, as logs from before there was one hold it: nought.
_RowWithoutProgress = tuple[int, int, int, int, int, int]
_LAST = 9999
_WIDTH = len(fields(BaselineTable))


@dataclass(frozen=True, slots=True)
class SetBaseline:
    """Freeze a baseline of a project: these `rows` come in the place of those of the same tasks, and of `out`.

    A plan of several projects keeps what the others have under the same `number`. `out` and no rows clears it.
    """

    project: int
    number: int
    rows: tuple[Row | _RowWithoutProgress, ...] = ()
    out: tuple[int, ...] = ()
    name: str = ""
    saved: str | None = None
    op: Literal["set_baseline"] = "set_baseline"

    def __post_init__(self) -> None:
        whole = tuple(row if len(row) == _WIDTH else (*row, 0) for row in self.rows)
        object.__setattr__(self, "rows", whole)

    @classmethod
    def of(cls, project: int, baseline: Baseline, out: tuple[int, ...] = ()) -> "SetBaseline":
        """The change that keeps this baseline."""
        saved = None if baseline.saved is None else spell_instant(baseline.saved)
        return cls(project, baseline.number, rows_of(baseline), out, baseline.name, saved)

    def apply(self, plan: Plan) -> Plan:
        if self.project not in plan.project_index:
            raise CannotApply("project.unknown", f"There is no project {self.project} in this plan.")
        if not 0 <= self.number <= _LAST or len(self._new) < len(self.rows):
            raise CannotApply("baseline.bad", f"A baseline has a number up to {_LAST}, and each task once.")
        gone = self._new | set(self.out)
        kept = [row for row in rows_of(_numbered(plan, self.number)) if row[0] not in gone]
        others = [each for each in plan.baselines if each.number != self.number]
        if rows := [*kept, *self.rows]:
            at = read_date(self.saved)
            table = BaselineTable(*np.array(rows, np.int64).T.copy())
            others.append(Baseline(self.number, table, self.name, None if at is None else Instant(at)))
        return replace(plan, baselines=baselines_in_order(others))

    def inverse(self, plan: Plan) -> "Change":
        gone, old = self._new | set(self.out), _numbered(plan, self.number)
        back = tuple(row for row in rows_of(old) if row[0] in gone)
        out = tuple(row[0] for row in self.rows)
        if old is None:
            return SetBaseline(self.project, self.number, back, out)
        return replace(SetBaseline.of(self.project, old), rows=back, out=out)

    @property
    def _new(self) -> set[int]:
        return {row[0] for row in self.rows}


def rows_of(baseline: Baseline | None) -> tuple[Row, ...]:
    """The rows of a baseline, none of none."""
    if baseline is None:
        return ()
    return tuple(zip(*(getattr(baseline.tasks, f.name).tolist() for f in fields(BaselineTable)), strict=True))


def _numbered(plan: Plan, number: int) -> Baseline | None:
    return next((each for each in plan.baselines if each.number == number), None)
