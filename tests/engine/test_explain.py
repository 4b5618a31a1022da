"""Why a date is what it is: every kind of cause, in words, and never the name of a thing that is hidden."""

from dataclasses import replace

import numpy as np
import pytest

from tests.corpus.language import Example, parse
from tests.plans import build
from triptych.engine import Explanation, explain, schedule
from triptych.engine.explain import Field
from triptych.plan import Constraint, Link, Plan, Task, parse_instant, spell_instant


def why(text: str, task: str, field: Field = "start", *, hidden: tuple[str, ...] = ()) -> Explanation:
    example = parse(text)
    return explain(
        schedule(example.plan), example.uid[task], field, hidden={example.uid[name] for name in hidden}
    )


def told(found: Explanation) -> list[tuple[str, str]]:
    return [(each.reason, each.sentence) for each in found.steps]


def test_the_project_s_start_is_a_root() -> None:
    found = why("project 2026-03-02\nA 2d", "A")
    assert told(found) == [("project-start", "The project “Example” starts on Mon 2 Mar 2026, 08:00.")]
    assert found.sentence == (
        "“A” starts on Mon 2 Mar 2026, 08:00: The project “Example” starts on Mon 2 Mar 2026, 08:00."
    )


def test_a_chain_of_links_is_told_from_the_date_back_to_its_root() -> None:
    found = why("project 2026-03-02\nA 2d\nB 1d after A\nC 1d after B", "C")
    assert told(found) == [
        ("link", "“C” cannot start before “B” has finished (Wed 4 Mar 2026, 17:00, taking 1d)."),
        ("link", "“B” cannot start before “A” has finished (Tue 3 Mar 2026, 17:00, taking 2d)."),
        ("project-start", "The project “Example” starts on Mon 2 Mar 2026, 08:00."),
    ]
    assert found.sentence == (
        "“C” starts on Thu 5 Mar 2026, 08:00 at the end of a chain of 2 links, because the project “Example” "
        "starts on Mon 2 Mar 2026, 08:00."
    )
    assert [each.task for each in found.steps] == [3, 2, 1]
    assert [spell_instant(each.at) for each in found.steps] == [
        "2026-03-05T08:00", "2026-03-04T08:00", "2026-03-02T08:00",
    ]  # fmt: skip
    assert found.steps[0].link is not None
    assert (found.steps[0].link.pred, found.steps[0].link.succ) == (2, 3)


@pytest.mark.parametrize(
    ("predecessor", "words"),
    [
        ("A+1d", ", plus a lag of 1d."),
        ("A-4h", ", less a lead of 4h."),
        ("A+2ed", ", plus a lag of 2ed."),
        ("A+50%", ", plus a lag of 50 % of its duration."),
        ("A:SS+1d", "has started (Mon 2 Mar 2026, 08:00), plus a lag of 1d."),
    ],
)
def test_lag_and_lead_are_told(predecessor: str, words: str) -> None:
    found = why(f"project 2026-03-02\nA 2d\nB 1d after {predecessor}", "B")
    assert found.steps[0].sentence.endswith(words)


def test_a_link_to_the_finish_says_so() -> None:
    found = why("project 2026-03-02\nA 5d\nB 2d after A:FF", "B")
    assert found.steps[0].sentence.startswith(
        "“B” cannot finish before “A” has finished (Fri 6 Mar 2026, 17:00"
    )


@pytest.mark.parametrize(
    ("constraint", "words"),
    [
        ("SNET 2026-03-04T08:00", "“A” is pinned: start no earlier than Wed 4 Mar 2026, 08:00."),
        ("MFO 2026-03-04T17:00", "“A” is pinned: must finish on Wed 4 Mar 2026, 17:00."),
        ("ALAP", "“A” is to be done as late as possible."),
    ],
)
def test_a_constraint_is_a_root(constraint: str, words: str) -> None:
    found = why(f"project 2026-03-02\nA 1d start {constraint}\nB 5d", "A")
    assert told(found) == [("constraint", words)]


def test_a_constraint_on_the_summary_is_told_of_the_summary() -> None:
    found = why("project 2026-03-02\nsummary Phase start SNET 2026-03-04T08:00\nA 1d in Phase", "A")
    assert told(found) == [("constraint", "“Phase” is pinned: start no earlier than Wed 4 Mar 2026, 08:00.")]


