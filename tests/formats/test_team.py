"""What a person writes beside a plan about its people."""

from datetime import date

import pytest

from tests.plans import CALENDARS, MONDAY
from triptych.formats.team import read_team
from triptych.plan import CalendarException, Plan, PlanBuilder, Project, RateFrom, Resource, ResourceKind

AWAY = CalendarException(date(2027, 3, 1), date(2027, 3, 5), (), "Leave")
RISE = (RateFrom(MONDAY, 9_900),)


def plan() -> Plan:
    made, found = PlanBuilder(
        projects=[Project(1, "House", MONDAY, 1)],
        calendars=list(CALENDARS),
        resources=[
            Resource(1, "Ada Quill", role="Mason", skills=("Driver",), rates=RISE),
            Resource(2, "Bo Marsh"),
            Resource(3, "Sand", kind=ResourceKind.MATERIAL),
            Resource(4, "Twin"),
            Resource(5, "Twin", rates=RISE),
        ],
    ).build()
    assert not found
    return made


def faults(text: str) -> list[tuple[str, str]]:
    report = read_team(text.encode(), plan())
    assert report.plan is None
    return [(each.code, f"{each.place}: {each.message}") for each in report.diagnostics]


def test_what_the_file_says_comes_to_the_plan() -> None:
    text = """
[[person]]
name = "ada  quill"
skills = ["Foreman", "Driver"]
rate = 60.50
units = "80%"
[[person.absence]]
from = 2027-03-01
to = "2027-03-05"
name = "Leave"

[[person]]
name = "uid:5"
role = "Driver"
[[person.absence]]
from = 2027-03-08
"""
    report = read_team(text.encode(), plan())
    assert report.diagnostics == ()
    assert report.plan is not None
    ada, bo, _, _, twin = report.plan.resources
    assert ada == Resource(
        1, "Ada Quill", None, (AWAY,), units=80, role="Mason", rate=6050, skills=("Driver", "Foreman")
    )
    assert bo == Resource(2, "Bo Marsh")
    assert twin.rates == RISE
    assert (twin.role, twin.absences) == ("Driver", (CalendarException(date(2027, 3, 8), date(2027, 3, 8)),))


def test_names_that_are_none_are_told_with_those_that_are_near() -> None:
    text = '[[person]]\nname = "Ada Quil"\n[[person]]\nname = "Zzz"\n[[person]]\nname = "Twin"\n'
    found = [message for _, message in faults(text)]
    assert "did you mean “Ada Quill”?" in found[0]
    assert "no name in it is near" in found[1]
    assert "uid:4, uid:5" in found[2]


def test_everything_that_is_wrong_is_told_at_once() -> None:
    text = """
[[persons]]
[[person]]
role = "Mason"
[[person]]
name = "Bo Marsh"
skills = "Driver"
rate = "much"
units = -5
colour = "red"
[[person.absence]]
to = 2027-03-01
[[person.absence]]
from = 2027-03-05
to = 2027-03-01
[[person]]
name = "Bo Marsh"
absence = 3
[[person]]
name = "Sand"
role = "Mason"
"""
    found = faults(text)
    assert sorted(code for code, _ in found) == [
        "team.bad-dates", "team.bad-value", "team.bad-value", "team.bad-value", "team.missing-field",
        "team.missing-field", "team.not-a-person", "team.not-a-table", "team.same-name", "team.unknown-field",
        "team.unknown-table",
    ]  # fmt: skip
    assert any("person 2 (“Bo Marsh”), absence 2, to:" in message for _, message in found)


def test_what_is_wrong_hides_nothing_beside_it() -> None:
    text = """
person = [
    3,
    {name = "Bo Marsh", skills = ["Mason", 3, true], units = 5.5, absence = [1, {from = "soon"}]},
    {name = "Ada Quill", units = inf},
]
"""
    found = faults(text)
    assert [code for code, _ in found] == [
        "team.not-a-table", "team.bad-value", "team.bad-value", "team.not-a-table", "team.bad-value", "team.bad-value",
    ]  # fmt: skip
    assert found[-1][1].startswith("person 3 (“Ada Quill”), units:")
    told = " ".join(message for _, message in found)
    for words in (
        "which 3 and True are not.",
        "5.5 is not a number of per cent",
        "“soon” is not a day such as",
    ):
        assert words in told


@pytest.mark.parametrize("text", ["[[person", "\xff"])
def test_what_is_no_such_file_is_told(text: str) -> None:
    report = read_team(text.encode("latin-1"), plan())
    assert [each.code for each in report.diagnostics] == ["team.syntax"]


def test_a_question_ends_without_a_full_stop() -> None:
    found = read_team(b'[[person]]\nname = "Bo Marsch"', plan()).diagnostics
    assert [each.message[-1] for each in found] == ["?"]
