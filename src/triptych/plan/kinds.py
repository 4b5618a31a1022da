"""The kinds of things in a plan, and the choices between rules."""

import enum


class LinkKind(enum.IntEnum):
    """Which end of the predecessor drives which end of the successor."""

    FS = 0
    SS = 1
    FF = 2
    SF = 3

    @property
    def from_finish(self) -> bool:
        return self in (LinkKind.FS, LinkKind.FF)

    @property
    def to_start(self) -> bool:
        return self in (LinkKind.FS, LinkKind.SS)


class LagKind(enum.IntEnum):
    """How a lag is counted: working minutes, minutes round the clock, or percent of the predecessor's duration,
    spent in working time or round the clock."""

    WORKING = 0
    ELAPSED = 1
    PERCENT = 2
    ELAPSED_PERCENT = 3

    @property
    def elapsed(self) -> bool:
        return self in (LagKind.ELAPSED, LagKind.ELAPSED_PERCENT)

    @property
    def percent(self) -> bool:
        return self in (LagKind.PERCENT, LagKind.ELAPSED_PERCENT)


class Constraint(enum.IntEnum):
    """The eight constraint types, and P6's softer `START_ON` / `FINISH_ON`, which logic may overrule."""

    ASAP = 0
    ALAP = 1
    SNET = 2
    SNLT = 3
    FNET = 4
    FNLT = 5
    MSO = 6
    MFO = 7
    START_ON = 8
    FINISH_ON = 9

    @property
    def dated(self) -> bool:
        return self not in (Constraint.ASAP, Constraint.ALAP)

    @property
    def words(self) -> str:
        return _CONSTRAINT_WORDS[self]


_CONSTRAINT_WORDS = {
    Constraint.ASAP: "as soon as possible",
    Constraint.ALAP: "as late as possible",
    Constraint.SNET: "start no earlier than",
    Constraint.SNLT: "start no later than",
    Constraint.FNET: "finish no earlier than",
    Constraint.FNLT: "finish no later than",
    Constraint.MSO: "must start on",
    Constraint.MFO: "must finish on",
    Constraint.START_ON: "start on",
    Constraint.FINISH_ON: "finish on",
}


class ResourceKind(enum.IntEnum):
    WORK = 0
    MATERIAL = 1
    COST = 2


class Accrual(enum.IntEnum):
    """When a cost falls due: all at the start, as the work is done, or all at the finish."""

    START = 0
    PRORATED = 1
    END = 2


class TaskType(enum.IntEnum):
    """Which of duration, work and units stays when another is typed: work = duration × units."""

    FIXED_UNITS = 0
    FIXED_DURATION = 1
    FIXED_WORK = 2


class LagHours(enum.StrEnum):
    """Whose working hours a working lag runs on."""

    PREDECESSOR = "predecessor"
    SUCCESSOR = "successor"
    PROJECT = "project"
    ROUND_THE_CLOCK = "round-the-clock"


class ProgressLogic(enum.StrEnum):
    """What links still say about a task that started out of sequence (the three options of Primavera P6).

    Retained logic: what remains waits for the predecessors. Progress override: it does not. Actual dates: it does
    not, and a finished predecessor counts as finished when it did, whatever is open before it.
    """

    RETAINED = "retained-logic"
    OVERRIDE = "progress-override"
    ACTUAL_DATES = "actual-dates"


class FloatBasis(enum.StrEnum):
    """Which float is the total float: that of the start, of the finish, or the smaller one."""

    START = "start"
    FINISH = "finish"
    SMALLER = "smaller"