def test_a_finish_is_the_start_and_the_duration() -> None:
    found = why("project 2026-03-02\nA 2d", "A", "finish")
    assert [each.reason for each in found.steps] == ["duration", "project-start"]
    assert found.steps[0].sentence == "“A” starts on Mon 2 Mar 2026, 08:00 and takes 2d."
    assert found.sentence.startswith("“A” finishes on Tue 3 Mar 2026, 17:00 in the end, because the project")


def test_a_summary_is_explained_by_the_task_at_its_end() -> None:
    text = "project 2026-03-02\nsummary Phase\nA 2d in Phase\nB 1d in Phase after A"
    start, finish = why(text, "Phase"), why(text, "Phase", "finish")
    assert told(start)[0] == ("summary", "“Phase” spans the tasks below it, of which “A” starts first.")
    assert told(finish)[0] == ("summary", "“Phase” spans the tasks below it, of which “B” finishes last.")
    assert [each.reason for each in finish.steps] == ["summary", "link", "project-start"]


def test_a_link_from_a_summary_leads_on_to_the_task_that_ends_it() -> None:
    found = why("project 2026-03-02\nsummary Phase\nA 2d in Phase\nB 1d after Phase", "B")
    assert [each.reason for each in found.steps] == ["link", "summary", "project-start"]


def test_a_summary_with_nothing_active_below_says_so() -> None:
    found = why("project 2026-03-02\nsummary Phase\nA 2d in Phase inactive", "Phase")
    assert found.steps[0].sentence == "Nothing below this summary is active."


def test_progress_is_a_fact() -> None:
    text = "project 2026-03-02\nA 2d done 100 from 2026-03-03T08:00 to 2026-03-05T17:00\nB 1d after A"
    assert told(why(text, "A", "finish")) == [("progress", "“A” has finished; its actual dates are facts.")]
    assert told(why(text, "B"))[1] == ("progress", "“A” has finished; its actual dates are facts.")
    running = why("project 2026-03-02\nA 2d done 50 from 2026-03-03T08:00", "A", "finish")
    assert told(running) == [
        ("duration", "“A” started on Tue 3 Mar 2026, 08:00 and takes 2d."),
        ("progress", "“A” has started; its actual dates are facts."),
    ]


def test_typed_dates_and_the_status_date_are_roots() -> None:
    typed = why("project 2026-03-02\nA 2d typed 2026-03-04T08:00 2026-03-06T17:00", "A")
    assert told(typed) == [("manual", "“A” is scheduled by hand: its dates were typed.")]
    waiting = why("project 2026-03-02 status 2026-03-05T08:00\nA 2d", "A")
    assert told(waiting) == [
        ("status-date", "Work that is not done cannot lie before the status date, Thu 5 Mar 2026.")
    ]


def test_leave_that_holds_a_task_up_is_told_with_the_person_s_name() -> None:
    text = "project 2026-03-02\nperson Ana away 2026-03-03..2026-03-04\nA 1d\nB 1d after A by Ana"
    found = why(text, "B")
    sentence = "Ana is away until Wed 4 Mar 2026, so it waits for them."
    assert told(found)[1] == ("absence", sentence)
    first = why("project 2026-03-02\nperson Ana away 2026-03-02\nA 1d by Ana", "A")
    assert first.sentence.endswith("because Ana is away until Mon 2 Mar 2026, so it waits for them.")


def test_working_hours_that_hold_a_task_up_are_told() -> None:
    text = "project 2026-03-02\ncalendar late = wed-fri 8-12\nA 1d calendar late"
    assert told(why(text, "A"))[-1] == ("calendar", "Its working hours begin again on Wed 4 Mar 2026, 08:00.")


def test_a_levelling_delay_is_told() -> None:
    example = parse("project 2026-03-02\nA 1d\nB 1d after A")
    tasks = example.plan.tasks
    plan = replace(example.plan, tasks=tasks.with_columns(levelling_delay=np.array([0, 1440])))
    found = explain(schedule(plan), 2)
    assert told(found)[1] == ("levelling", "Levelling delays it by 1ed.")


def test_a_task_that_does_not_exist_is_the_programmer_s_fault() -> None:
    with pytest.raises(KeyError):
        explain(schedule(parse("project 2026-03-02\nA 1d").plan), 99)


HIDDEN_PLAN = """
project 2026-03-02
person Zoe away 2026-03-02..2026-03-03
summary Takeover
Layoffs 2d in Takeover by Zoe
Merger 1d in Takeover after Layoffs start SNET 2026-03-06T08:00
Held 2d in Takeover after Merger typed 2026-03-12T08:00 2026-03-13T17:00
Done 1d in Takeover done 100 from 2026-03-02T08:00 to 2026-03-02T17:00
Other 3d in Takeover start ALAP
A 1d after Merger
B 1d after Takeover
C 1d after Layoffs:SS+1d
D 1d after Done
E 1d after Other
F 1d after Held
"""
HIDDEN = ("Takeover", "Layoffs", "Merger", "Held", "Done", "Other")
SECRETS = (*HIDDEN, "Zoe", "Acquisition")  # who works there and the project are not told either


