"""A proposal of levelling as a Gantt chart: where everything goes, and where it is today."""

from triptych.engine.level import Proposal

from .gantt import drawing, title_of
from .ghosts import past_of


def levelled_svg(proposal: Proposal, *, title: str | None = None) -> str:
    """The Gantt chart of the proposal as a complete SVG document, 1000 to 2600 pixels wide.

    Everything that moves has the outline of where it is today, and an arrow from there; what does so on its own account
    has a dot beside its name. Interrupted tasks are drawn in pieces. `title` is drawn above; without it, the project's
    name is, and under it what the proposal comes to.
    """
    after = proposal.after
    sentences = {each.task: each.sentence for each in proposal.lines}
    past = past_of(proposal.today, after, sentences, proposal.sentence)
    return drawing(after, title_of(after.plan, title), standalone=True, past=past)
