"""What would pull a date in, and drag: hand-computed plans, and a law that every stated gain is what the engine gives."""

from hypothesis import given
from hypothesis import strategies as st

from tests.corpus.language import Example, parse
from tests.plans import plans
from triptych.engine import schedule
from triptych.engine.drag import drag_of, drags
from triptych.engine.pull_in import PullIn, pull_in
from triptych.engine.what_if import worked_between
from triptych.plan import Plan
from triptych.plan.changes import SetDuration, apply_all

D = 480


def asked(text: str, task: str, minutes: int) -> tuple[Example, PullIn]:
    example = parse(text)
    return example, pull_in(example.plan, example.uid[task], minutes)


def test_of_a_chain_any_link_may_give_way_and_the_cheapest_comes_first() -> None:
    _, found = asked("project 2026-03-02\nA 4d\nB 2d after A", "B", D)
    assert found.combination is not None
    assert found.combination.meets
    assert [each.gain for each in found.options] == [D, D, D]
    assert [each.cost for each in found.options] == [D // 2, D, D]
    assert found.options[0].deeds == ("Start “B” 1d before “A” has finished",)
    assert found.options[1].deeds == ("Shorten “A” from 4d to 3d",)


def test_of_two_parallel_ways_both_must_give_way() -> None:
    _, found = asked("project 2026-03-02\nA 4d\nB 4d\nEnd 0d after A B", "End", D)
    assert found.options == ()
    assert found.combination is not None
    assert (found.combination.gain, found.combination.cost, len(found.combination.changes)) == (D, 2 * D, 2)


def test_a_pin_is_a_decision_and_costs_nothing() -> None:
    text = "project 2026-03-02\nA 1d\nB 1d after A start SNET 2026-03-06T08:00"
    _, found = asked(text, "B", 3 * D)
    assert found.combination is not None
    assert (found.combination.cost, found.combination.decision) == (0, True)


def test_what_cannot_be_pulled_in_says_what_stands_in_the_way() -> None:
    text = "project 2026-03-02\nA 1d done 100 from 2026-03-02T08:00 to 2026-03-02T17:00"
    _, found = asked(text, "A", D)
    assert found.combination is None
    assert [each.reason for each in found.in_the_way] == ["progress"]
    assert "cannot be pulled in" in found.sentence


@given(plan=plans(max_tasks=8), data=st.data())
def test_every_gain_is_what_the_engine_gives(plan: Plan, data: st.DataObject) -> None:
    result = schedule(plan)
    task = data.draw(st.sampled_from(plan.tasks.uid.tolist()))
    found = pull_in(result, task, data.draw(st.sampled_from([240, 960, 4800])))
    row = plan.index_of[task]
    project = int(plan.tasks.project[row])
    for option in [*found.options, *filter(None, [found.combination, found.furthest])]:
        after = schedule(apply_all(plan, option.changes)[0])
        gained = worked_between(result, project, int(after.finish[row]), int(result.finish[row]))
        assert (option.gain, option.finish) == (gained, after.finish[row])
        assert option.meets == (gained >= found.goal)


def test_drag_is_bounded_by_what_runs_beside() -> None:
    text = "project 2026-03-02\nA 5d\nB 3d\nC 2d after A\nEnd 0d after B C"
    example = parse(text)
    result = schedule(example.plan)
    found = {name: drag_of(result, uid) for name, uid in example.uid.items()}
    assert found == {"A": 4 * D, "B": 0, "C": 2 * D, "End": 0}
    assert drags(result) == {example.uid["A"]: 4 * D, example.uid["C"]: 2 * D, example.uid["End"]: 0}


@given(plan=plans(constraints=False, max_tasks=8))
def test_drag_is_what_the_finish_gains_without_the_task(plan: Plan) -> None:
    result = schedule(plan)
    for uid, held in drags(result).items():
        after = schedule(
            apply_all(plan, [SetDuration(uid, 0, elapsed=bool(plan.tasks.elapsed[plan.index_of[uid]]))])[0]
        )
        gained = worked_between(result, 0, int(after.project_finish[0]), int(result.project_finish[0]))
        assert held == max(0, gained)
