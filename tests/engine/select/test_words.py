"""What a choice says: cases that a manager would check by hand."""

from tests.engine.select.small import candidate, portfolio
from triptych.engine.select import Aim, Choice, choose
from triptych.plan.portfolio import Portfolio


def chosen(asked: Portfolio, aim: Aim = Aim.VALUE) -> Choice:
    found = choose(asked, aim)
    assert isinstance(found, Choice), found
    return found


def why(asked: Portfolio, aim: Aim = Aim.VALUE) -> dict[str, str]:
    return {each.candidate.name: each.sentence for each in chosen(asked, aim).left_out}


def test_money_leaves_out() -> None:
    asked = portfolio(
        candidate("Quay", 300, 60),
        candidate("App", 200, 50),
        candidate("Wifi", 20, 40),
        budget=100,
        currency="€",
    )
    assert chosen(asked).sentences() == [
        "Run 2 of the 3 projects: they are worth € 320, and cost € 100.",
        "No other choice within the limits has more value.",
    ]
    assert why(asked) == {
        "App": "“App” costs € 50 in 2027 where nothing is left. It could run without “Quay”, for € 100 less."
    }
    assert [(each.name, each.used, each.limit, each.full, each.keeps_out) for each in chosen(asked).uses] == [
        ("2027", 10_000, 10_000, True, ("App",))
    ]
