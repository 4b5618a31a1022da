"""`triptych explain`."""

import sys
from pathlib import Path

from triptych.engine import Explanation
from triptych.engine import explain as explain_date
from triptych.plan import Plan, spell_instant

from .plan_file import all_diagnostics, date, exit_code, print_diagnostics, print_json, read


def run(file: Path, task: str, *, as_json: bool, dialect: str | None, finish: bool) -> int:
    """Print the chain from the task's date to its root cause; 2 when the file or the task is not there."""
    report = read(file)
    result = date(report, dialect)
    if result is None:
        diagnostics = all_diagnostics(report, result)
        print_diagnostics(diagnostics)
        return exit_code(diagnostics)
    uid = _find(result.plan, task)
    if uid is None:
        print(
            f"triptych: there is no task {task} in {file}; `triptych schedule {file}` prints the WBS codes",
            file=sys.stderr,
        )
        return 2
    found = explain_date(result, uid, "finish" if finish else "start")
    if as_json:
        print_json(_as_object(found))
    else:
        print(found.sentence)
        for number, step in enumerate(found.steps, start=1):
            print(f"{number:3}. {step.sentence}")
    return 0


def _find(plan: Plan, task: str) -> int | None:
    """The uid of the task with that WBS code, or of `uid:NUMBER`."""
    if task.startswith("uid:"):
        number = task.removeprefix("uid:")
        return int(number) if number.isdecimal() and int(number) in plan.index_of else None
    return int(plan.tasks.uid[plan.tasks.wbs.index(task)]) if task in plan.tasks.wbs else None


def _as_object(found: Explanation) -> dict[str, object]:
    steps = [
        {"task": step.task, "reason": step.reason, "sentence": step.sentence, "at": spell_instant(step.at)}
        for step in found.steps
    ]
    return {"task": found.task, "field": found.field, "sentence": found.sentence, "steps": steps}