def _named(example: Example) -> Plan:
    return replace(example.plan, projects=(replace(example.plan.project, name="Acquisition"),))


@pytest.mark.parametrize("field", ["start", "finish"])
def test_no_sentence_tells_the_name_of_what_is_hidden(field: Field) -> None:
    example = parse(HIDDEN_PLAN)
    result = schedule(_named(example))
    hidden = {example.uid[name] for name in HIDDEN}
    open_names = explain(result, example.uid["B"])
    assert any(name in open_names.steps[-2].sentence for name in HIDDEN), "the plan does hold the names"
    for uid in example.uid.values():
        found = explain(result, uid, field, hidden=hidden)
        steps = [each for each in found.steps if each.task in hidden or each.link is not None]
        for text in (found.sentence, *(each.sentence for each in steps)):
            for secret in SECRETS:
                assert secret not in text


def test_a_hidden_task_is_told_as_one_you_may_not_see() -> None:
    found = why("project 2026-03-02\nSecret 2d\nB 1d after Secret", "B", hidden=("Secret",))
    assert "a task you may not see has finished" in found.steps[0].sentence.lower()
    assert found.steps[1].sentence == "Its project starts on Mon 2 Mar 2026, 08:00."


def test_leave_is_told_behind_a_lag_too() -> None:
    text = "project 2026-03-02\nperson Ana away 2026-03-04..2026-03-05\nA 1d\nB 1d after A+1d by Ana"
    assert told(why(text, "B"))[1] == (
        "absence",
        "Ana is away until Thu 5 Mar 2026, so it waits for them.",
    )


def test_what_remains_of_running_work_waits_for_its_predecessor() -> None:
    text = "project 2026-03-02 dialect p6 status 2026-03-04T08:00\nA 5d\nB 2d after A done 50 from 2026-03-02T08:00"
    found = why(text, "B", "finish")
    assert told(found)[0] == (
        "link",
        "What remains of “B” cannot go on before “A” has finished (Tue 10 Mar 2026, 17:00).",
    )
    assert told(why(text, "B")) == [("progress", "“B” has started; its actual dates are facts.")]


def task_of(**values: object) -> Explanation:
    """Why the second task, with these values, finishes when it does; it follows the first."""
    tasks = [Task(uid=1, duration=480), replace(Task(uid=2, name="B", duration=960), **values)]  # type: ignore[arg-type]
    return explain(schedule(build(tasks, [Link(1, 2)])), 2, "finish")


def test_interruptions_are_told_with_the_duration() -> None:
    assert task_of(splits=((480, 240),)).steps[0].sentence == (
        "“B” starts on Tue 3 Mar 2026, 08:00 and takes 2d, interrupted for 4h."
    )


def test_a_hammock_spans_what_its_links_tie_it_to() -> None:
    assert told(task_of(hammock=True))[-1] == (
        "hammock",
        "“B” spans what its links tie it to, from the first date to the last.",
    )


def test_both_constraints_are_told() -> None:
    date = parse_instant("2026-03-06T08:00")
    found = task_of(
        constraint=Constraint.SNET, constraint_date=date, secondary=Constraint.FNLT, secondary_date=date
    )
    assert told(found)[-1] == (
        "constraint",
        "“B” is pinned: start no earlier than Fri 6 Mar 2026, 08:00 and finish no later than Fri 6 Mar 2026, 08:00.",
    )


def test_what_remains_of_running_work_goes_on_at_the_status_date() -> None:
    text = "project 2026-03-02 dialect triptych status 2026-03-05T08:00\nA 2d done 50 from 2026-03-02T08:00"
    assert told(why(text, "A", "finish")) == [
        ("status-date", "What remains of “A”, 1d, goes on from Thu 5 Mar 2026, 08:00, the status date.")
    ]


def test_a_name_that_repeats_stands_behind_its_code() -> None:
    tasks = [Task(uid=uid, name="Dig", wbs=f"1.{uid}", duration=480) for uid in (1, 2)]
    found = explain(schedule(build(tasks, [Link(1, 2)])), 2)
    assert found.steps[0].sentence.startswith("1.2 “Dig” cannot start before 1.1 “Dig” has finished")
