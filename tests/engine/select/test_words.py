"""What a choice says: cases that a manager would check by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

import pytest

from tests.engine.select.small import candidate, portfolio
from triptych.engine.select import Aim, Choice, case_of, choose
from triptych.engine.select.frontier import frontier
from triptych.engine.select.worth import worths
from triptych.plan import Diagnostic
from triptych.plan.portfolio import ALL_YEARS, Bond, Budget, Dependency, Group, Portfolio

QUAY, APP, WIFI = candidate("Quay", 300, 60), candidate("App", 200, 50), candidate("Wifi", 20, 40)


def chosen(asked: Portfolio, aim: Aim = Aim.VALUE) -> Choice:
    found = choose(asked, aim)
    assert isinstance(found, Choice), found
    return found


def why(asked: Portfolio, aim: Aim = Aim.VALUE) -> Mapping[str, str]:
    return {each.candidate.name: each.sentence for each in chosen(asked, aim).left_out}


def refused(asked: Portfolio) -> Sequence[Diagnostic]:
    found = choose(asked)
    assert not isinstance(found, Choice)
    return found


def test_money_leaves_out() -> None:
    asked = portfolio(QUAY, APP, WIFI, budget=100, currency="€")
    assert chosen(asked).sentences() == [
        "Run 2 of the 3 projects: worth € 320, for € 100.", "No other choice within the limits has more value.",
    ]  # fmt: skip
    assert why(asked) == {"App": "“App” costs € 50 in 2027, where nothing is left. It could run without “Quay”: € 100 less value in all."}  # fmt: skip
    use = chosen(asked).uses[0]
    assert (use.name, use.used, use.limit, use.full, use.keeps_out) == (
        "2027",
        10_000,
        10_000,
        True,
        ("App",),
    )


def test_people_leave_out_where_the_least_is_missing() -> None:
    crew = {"electrician": (2, 1)}
    asked = portfolio(
        candidate("Ferry", 90, need={"electrician": (2, 2, 2, 1)}), candidate("Roof", 50, need=crew, latest=2), capacity={"electrician": 3}
    )  # fmt: skip
    assert why(asked)["Roof"] == (
        "“Roof”, even if it starts in 2027 Q1, needs 2 electricians in 2027 Q1, where 1 is free. "
        "It could run without “Ferry”: 40 less value in all."
    )
    fewer = replace(asked, capacity={"electrician": (100,) * 4})
    assert why(fewer)["Ferry"].startswith(
        "“Ferry” needs 2 electricians in 2027 Q1, and there is only 1 (and too few in 2 more quarters). "
        "There is no choice with it at all."
    )


def test_what_goes_with_what_leaves_out() -> None:
    rivals = portfolio(QUAY, APP, groups=(Group("One or the other", ("Quay", "App")),))
    assert why(rivals)["App"].startswith("“App” gives way to “Quay”: only 1 of “One or the other” may run.")
    needs = portfolio(QUAY, candidate("Roof", 5, 60), budget=100, dependencies=(Dependency("Roof", "App"),), groups=(Group("No", ("App",), most=0),))  # fmt: skip
    found = why(replace(needs, candidates=(*needs.candidates, candidate("App", -1, 0))))
    assert "“Roof” costs 60 in 2027, where 40 is left, and needs “App”, which is left out." in found["Roof"]
    assert found["App"] == "“App” is of “No”, of which none may run. There is no choice with it at all."
    late = portfolio(QUAY, candidate("Roof", 5, 1), dependencies=(Dependency("Roof", "Quay", Bond.FINISHED),))
    assert why(late)["Roof"].startswith("“Roof” needs “Quay”, which has not finished by then.")


def test_what_adds_nothing_is_left_out() -> None:
    asked = portfolio(QUAY, candidate("Idle", 0, 5), candidate("Harm", -7))
    assert why(asked) == {
        "Idle": "“Idle” would fit, and adds no value. It could run all the same.",
        "Harm": "“Harm” would fit, and adds no value. It could run all the same.",
    }
    assert (
        chosen(portfolio(candidate("Idle", 0, 5))).sentences()[0]
        == "Run nothing: none of the projects is worth it."
    )
    weighed = portfolio(replace(QUAY, weight=250), replace(APP, weight=350), budget=100)
    assert chosen(weighed, Aim.WEIGHT).names == ("App",)
    assert chosen(weighed, Aim.WEIGHT).sentences() == [
        "Run 1 of the 2 projects: worth 200 and 3.5 points, for 50.",
        "No other choice within the limits has more strategic weight.",
    ]
    assert "1 point less strategic weight in all" in why(weighed, Aim.WEIGHT)["Quay"]


def test_a_start_at_which_it_is_worth_nothing_explains_nothing() -> None:
    late = candidate("Late", 5, 80, latest=3, cost_of_delay=300)
    budgets = (Budget("2027", 0, 1, 10_000), Budget("later", 2, 3, 90_000))
    told = why(portfolio(QUAY, late, budgets=budgets))
    assert told["Late"].startswith(
        "“Late”, even if it starts in 2027 Q1, costs 80 in 2027, where 40 is left."
    )


def test_it_starts_when_it_is_worth_most_and_soonest_when_that_is_all_the_same() -> None:
    early = portfolio(candidate("Any time", 5, 1, latest=3))
    assert [each.start for each in chosen(early).runs] == [0]
    crew = {"diver": (1, 1)}
    both = portfolio(
        candidate("Slow", 50, need=crew, latest=2, cost_of_delay=100), candidate("Fast", 50, need=crew, latest=2, cost_of_delay=200), capacity={"diver": 1}
    )  # fmt: skip
    found = chosen(both)
    assert [(each.candidate.name, each.start, each.value) for each in found.runs] == [("Fast", 0, 5000), ("Slow", 2, 4800)]  # fmt: skip


def test_what_has_begun_takes_what_is_left_of_it() -> None:
    begun = candidate("Begun", 9, 70, 30, need={"diver": (9, 1)}, earliest=-1, latest=-1, must=True)
    found = chosen(portfolio(begun, budget=30, capacity={"diver": 1}))
    assert (found.cost, [each.used for each in found.uses if each.period == 0]) == (3000, [100])


def test_musts_beyond_a_limit_are_told_with_what_is_missing() -> None:
    must = [replace(each, must=True, need={"diver": (200,)}) for each in (QUAY, APP)]
    found = refused(portfolio(*must, WIFI, budget=100, capacity={"diver": 3}, currency="€"))
    assert [(each.code, each.place) for each in found] == [
        ("select.budget-exceeded", "budget 2027"), ("select.role-exceeded", "role “diver”, 2027 Q1"),
    ]  # fmt: skip
    assert found[0].message == (
        "“Quay” and “App” cannot be left out and cost € 110 in 2027 at the least, and the budget is € 100: "
        "raise it by € 10, widen when they may start, or let one be left out."
    )
    assert (
        "need 4 divers in 2027 Q1 at the least, and there are 3 divers: find 1 diver more" in found[1].message
    )


def test_demands_that_contradict_each_other_are_told_and_no_others() -> None:
    """The one must run after the other, for which its window has no room; money has no part in it, nor that the other must
    run, which follows."""
    first, then = (
        candidate("First", 1, 1, 1, must=True),
        candidate("Then", 1, 1, earliest=1, latest=1, must=True),
    )
    found = refused(
        portfolio(first, then, WIFI, budget=90, dependencies=(Dependency("Then", "First", Bond.FINISHED),))
    )
    assert [each.code for each in found] == ["select.conflict"]
    assert set(found[0].data["demands"]) == {
        "“Then” must run", "“Then” only if “First” has finished",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "code", "says"),
    [
        ({"candidates": ()}, "select.no-candidates", "Name candidates"),
        ({"candidates": (QUAY, QUAY)}, "select.same-name", "2 candidates are called “Quay”"),
        ({"candidates": (replace(QUAY, latest=-1),)}, "select.window", "before its earliest"),
        ({"candidates": (replace(QUAY, lasts=0),)}, "select.lasts", "less than one period"),
        ({"candidates": (replace(QUAY, cost=(1, 2)),)}, "select.lasts", "for 2"),
        ({"candidates": (replace(QUAY, cost=(-1,)),)}, "select.negative", "below nothing"),
        ({"candidates": (replace(QUAY, value=10**15),)}, "select.amount", "zeros"),
        ({"candidates": (replace(QUAY, latest=30_000),)}, "select.too-large", "Narrow"),
        ({"candidates": (replace(QUAY, need={"smith": (1,)}),)}, "select.unknown-role", "There are diver."),
        ({"capacity": {"diver": (100,)}}, "select.capacity", "1 of 4"),
        ({"capacity": {"diver": (-100,) * 4}}, "select.negative", "nobody"),
        ({"budgets": (Budget("2027", 0, 3, -1),)}, "select.amount", "nothing and a trillion"),
        ({"budgets": (Budget("2027", 0, 3, 5, 6),)}, "select.reserve", "More is held back"),
        ({"groups": (Group("g", ("Quay", "Moon", "Mars")),)}, "select.unknown-candidate", "“Moon” or “Mars”"),
        ({"groups": (Group("g", ("Quay",), 2, None),)}, "select.group", "At least 2 of 1"),
        ({"groups": (Group("g", ("Quay", "App"), 2, 1),)}, "select.group", "cannot both be"),
        ({"dependencies": (Dependency("Quay", "Moon"),)}, "select.unknown-candidate", "“Moon”"),
        ({"dependencies": (Dependency("Quay", "Quay"),)}, "select.circle", "on itself"),
        ({"dependencies": (Dependency("Quay", "App", Bond.FINISHED), Dependency("App", "Wifi", Bond.STARTED), Dependency("Wifi", "Quay", Bond.STARTED))},
         "select.circle", "“Quay” → “App” → “Wifi” → “Quay”"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_portfolio_is_told(change: Mapping[str, object], code: str, says: str) -> None:
    sound = portfolio(QUAY, APP, WIFI, budget=100, capacity={"diver": 1})
    found = refused(replace(sound, **change))  # type: ignore[arg-type]
    assert [each.code for each in found] == [code]
    assert says in found[0].message
    with pytest.raises(ValueError, match=r"."):
        case_of(replace(sound, **change))  # type: ignore[arg-type]


def test_needing_each_other_is_no_circle() -> None:
    pair = (Dependency("Quay", "App"), Dependency("App", "Quay"))
    assert chosen(portfolio(QUAY, APP, budget=110, dependencies=pair)).names == ("App", "Quay")
    assert chosen(portfolio(QUAY, APP, budget=100, dependencies=pair)).names == ()


def test_forgotten_years_and_late_starts_are_doubted() -> None:
    asked = portfolio(candidate("Late", 1, 1, 1, latest=3), budgets=(Budget("2027", 0, 2, 500),))
    assert [each.code for each in chosen(asked).diagnostics] == ["select.no-budget", "select.beyond"]


def test_the_frontier_tells_today_the_next_step_and_the_end() -> None:
    asked = portfolio(QUAY, APP, WIFI, budget=100, currency="€")
    assert frontier(case_of(asked)).sentences() == [
        "Today’s budgets of € 100 buy € 320.",
        "The next step is at € 110: € 180 more, with “App” and without “Wifi”.",
        "All that money can buy is € 520, for € 150.",
    ]
    rich = frontier(case_of(replace(asked, budgets=(Budget(ALL_YEARS, 0, 3, 99_900),))))
    assert rich.sentences() == [
        "Today’s budgets of € 999 buy € 520; € 150 would be enough for that.",
        "More money buys nothing: people, or what goes with what, are the limit.",
    ]
    poor = frontier(case_of(portfolio(replace(QUAY, must=True), APP, budget=50)))
    assert poor.today is None
    assert poor.sentences() == ["No choice can be paid for with today’s budgets."]
    with pytest.raises(ValueError, match="budget"):
        frontier(case_of(portfolio(QUAY)))


def test_worth_tells_what_comes_and_goes() -> None:
    asked = portfolio(
        QUAY, replace(APP, need={"diver": (200,)}), WIFI, budget=100, capacity={"diver": 1}, currency="€"
    )
    told = {each.name: each.sentence for each in worths(case_of(asked), step=Fraction(1, 2))}
    assert told == {
        "2027": "€ 50 more in 2027 would buy nothing.", "diver": "1 diver more, all the time would buy nothing.",
    }  # fmt: skip
    free = replace(asked, capacity={"diver": (200,) * 4})
    assert next(each.sentence for each in worths(case_of(free))) == (
        "€ 10 more in 2027 would buy € 180: “App” could run without “Wifi”."
    )


def test_musts_beyond_all_the_money_there_is_are_told_with_what_is_missing() -> None:
    """Each year alone might be spared by a start in the other, which is why neither is named alone."""
    portal = replace(QUAY, name="Portal", must=True, cost=(120_000,), need={}, lasts=1, earliest=0, latest=3)
    budgets = (Budget("2027", 0, 1, 50_000), Budget("2028", 2, 3, 30_000))
    asked = replace(portfolio(portal, currency="€"), budgets=budgets)
    told = refused(asked)[0].message
    assert told.startswith("No choice keeps all of these: ")
    assert "In all, at least € 400 are missing" in told
