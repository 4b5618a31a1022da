"""Costs and baselines of Microsoft Project XML: field by field, and every cost that Project saved against ours."""

from pathlib import Path

import pytest
from lxml import etree

from tests.formats.mspdi import assignment, project, resource, task
from triptych.engine import costs_of, schedule
from triptych.formats import ReadReport, read_plan
from triptych.plan import NO_INSTANT, Accrual, Assignment, Plan, RateFrom, ResourceKind, parse_instant

DATA = Path(__file__).parents[3] / "shared" / "data" / "oracle" / "mspdi"
FILES = sorted(DATA.glob("*.xml"))
ABSENT = "the plans of others, ../shared/data beside the source, are not there"


def read(text: str) -> tuple[Plan, ReadReport]:
    report = read_plan(text.encode())
    assert report.plan is not None
    return report.plan, report


def staffed(person: str, job: str, *, more: str = "") -> tuple[Plan, ReadReport]:
    """A task of two days, with one resource and its assignment; something else costs something."""
    tasks = task(1, "PT16H0M0S", more) + task(2, more="<Cost>100</Cost>")
    return read(project(tasks, resources=resource(1, more=person), assignments=assignment(1, 1, job)))


def test_the_costs_of_a_task() -> None:
    more = (
        "<FixedCost>120000</FixedCost><FixedCostAccrual>2</FixedCostAccrual><ActualCost>4500</ActualCost>"
        "<PhysicalPercentComplete>40</PhysicalPercentComplete>"
    )
    plan, report = read(project(task(1, more=more), head="<CurrencySymbol>Fr.</CurrencySymbol>"))
    found = plan.task(1)
    assert (found.fixed_cost, found.fixed_cost_accrual) == (120_000, Accrual.END)
    assert (found.actual_cost, found.physical_percent) == (4_500, 40)
    assert plan.project.currency == "Fr."
    assert report.unmapped == ()


@pytest.mark.parametrize(
    ("more", "spent"),
    [
        ("<ActualStart>2026-03-02T08:00:00</ActualStart><ActualCost>0</ActualCost>", 0),
        ("<ActualCost>0</ActualCost>", None),
        ("", None),
    ],
)
def test_nought_is_an_actual_cost_of_what_has_started(more: str, spent: int | None) -> None:
    plan, _ = read(project(task(1, more=f"<Cost>100</Cost>{more}")))
    assert plan.task(1).actual_cost == spent


def test_in_a_file_without_prices_nothing_is_said_of_costs() -> None:
    begun = "<ActualStart>2026-03-02T08:00:00</ActualStart><Cost>0</Cost><ActualCost>0</ActualCost>"
    job = "<Work>PT8H0M0S</Work><ActualWork>PT4H0M0S</ActualWork><Cost>0</Cost><ActualCost>0</ActualCost>"
    rows = {
        "resources": resource(1, more="<StandardRate>10</StandardRate>"),
        "assignments": assignment(1, 1, job),
    }
    plan, _ = read(project(task(1, more=begun), **rows))
    assert plan.task(1).actual_cost is None
    assert list(plan.each_assignment()) == [Assignment(1, 1, 100, 480, actual_work=240)]


def test_what_a_summary_has_spent_is_the_sum_of_what_is_below_it_and_not_its_own() -> None:
    more = "<FixedCost>300</FixedCost><ActualCost>900</ActualCost>"
    plan, _ = read(project(task(1, more=more) + task(2).replace("Level>1<", "Level>2<")))
    assert (plan.task(1).fixed_cost, plan.task(1).actual_cost) == (300, None)


def test_a_rate_is_for_an_hour_however_it_is_shown_and_a_cost_per_use_is_in_hundredths() -> None:
    by_the_day = "<StandardRate>12.5</StandardRate><StandardRateFormat>3</StandardRateFormat>"
    plan, report = staffed(f"{by_the_day}<CostPerUse>4900</CostPerUse><AccrueAt>1</AccrueAt>", "")
    ana = plan.resources[0]
    assert (ana.rate, ana.cost_per_use, ana.accrual) == (1_250, 4_900, Accrual.START)
    assert report.unmapped == ()


