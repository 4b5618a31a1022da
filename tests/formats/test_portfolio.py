"""Files of portfolios: what they say, and everything that is wrong with one."""

import re
from pathlib import Path

import pytest

from triptych.formats.portfolio import Source, read_portfolio
from triptych.plan.portfolio import (
    ALL_YEARS,
    Bond,
    Budget,
    Candidate,
    Dependency,
    Group,
    Spreads,
    Timeline,
    Unit,
    number_of,
)
from triptych.plan.uncertainty import Range, Shape

HEAD = "period='quarter'\nfrom='2027 Q3'\nperiods=4\n"
WHOLE = (
    HEAD
    + """
currency = "€"

[budget]
2027 = 1_000
2028 = "900.50"
all = 1_500
reserve = "10%"

[roles]
diver = 2
smith = [1, 1, 0.5, 1.5]
cook = { "2027 Q2" = 1, "2028 Q1" = 3 }

[criteria]
safety = 3
growth = 1

[spread]
cost_range = "90% 100% 120%"
shape = "pert"

[[candidate]]
name = "Quay"
value = 500
cost = 100
lasts = 3
need = { diver = 1, smith = [0.5, 0.25] }
start = "2027 Q3..2028 Q1"
must = true
cost_of_delay = 20
scores = { safety = 4, growth = 1.5 }
value_range = [0.5, 1, 2]

[[candidate]]
name = "App"
value = -3
cost = [10, 20.25]
with = ["Quay"]
after = ["Quay"]
after_start = ["Quay"]

[[candidate]]
name = "Bridge"
plan = "bridge.xml"
risks = "bridge.toml"
start = "2027 Q1"

[[group]]
name = "Any two"
of = ["Quay", "App", "Bridge"]
least = 1
most = 2

[[group]]
name = "Not both"
of = ["Quay", "App"]
"""
)


def test_everything_that_can_be_said() -> None:
    told = read_portfolio(WHOLE.encode())
    assert told.diagnostics == ()
    found = told.portfolio
    assert found is not None
    assert found.timeline == Timeline(Unit.QUARTER, number_of("2027 Q3", Unit.QUARTER), 4)
    assert found.budgets == (Budget("2027", 0, 1, 100_000, 10_000), Budget("2028", 2, 3, 90_050, 9_005), Budget(ALL_YEARS, 0, 3, 150_000, 15_000))  # fmt: skip
    assert found.budget == 135_000
    assert found.capacity == {"diver": (200,) * 4, "smith": (100, 100, 50, 150), "cook": (100, 100, 300, 300)}
    assert found.spreads == Spreads(cost=Range(0.9, 1, 1.2, Shape.PERT))
    assert found.candidates == (
        Candidate(
            "Quay", value=50_000, weight=338, cost=(3333, 3333, 3334), need={"diver": (100, 100, 100), "smith": (50, 25)}, lasts=3,
            latest=2, must=True, cost_of_delay=2_000, spreads=Spreads(value=Range(0.5, 1, 2)),
        ),
        Candidate("App", value=-300, cost=(1_000, 2_025), lasts=2, latest=2),
        Candidate("Bridge", earliest=-2, latest=-2),
    )  # fmt: skip
    assert found.dependencies == (Dependency("App", "Quay"), Dependency("App", "Quay", Bond.STARTED), Dependency("App", "Quay", Bond.FINISHED))  # fmt: skip
    assert found.groups == (
        Group("Any two", ("Quay", "App", "Bridge"), 1, 2),
        Group("Not both", ("Quay", "App")),
    )
    assert told.sources == (Source("Bridge", "bridge.xml", "bridge.toml", open_window=False),)


def test_the_guide_shows_a_file_that_can_be_read() -> None:
    page = (Path(__file__).parents[2] / "docs" / "guide" / "select.md").read_text(encoding="utf-8")
    shown = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    assert [read_portfolio(each.encode()).diagnostics for each in shown] == [()]


def test_months_and_years_are_periods_too() -> None:
    months = read_portfolio(b"period='month'\nfrom='2027-11'\nperiods=3\n[budget]\n2028=1").portfolio
    years = read_portfolio(
        b"period='year'\nfrom=2027\nperiods=3\n[[candidate]]\nname='x'\nstart=2028"
    ).portfolio
    assert months is not None
    assert years is not None
    assert [months.timeline.name(each) for each in range(3)] == ["2027-11", "2027-12", "2028-01"]
    assert months.budgets == (Budget("2028", 2, 2, 100),)
    assert (years.timeline.name(2), years.candidates[0].earliest) == ("2029", 1)


