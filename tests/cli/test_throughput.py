"""`triptych throughput`, called as the console script calls it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from triptych.cli import app
from triptych.formats.throughput import read_history

DONE = ("--done", "3,5,2,4,6,0,4,5")
ITEMS = ("--items", 40, "--from", "2026-11-23")
FERRY = Path(__file__).parents[2] / "docs" / "guide" / "examples" / "ferry-app.csv"


def call(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["throughput", *(str(each) for each in arguments)])


def as_object(*arguments: object) -> dict[str, object]:
    done = call(*arguments, "--json")
    assert done.exit_code == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_as_json_it_has_every_percentile_in_its_direction() -> None:
    found = as_object(*DONE, *ITEMS, "--by", "2027-02-26")
    assert (found["items"], found["history"], found["days"]) == ([40, 40], [3, 5, 2, 4, 6, 0, 4, 5], 7)
    finish, items = found["finish"], found["items_by"]
    assert isinstance(finish, dict)
    assert isinstance(items, dict)
    assert list(finish) == list(items) == [f"P{each}" for each in range(5, 100, 5)]
    assert list(finish.values()) == sorted(finish.values())
    assert list(items.values()) == sorted(items.values(), reverse=True)
    assert finish["P80"].endswith("T23:59")
    assert found["periods_over"] == 14
    assert len(found["sentences"]) == 4  # type: ignore[arg-type]


def test_a_file_of_dates_is_counted_by_week(tmp_path: Path) -> None:
    found = as_object("--history", FERRY, *ITEMS)
    counts = found["history"]
    assert counts == [3, 5, 2, 4, 6, 0, 4, 5, 3, 5, 2, 4]
    numbers = tmp_path / "weeks.csv"
    numbers.write_text("Week done;Remark\n" + "".join(f"{each};\n\n" for each in counts), encoding="utf-16")
    assert call("--history", numbers, *ITEMS).exit_code == 2
    numbers.write_text(
        "Week done;Remark\n" + "".join(f"{each};\n\n" for each in counts), encoding="utf-8-sig"
    )
    assert as_object("--history", numbers, *ITEMS)["finish"] == found["finish"]


def test_sprints_are_named() -> None:
    done = call(*DONE, *ITEMS, "--period", "sprint:14", "--confidence", 90, "--last", 6, "--run", 2)
    assert done.exit_code == 0
    assert "9 chances in 10 that the 40 items are finished by" in done.stdout
    assert "from 6 sprints in which 0 to 6 items were finished, 3.5 on average." in done.stdout
    assert "throughput.short-history" in done.stderr


def test_every_option_counts() -> None:
    usual = as_object(*DONE, *ITEMS)["periods"]
    for option in (
        ("--new", "1,0,2,1,1,0,1,1"),
        ("--split", "1-1.5"),
        ("--focus", 60),
        ("--plain",),
        ("--seed", 2),
    ):
        assert as_object(*DONE, *ITEMS, *option)["periods"] != usual, option
    assert as_object(*DONE, "--items", "30-50", "--from", "2026-11-23")["items"] == [30, 50]
    assert as_object(*DONE, *ITEMS, "--iterations", 500)["iterations"] == 500


def test_a_backlog_that_grows_is_told() -> None:
    done = call(*DONE, *ITEMS, "--new", "9,9,9,9,9,9,9,9")
    assert done.exit_code == 0
    assert "No chance that the 40 items are finished within 1000 weeks." in done.stdout
    assert "not at this rate" in done.stdout
    assert "throughput.grows" in done.stderr
    finish = as_object(*DONE, *ITEMS, "--new", "9,9,9,9,9,9,9,9")["finish"]
    assert isinstance(finish, dict)
    assert finish["P80"] is None


def test_every_wrong_option_is_told_at_once() -> None:
    done = call(
        "--done",
        "3,x,4,y",
        "--items",
        "4.5",
        "--from",
        "soon",
        "--by",
        "2026-13-01",
        "--split",
        "a",
        "--period",
        "sprint",
    )
    assert (done.exit_code, done.stdout) == (2, "")
    codes = [line.split(":")[0].removeprefix("error option.") for line in done.stderr.splitlines()]
    assert codes == ["period", "date", "count", "date", "between", "count", "count"]
    assert "--done, number 4: “y” is not a number of items such as 3." in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (ITEMS, "option.history"),
        ((*DONE, "--history", FERRY, *ITEMS), "option.history"),
        (("--history", "none.csv", *ITEMS), "file.unreadable"),
        (("--done", "1,2,3", *ITEMS), "throughput.few-periods"),
        (("--done", "0 0 0 0 0", *ITEMS), "throughput.nothing-finished"),
        (("--done", "4,4,4,4,-4", *ITEMS), "throughput.negative"),
        ((*DONE, *ITEMS, "--new", "1,2"), "throughput.new-differs"),
        ((*DONE, *ITEMS, "--period", "era:999"), "throughput.days"),
        (("--history", FERRY, "--items", 4, "--from", "2026-10-01"), "throughput.ahead"),
    ],
)
def test_what_cannot_be_forecast_says_why(arguments: tuple[object, ...], code: str) -> None:
    done = call(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert [line.split(":")[0] for line in done.stderr.splitlines()] == [f"error {code}"]


def test_every_bad_line_of_a_file_is_told_with_its_number() -> None:
    report = read_history(
        b"Finished,Who\n2026-11-02,Ann\n\n2.11.2026,Bo\n2026-11-03T09:30,\nnext week,\n1815-06-18\n"
    )
    assert (report.dates, report.counts) == ((), ())
    assert [each.place for each in report.diagnostics] == ["line 4", "line 6", "line 7"]
    assert (
        report.diagnostics[0].message == "“2.11.2026” is not a date such as 2027-05-14, as the first line is."
    )
    numbers = read_history(b"3\n4\n\n-1\nfive\n99999999999999999999\n")
    assert [each.place for each in numbers.diagnostics] == ["line 5", "line 6"]


def test_a_file_of_something_else_is_told_in_a_few_lines() -> None:
    report = read_history(b"\x89PNG\0\n3\n" + b"\xff" * 90 + b"\n" + b"no\n" * 500)
    assert [each.code for each in report.diagnostics] == ["throughput.bad-line"] * 20 + [
        "throughput.bad-lines"
    ]
    assert all(len(each.message) < 120 for each in report.diagnostics)
    assert report.diagnostics[-1].message.startswith("481 more lines")
    for empty in (b"", b"\n\n", b"Finished\n"):
        assert [each.code for each in read_history(empty).diagnostics] == ["throughput.empty"]