def test_a_cost_resource_has_no_rate_and_its_assignments_say_what_they_cost() -> None:
    plan, _ = staffed(
        "<Type>0</Type><IsCostResource>1</IsCostResource><StandardRate>3</StandardRate>", "<Cost>25000</Cost>"
    )
    assert (plan.resources[0].kind, plan.resources[0].rate) == (ResourceKind.COST, 0)
    assert costs_of(plan).planned.tolist() == [25_000, 0]


@pytest.mark.parametrize(("cost", "stated"), [("96000", None), ("96001", None), ("96500", 96_500), ("0", 0)])
def test_an_assignment_states_its_cost_where_the_rate_does_not_tell_it(cost: str, stated: int | None) -> None:
    plan, _ = staffed("<StandardRate>60</StandardRate>", f"<Work>PT16H0M0S</Work><Cost>{cost}</Cost>")
    assert plan.assignment_at(0).cost == stated


def test_what_is_done_of_an_assignment_and_what_it_has_cost() -> None:
    job = "<Work>PT16H0M0S</Work><ActualWork>PT4H0M0S</ActualWork><Cost>96000</Cost><ActualCost>24000</ActualCost>"
    plan, report = staffed("<StandardRate>60</StandardRate>", job)
    assert list(plan.each_assignment()) == [Assignment(1, 1, 100, 960, actual_work=240, actual_cost=24_000)]
    assert report.unmapped == ()


def rate(value: str, table: int = 0, *, first: str = "", per_use: int = 0) -> str:
    since = f"<RatesFrom>{first}</RatesFrom>" if first else ""
    return (
        f"<Rate>{since}<RateTable>{table}</RateTable><StandardRate>{value}</StandardRate>"
        f"<CostPerUse>{per_use}</CostPerUse></Rate>"
    )


@pytest.mark.parametrize(
    ("rates", "told"),
    [
        (rate("60"), False),
        (rate("60") + rate("0", 1), False),
        (rate("60") + rate("70", first="2026-03-03T00:00:00"), False),
        (rate("60") + rate("70"), True),
        (rate("60") + rate("70", 1), True),
    ],
)
def test_rates_of_no_date_and_of_other_tables_are_told(rates: str, told: bool) -> None:
    _, report = staffed(f"<StandardRate>60</StandardRate><Rates>{rates}</Rates>", "")
    assert ("Further cost rate tables" in [each.what for each in report.unmapped]) is told


#: From 50.00 an hour to 60.00, to 90.00 on Tuesday 3 March; the resource's own fields are of the day of saving.
RISING = (
    "<StandardRate>60</StandardRate><CostPerUse>100</CostPerUse><Rates>"
    + rate("90", first="2026-03-03T00:00:00", per_use=200)
    + rate("50", first="1984-01-01T00:00:00")
    + rate("60", first="2025-01-01T00:00:00", per_use=100)
    + rate("0", 1, first="1984-01-01T00:00:00")
    + "</Rates>"
)


def test_rates_over_time_are_those_of_table_a() -> None:
    plan, report = staffed(RISING, "")
    ana = plan.resources[0]
    assert (ana.rate, ana.cost_per_use) == (5_000, 0)
    assert ana.rates == (
        RateFrom(parse_instant("2025-01-01"), 6_000, 100),
        RateFrom(parse_instant("2026-03-03"), 9_000, 200),
    )
    assert report.unmapped == ()


@pytest.mark.parametrize(
    ("job", "stated"),
    [
        # Monday at 60.00 an hour and Tuesday at 90.00, and 1.00 to come; in the file and on our dates.
        ("<Start>2026-03-02T08:00:00</Start><Finish>2026-03-03T17:00:00</Finish><Cost>120100</Cost>", None),
        ("<Start>2026-03-02T08:00:00</Start><Finish>2026-03-03T17:00:00</Finish><Cost>96100</Cost>", 96_100),
        # The file has it later, all at 90.00.
        ("<Start>2026-03-04T08:00:00</Start><Finish>2026-03-05T17:00:00</Finish><Cost>144200</Cost>", None),
        # By night nobody works, so it is paid as when it starts.
        ("<Start>2026-03-02T18:00:00</Start><Finish>2026-03-03T06:00:00</Finish><Cost>96100</Cost>", None),
        # Without dates nobody knows which rate it was.
        ("<Cost>120100</Cost>", 120_100),
    ],
)
def test_an_assignment_is_paid_by_the_rates_of_its_dates(job: str, stated: int | None) -> None:
    plan, _ = staffed(RISING, f"<Work>PT16H0M0S</Work>{job}")
    assert plan.assignment_at(0).cost == stated
    on_our_dates = costs_of(plan, schedule(plan)).planned[0]
    assert on_our_dates == (120_100 if stated is None else stated)