@pytest.mark.parametrize(
    ("text", "code", "place", "says"),
    [
        ("[[candidate", "syntax", "", "no TOML file"),
        ("[rools]\nx=1", "unknown-field", "rools", "did you mean “roles”?"),
        ("candidate=3", "not-a-table", "candidate", "double brackets"),
        ("[[budget]]\n2027=1", "not-a-table", "budget", "single brackets"),
        ("[budget]\n2031=1", "unknown-year", "budget, 2031", "2027, 2028 and all"),
        ("[budget]\n2027=-1", "bad-value", "budget, 2027", "from 0 on"),
        ("[budget]\nreserve='110%'", "bad-value", "budget, reserve", "0% and 100%"),
        ("[budget]\n2027=true", "bad-value", "budget, 2027", "not a number"),
        ("[budget]\n2027=1e15", "bad-value", "budget, 2027", "a trillion"),
        ("[roles]\ndiver=[1]", "bad-value", "roles, diver", "1 numbers for 4 periods"),
        ("[roles]\ndiver={'2028 Q1'=1}", "bad-value", "roles, diver", "how many there are in 2027 Q3"),
        ("[roles]\ndiver={'2027-03'=1}", "bad-value", "roles, diver", "such as 2027 Q2"),
        ("[criteria]\nsafety=0", "bad-value", "criteria", "count nothing"),
        ("[spread]\ncost='1 2 3'", "unknown-field", "spread", "cost_range"),
        ("[[candidate]]\nvalue=1", "missing-field", "candidate 1", "“name”"),
        ("[[candidate]]\nname='x'\nvalu=1", "unknown-field", "candidate 1 (“x”)", "did you mean “value”?"),
        ("[[candidate]]\nname='x'\nvalue='many'", "bad-value", "candidate 1 (“x”), value", "1200.50"),
        ("[[candidate]]\nname='x'\nlasts=0", "bad-value", "candidate 1 (“x”), lasts", "whole number of periods"),
        ("[[candidate]]\nname='x'\nlasts=9", "too-long", "candidate 1 (“x”)", "of the 4"),
        ("[[candidate]]\nname='x'\nlasts=1\ncost=[1,2]", "too-many-periods", "candidate 1 (“x”)", "the 1 periods"),
        ("[[candidate]]\nname='x'\ncost=[]", "bad-value", "candidate 1 (“x”), cost", "empty"),
        ("[[candidate]]\nname='x'\nneed=3", "bad-value", "candidate 1 (“x”), need", "table of roles"),
        ("[[candidate]]\nname='x'\nstart='2028 Q1..2027 Q4'", "bad-value", "candidate 1 (“x”), start", "before the earliest"),
        ("[[candidate]]\nname='x'\nstart='2028 Q1..2027 Q4..'", "bad-value", "candidate 1 (“x”), start", "2027 Q3..2028 Q2"),
        ("[[candidate]]\nname='x'\nstart='soon'", "bad-value", "candidate 1 (“x”), start", "2027 Q2"),
        ("[[candidate]]\nname='x'\nmust=1", "bad-value", "candidate 1 (“x”), must", "true or false"),
        ("[[candidate]]\nname='x'\nscores={fun=1}", "bad-value", "candidate 1 (“x”), scores", "under [criteria]"),
        ("[[candidate]]\nname='x'\nshape='pert'", "no-range", "candidate 1 (“x”), shape", "value_range"),
        ("[[candidate]]\nname='x'\nafter='y'", "bad-value", "candidate 1 (“x”), after", "list of names"),
        ("[[candidate]]\nname='x'\nplan='x.xml'\ncost=1", "from-plan", "candidate 1 (“x”), cost", "what its plan says"),
        ("[[candidate]]\nname='x'\nrisks='x.toml'", "no-plan", "candidate 1 (“x”), risks", "cost_range"),
        ("[[group]]\nname='g'\nof=['x']\nmost=1.5", "bad-value", "group 1 (“g”), most", "whole number"),
        ("[[group]]\nname='g'", "missing-field", "group 1 (“g”)", "“of”"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(text: str, code: str, place: str, says: str) -> None:
    told = read_portfolio((HEAD + text).encode())
    assert told.portfolio is None
    found = [each for each in told.diagnostics if each.code == f"portfolio.{code}"]
    assert [each.place for each in found] == [place]
    assert says in found[0].message


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("", ["beginning", "beginning"]),
        ("period='week'\nfrom='2027-W3'\nperiods=0", ["beginning, period", "beginning, from", "beginning, periods"]),
        ("period='month'\nfrom='2027-13'\nperiods=3\n[budget]\n2031=1", ["beginning, from"]),
    ],
)  # fmt: skip
def test_a_time_that_is_wrong_is_told_before_what_is_said_of_it(text: str, places: list[str]) -> None:
    told = read_portfolio(text.encode())
    assert told.portfolio is None
    assert [each.place for each in told.diagnostics] == places


def test_all_faults_are_told_at_once() -> None:
    told = read_portfolio(
        (HEAD + "[budget]\n2020=1\n[[candidate]]\nlasts='x'\n[[group]]\nof=[]\n[x]").encode()
    )
    assert [each.code.removeprefix("portfolio.") for each in told.diagnostics] == [
        "unknown-field", "missing-field", "bad-value", "unknown-year", "missing-field", "bad-value",
    ]  # fmt: skip
