"""The passes over one compiled plan, in the order that its projects ask for."""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from triptych.plan import Plan
from triptych.plan.quantities import NO_INSTANT
from triptych.plan.tables import I32, Flags

from .columns import (
    BY_CONSTRAINT,
    BY_STATUS_DATE,
    DATES,
    FAR,
    NONE,
    Network,
    OpenHours,
    as_objects,
    column,
    put,
)
from .compiled import Passes
from .hours import slack_on
from .network import Compiled


class Run:
    """One forward and one backward pass; more where projects are scheduled from their finish or tasks are as late
    as possible. `net.dates` holds the early and late dates and the float of every node; `start` and `finish` are the
    scheduled dates, by node."""

    def __init__(self, plan: Plan, compiled: Compiled, passes: Passes, like: "Run | None" = None) -> None:
        """Of a run that is `like` it, the open hours are shared where they are the same."""
        self.plan, self.compiled, self.passes = plan, compiled, passes
        self.net: Network = self._objects(like) if passes.interpreted else compiled.network
        self.scheduled = self.net  # the one whose drivers hold the scheduled dates
        self.short = bool(passes.forward(self.net))
        self._set("horizon", self._horizon())
        self.short |= bool(passes.backward(self.net))
        if any(each.from_finish for each in plan.projects):
            self._from_finish()
        self.start, self.finish = self._scheduled()

    def _objects(self, like: "Run | None") -> Network:
        """The network for the interpreter. Its hours are by far the largest part of a small plan's."""
        *tables, hours = self.compiled.network
        shared = like is not None and like.passes.interpreted and _same(hours, like.compiled.network.open)
        kept = like.net.open if like and shared else as_objects(hours)
        return Network._make([*map(as_objects, tables), kept])

    @cached_property
    def hours(self) -> OpenHours:
        """The open hours for the interpreter, whoever made the passes."""
        hours: OpenHours = (
            self.net.open if self.passes.interpreted else as_objects(self.compiled.network.open)
        )
        return hours

    def dates(self, name: str) -> I32:
        """One column of the nodes' dates."""
        return column(self.net.dates, name)

    def _set(self, name: str, values: I32) -> None:
        """Set a column of the projects' settings, in both forms they are kept in."""
        self.compiled.network.settings[name] = values
        for project, value in enumerate(values.tolist()):
            put(self.net.settings, project, name, value)

    def set_horizon(self, project: int, at: int) -> None:
        """Give one project's open ends another late finish."""
        self.compiled.network.settings["horizon"][project] = at
        put(self.net.settings, project, "horizon", at)

    def _horizon(self) -> I32:
        """The late finish of each project's open ends: its own last early finish (of what is done, when it was), or
        the date it must finish by."""
        finish = self._with_facts(self.dates("early_finish"), "fixed_finish", "complete")
        result = self._last_finishes(finish)
        for row, project in enumerate(self.plan.projects):
            if project.finish is not None:
                result[row] = project.finish
        return result

    def _last_finishes(self, finish: I32) -> I32:
        """The last of each project's finishes, by node; its start where it has no task that counts."""
        result = np.full(len(self.plan.projects), NONE, np.int32)
        rows = np.flatnonzero(self.counted)
        np.maximum.at(result, self.plan.tasks.project[rows], finish[self.compiled.node[rows]])
        starts = np.array([each.start for each in self.plan.projects], np.int64)
        return np.where(result == NONE, starts, result).astype(np.int32)

    @cached_property
    def counted(self) -> Flags:
        """The rows whose dates are their project's: active tasks, neither summaries nor hammocks."""
        tasks = self.plan.tasks
        flags: Flags = ~self.plan.is_summary & tasks.active & ~tasks.hammock
        return flags

    def _from_finish(self) -> None:
        """A project scheduled from its finish starts when the late dates of its open tasks must, but not before the
        status date where that holds; then its early dates follow. Ordinary projects that wait for it do not bind it:
        they come after."""
        projects, settings = self.plan.projects, self.compiled.network.settings
        backwards = np.array([each.from_finish for each in projects], np.bool_)
        last = int(self.compiled.network.open.interval["closes"][0]) - 1
        bound = np.array([each.finish is not None for each in projects], np.bool_)
        self._set("horizon", np.where(backwards | bound, settings["horizon"], last).astype(np.int32))
        self.passes.backward(self.net)
        rows = np.flatnonzero(self.counted & (self.plan.tasks.actual_start == NO_INSTANT))
        late = np.full(len(projects), FAR, np.int32)
        np.minimum.at(late, self.plan.tasks.project[rows], self.dates("late_start")[self.compiled.node[rows]])
        before = settings["floor"].copy()
        held = np.where(settings["reason"] == BY_STATUS_DATE, np.maximum(late, before), late)
        floor = np.where(backwards & (late < FAR), held, before).astype(np.int32)
        self._set("floor", floor)
        bounds = self.compiled.network.bounds
        owner = self._special_of(self.compiled.network.node["project"][:-1])
        moved = (bounds["floor"] == before[owner]) & (bounds["floor_reason"] > BY_CONSTRAINT)
        moved |= (bounds["floor"] == before[owner]) & (bounds["floor_reason"] == BY_STATUS_DATE)
        for place in np.flatnonzero(moved).tolist():
            put(self.net.bounds, place, "floor", int(floor[owner[place]]))
        self.short |= bool(self.passes.forward(self.net))
        self._set("horizon", self._horizon())
        self.short |= bool(self.passes.backward(self.net))

    def _special_of(self, by_node: I32) -> I32:
        """A column of nodes as one of the special nodes' places."""
        special = self.compiled.network.node["special"][:-1]
        result = np.zeros(len(self.compiled.network.bounds), np.int32)
        result[special[special >= 0]] = by_node[special >= 0]
        return result

    def _scheduled(self) -> tuple[I32, I32]:
        """The early dates, but for tasks that are as late as possible, what follows them, and facts."""
        as_late = self.compiled.network.bounds["as_late"]
        start, finish = self.dates("early_start"), self.dates("early_finish")
        if (as_late == 1).any():
            start, finish = self._as_late_as_possible()
        if (as_late == 2).any():
            start, finish = self._as_late_as_no_one_minds(start, finish)
        start = self._with_facts(start, "fixed_start", "started")
        return start, self._with_facts(finish, "fixed_finish", "complete")

    def _another(self, start: I32 | None = None, finish: I32 | None = None) -> Network:
        """The network with other dates: nil, or these as the late ones."""
        dates: NDArray[np.void] = np.zeros(len(self.compiled.network.dates), DATES)
        if start is not None:
            dates["early_start"], dates["early_finish"] = start, finish
            dates["late_start"], dates["late_finish"] = start, finish
        return self.net._replace(dates=as_objects(dates) if self.passes.interpreted else dates)

    def _as_late_as_possible(self) -> tuple[I32, I32]:
        """Start such tasks at their late start and let what follows move with them."""
        bounds = self.compiled.network.bounds.copy()
        late = self._special_of(self.dates("late_start"))
        waiting = (bounds["as_late"] == 1) & (bounds["started"] == 0)
        bounds["floor"][waiting] = np.maximum(bounds["floor"], late)[waiting]
        bounds["floor_reason"][waiting] = BY_CONSTRAINT
        bounds["delay"][waiting] = 0  # the late start lies behind it already
        net = self._another()._replace(bounds=as_objects(bounds) if self.passes.interpreted else bounds)
        self.passes.forward(net)
        self.scheduled = net
        return column(net.dates, "early_start"), column(net.dates, "early_finish")

    def _as_late_as_no_one_minds(self, start: I32, finish: I32) -> tuple[I32, I32]:
        """Move such tasks towards their successors, which stay."""
        net = self._another(start, finish)
        settings = (
            self.compiled.network.settings.copy()
        )  # no later than the last of the others, whatever is due when
        settings["horizon"] = self._last_finishes(finish)
        net = net._replace(settings=as_objects(settings) if self.passes.interpreted else settings)
        self.passes.as_late_as_no_one_minds(net)
        return column(net.dates, "late_start"), column(net.dates, "late_finish")

    def _with_facts(self, dates: I32, fact: str, of: str) -> I32:
        """The dates with the facts in their place: work `of` a kind, started or complete, did so when it did, whatever
        its early dates say to what follows."""
        bounds = self.compiled.network.bounds
        known: Flags = (bounds[of] == 1) & (bounds[fact] > NONE)
        if not known.any():
            return dates
        special = self.compiled.network.node["special"][:-1]
        at = np.flatnonzero(special >= 0)
        at = at[known[special[at]]]
        dates = dates.copy()
        dates[at] = bounds[fact][special[at]]
        return dates

    def held(self) -> I32:
        """For each node the plan's link that holds it, or its BY_… reason."""
        size = len(self.compiled.network.dates)
        if self.passes.interpreted:
            found = [0] * size
            self.passes.through_gates(self.scheduled, self.compiled.link.tolist(), found)
            held = np.array(found, np.int32)
        else:
            held = np.empty(size, np.int32)
            self.passes.through_gates(self.scheduled, self.compiled.link, held)
        if (self.compiled.network.bounds["as_late"] == 2).any():
            held[self.start > self.dates("early_start")] = BY_CONSTRAINT
        return held

    def _floats_of_moved(self, columns: dict[str, I32]) -> dict[str, I32]:
        """The float of tasks that are as late as no successor minds: none is free, and the total counts from there."""
        total, free = columns["total_float"].copy(), columns["free_float"].copy()
        gauge = np.zeros(len(total), np.int64)
        tasks = self.compiled.node >= 0
        gauge[self.compiled.node[tasks]] = self.compiled.gauge[tasks]
        for node in np.flatnonzero(self.start > self.dates("early_start")).tolist():
            total[node] = slack_on(
                self.hours, int(gauge[node]), int(self.finish[node]), int(columns["late_finish"][node])
            )
            free[node] = 0
        return {"total_float": total, "free_float": free}

    def by_node(self) -> dict[str, I32]:
        """The columns of the result, by node."""
        names = ("early_start", "early_finish", "late_start", "late_finish", "total_float", "free_float")
        columns = {name: self.dates(name) for name in names}
        late = self.compiled.network.bounds["as_late"] == 1
        if late.any():  # they have taken what float there was
            special = self.compiled.network.node["special"][:-1]
            at = np.flatnonzero((special >= 0) & late[special])
            columns["total_float"], columns["free_float"] = (
                columns["total_float"].copy(),
                columns["free_float"].copy(),
            )
            columns["total_float"][at] = np.minimum(columns["total_float"][at], 0)
            columns["free_float"][at] = 0
        moved = self.compiled.network.bounds["as_late"] == 2
        if moved.any():  # P6 tells them as early dates, and their float from there
            columns |= {"early_start": self.start, "early_finish": self.finish}
            columns |= self._floats_of_moved(columns)
        return {"start": self.start, "finish": self.finish, **columns, "driver": self.held()}


def _same(hours: OpenHours, others: OpenHours) -> bool:
    return all(np.array_equal(*each) for each in zip(hours, others, strict=True))