def test_a_negative_cost_is_reported_and_not_taken() -> None:
    plan, report = read(project(task(1, more="<FixedCost>-5</FixedCost>")))
    assert plan.task(1).fixed_cost == 0
    assert [each.code for each in report.diagnostics] == ["task.bad-fixed-cost"]
    assert report.accepted


def baseline(number: int, more: str = "") -> str:
    return (
        f"<Baseline><Number>{number}</Number><Start>2026-03-02T08:00:00</Start>"
        f"<Finish>2026-03-03T17:00:00</Finish>{more}</Baseline>"
    )


def test_baselines_are_read_by_number_and_summaries_keep_what_is_their_own() -> None:
    amounts = "<Duration>PT16H0M0S</Duration><Work>PT8H0M0S</Work><Cost>{}</Cost>"
    tasks = (
        task(1, more=baseline(0, amounts.format(900)))
        + task(2, more=baseline(0, amounts.format(700)) + baseline(3)).replace("Level>1<", "Level>2<")
        + task(3)
    )
    plan, report = read(project(tasks))
    first, third = plan.baselines
    assert (first.number, third.number) == (0, 3)
    assert first.tasks.uid.tolist() == [1, 2]
    assert first.tasks.start.tolist() == [parse_instant("2026-03-02T08:00")] * 2
    assert first.tasks.finish.tolist() == [parse_instant("2026-03-03T17:00")] * 2
    assert first.tasks.duration.tolist() == [960, 960]
    assert first.tasks.work.tolist() == [0, 480]
    assert first.tasks.cost.tolist() == [200, 700]
    assert (third.tasks.uid.tolist(), third.tasks.work.tolist()) == ([2], [0])
    assert report.unmapped == ()


def test_a_baseline_may_lack_dates_and_what_is_none_is_told() -> None:
    odd = "<Baseline><Number>0</Number></Baseline><Baseline><Number>0</Number><Interim>1</Interim></Baseline>"
    plan, report = read(project(task(1, more=odd + baseline(0, "<BudgetCost>5</BudgetCost>") + baseline(11))))
    (found,) = plan.baselines
    assert found.tasks.start.tolist() == [NO_INSTANT]
    assert {each.what for each in report.unmapped} == {"Interim plans", "Budgets"}
    assert [each.code for each in report.diagnostics] == ["mspdi.bad-value"]


@pytest.mark.skipif(not FILES, reason=ABSENT)
@pytest.mark.parametrize("file", FILES, ids=lambda each: each.stem)
def test_every_cost_that_was_saved_is_ours(file: Path) -> None:
    """Planned and actual costs of all tasks that are no summaries, and the totals of the baselines."""
    data = file.read_bytes()
    plan, rows = read_plan(data, name=file.name).plan, etree.fromstring(data).findall("{*}Tasks/{*}Task")
    assert plan is not None
    costs, saved = costs_of(plan, schedule(plan)), {int(each.findtext("{*}UID") or 0): each for each in rows}
    for uid, row in plan.index_of.items():
        if not plan.is_summary[row]:
            assert costs.planned[row] == pytest.approx(_amount(saved[uid], "Cost"), abs=1), uid
            assert costs.actual[row] == pytest.approx(_amount(saved[uid], "ActualCost"), abs=1), uid
    if plan.project.root is not None and plan.baselines:
        whole = saved[plan.project.root].find("{*}Baseline")
        assert plan.baselines[0].tasks.cost.sum() == (0 if whole is None else _amount(whole, "Cost"))


@pytest.mark.skipif(not FILES, reason=ABSENT)
def test_a_rate_that_was_typed_by_the_day_was_saved_by_the_hour() -> None:
    """In the .mpp of this plan the rate is 175 a day, and a day has 17.5 hours."""
    plan = read_plan((DATA / "sf259.xml").read_bytes()).plan
    assert plan is not None
    assert plan.project.minutes_per_day == 1050
    assert {each.rate for each in plan.resources} == {1_000}


def _amount(row: etree._Element, name: str) -> float:
    return float(row.findtext(f"{{*}}{name}") or 0)
