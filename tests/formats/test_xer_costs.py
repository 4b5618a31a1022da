"""Costs of Primavera P6: prices, what assignments cost and have cost, expenses, and every cost of a real plan."""

from pathlib import Path

import pytest

from tests.formats.xer import Record, codes, file, left, plan_of, project, read, table, task
from triptych.engine import costs_of
from triptych.formats import read_plan
from triptych.plan import Accrual, Assignment, Task

HOTEL = Path(__file__).parents[3] / "shared" / "data" / "oracle" / "raw" / "hotel_project.xer"


def people(*prices: Record) -> str:
    """Ada, who has these prices, and sand, of which a unit costs 15.00."""
    rates = [{"rsrc_id": 1} | each for each in prices] + [{"rsrc_id": 2, "cost_per_qty": 15}]
    rows = [{"rsrc_id": 1, "rsrc_name": "Ada", "rsrc_type": "RT_Labor"},
            {"rsrc_id": 2, "rsrc_name": "Sand", "rsrc_type": "RT_Mat"}]  # fmt: skip
    return table("RSRC", rows) + table(
        "RSRCRATE", [{"rsrc_rate_id": at} | row for at, row in enumerate(rates)]
    )


def team(*rows: Record) -> str:
    return table("TASKRSRC", [{"taskrsrc_id": at, "task_id": 1} | row for at, row in enumerate(rows)])


def assigned(*rows: Record) -> list[Assignment]:
    text = file([task(1, 16)], more=people({"cost_per_qty": 60}) + team(*rows))
    return list(plan_of(text).each_assignment())


def test_the_newest_price_counts_and_others_are_told() -> None:
    prices = people(
        {"cost_per_qty": "62,5", "start_date": "2026-01-01 00:00", "cost_per_qty2": 80},
        {"cost_per_qty": 40, "start_date": "2025-01-01 00:00"},
    )
    report = read(file([task(1)], more=prices))
    assert report.plan is not None
    assert [each.rate for each in report.plan.resources] == [6_250, 1_500]
    assert left(report) == {"Rates that change": 1, "Further rates": 1}


@pytest.mark.parametrize(("cost", "stated"), [("960.00", None), ("965.00", 96_500), ("0.00", 0), ("", None)])
def test_an_assignment_states_its_cost_where_the_price_does_not_tell_it(
    cost: str, stated: int | None
) -> None:
    (ada, sand) = assigned(
        {"rsrc_id": 1, "target_qty": 16, "target_cost": cost},
        {"rsrc_id": 2, "target_qty": 4, "target_cost": 60},
    )
    assert (ada.cost, sand.cost) == (stated, None)


def test_in_a_file_without_costs_nought_is_none() -> None:
    assert assigned({"rsrc_id": 1, "target_qty": 16, "target_cost": "0.00", "act_reg_cost": 0}) == [
        Assignment(1, 1, 100, 960)
    ]


def test_what_is_done_and_what_it_has_cost_overtime_included() -> None:
    done = {"act_reg_qty": 3, "act_ot_qty": 1, "act_reg_cost": 180, "act_ot_cost": 90}
    cost = {"target_qty": 16, "target_cost": 960}
    assert assigned({"rsrc_id": 1, **done, **cost}) == [
        Assignment(1, 1, 100, 960, actual_work=240, actual_cost=27_000)
    ]


def test_assignments_of_the_same_resource_are_added_up_with_what_they_cost() -> None:
    one = {"rsrc_id": 1, "target_qty": 8, "target_cost": 500, "act_reg_qty": 2, "act_reg_cost": 120}
    assert assigned(one, one) == [
        Assignment(1, 1, 200, 960, actual_work=240, cost=100_000, actual_cost=24_000)
    ]


def test_what_will_remain_otherwise_than_planned_is_told() -> None:
    rows = [{"rsrc_id": 1, "target_cost": 100, "act_reg_cost": 40, "remain_cost": each} for each in (60, 90)]
    report = read(file([task(1)], more=people() + team(*rows)))
    assert left(report) == {"Remaining costs": 1}


def expenses(*rows: Record) -> str:
    return table("PROJCOST", [{"cost_item_id": at, "task_id": 1} | row for at, row in enumerate(rows)])


def spent(*rows: Record, more: str = "") -> Task:
    return plan_of(file([task(1)], more=expenses(*rows) + more)).task(1)


def test_expenses_are_the_fixed_cost_of_their_activity() -> None:
    found = spent(
        {"target_cost": 100, "cost_load_type": "CL_End"}, {"target_cost": "20.5", "cost_load_type": "CL_End"}
    )
    assert (found.fixed_cost, found.fixed_cost_accrual, found.actual_cost) == (12_050, Accrual.END, None)
    mixed = spent({"cost_load_type": "CL_Start"}, {"cost_load_type": "CL_End"})
    assert mixed.fixed_cost_accrual is Accrual.PRORATED


def test_what_was_spent_on_expenses_adds_to_what_people_have_cost() -> None:
    staff = people() + team({"rsrc_id": 1, "target_cost": 100, "act_reg_cost": 40})
    assert spent({"target_cost": 100, "act_cost": 30}, more=staff).actual_cost == 7_000


def test_an_expense_of_nothing_is_reported() -> None:
    report = read(file([task(1)], more=expenses({"task_id": 9, "target_cost": 5, "vendor_name": "Smith"})))
    assert codes(report) == ["xer.dangling-expense"]
    assert left(report) == {"Costs": 1, "Details of expenses": 1}


@pytest.mark.parametrize(
    ("kind", "share", "physical"),
    [("CP_Phys", "40", 40), ("CP_Phys", "", 0), ("CP_Drtn", "40", 40), ("CP_Drtn", "0", None)],
)
def test_physical_percent_complete(kind: str, share: str, physical: int | None) -> None:
    rows = [task(1, complete_pct_type=kind, phys_complete_pct=share)]
    assert plan_of(file(rows)).task(1).physical_percent == physical


def test_the_currency_is_that_of_the_export() -> None:
    text = file([task(1)], projects=[project()])
    first = "\t".join(
        ["ERMHDR", "19.12", "2026-03-01", "Project", "ADMIN", "Ida", "db", "Project Management", "CHF"]
    )
    assert plan_of(first + text[text.index("\n") :]).project.currency == "CHF"
    assert plan_of(text).project.currency == ""


@pytest.mark.skipif(
    not HOTEL.exists(), reason="the plans of others, ../shared/data beside the source, are not there"
)
def test_every_cost_of_a_real_plan_follows_from_its_prices() -> None:
    plan = read_plan(HOTEL.read_bytes(), name=HOTEL.name).plan
    assert plan is not None
    assert len(plan.assignments) > 2000
    assert (plan.assignments.cost == -1).all()
    saved = _column(HOTEL, "TASKRSRC", "target_cost")
    assert costs_of(plan).planned.sum() == pytest.approx(100 * sum(map(float, saved)))


def _column(path: Path, name: str, column: str) -> list[str]:
    """The cells of one column of a table."""
    rows = path.read_text(encoding="cp1252").split(f"%T\t{name}\n")[1].split("%T\t")[0].splitlines()
    at = rows[0].split("\t").index(column)
    return [row.split("\t")[at] for row in rows[1:] if row.startswith("%R")]
