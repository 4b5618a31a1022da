"""Risks: their rules and steps, their exposure, the verb by which they become issues, and their way to the forecast."""

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.cast import Company
from tests.nouns.control import risk, task
from triptych.apps.control.actions import occur_risk
from triptych.apps.control.models import AffectedTask, Issue, Risk, RiskResponse
from triptych.apps.control.queries import exposure, register, risks_of
from triptych.apps.people.refusals import Conflict, Invalid, NotAllowed, NotVisible
from triptych.apps.people.roles import Role
from triptych.apps.project import actions, bridge
from triptych.apps.project.rules import rights_of
from triptych.engine.forecast import forecast
from triptych.plan.uncertainty import Range, Uncertainty

DAY = 480
DAYS = {"delay_least": DAY, "delay_likely": 2 * DAY, "delay_most": 6 * DAY}
MONEY = {"cost_least": 100_00, "cost_likely": 200_00, "cost_most": 600_00}


def hold(company: Company, role: Role) -> None:
    actions.grant_role(actor=company.alice, user=company.charlie, node=company.house, role=role)


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ({"probability": 1001}, "probability"),
        ({"delay_least": 5, "delay_likely": 4, "delay_most": 6}, "__all__"),
        ({"cost_least": -1}, "__all__"),
        ({"strategy": "exploit"}, "strategy"),
        ({"kind": "opportunity", "strategy": "avoid"}, "strategy"),
        ({"name": ""}, "name"),
    ],
)
def test_what_a_risk_cannot_be(company: Company, values: dict[str, object], place: str) -> None:
    with pytest.raises(Invalid) as fault:
        risk(company, **values)
    assert [each.place for each in fault.value.errors] == [place]


def test_a_response_is_no_whole_project(company: Company) -> None:
    frost = risk(company)
    with pytest.raises(Invalid, match="whole project"):
        actions.add(RiskResponse, actor=company.alice, risk=frost, task=company.house, text="Build a hall")
    with pytest.raises(Invalid, match="whole project"):
        actions.add(AffectedTask, actor=company.alice, risk=frost, task=company.house)


def test_a_risk_moves_on_and_is_over(company: Company) -> None:
    frost = risk(company)
    for state in ("analysed", "planned", "responding", "monitored"):
        frost = actions.move(frost, actor=company.bob, to=state).row
    frost = actions.move(frost, actor=company.bob, to="closed", outcome="It is April").row
    assert (frost.state, frost.outcome) == ("closed", "It is April")
    with pytest.raises(Conflict, match="identified"):
        actions.move(frost, actor=company.bob, to="occurred")


def test_who_raises_does_not_decide(company: Company) -> None:
    hold(company, Role.TEAM_MEMBER)
    frost = actions.add(Risk, actor=company.charlie, node=company.house, name="Frost").row
    assert frost.raised_by == company.charlie
    actions.change(frost, actor=company.charlie, cause="A cold March")
    with pytest.raises(NotAllowed):
        actions.move(frost, actor=company.charlie, to="analysed")
    with pytest.raises(NotAllowed):
        occur_risk(frost, actor=company.charlie)


def test_a_risk_begins_where_its_raiser_could_move_it_on(company: Company) -> None:
    hold(company, Role.TEAM_MEMBER)
    with pytest.raises(NotAllowed, match="control"):
        actions.add(Risk, actor=company.charlie, node=company.house, name="Frost", state="closed")
    assert risk(company, state="analysed").state == "analysed"
    with pytest.raises(Conflict):
        risk(company, state="occurred")


def test_moving_on_is_no_way_past_the_right_to_money(company: Company) -> None:
    hold(company, Role.SCRUM_MASTER)
    frost = risk(company)
    with pytest.raises(NotAllowed, match="budgets"):
        actions.move(frost, actor=company.charlie, to="analysed", cost_most=7)
    with pytest.raises(Invalid):
        actions.move(frost, actor=company.charlie, to="analysed", raised_by=company.charlie)
    with pytest.raises(NotVisible):
        actions.move(frost, actor=company.bob, to="analysed", node=company.secret)


def test_a_risk_that_happens_is_an_issue(company: Company) -> None:
    frost = risk(company, effect="Concrete does not set", owner=company.bob)
    done = occur_risk(frost, actor=company.bob)
    issue = Issue.objects.get(from_risk=frost)
    assert done.issue == issue
    assert (issue.name, issue.text, issue.severity) == ("Frost", "Concrete does not set", "high")
    assert (issue.owner, issue.raised_by, issue.node) == (company.bob, company.bob, company.house)
    assert done.entry.sentence == "The risk “Frost” has occurred and is an issue now"
    assert [each["table"] for each in done.entry.edits] == ["control.risk", "control.issue"]
    with pytest.raises(Conflict, match="occurred"):
        occur_risk(frost, actor=company.bob)
    with pytest.raises(Conflict, match="stays as it is"):
        actions.change(frost, actor=company.bob, name="Thaw")
    actions.undo(actor=company.bob)
    frost.refresh_from_db()
    assert frost.is_open
    assert not Issue.objects.exists()
    actions.redo(actor=company.bob)
    assert Issue.objects.get().from_risk == frost


def test_an_opportunity_that_happens_is_no_issue(company: Company) -> None:
    luck = risk(company, kind="opportunity")
    assert occur_risk(luck, actor=company.bob).issue is None
    assert not Issue.objects.exists()


def test_what_was_changed_before_it_was_over_is_not_undone_after(company: Company) -> None:
    frost = risk(company)
    entry = actions.change(frost, actor=company.bob, cause="A cold March").entry
    assert entry is not None
    occur_risk(frost, actor=company.bob)
    with pytest.raises(Conflict, match="stays as it is"):
        actions.undo(actor=company.bob, entry=entry.pk)


