"""`triptych explain`."""

from pathlib import Path

from triptych.engine import Explanation
from triptych.engine import explain as explain_date
from triptych.plan import Severity, spell_instant

from .plan_file import all_diagnostics, date, exit_code, find_task, print_diagnostics, print_json, read


def run(file: Path, task: str, *, as_json: bool, dialect: str | None, finish: bool) -> int:
    """Print the chain from the task's date to its root cause; 2 when the file or the task is not there."""
    report = read(file)
    result = date(report, dialect)
    if result is None:
        diagnostics = all_diagnostics(report, result)
        print_diagnostics(diagnostics)
        return exit_code(diagnostics)
    uid = find_task(result.plan, task, file)
    if uid is None:
        return 2
    found = explain_date(result, uid, "finish" if finish else "start")
    print_diagnostics(
        tuple(each for each in all_diagnostics(report, result) if each.severity is Severity.ERROR)
    )
    if as_json:
        print_json(_as_object(found))
    else:
        print(found.sentence)
        for number, step in enumerate(found.steps, start=1):
            print(f"{number:3}. {step.sentence}")
    return 0


def _as_object(found: Explanation) -> dict[str, object]:
    steps = [
        {"task": step.task, "reason": step.reason, "sentence": step.sentence, "at": spell_instant(step.at)}
        for step in found.steps
    ]
    return {"task": found.task, "field": found.field, "sentence": found.sentence, "steps": steps}
