"""Files of risks: what they say, and everything that is wrong with one."""

import pytest

from tests.plans import build
from triptych.formats.risks import read_risks
from triptych.plan import Plan, Task
from triptych.plan.uncertainty import Choice, Effect, Estimate, Factor, Range, Risk, Shape, Spread, Way

WHOLE = """
[[spread]]
range = "80% 100% 160%"
shape = "pert"

[[spread]]
name = "Ground works"
range = [0.9, 1, 3]
tasks = ["1"]

[[estimate]]
task = "1.1"
range = "2d 3d 1w"

[[estimate]]
task = "uid:3"
range = { "1d" = 4, "3d" = 1 }

[[factor]]
name = "Weather"
range = "95% 100% 130%"
tasks = ["1"]

[[risk]]
name = "Permit is late"
probability = "30%"
delay = "1d 2d 10d"
cost = "100 200 950.50"
tasks = ["1.2"]
[risk.response]
probability = 0.1
delay = "1d"
price = 150

[[branch]]
name = "Soil"
[[branch.way]]
name = "rock"
weight = 1
tasks = ["1.1"]
[[branch.way]]
name = "sand"
weight = 3
"""


def plan() -> Plan:
    rows = [Task(uid=1, name="Ground", wbs="1"), Task(uid=2, parent=1, wbs="1.1", duration=480)]
    return build([*rows, Task(uid=3, parent=1, wbs="1.2", duration=480)])


def test_everything_that_can_be_said() -> None:
    told = read_risks(WHOLE.encode(), plan())
    assert told.diagnostics == ()
    what = told.what
    assert what is not None
    ground = Spread(Range(0.9, 1.0, 3.0), (1,), "Ground works")
    assert what.spreads == (Spread(Range(0.8, 1.0, 1.6, Shape.PERT)), ground)
    assert what.estimates == (Estimate(2, Range(960, 1440, 2400)), Estimate(3, Choice(((480, 4), (1440, 1)))))
    assert what.factors == (Factor("Weather", Range(0.95, 1.0, 1.3), (1,)),)
    effect = Effect(0.3, delay=Range(480, 960, 4800), cost=Range(10_000, 20_000, 95_050))
    response = Effect(0.1, delay=Range(480, 480, 480))
    assert what.risks == (Risk("Permit is late", effect, (3,), response, 15_000),)
    assert what.branches[0].ways == (Way("rock", 1, (2,)), Way("sand", 3, ()))


def test_a_risk_may_cost_millions() -> None:
    told = read_risks(b"[[risk]]\nname='x'\nprobability=1\ncost='1_000_000 2500000.5 4e6'", plan())
    assert told.what is not None
    assert told.what.risks[0].effect.cost == Range(100_000_000, 250_000_050, 400_000_000)


def test_an_empty_file_says_that_all_is_certain() -> None:
    told = read_risks(b"", plan())
    assert told.what is not None
    assert told.what.spreads == ()


@pytest.mark.parametrize(
    ("text", "code", "place", "says"),
    [
        ("[[risk", "risks.syntax", "", "no TOML file"),
        ("\xff".encode("latin-1").decode("latin-1"), "risks.syntax", "", "no TOML file"),
        ("[[rsik]]\nname='x'", "risks.unknown-table", "rsik", "spread, estimate, factor, risk, branch"),
        ("[risk]\nname='x'", "risks.not-a-table", "risk", "double brackets"),
        ("[[spread]]\nrang='1 2 3'\nrange='1'", "risks.unknown-field", "spread 1", "name, range, shape, tasks"),
        ("[[spread]]", "risks.missing-field", "spread 1", "“range”"),
        ("[[spread]]\nrange='3 2 1'", "risks.bad-value", "spread 1, range", "in this order"),
        ("[[spread]]\nrange='1 2'", "risks.bad-value", "spread 1, range", "one value or three"),
        ("[[spread]]\nrange='-1 2 3'", "risks.bad-value", "spread 1, range", "from 0 on"),
        ("[[spread]]\nrange=inf", "risks.bad-value", "spread 1, range", "from 0 on"),
        ("[[spread]]\nrange='1 1 2'\nshape='beta'", "risks.bad-value", "spread 1, shape", "triangular, pert"),
        ("[[estimate]]\ntask='1.1'\nrange=3", "risks.bad-value", "estimate 1, range", '"3d"'),
        ("[[estimate]]\ntask='1.9'\nrange='3d'", "risks.bad-value", "estimate 1, task", "no task “1.9”"),
        ("[[estimate]]\ntask='1.1'\nrange={'3d'=0}", "risks.bad-value", "estimate 1, range", "add up to nothing"),
        ("[[risk]]\nname='x'\nprobability='130%'", "risks.bad-value", "risk 1 (“x”), probability", "0% and 100%"),
        ("[[risk]]\nname='x'\nprobability=nan", "risks.bad-value", "risk 1 (“x”), probability", "from 0 on"),
        ("[[risk]]\nname='x'\nprobability=0.1\ndelay='1d'", "risks.no-tasks", "risk 1 (“x”), tasks", "strikes"),
        ("[[risk]]\nname='x'\nprobability=0.1\nresponse=3", "risks.bad-value", "risk 1 (“x”), response", "[risk.response]"),
        ("[[factor]]\nname=['x']\nrange=1", "risks.bad-value", "factor 1 (“['x']”), name", "name"),
        ("[[risk]]\nname='x'\nprobability=1\n[[factor]]\nname='x'\nrange=1", "risks.same-name", "factor 1 (“x”)", "Another risk"),
        ("[[factor]]\nname='x'\nrange=1\n[[factor]]\nname='x'\nrange=1", "risks.same-name", "factor 2 (“x”)", "own name"),
        ("[[branch]]\nname='x'\nway=[]", "risks.bad-value", "branch 1 (“x”), way", "two ways"),
        ("[[branch]]\nname='x'\n[[branch.way]]\nname='a'\nweight=0\n[[branch.way]]\nname='b'\nweight=0",
         "risks.bad-value", "branch 1 (“x”), way", "add up to nothing"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(text: str, code: str, place: str, says: str) -> None:
    data = text.encode("latin-1" if text == "\xff" else "utf-8")
    told = read_risks(data, plan())
    assert told.what is None
    found = [each for each in told.diagnostics if each.code == code]
    assert [each.place for each in found] == [place]
    assert says in found[0].message


def test_all_faults_are_told_at_once() -> None:
    told = read_risks(b"[[spread]]\nrange=-1\n[[risk]]\nprobability=2\ntasks=['7', '8']\n[[x]]", plan())
    assert {each.code for each in told.diagnostics} == {
        "risks.bad-value",
        "risks.missing-field",
        "risks.unknown-table",
    }
    assert any("“7”, “8”" in each.message for each in told.diagnostics)