def test_exposure_is_probability_times_what_is_expected(company: Company) -> None:
    rights = rights_of(company.bob)
    frost = risk(company, probability=100, **DAYS, **MONEY)
    assert exposure(rights, frost).minutes == 144  # a tenth of three days
    assert exposure(rights, frost).money == 30_00
    luck = risk(company, kind="opportunity", probability=100, **DAYS, **MONEY)
    assert (exposure(rights, luck).minutes, exposure(rights, luck).money) == (-144, -30_00)
    assert exposure(rights, risk(company, **DAYS)).minutes is None


def test_once_answered_what_is_left_counts(company: Company) -> None:
    frost = risk(company, probability=500, **DAYS, residual_probability=100, residual_delay_most=3 * DAY)
    rights = rights_of(company.bob)
    assert exposure(rights, frost).minutes == 720
    frost = actions.move(frost, actor=company.bob, to="monitored").row
    assert exposure(rights, frost).minutes == 48


def test_the_register_rolls_up_what_one_may_see(
    company: Company, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    here = risk(company, probability=100, **DAYS, **MONEY)
    inside = risk(company, node=task(company, "build"), probability=900, **DAYS)
    above = risk(company, node=company.program, probability=10, **DAYS)
    hidden = risk(company, node=company.secret)
    actions.move(risk(company), actor=company.alice, to="retired")
    rights = rights_of(company.alice)
    with django_assert_num_queries(1):
        found = register(rights, company.program)
    assert [each.risk for each in found] == [inside, here, above, hidden]
    assert [each.risk for each in register(rights, inside.node)] == [inside]
    assert [each.risk for each in register(rights_of(company.bob), company.program)] == [inside, here]
    hold(company, Role.GUEST)
    assert [each.money for each in register(rights_of(company.charlie), company.house)] == [None, None]


def test_the_register_feeds_the_forecast(company: Company) -> None:
    build = task(company, "build")
    sure = {"probability": 1000, "delay_least": DAY, "delay_likely": DAY, "delay_most": DAY}
    spent = {"cost_least": 100, "cost_likely": 100, "cost_most": 100}
    risk(company, name="Late steel", node=build, **sure, **spent)
    plan = bridge.computed(bridge.reach([company.house.pk])).plan

    def means() -> tuple[float, float]:
        """Days and hundredths beyond the plan."""
        drawn = risks_of(rights_of(company.bob), [company.house.pk])
        found = forecast(plan, Uncertainty(risks=drawn.risks), iterations=256)
        goal = next(each for each in found.goals if each.name == "House")
        cost = goal.cost.mean() - goal.planned_cost if len(goal.cost) else 0.0
        return (goal.worked.mean() - goal.planned_worked) / DAY, cost

    assert means() == (1.0, 100.0)
    risk(company, name="Warm spring", kind="opportunity", node=build, **sure)
    assert means() == (0.0, 100.0)
    risk(company, name="Fines", node=company.house, **sure, **spent)
    assert means() == (0.0, 200.0)


def test_a_risk_as_the_forecast_takes_it(
    company: Company, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    frost = risk(company, probability=250, **DAYS, **MONEY, residual_probability=50, residual_delay_most=DAY)
    twin = risk(company, node=task(company, "design"), probability=100, **DAYS)
    unknown = risk(company, name="Who knows")
    strikes = task(company, "build")
    actions.add(AffectedTask, actor=company.alice, risk=frost, task=strikes)
    actions.add(RiskResponse, actor=company.alice, risk=frost, text="Heat", cost=50_00)
    actions.add(RiskResponse, actor=company.alice, risk=frost, text="Plan", task=strikes, cost=70_00)
    dropped = actions.add(RiskResponse, actor=company.alice, risk=frost, text="Hope", cost=90_00).row
    actions.move(dropped, actor=company.alice, to="dropped")
    far = risk(company, name="Strike", node=company.program, probability=10, **DAYS)
    actions.add(AffectedTask, actor=company.alice, risk=far, task=strikes)
    whole = risk(company, name="Everything", probability=10, **DAYS)
    rights = rights_of(company.alice)
    with django_assert_num_queries(4):
        drawn = risks_of(rights, [company.house.pk])
    first, second, third, fourth = drawn.risks
    assert drawn.by_name == {
        f"Frost ({frost.pk})": frost.pk,
        f"Frost ({twin.pk})": twin.pk,
        "Strike": far.pk,
        "Everything": whole.pk,
    }
    assert (drawn.unassessed, drawn.unplaced) == ((unknown,), (whole,))
    assert first.tasks == third.tasks == (strikes.pk,)
    assert first.effect.probability == 0.25
    assert first.effect.delay == Range(480, 960, 2880)
    assert first.effect.cost == Range(100_00, 200_00, 600_00)
    assert first.response is not None
    assert (first.response.probability, first.response.delay) == (0.05, Range(0, 0, 480))
    assert first.price == 50_00
    assert second.tasks == (company.tasks["design"],)
    assert fourth.effect.delay is None
    actions.move(frost, actor=company.alice, to="monitored")
    answered = risks_of(rights, [company.house.pk]).risks[0]
    assert (answered.effect, answered.response, answered.price) == (first.response, None, 50_00)
    hold(company, Role.GUEST)
    seen = risks_of(rights_of(company.charlie), [company.house.pk]).risks
    assert [each.effect.cost for each in seen] == [None, None, None]
    assert seen[0].price == 0
