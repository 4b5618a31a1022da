"""The dates that Primavera P6 had computed: kept apart, to compare with."""

import pytest

from tests.formats.xer import file, project, read, task
from triptych.plan import parse_instant

MONDAY = parse_instant("2026-03-02T08:00")

SAVED = {
    "early_start_date": "2026-03-02 08:00",
    "early_end_date": "2026-03-02 17:00",
    "late_start_date": "2026-03-03 08:00",
    "late_end_date": "2026-03-03 17:00",
    "total_float_hr_cnt": 8,
    "driving_path_flag": "Y",
}


def test_the_dates_that_were_computed_are_kept_apart() -> None:
    report = read(file([task(1, **SAVED), task(2)], projects=[project(critical_drtn_hr_cnt=8)]))
    early, late = MONDAY, parse_instant("2026-03-03T08:00")
    assert report.saved == {
        1: {
            "start": early, "finish": early + 540, "early_start": early, "early_finish": early + 540,
            "late_start": late, "late_finish": late + 540, "total_float": 480, "critical": 1,
        }
    }  # fmt: skip
    assert report.unmapped == ()


def test_saved_dates_of_running_and_finished_work() -> None:
    running = SAVED | {"act_start_date": "2026-02-27 08:00", "status_code": "TK_Active"}
    done = running | {"act_end_date": "2026-02-27 17:00", "status_code": "TK_Complete"}
    saved = read(file([task(1, **running), task(2, **done)])).saved
    assert set(saved[1]) == {"start", "finish", "early_finish", "late_finish", "total_float", "critical"}
    assert saved[1]["start"] == parse_instant("2026-02-27T08:00")
    assert saved[2] == {
        "start": parse_instant("2026-02-27T08:00"),
        "finish": parse_instant("2026-02-27T17:00"),
    }


@pytest.mark.parametrize(
    ("kind", "slack", "path", "critical"),
    [
        ("CT_TotFloat", 0, "N", 1),
        ("CT_TotFloat", 1, "Y", 0),
        ("CT_DrivPath", 0, "N", 0),
        ("CT_DrivPath", 1, "Y", 1),
    ],
)
def test_what_was_critical(kind: str, slack: int, path: str, critical: int) -> None:
    fields = SAVED | {"total_float_hr_cnt": slack, "driving_path_flag": path}
    saved = read(file([task(1, **fields)], projects=[project(critical_path_type=kind)])).saved
    assert saved[1]["critical"] == critical
