"""Relationships of Primavera P6: the table TASKPRED."""

from collections.abc import Collection

from triptych.plan import Link, LinkKind

from .rows import MOST_HOURS, Row

_KINDS = {"pr_fs": LinkKind.FS, "pr_ss": LinkKind.SS, "pr_ff": LinkKind.FF, "pr_sf": LinkKind.SF}


def read_links(rows: list[Row], tasks: Collection[int]) -> list[tuple[Row, Link]]:
    """The relationships between `tasks`, each with its row; one that leads out of the file is named and left out."""
    return [(row, link) for row in rows if (link := _link(row, tasks)) is not None]


def _link(row: Row, tasks: Collection[int]) -> Link | None:
    pred, succ = row.key("pred_task_id"), row.key("task_id")
    if pred is None or succ is None or pred not in tasks or succ not in tasks:
        _report_outside(row, "predecessor" if pred not in tasks else "successor")
        return None
    return Link(
        pred=pred,
        succ=succ,
        kind=row.choice("pred_type", _KINDS, LinkKind.FS),
        lag=row.minutes("lag_hr_cnt", least=-MOST_HOURS) or 0,
    )


def _report_outside(row: Row, end: str) -> None:
    column = "pred_task_id" if end == "predecessor" else "task_id"
    where = "proj_id" if end == "successor" else "pred_proj_id"
    row.report(
        "xer.external-link",
        f"Its {end}, activity {row.text(column)} of project {row.text(where)}, is not in the file, so the "
        "relationship is left out. Export both projects into one file.",
    )
