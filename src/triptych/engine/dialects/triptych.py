"""Triptych's own reading, the sanest we know: see `docs/rules/dialects.md`."""

from triptych.plan import FloatBasis, LagHours

from .p6 import PrimaveraP6


class Triptych(PrimaveraP6):
    """A date pinned by "must" stands; "no later than" never moves a task against logic but shows as negative
    float; work that has not been done lies after the status date, where there is one, and waits for what must come
    before it. So far as in P6; but a lag runs on the successor's hours, as a person reads "two days later"; float is
    the smaller of both ends'; and "as late as possible" takes all the float there is."""

    name = "triptych"
    label = "Triptych"
    lag_hours = LagHours.SUCCESSOR
    float_basis = FloatBasis.SMALLER
    late_takes_all_float = True
    crew_as_one = False
    restarts_running_work = False
    forgives_pins = False
    spells_milestones = False
