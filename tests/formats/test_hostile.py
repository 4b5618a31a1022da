"""Input that is broken, foreign or malicious: never an exception, always a code, a place and the way out."""

import json

import pytest

from tests.formats.mspdi import calendar, exception, link, project, task
from triptych.engine import agreement, explain, schedule
from triptych.formats import ReadReport, read_plan
from triptych.plan import Severity

WHOLE = project(task(1) + task(2, more=link(1)))
ENTITIES = '<!DOCTYPE Project [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
) + "]>\n"  # fmt: skip
OUTSIDE = '<!DOCTYPE Project [<!ENTITY file SYSTEM "file:///etc/hostname">]>\n'


def codes(report: ReadReport) -> list[str]:
    return [each.code for each in report.diagnostics]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file.empty"),
        (b" \r\n\t ", "file.empty"),
        (json.dumps({"tasks": []}).encode(), "file.unknown-format"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "file.unknown-format"),
        (b"PK\x03\x04" + b"\0" * 60, "file.unknown-format"),
        (b"\0" * 1000, "file.unknown-format"),
        (b"\xff\xfe", "file.unknown-format"),
        (b"\xff\xff\xff\xff", "file.unknown-format"),
        (b"Task,Start\nA,2026-03-02\n", "file.unknown-format"),
        (b"<", "xml.syntax"),
        (b"<Project>", "xml.syntax"),
        (b"<Project>\xff\xfe</Project>", "xml.syntax"),
        (b"<Project>" + b"<a>" * 100_000, "xml.syntax"),
        (b"<Project>&nobody;</Project>", "xml.syntax"),
        (b"<html><body>Sign in</body></html>", "mspdi.not-a-project"),
        (b"<?xml version='1.0' encoding='klingon'?><Project/>", "xml.syntax"),
    ],
)
def test_what_is_not_a_plan_is_refused_with_its_code(data: bytes, code: str) -> None:
    report = read_plan(data, name="plan.xml")
    assert codes(report) == [code]
    assert report.plan is None
    assert not report.accepted
    assert report.diagnostics[0].place.startswith("plan.xml")
    assert report.diagnostics[0].message.endswith(".")


def test_every_truncation_of_a_plan_is_a_syntax_error_with_line_and_column() -> None:
    data = WHOLE.encode()
    for length in range(60, len(data) - len("</Project>\n") + 3, 41):
        report = read_plan(data[:length], name="cut.xml")
        line = data[:length].count(b"\n") + 1
        assert codes(report) == ["xml.syntax"]
        place = report.diagnostics[0].place
        assert place.startswith("cut.xml, line ")
        assert int(place.split("line ")[1].split(",")[0]) in {line, line - 1}
        assert int(place.split("column ")[1]) > 0


@pytest.mark.parametrize(
    "doctype", ["<!DOCTYPE Project>\n", ENTITIES, OUTSIDE, "<!--" + "x" * 9000 + "-->" + ENTITIES]
)
@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16"])
def test_a_document_type_is_refused_in_any_encoding(doctype: str, encoding: str) -> None:
    report = read_plan(project(task(1), encoding=encoding, doctype=doctype).encode(encoding))
    assert codes(report) == ["xml.doctype"]


@pytest.mark.parametrize("used", ["i", "file"])
def test_entities_are_not_expanded_nor_files_read(used: str) -> None:
    text = project(task(1), doctype=OUTSIDE if used == "file" else ENTITIES)
    report = read_plan(text.replace("Task 1", f"&{used};").encode())
    assert report.plan is None
    assert codes(report)[0] in {"xml.doctype", "xml.syntax"}
    assert len(report.diagnostics[0].message) < 300


@pytest.mark.parametrize(
    "encoding", ["UTF-8", "UTF-16", "UTF-16LE", "UTF-8-SIG", "windows-1252", "ISO-8859-1"]
)
def test_declared_encodings_are_read(encoding: str) -> None:
    declared = {"UTF-8-SIG": "UTF-8", "UTF-16LE": "UTF-16"}.get(encoding, encoding)
    text = project(task(1).replace("Task 1", "Übergröße"), encoding=declared)
    data = (b"\xff\xfe" if encoding == "UTF-16LE" else b"") + text.encode(encoding)
    report = read_plan(data)
    assert codes(report) == []
    assert report.plan is not None
    assert report.plan.task(1).name == "Übergröße"


def test_a_nul_byte_is_a_syntax_error() -> None:
    assert codes(read_plan(WHOLE.replace("Task 1", "Task\0").encode())) == ["xml.syntax"]


