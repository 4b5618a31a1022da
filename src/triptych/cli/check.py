"""`triptych check`."""

from pathlib import Path

from .plan_file import all_diagnostics, date, exit_code, print_json, read


def run(file: Path, *, as_json: bool, dialect: str | None) -> int:
    """Print every diagnostic, then what was not understood; the exit code is the worst severity."""
    report = read(file)
    diagnostics = all_diagnostics(report, date(report, dialect))
    if as_json:
        unmapped = [{"what": each.what, "count": each.count, "why": each.why} for each in report.unmapped]
        print_json({"diagnostics": [each.as_json() for each in diagnostics], "unmapped": unmapped})
        return exit_code(diagnostics)
    for each in diagnostics:
        place = f" {each.place}:" if each.place else ""
        print(f"{each.severity.word} {each.code}:{place} {each.message}")
    for left in report.unmapped:
        print(f"not read: {left.count} × {left.what}: {left.why}")
    if not diagnostics:
        print(f"{file}: no faults found")
    return exit_code(diagnostics)
