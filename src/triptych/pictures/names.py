"""The column left of the chart: the names of the tasks, indented, and how long they take."""

from collections.abc import Iterator, Sequence

from triptych.engine.schedule import Schedule

from .draw import element, group, number, rect, text
from .hours import Durations
from .rows import MARGIN, Frame
from .text import clean, ellipsised

_SMALL = 10.5
#: From one quiet line under the heading to the next.
LEADING = 17.0


def column(result: Schedule, frame: Frame, spelled: Durations) -> Iterator[str]:
    """The column with its headings. The names are in a viewport of their own, which cuts what is too long: no
    measure of text holds for every font."""
    yield text(MARGIN, frame.body - 7, "Task", "lower", size=_SMALL)
    size = (frame.name_end, frame.bottom - frame.top)
    yield element(
        "svg",
        "".join(_names(result, frame)),
        class_="names",
        x=0,
        y=frame.top,
        width=size[0],
        height=size[1],
        viewBox=f"0 {number(frame.top)} {number(size[0])} {number(size[1])}",
    )
    if not frame.coarse:
        x = frame.column - 10
        yield text(x, frame.body - 7, "Duration", "lower", size=_SMALL, anchor="end")
        yield group(
            (
                text(x, frame.baseline(row), each, "lower", size=frame.font - 0.5, anchor="end")
                for row, each in enumerate(spelled.duration)
            ),
            "durations",
        )
    yield f'<path class="grid" d="M{frame.column:.1f} {frame.top:.1f}V{frame.bottom:.1f}"/>'


def _names(result: Schedule, frame: Frame) -> Iterator[str]:
    plan = result.plan
    flags = (plan.is_summary.tolist(), plan.tasks.active.tolist(), result.critical.tolist())
    levels = plan.level.tolist()
    for row, (name, summary, active, critical) in enumerate(zip(plan.tasks.name, *flags, strict=True)):
        x = frame.indent(levels[row])
        shown = ellipsised(clean(name), frame.name_end - x - 6, frame.font * (1.06 if summary else 1))
        class_ = " ".join(["summary"] * bool(summary) + ["off"] * (not active))
        yield text(x, frame.baseline(row), shown, class_, size=frame.font)
        if critical and not summary:
            yield rect(4, frame.middle(row) - frame.half, 3, 2 * frame.half, "mark")


def title(words: str, said: str, width: float) -> Iterator[str]:
    """The picture's heading, and a quiet line under it."""
    yield text(MARGIN, 28, ellipsised(clean(words), width - 2 * MARGIN, 17), "heading", size=16)
    yield text(MARGIN, 47, ellipsised(said, width - 2 * MARGIN, 12), "quiet", size=12)


def more(said: Sequence[str], width: float) -> Iterator[str]:
    """More quiet lines under the first."""
    for row, each in enumerate(said, 1):
        told = ellipsised(each, width - 2 * MARGIN, 12)
        yield text(MARGIN, 47 + row * LEADING, told, "quiet", size=12)
