"""A schedule as a Gantt chart: one standalone SVG, light and dark."""

from dataclasses import replace

import numpy as np

from triptych.engine.forecast import Forecast
from triptych.engine.schedule import Schedule
from triptych.plan import Plan
from triptych.plan.spelling import count, day_in_words

from .backdrop import grid, header, shading, status
from .bars import bars, deadlines, floats
from .colours import RULES, palette
from .draw import document, group, rect, text
from .ghosts import RULES as GHOSTS
from .ghosts import Past, arrows, ghosts
from .hours import durations
from .key import height_of, key, key_lines
from .links import links
from .names import LEADING, column, more
from .names import title as heading
from .notes import notes
from .rows import MARGIN, frame_for, rows_for
from .scale import scale_for
from .text import clean, escaped, wrapped
from .tiers import tiers_for
from .whiskers import RULES as WHISKERS
from .whiskers import Reach, reach_of, whiskers

_TITLE = 62.0


def gantt_svg(result: Schedule, *, title: str | None = None, forecast: Forecast | None = None) -> str:
    """The Gantt chart of a schedule as a complete SVG document, 1000 to 2600 pixels wide.

    `title` is drawn above the chart; without it, the project's name is. Every task that has dates is a group with
    its uid in `data-task`. A plan of thousands of tasks is drawn with low rows and only the links that hold a
    start. With a `forecast` of the same plan, whiskers under the bars reach from P10 to P90 of each finish; raises
    ValueError if it is of another plan.
    """
    reach = None if forecast is None else reach_of(result, forecast)
    return drawing(result, title_of(result.plan, title), standalone=True, reach=reach)


def title_of(plan: Plan, title: str | None) -> str:
    """The title asked for, or the project's name, or how many projects there are."""
    if title is None:
        title = plan.projects[0].name if len(plan.projects) == 1 else count(len(plan.projects), "project")
    return clean(title).strip() or "Plan"


def drawing(
    result: Schedule, title: str, *, standalone: bool, reach: Reach | None = None, past: Past | None = None
) -> str:
    """The SVG element; inside a page it leaves its title to the page."""
    told = said(result) if past is None else past.said
    frame = frame_for(result, top=0.0)
    scale = scale_for(
        result,
        left=frame.column,
        earliest=None if past is None else past.earliest,
        latest=past.latest if past else reach.latest if reach else None,
    )
    width = scale.right
    lines = wrapped(told, width - 2 * MARGIN, 12)
    if standalone:
        frame = replace(frame, top=_TITLE + LEADING * (len(lines) - 1))
    rows = rows_for(result, scale, frame)
    explained = key_lines(result, rows, frame, width=width, reach=reach, past=past)
    upper, lower = tiers_for(scale)
    spelled = durations(result)
    height = frame.bottom + height_of(explained)
    rules = f"{RULES}{WHISKERS if reach else ''}{GHOSTS if past else ''}"
    parts = [
        f"<title>{escaped(title)}</title>" if standalone else "",
        f"<style>{palette('.gantt')}{rules}</style>",
        rect(0, 0, width, height, "ground"),
        shading(result, scale, frame),
        grid(upper, scale, frame),
        group([*heading(title, lines[0], width), *more(lines[1:], width)]) if standalone else "",
        group(header(upper, lower, scale, frame), "header"),
        "" if past is None else group(ghosts(past, rows, scale, frame), "ghosts"),
        floats(result, rows, scale),
        group(links(result, rows, frame), "links"),
        group(status(result, scale, frame)),
        group(bars(result, rows, frame, spelled), "bars"),
        group(deadlines(result, rows, scale, frame)),
        "" if frame.coarse else group(notes(result, rows, scale, frame), "notes"),
        "" if reach is None else group(whiskers(result, reach, rows, scale, frame), "whiskers"),
        "" if past is None else group(arrows(past, rows, scale, frame), "arrows"),
        group(column(result, frame, spelled)),
        group(key(explained, frame), "key"),
        "" if frame.count else text(frame.column + 24, frame.middle(1), EMPTY, "quiet", size=13),
    ]
    return document(parts, "gantt", f"Gantt chart of {title}. {told}", width, height)


EMPTY = "No tasks yet. Add a task, and its bar appears here."


def said(result: Schedule) -> str:
    """The picture in one line: from when to when, and how much."""
    plan = result.plan
    tasks = plan.tasks.active & ~plan.is_summary
    if not tasks.any():
        return "No tasks yet."
    ends = (day_in_words(int(result.project_start.min())), day_in_words(int(result.project_finish.max())))
    milestones = np.count_nonzero(tasks & plan.tasks.milestone)
    amounts = {"task": np.count_nonzero(tasks) - milestones, "milestone": milestones}
    words = [" – ".join(dict.fromkeys(ends)), *(count(int(n), word) for word, n in amounts.items() if n)]
    return " · ".join([*words, f"{np.count_nonzero(tasks & result.critical)} critical"])
