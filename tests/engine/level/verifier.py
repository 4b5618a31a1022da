"""Whether a proposal of levelling keeps what it promises, without the code of levelling or of the workload.

The proposed changes are applied to today's plan, which is scheduled anew; calendars, links, people and terms are then
looked at minute by minute (`minutes`). What is found is told in sentences, for the message of a failed test.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from triptych.engine import Schedule, schedule
from triptych.engine.costs import costs_of
from triptych.engine.level import Line, Proposal, Terms
from triptych.plan import Plan, ResourceKind
from triptych.plan.changes import apply_all

from .logic import Logic, is_typed
from .minutes import Minutes, Work, works_of

F64 = NDArray[np.float64]

COLUMNS = (
    "start", "finish", "early_start", "early_finish", "late_start", "late_finish", "total_float", "free_float",
    "critical", "driver", "project_start", "project_finish",
)  # fmt: skip
#: Shares are whole hundredths of a per cent to levelling: sums of a few that are rounded are less off than this.
ROUNDED = 1e-3


def verify(proposal: Proposal, terms: Terms, *, lenient: bool = False) -> None:
    """Fail with everything that is wrong with a proposal. `lenient` lets pass what levelling does not do yet: making way
    for tasks that it may not hold up and that others push, and for what must be done before pinned ones."""
    found = faults(proposal, terms, lenient=lenient)
    assert not found, "\n".join(found)


def faults(proposal: Proposal, terms: Terms, *, lenient: bool = False) -> list[str]:
    """Everything that is wrong with a proposal, a sentence each."""
    check = Check(proposal, terms, lenient)
    parts = (
        check.changes, check.lines, check.figures, check.people, check.logic.links, check.logic.hours, check.wishes,
        check.running, check.reasons,
    )  # fmt: skip
    return [each for part in parts for each in part()]


def again(plan: Plan, like: Schedule) -> Schedule:
    """A plan scheduled as another was."""
    own = tuple(each.dialect for each in plan.projects)
    return schedule(plan) if like.dialects == own else schedule(plan, dialect=like.dialects[0])


@dataclass(frozen=True, eq=False)
class Check:
    """The questions to one proposal."""

    proposal: Proposal
    terms: Terms
    lenient: bool = False
    minutes: Minutes = field(init=False)
    plan: Plan = field(init=False)
    after: Schedule = field(init=False)

    def __post_init__(self) -> None:
        today = self.proposal.today
        plan, _ = apply_all(today.plan, self.proposal.changes)
        object.__setattr__(self, "plan", plan)
        object.__setattr__(self, "after", again(plan, today))
        object.__setattr__(self, "minutes", Minutes.around(today, self.after, self.proposal.after))

    @cached_property
    def logic(self) -> Logic:
        return Logic(self.plan, self.after, self.minutes)

    @property
    def today(self) -> Schedule:
        return self.proposal.today

    def name(self, row: int) -> str:
        return f"task {int(self.plan.tasks.uid[row])}"

    def changes(self) -> Iterator[str]:
        """What is proposed can be undone, and is what the proposal says comes of it."""
        plan, inverses = apply_all(self.today.plan, self.proposal.changes)
        if apply_all(plan, inverses)[0] != self.today.plan:
            yield "undoing the changes does not give today's plan"
        if plan != self.proposal.after.plan:
            yield "the changes do not make the plan of the proposal"
        for name in COLUMNS:
            if not np.array_equal(getattr(self.after, name), getattr(self.proposal.after, name)):
                yield f"{name} is not that of the changed plan"

    def lines(self) -> Iterator[str]:
        """Each changed task has one line, which tells its dates; nothing else is changed."""
        before, plan = self.today.plan, self.plan
        alike = replace(
            plan,
            tasks=plan.tasks.with_columns(levelling_delay=before.tasks.levelling_delay),
            splits=before.splits,
        )
        if alike != before:
            yield "more than delays and interruptions is changed"
        changed = [
            int(before.tasks.uid[row])
            for row in range(len(plan))
            if plan.tasks.levelling_delay[row] != before.tasks.levelling_delay[row]
            or plan.splits_of(row) != before.splits_of(row)
        ]
        told = [each.task for each in self.proposal.lines]
        if sorted(told) != sorted(changed):
            yield f"lines tell {sorted(told)}, changed are {sorted(changed)}"
        starts = [each.start_after for each in self.proposal.lines]
        if starts != sorted(starts):
            yield "lines are not in the order of their starts"
        for line in self.proposal.lines:
            yield from self._line(line)

    def _line(self, line: Line) -> Iterator[str]:
        row = self.plan.index_of[line.task]
        told = (line.start_before, line.finish_before, line.start_after, line.finish_after, line.delay)
        dates = (self.today.start[row], self.today.finish[row], self.after.start[row], self.after.finish[row])
        if told != (*map(int, dates), int(self.plan.tasks.levelling_delay[row])):
            yield f"the line of {self.name(row)} tells other dates than the schedule"
        if any(getattr(each, "task", None) != line.task for each in line.changes):
            yield f"the line of {self.name(row)} changes something else"
        kept = self.plan.splits_of(row) == self.today.plan.splits_of(row)
        if (line.kind == "interrupted") is kept or (line.kind == "sooner" and line.delay):
            yield f"the line of {self.name(row)} says {line.kind}"
        if not line.sentence.startswith("“") or not line.sentence.endswith("."):
            yield f"no sentence: {line.sentence}"

    def figures(self) -> Iterator[str]:
        """The figures before and after are those of the two schedules."""
        pairs = ((self.today, self.proposal.before_figures), (self.after, self.proposal.after_figures))
        for found, told in pairs:
            ends = {each.uid: _last(found, each.uid) for each in found.plan.projects}
            if told.finish != ends:
                yield f"finishes are {ends}, told {told.finish}"
            if told.cost != round(float(costs_of(found.plan, found).planned.sum())):
                yield f"the cost is told as {told.cost}"
            excess = self._excess(found)
            if abs(sum(excess.values()) - told.overload) > 1 + len(self.plan.resources):
                yield f"too much are {excess}, told {told.overload}"
            if told.people != sum(each >= 0.5 for each in excess.values()):
                yield f"{told.people} overloaded are told, there are {excess}"

    def _excess(self, found: Schedule) -> dict[int, float]:
        """Minutes of work too much by row of the resources, counted minute by minute."""
        return {
            row: float(np.maximum(load - self.units(row), 0).sum())
            for row, load in self.load(self.works[id(found)]).items()
            if (load > self.units(row) + ROUNDED).any()
        }

    def units(self, row: int) -> float:
        """How many full-time people a resource is."""
        return self.plan.resources[row].units / 100

    @cached_property
    def works(self) -> dict[int, list[Work]]:
        return {id(found): works_of(found, self.minutes) for found in (self.today, self.after)}

    def load(self, works: list[Work]) -> dict[int, F64]:
        """What is asked of each resource (by row) in each minute."""
        found: dict[int, F64] = {}
        for each in works:
            if each.resource not in found:
                found[each.resource] = np.zeros(len(each.minutes))
            found[each.resource][each.minutes] += each.rate
        return found

    def people(self) -> Iterator[str]:
        """Nobody is asked for more than there is of them, but where nothing could be moved; what stays is told."""
        works = self.works[id(self.after)]
        more = 1 + self.terms.overbooking / 100
        for who, load in self.load(works).items():
            if self.plan.resources[who].kind is not ResourceKind.WORK:
                continue
            yield from self._told(who, load)
            if self.units(who) == 0:
                continue
            over = np.flatnonzero(load > self.units(who) * more + ROUNDED)
            mine = [each for each in works if each.resource == who]
            for at in over[np.flatnonzero(np.diff(over, prepend=-2) > 1)].tolist():
                going = [each for each in mine if each.minutes[at]]
                if len(going) > 1 and not self._no_room(going):
                    names = " and ".join(self.name(each.task) for each in going)
                    yield f"{names} ask too much of resource {who} from minute {at + self.minutes.zero}"

    def _told(self, who: int, load: F64) -> Iterator[str]:
        """Whether what stays too much of a resource is told, and no more."""
        told = np.zeros(len(load), np.bool_)
        excess = 0.0
        for each in self.proposal.left:
            if self.plan.resource_index[each.resource] == who:
                told[self.minutes.within(each.stretch.start, each.stretch.finish)] = True
                excess += each.stretch.excess
        too_much = load > self.units(who) * (1 + self.terms.overbooking / 100) + ROUNDED
        if too_much.any() and (too_much & ~told).sum() > 1:
            yield f"of resource {who} is {int((too_much & ~told).sum())} minutes too much asked, and that is not told"
        counted = float(np.maximum(load - self.units(who), 0).sum())
        if not self.terms.overbooking and abs(counted - excess) > 1 + len(self.proposal.left):
            yield f"of resource {who} {excess} minutes too much are told, there are {counted}"

    def _no_room(self, going: list[Work]) -> bool:
        """Whether work that goes on at one time could not be elsewhere."""
        rows = [each.task for each in going]
        free = [row for row in rows if self.may_wait(row)]
        if not free or self.terms.within_float or self.plan.tasks.hammock[rows].any():
            return True  # a hammock follows what it spans
        if self.terms.pinned and (self.lenient or any(row in self._before_pins for row in free)):
            return True
        pushed = [row for row in rows if row not in free and self._is_pushed(row)]
        if self.lenient:
            return bool(pushed)
        return any(self._leads_to({row}).issuperset(free) for row in pushed)

    def _is_pushed(self, row: int) -> bool:
        """Whether something that may wait comes before a task that levelling may not hold up: it takes its people when it comes."""
        return any(self.may_wait(each) for each in self._leads_to({row}) - {row})

    def may_wait(self, row: int) -> bool:
        """Whether levelling may hold a task up: it has not begun, nobody said otherwise, and no date holds it."""
        task, tasks = self.plan.task_at(row), self.plan.tasks
        said = {*self.terms.pinned, *self.terms.refused, *self.terms.accepted}
        if task.uid in said or task.priority >= 1_000 or self.plan.projects[tasks.project[row]].from_finish:
            return False
        begun = task.actual_start is not None or task.percent_complete == 100
        return not (begun or is_typed(task) or task.hammock or self.logic.is_held(row))

    @cached_property
    def _before_pins(self) -> set[int]:
        """Rows that something pinned follows."""
        return self._leads_to({self.plan.index_of[uid] for uid in self.terms.pinned})

    def _leads_to(self, rows: set[int]) -> set[int]:
        """Rows, and all that links lead from to them."""
        found = set(rows)
        pairs = [
            (pred, succ)
            for link in self.plan.each_link()
            for pred in self.logic.below(self.plan.index_of[link.pred])
            for succ in self.logic.below(self.plan.index_of[link.succ])
        ]
        while more := {pred for pred, succ in pairs if succ in found} - found:
            found |= more
        return found

    def wishes(self) -> Iterator[str]:
        """What the terms ask for is done."""
        for uid in self.terms.pinned:
            row = self.plan.index_of[uid]
            dates = (self.today.start[row] != self.after.start[row]) | (
                self.today.finish[row] != self.after.finish[row]
            )
            if dates and not self.terms.accepted:
                yield f"{self.name(row)} is pinned, and moves"
        before, delay = self.today.plan.tasks.levelling_delay, self.plan.tasks.levelling_delay
        for uid in self.terms.refused:
            if delay[row := self.plan.index_of[uid]] != before[row]:
                yield f"{self.name(row)} is refused, and gets a delay of its own"
        for uid, minutes in self.terms.accepted.items():
            if delay[row := self.plan.index_of[uid]] != minutes:
                yield f"{self.name(row)} waits {delay[row]} minutes, {minutes} were accepted"
        yield from self._within_float()
        yield from self._interruptions()

    def _within_float(self) -> Iterator[str]:
        """Within float nothing moves beyond its late finish, in plans that nothing holds up today."""
        if not self.terms.within_float or self.today.plan.tasks.levelling_delay.any() or self.terms.accepted:
            return
        limits = np.maximum(self.today.late_finish, self.today.finish)
        for row in np.flatnonzero(~self.plan.is_summary & (self.after.finish > limits)).tolist():
            yield f"{self.name(row)} finishes after its late finish"

    def _interruptions(self) -> Iterator[str]:
        """New interruptions leave pieces of the length that was asked for, of tasks that may wait."""
        for row in range(len(self.plan)):
            new, old = self.plan.splits_of(row), self.today.plan.splits_of(row)
            if new == old:
                continue
            edges = [0, *(after for after, _ in new), int(self.plan.tasks.duration[row])]
            least = int(np.diff(edges).min())
            if self.terms.interrupt is None or old or not self.may_wait(row) or least < self.terms.interrupt:
                yield f"{self.name(row)} is interrupted into {edges}"

    def running(self) -> Iterator[str]:
        """What has begun, what is finished and what has typed dates stays, unless logic moves its remaining work."""
        for row in np.flatnonzero(~self.plan.is_summary).tolist():
            task = self.plan.task_at(row)
            if not is_typed(task) and task.actual_start is None:
                continue
            logic = any(self.plan.index_of[each.succ] == row for each in self.plan.each_link())
            for name in ("start",) if logic and not is_typed(task) else ("start", "finish"):
                if getattr(self.today, name)[row] != getattr(self.after, name)[row]:
                    yield f"{self.name(row)} has begun, and its {name} moves"

    def reasons(self) -> Iterator[str]:
        """Who is said to be busy is needed for the task, and busy with what is said until it starts."""
        people = {(each.task, each.resource) for each in self.plan.each_assignment()}
        for line in self.proposal.lines:
            for busy in line.because:
                if any((task, busy.resource) not in people for task in (line.task, *busy.tasks)):
                    yield f"task {line.task} waits for somebody whom it or another does not need"
                if not line.start_after - line.delay < busy.until <= line.start_after:
                    yield f"task {line.task} waits until {line.start_after} for what ends at {busy.until}"
                if line.task in busy.tasks or not busy.tasks:
                    yield f"task {line.task} waits for itself or for nothing"


def _last(found: Schedule, uid: int) -> int:
    """The last finish of a project's tasks; its start where there are none."""
    at = found.plan.project_index[uid]
    counted = (found.plan.tasks.project == at) & ~found.plan.is_summary & found.plan.tasks.active
    return int(found.finish[counted].max()) if counted.any() else int(found.plan.projects[at].start)