HUGE = "9" * 400
ODD_NUMBERS = [
    "NaN",
    "inf",
    "-inf",
    HUGE,
    f"-{HUGE}",
    "1e308",
    "0x10",
    "4503599627370496",
    "-4503599627370496",
]
FIELDS = {
    "priority": project(task(1, more="<Priority>{}</Priority>")),
    "progress": project(task(1, more="<PercentComplete>{}</PercentComplete>")),
    "levelling": project(task(1, more="<LevelingDelay>{}</LevelingDelay>")),
    "constraint": project(task(1, more="<ConstraintType>{}</ConstraintType>")),
    "lag": project(task(1) + task(2, more=link(1).replace("<LinkLag>0", "<LinkLag>{}"))),
    "percent lag": project(task(1) + task(2, more=link(1, lag_format=19).replace("<LinkLag>0", "<LinkLag>{}"))),
    "elapsed lag": project(task(1) + task(2, more=link(1, lag_format=8).replace("<LinkLag>0", "<LinkLag>{}"))),
    "link type": project(task(1) + task(2, more=link(1).replace("<Type>1", "<Type>{}"))),
    "outline level": project(task(1).replace("<OutlineLevel>1", "<OutlineLevel>{}")),
    "slack": project(task(1, more="<TotalSlack>{}</TotalSlack>")),
    "day length": project(task(1), head="<MinutesPerDay>{}</MinutesPerDay>"),
    "critical limit": project(task(1), head="<CriticalSlackLimit>{}</CriticalSlackLimit>"),
    "units": project(task(1), resources="<Resource><UID>1</UID><Name>A</Name><MaxUnits>{}</MaxUnits></Resource>"),
    "assigned": project(
        task(1), resources="<Resource><UID>1</UID><Name>A</Name></Resource>",
        assignments="<Assignment><TaskUID>1</TaskUID><ResourceUID>1</ResourceUID><Units>{}</Units></Assignment>",
    ),
    "period": project(task(1), calendars=calendar(2, exceptions=exception("<Type>1</Type><Period>{}</Period>"))),
    "weeks": project(
        task(1), calendars=calendar(2, exceptions=exception("<Type>6</Type><DaysOfWeek>2</DaysOfWeek><Period>{}</Period>"))
    ),
    "position": project(
        task(1), calendars=calendar(2, exceptions=exception("<Type>5</Type><MonthItem>3</MonthItem><MonthPosition>{}</MonthPosition>"))
    ),
    "month": project(task(1), calendars=calendar(2, exceptions=exception("<Type>2</Type><Month>{}</Month>"))),
    "occurrences": project(
        task(1), calendars=calendar(2, exceptions=exception(
            "<Type>1</Type><Period>2</Period><EnteredByOccurrences>1</EnteredByOccurrences><Occurrences>{}</Occurrences>"
        ))
    ),
    "day type": project(task(1), calendars=calendar(2, week="<WeekDay><DayType>{}</DayType></WeekDay>")),
}  # fmt: skip


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("number", ODD_NUMBERS)
def test_no_number_stops_the_reader_the_schedule_or_the_explanation(field: str, number: str) -> None:
    report = read_plan(FIELDS[field].replace("{}", number).encode())
    assert report.plan is not None
    if number in {"NaN", "0x10", "inf", HUGE}:
        assert "mspdi.bad-value" in codes(report)
    result = schedule(report.plan)
    assert agreement(result, report.saved).compared["start"] == 0
    assert explain(result, 1).sentence


@pytest.mark.parametrize("field", ["Duration", "RemainingDuration", "ManualDuration"])
@pytest.mark.parametrize(
    "duration",
    [
        "PTNaNH0M0S",
        "8 hours",
        "P",
        f"PT{HUGE}H0M0S",
        f"PT0H0M{HUGE}S",
        f"P{HUGE}D",
        "PT9999999999999H",
        "-PT8H",
    ],
)
def test_no_duration_stops_the_reader(field: str, duration: str) -> None:
    typed = "<Manual>1</Manual><ManualStart>2026-03-04T08:00:00</ManualStart>"
    more = f"{typed}<{field}>{duration}</{field}>" if field != "Duration" else ""
    data = project(task(1, duration if field == "Duration" else "PT8H0M0S", more)).encode()
    report = read_plan(data)
    assert report.plan is not None
    assert set(codes(report)) <= {"mspdi.bad-value", "task.bad-duration", "task.bad-remaining"}
    if duration not in {"P", "-PT8H"}:
        assert codes(report) == ["mspdi.bad-value"]
        assert f"{field} is “{duration[:40]}" in report.diagnostics[0].message
    assert schedule(report.plan).diagnostics == ()


@pytest.mark.parametrize(
    "field", ["StartDate", "StatusDate", "Deadline", "ActualStart", "ConstraintDate", "Start"]
)
@pytest.mark.parametrize(
    "date", ["soon", "1899-12-31T08:00:00", "2201-01-01T00:00:00", "2026-02-30T08:00:00", HUGE]
)
def test_a_date_that_is_none_is_reported_and_read_as_absent(field: str, date: str) -> None:
    tag = f"<{field}>{date}</{field}>"
    if field in {"StartDate", "StatusDate"}:
        text = project(task(1), head=tag).replace("<StartDate>2026-03-02T08:00:00</StartDate>", "")
    else:
        text = project(task(1, more=f"<ConstraintType>4</ConstraintType>{tag}"))
    report = read_plan(text.encode())
    assert any(f"{field} is “{date[:40]}" in each.message for each in report.diagnostics)
    assert report.plan is not None
    assert schedule(report.plan).diagnostics == ()


def test_a_project_without_any_start_is_an_error() -> None:
    text = project(task(1)).replace("<StartDate>2026-03-02T08:00:00</StartDate>", "")
    report = read_plan(text.encode())
    assert [(each.code, each.severity) for each in report.diagnostics] == [
        ("project.no-start", Severity.ERROR)
    ]
    assert not report.accepted


def test_a_project_of_nothing_is_read_with_warnings() -> None:
    report = read_plan(b"<Project><StartDate>2026-03-02T08:00:00</StartDate></Project>", name="bare.xml")
    assert codes(report) == ["project.standard-calendar", "plan.no-tasks"]
    assert report.accepted
