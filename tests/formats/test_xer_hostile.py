"""Primavera files that are broken, cut, foreign or malicious: never an exception, always a code and a place."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.formats.xer import Record, calendar, codes, file, link, project, read, table, task, wbs
from triptych.engine import schedule
from triptych.formats.xer import read_xer
from triptych.plan import Severity, moment

WHOLE = file([task(1), task(2)], links=[link(1, 2)])


@pytest.mark.parametrize(
    "data", [b"", b"%T\tPROJECT\n", b"<Project/>", b"\0\1\2", b"PK\3\4", "ERM\nHDR".encode("utf-16")]
)
def test_what_is_no_export_is_refused(data: bytes) -> None:
    report = read_xer(data, name="plan.xer")
    assert codes(report) == ["xer.no-header"]
    assert (report.plan, report.diagnostics[0].place) == (None, "plan.xer")


@pytest.mark.parametrize(
    "data", ["ERMHDR", "ERMHDR\t8.4\n%E\n", "ERMHDR\t8.4\n" + table("RSRC", [{"rsrc_id": 1}]) + "%E\n"]
)
def test_an_export_without_a_project_is_refused(data: str) -> None:
    report = read(data)
    assert codes(report)[-1] == "xer.no-project"
    assert report.plan is None
    assert not report.accepted


def test_a_file_without_its_end_mark_is_read_with_a_warning() -> None:
    report = read(WHOLE.replace("%E\n", ""))
    assert codes(report) == ["xer.truncated"]
    assert report.accepted
    assert len(report.plan or ()) == 3


def test_every_truncation_is_read_and_reported() -> None:
    data = WHOLE.encode()
    for length in range(6, len(data) - 3, 7):
        report = read(data[:length])
        assert "xer.truncated" in codes(report)
        assert (report.plan is None) == ("xer.no-project" in codes(report))


def test_every_fault_is_reported_at_once_with_its_place() -> None:
    tasks = [
        task(1, "NaN"), task(2, cstr_type="CS_WHENEVER"), task(3, early_start_date="yesterday"),
        task(4, wbs_id=99), task(""), task(6, proj_id=9), task(1, task_code="Z"), task(7, clndr_id=5),
        task(8, cstr_type="CS_MSOA"), task(9, status_code="TK_Active"),
    ]  # fmt: skip
    report = read(file(tasks))
    assert not report.accepted
    found = {(each.code, each.place) for each in report.diagnostics}
    assert found == {
        ("xer.bad-value", "line 13, TASK task_id 1"),
        ("xer.unknown-word", "line 14, TASK task_id 2"),
        ("xer.bad-value", "line 15, TASK task_id 3"),
        ("xer.unknown-wbs", "line 16, TASK task_id 4"),
        ("xer.no-number", "line 17, TASK"),
        ("xer.unknown-project", "line 18, TASK task_id 6"),
        ("task.duplicate", "line 19, TASK task_id 1"),
        ("task.unknown-calendar", "line 20, TASK task_id 7"),
        ("task.constraint-without-date", "line 21, TASK task_id 8"),
        ("xer.progress-without-date", "line 22, TASK task_id 9"),
    }
    errors = {each.code for each in report.diagnostics if each.severity is Severity.ERROR}
    assert errors == {"xer.no-number", "xer.unknown-project", "task.duplicate"}
    assert all(each.message.endswith(".") for each in report.diagnostics)


def test_a_bad_cell_is_reported_once_though_it_is_read_twice() -> None:
    report = read(file([task(1, act_start_date="2026-02-30 08:00")]))
    assert codes(report) == ["xer.bad-value"]
    assert "act_start_date is “2026-02-30 08:00”" in report.diagnostics[0].message


NUMBERS = [
    "NaN",
    "inf",
    "-inf",
    "-8",
    "1e308",
    "9" * 400,
    "-" + "9" * 400,
    "8 h",
    "0x10",
    ",",
    "1.2.3",
    "1_0,",
]


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("column", ["target_drtn_hr_cnt", "remain_drtn_hr_cnt", "phys_complete_pct"])
def test_no_number_of_an_activity_stops_the_reader(column: str, number: str) -> None:
    running = task(
        1, status_code="TK_Active", act_start_date="2026-03-02 08:00", complete_pct_type="CP_Phys"
    ) | {column: number}
    report = read(file([running]))
    assert report.plan is not None
    assert codes(report) == ["xer.bad-value"]
    assert f"{column} is “{number[:40]}" in report.diagnostics[0].message
    assert schedule(report.plan).diagnostics == ()


@pytest.mark.parametrize("number", NUMBERS)
def test_no_number_elsewhere_stops_the_reader(number: str) -> None:
    text = file(
        [task(1, total_float_hr_cnt=number), task(2)],
        projects=[project(critical_drtn_hr_cnt=number)],
        calendars=[calendar(day_hr_cnt=number, week_hr_cnt=number, month_hr_cnt=number)],
        branches=[wbs(seq_num=number)],
        links=[link(1, 2, lag_hr_cnt=number)],
        more=table("RSRC", [{"rsrc_id": 1}]) + table("RSRCRATE", [{"rsrc_rate_id": 1, "rsrc_id": 1, "max_qty_per_hr": number}])
        + table("TASKRSRC", [{"taskrsrc_id": at, "task_id": 1, "rsrc_id": 1, "target_qty": number, "target_qty_per_hr": number} for at in (1, 2)]),
    )  # fmt: skip
    report = read(text)
    assert report.plan is not None
    assert set(codes(report)) <= {"xer.bad-value"}
    assert schedule(report.plan).diagnostics == ()


def test_sums_of_units_stay_within_their_column() -> None:
    rows = [{"taskrsrc_id": at, "task_id": 1, "rsrc_id": 1, "target_qty_per_hr": 1e7} for at in range(9)]
    report = read(file([task(1)], more=table("RSRC", [{"rsrc_id": 1}]) + table("TASKRSRC", rows)))
    assert report.plan is not None
    assert report.plan.assignment_at(0).units == 2_000_000_000


@pytest.mark.parametrize("number", ["", "x", "1.5", "9" * 5000, "9" * 20])
@pytest.mark.parametrize(
    ("name", "column"),
    [("PROJECT", "proj_id"), ("CALENDAR", "clndr_id"), ("PROJWBS", "wbs_id"), ("TASK", "task_id"),
     ("TASKPRED", "task_id"), ("RSRC", "rsrc_id"), ("TASKRSRC", "task_id")],
)  # fmt: skip
def test_a_row_without_a_number_is_reported(name: str, column: str, number: str) -> None:
    rows = {
        "PROJECT": [project()], "CALENDAR": [calendar()], "PROJWBS": [wbs()], "TASK": [task(1), task(2)],
        "TASKPRED": [link(1, 2)], "RSRC": [{"rsrc_id": 1}], "TASKRSRC": [{"taskrsrc_id": 1, "task_id": 1, "rsrc_id": 1}],
    }  # fmt: skip
    rows[name] = [{**rows[name][0], column: number}, *rows[name][1:]]
    report = read("ERMHDR\t8\n" + "".join(table(*each) for each in rows.items()) + "%E\n")
    assert report.diagnostics
    assert (report.plan is None) == (name == "PROJECT")


@pytest.mark.parametrize(
    "text", ["1899-12-31 08:00", "2201-01-01 00:00", "0001-01-01 00:00", "01-Mar-26", "9" * 99]
)
@pytest.mark.parametrize(
    "column", ["act_start_date", "cstr_date", "early_end_date", "external_early_start_date"]
)
def test_a_date_that_is_none_is_reported_and_read_as_absent(column: str, text: str) -> None:
    fields = {"early_start_date": "2026-03-02 08:00", "cstr_type": "CS_MSOA"} | {column: text}
    report = read(file([task(1, **fields)]))
    assert "xer.bad-value" in codes(report)
    assert report.plan is not None
    assert schedule(report.plan).diagnostics == ()


@pytest.mark.parametrize("year", [1901, 1969, 2101, 2199])
def test_dates_far_away_are_dates(year: int) -> None:
    head = project(plan_start_date=f"{year}-03-02 08:00", last_recalc_date="")
    report = read(file([task(1, cstr_type="CS_MSOA", cstr_date=f"{year}-03-02 08:00")], projects=[head]))
    assert report.diagnostics == ()
    assert report.plan is not None
    assert report.plan.task(1).constraint_date == report.plan.project.start


@pytest.mark.parametrize(
    ("fields", "tasks", "start", "faults"),
    [
        ({"last_recalc_date": "2026-03-04 00:00"}, [task(1)], "2026-03-04", []),
        ({}, [task(1, target_start_date="2026-03-06 00:00"), task(2, early_start_date="2026-03-05 00:00")], "2026-03-05", []),
        ({}, [task(1)], "2000-01-03", ["xer.no-start"]),
    ],
)  # fmt: skip
def test_a_project_without_a_start(
    fields: Record, tasks: list[Record], start: str, faults: list[str]
) -> None:
    head = project(**({"plan_start_date": "", "last_recalc_date": ""} | fields))
    report = read(file(tasks, projects=[head]))
    assert codes(report) == faults
    assert report.plan is not None
    assert moment(report.plan.project.start).date().isoformat() == start


def test_projects_and_branches_that_stand_twice() -> None:
    report = read(file([task(1)], projects=[project(), project()], branches=[wbs(), wbs()]))
    assert codes(report) == ["xer.duplicate-project", "xer.duplicate-wbs"]
    assert len(report.plan or ()) == 2


def test_branches_in_a_circle_or_of_nowhere() -> None:
    branches = [wbs(), wbs(20, 30), wbs(30, 20), wbs(40, 77), wbs("", 10), wbs(50, proj_id=9)]
    report = read(file([task(1, wbs_id=20), task(2, wbs_id=40), task(3, wbs_id=50)], branches=branches))
    assert set(codes(report)) == {
        "xer.unknown-wbs",
        "xer.no-number",
        "xer.unknown-project",
        "task.bad-parent",
    }
    assert report.plan is not None
    assert report.plan.task(40).parent == report.plan.task(3).parent == 10
    assert schedule(report.plan).diagnostics == ()


def test_a_file_without_a_work_breakdown_is_flat() -> None:
    report = read(file([task(1), task(2)], branches=[]))
    assert report.diagnostics == ()
    assert report.plan is not None
    assert (report.plan.project.root, report.plan.project.name) == (None, "P1")
    assert [each.parent for each in report.plan.each_task()] == [None, None]


def test_a_project_without_activities_has_no_tasks() -> None:
    report = read(file([]))
    assert codes(report) == ["plan.no-tasks"]
    assert report.accepted
    assert len(report.plan or "") == 0


def test_rows_may_have_fewer_cells_than_columns_but_not_more() -> None:
    short = WHOLE.replace("%R\t1\t1\t10\t1\tTT_Task", "%R\t1\t1\t10\n%R\t3\t1\t10\t1\tTT_Task", 1)
    report = read(short)
    assert report.diagnostics == ()
    assert report.plan is not None
    assert report.plan.task(1).name == "Activity 1"
    report = read(WHOLE.replace("Task 1\t8\t8", "Task\t1\t8\t8"))
    assert codes(report)[0] == "xer.extra-cells"
    assert "TASK task_id 1" in report.diagnostics[0].place


def test_assignments_out_of_the_file_are_reported() -> None:
    rows = [{"taskrsrc_id": 1, "task_id": 1, "rsrc_id": 9}, {"taskrsrc_id": 2, "task_id": 9, "rsrc_id": 1}]
    report = read(file([task(1)], more=table("RSRC", [{"rsrc_id": 1}]) + table("TASKRSRC", rows)))
    assert codes(report) == ["xer.dangling-assignment"] * 2


def test_lines_of_no_table_are_counted() -> None:
    report = read(WHOLE.replace("%T\tPROJECT", "hello\n%R\t1\n%T\tPROJECT") + "after the end\n\x1a")
    assert codes(report) == ["xer.stray-lines"]
    assert report.diagnostics[0].message.startswith("3 line(s)")
    assert report.diagnostics[0].place == "line 2"


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_line_ends(ends: str) -> None:
    report = read(WHOLE.replace("\n", ends))
    assert report.diagnostics == ()
    assert len(report.plan or ()) == 3


NAMES = {
    "cp1252": "Über die Brücke, façade Nº 5",
    "cp1250": "Łódź, Święty Jan, roboty wykończeniowe",
    "cp1251": "Задача: Строительство моста",
    "cp1253": "Γέφυρα πάνω από τον ποταμό",
    "cp1255": "גשר מעל הנהר",
    "cp1256": "حفر حتى منسوب التأسيس",
    "utf-8": "桥梁 Задача Über",
    "utf-8-sig": "Straße",
    "utf-16": "Задача",
}


@pytest.mark.parametrize("encoding", NAMES)
def test_code_pages_are_told_by_their_words(encoding: str) -> None:
    money = table(
        "CURRTYPE", [{"curr_id": 1, "curr_symbol": "£" if encoding in {"cp1252", "utf-8"} else "$"}]
    )
    text = file([task(1, task_name=NAMES[encoding])], more=money)
    report = read(text.encode(encoding))
    assert report.plan is not None
    assert report.plan.task(1).name == NAMES[encoding]
    guessed = encoding.startswith("cp") and encoding != "cp1252"
    assert codes(report) == (["xer.code-page"] if guessed else [])


def test_signs_of_currencies_do_not_make_a_file_russian() -> None:
    text = file(
        [task(1, task_name="Bridge – phase 2 (Nº 5, 4 cm²), don’t move")],
        more=table("CURRTYPE", [{"curr_symbol": each} for each in "£¥€"]),
    )
    report = read(text.encode("cp1252"))
    assert report.plan is not None
    assert report.plan.task(1).name == "Bridge – phase 2 (Nº 5, 4 cm²), don’t move"


def test_one_broken_byte_does_not_spoil_a_unicode_file() -> None:
    data = (
        file([task(1, task_name="Строительство моста"), task(2, task_name="A~B")])
        .encode()
        .replace(b"~", b"\xff")
    )
    report = read(data)
    assert report.plan is not None
    assert [report.plan.task(uid).name for uid in (1, 2)] == ["Строительство моста", "A\ufffdB"]


@pytest.mark.parametrize(
    "data",
    [
        b"a" * 300_000 + b"\xff",
        b"\xe0" * 300_000,
        b"x\n" * 100_000,
        b"%R\t" + b"\t" * 300_000,
        b"%T\n%F\n%R\n" * 30_000,
    ],
)
def test_much_of_nothing_is_read_in_no_time(data: bytes) -> None:
    report = read(WHOLE.replace("%E\n", "").encode() + data)
    assert "xer.truncated" in codes(report)
    assert report.plan is not None


LINES = WHOLE.encode().split(b"\n")
CELLS = some.sampled_from(
    [b"", b"Y", b"0", b"1", b"10", b"-3", b"NaN", b"TT_Rsrc", b"TT_LOE", b"TK_Complete", b"2026-03-05 12:00", b"\xe9\xff",
     b"(0||()((0||DaysOfWeek()((0||2()((0||0(s|9:00|f|8:00)())))))))", b"%T", b"%R", b"\t", b"\x7f\x7f"]
)  # fmt: skip


@given(some.binary(max_size=400))
def test_no_bytes_stop_the_reader(data: bytes) -> None:
    read_xer(b"ERMHDR\t" + data)
    report = read_xer(b"\n".join(LINES[:-2]) + b"\n" + data)
    assert report.plan is not None


@given(some.lists(some.tuples(some.integers(0, len(LINES) - 1), some.integers(0, 20), CELLS), max_size=8))
def test_no_cell_stops_the_reader(changes: list[tuple[int, int, bytes]]) -> None:
    lines = [line.split(b"\t") for line in LINES]
    for line, cell, value in changes:
        lines[line][cell % len(lines[line])] = value
    data = b"\n".join(b"\t".join(line) for line in lines)
    report = read_xer(data)
    assert report.plan is not None or not report.accepted
