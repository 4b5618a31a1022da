"""What would pull a date in: every kind of lever, ways that are equally long, and what stands in the way."""

from datetime import date

import pytest

from tests.corpus.language import Example, parse
from triptych.engine import Option, PullIn, pull_in, schedule
from triptych.plan import spell_instant
from triptych.plan.changes import (
    Change,
    RemoveAbsence,
    SetConstraint,
    SetDuration,
    SetLag,
    SetMode,
    SetProgress,
    apply_all,
)

D = 480
START = "project 2026-03-02\n"
CHAIN = f"{START}A 4d\nB 2d after A\nEnd 0d after B"


def asked(text: str, task: str, minutes: int) -> tuple[Example, PullIn]:
    example = parse(text)
    return example, pull_in(example.plan, example.uid[task], minutes)


def deeds(options: tuple[Option, ...]) -> list[tuple[str, int, int]]:
    """What single options do, gain and cost."""
    return [(each.deeds[0], each.gain, each.cost) for each in options]


def test_of_a_chain_any_link_may_give_way_and_the_cheapest_comes_first() -> None:
    _, found = asked(CHAIN, "End", D)
    assert deeds(found.options) == [
        ("Start “B” 1d before “A” has finished", D, D // 2),
        ("Shorten “A” from 4d to 3d", D, D),
        ("Shorten “B” from 2d to 1d", D, D),
    ]
    assert found.combination is not None
    assert found.combination.deeds == ("Start “B” 1d before “A” has finished",)
    assert found.sentence == (
        "Start “B” 1d before “A” has finished: “End” finishes 1d earlier, on Fri 6 Mar 2026, 17:00."
    )
    assert (found.task, found.goal, spell_instant(found.finish)) == (3, D, "2026-03-09T17:00")
    assert (found.furthest, found.in_the_way) == (None, ())


@pytest.mark.parametrize(
    ("text", "minutes", "deed", "changes"),
    [
        ("A 4d\nEnd 0d after A", D, "Shorten “A” from 4d to 3d", [SetDuration(1, 3 * D)]),
        ("A 7ed\nEnd 0d after A", D, "Shorten “A” from 7ed to 4ed", [SetDuration(1, 5760, elapsed=True)]),
        (
            "A 1d\nEnd 0d after A+3d",
            D,
            "Cut the lag between “A” and “End” from 3d to 2d",
            [SetLag(1, 2, "FS", 2 * D)],
        ),
        (
            "A 1d\nB 1d after A:SS+2d",
            2 * D,
            "Take out the lag of 2d between “A” and “B”",
            [SetLag(1, 2, "SS", 0)],
        ),
        (
            "A 2d\nEnd 0d after A+50%",
            D // 2,
            "Cut the lag between “A” and “End” from 50 % to 25 %",
            [SetLag(1, 2, "FS", 25, "PERCENT")],
        ),
        (
            "A 2d\nB 1d after A",
            D,
            "Start “B” 1d before “A” has finished",
            [SetLag(1, 2, "FS", -D)],
        ),
        (
            "A 1d start SNET 2026-03-09T08:00",
            2 * D,
            "Move the pin of “A” (start no earlier than) from Mon 9 Mar 2026, 08:00 to Thu 5 Mar 2026, 08:00",
            [SetConstraint(1, "SNET", "2026-03-05T08:00")],
        ),
        (
            "A 1d start FNET 2026-03-09T17:00",
            2 * D,
            "Move the pin of “A” (finish no earlier than) from Mon 9 Mar 2026, 17:00 to Thu 5 Mar 2026, 17:00",
            [SetConstraint(1, "FNET", "2026-03-05T17:00")],
        ),
        (
            "A 1d start MSO 2026-03-03T08:00",
            D,
            "Move the pin of “A” (must start on) from Tue 3 Mar 2026, 08:00 to Mon 2 Mar 2026, 08:00",
            [SetConstraint(1, "MSO", "2026-03-02T08:00")],
        ),
        (
            "summary P start SNET 2026-03-05T08:00\nA 1d in P",
            D,
            "Move the pin of “P” (start no earlier than) from Thu 5 Mar 2026, 08:00 to Wed 4 Mar 2026, 08:00",
            [SetConstraint(1, "SNET", "2026-03-04T08:00")],
        ),
        (
            "Z 5d\nA 1d start ALAP",
            2 * D,
            "Start “A” as soon as possible, not as late as possible",
            [SetConstraint(2, "ASAP")],
        ),
        (
            "person Ana away 2026-03-03..2026-03-05\nA 1d\nB 1d after A by Ana",
            D,
            "Have Ana work from Tue 3 Mar 2026 to Thu 5 Mar 2026 instead of being away",
            [RemoveAbsence(1, date(2026, 3, 3), date(2026, 3, 5))],
        ),
        (
            "A 1d typed 2026-03-05T08:00 2026-03-05T17:00",
            D,
            "Let the plan schedule “A”, which is scheduled by hand",
            [SetMode(1, False, "2026-03-05T08:00", "2026-03-05T17:00")],
        ),
    ],
)
def test_everything_that_can_give_way(text: str, minutes: int, deed: str, changes: list[Change]) -> None:
    example = parse(START + text)
    found = pull_in(example.plan, max(example.uid.values()), minutes)
    option = next((each for each in found.options if each.deeds == (deed,)), None)
    assert option is not None, deeds(found.options)
    assert list(option.changes) == changes
    assert option.meets


def test_what_remains_of_running_work_is_shortened_and_what_is_done_stays() -> None:
    text = "project 2026-03-02 status 2026-03-04T08:00\nA 8d done 25 from 2026-03-02T08:00\nB 1d after A"
    _, found = asked(text, "B", D)
    (option,) = [each for each in found.options if each.deeds[0].startswith("Shorten")]
    assert option.deeds == ("Shorten what remains of “A” from 6d to 5d",)
    assert option.changes == (SetDuration(1, 7 * D), SetProgress(1, 25, "2026-03-02T08:00", remaining=5 * D))


@pytest.mark.parametrize("milestone", ["End 0d after A", "End 0d after A-0d"])
def test_a_milestone_is_not_pulled_ahead_of_the_work_that_it_marks(milestone: str) -> None:
    _, found = asked(f"{START}A 4d\n{milestone}", "End", D)
    assert [each.deeds[0] for each in found.options] == ["Shorten “A” from 4d to 3d"]


def test_a_must_date_is_not_moved_before_what_logic_allows() -> None:
    """A takes until Thursday: the pin on B may come to Friday, and no further."""
    _, found = asked(f"{START}A 4d\nB 1d after A start MSO 2026-03-11T08:00", "B", 5 * D)
    option = found.options[0]
    assert option.changes == (SetConstraint(2, "MSO", "2026-03-06T08:00"),)
    assert (option.gain, option.meets) == (3 * D, False)
    assert option.then == "“B” cannot start before “A” has finished (Thu 5 Mar 2026, 17:00, taking 4d)."


def test_a_task_is_shortened_to_half_and_no_less_than_a_day() -> None:
    _, found = asked(f"{START}A 6d\nB 1.5d after A\nC 1d after B", "C", 10 * D)
    shortened = {each.deeds[0]: each.then for each in found.options if each.deeds[0].startswith("Shorten")}
    assert shortened == {
        "Shorten “A” from 6d to 3d": "“A” is not shortened below 3d.",
        "Shorten “B” from 1.5d to 1d": "“B” is not shortened below 1d.",
    }


def test_help_goes_no_further_than_the_next_way() -> None:
    """C is a day shorter than B: beyond a day it holds, so two days more off B are for nothing."""
    _, found = asked(f"{START}A 1d\nB 6d after A\nC 5d after A\nEnd 0d after B C", "End", 3 * D)
    option = next(each for each in found.options if each.deeds[0].startswith("Shorten “B”"))
    assert (option.deeds, option.gain, option.cost) == (("Shorten “B” from 6d to 5d",), D, D)
    assert option.then == "“End” cannot start before “C” has finished (Mon 9 Mar 2026, 17:00, taking 5d)."
    assert found.combination is not None
    assert found.combination.meets


def test_of_two_parallel_ways_both_must_give_way() -> None:
    _, found = asked(f"{START}A 4d\nB 4d\nEnd 0d after A B", "End", D)
    assert found.options == ()
    assert found.combination is not None
    assert found.combination.deeds == ("Shorten “A” from 4d to 3d", "Shorten “B” from 4d to 3d")
    assert (found.combination.gain, found.combination.cost) == (D, 2 * D)


def test_what_several_ways_share_gives_way_before_each_of_them() -> None:
    text = f"{START}A 4d\nB 4d after A:SS+4d\nC 4d after A:SS+4d\nD 4d after A:SS+4d\nEnd 0d after B C D"
    _, found = asked(text.replace(":SS+4d", ""), "End", D)
    assert found.combination is not None
    assert found.combination.deeds == ("Shorten “A” from 4d to 3d",)


def test_what_turns_out_to_be_too_much_is_given_back() -> None:
    """B alone gives a day, until C drives as well; then A, before both, gives the second and third; B its day back."""
    text = f"{START}A 6d\nB 6d after A\nC 5d after A\nD 6d after B\nE 6d after C\nEnd 0d after D E"
    example, found = asked(text, "End", 3 * D)
    assert found.combination is not None
    assert found.combination.meets
    for without in range(len(found.combination.changes)):
        fewer = [*found.combination.changes[:without], *found.combination.changes[without + 1 :]]
        plan, _ = apply_all(example.plan, fewer)
        assert schedule(plan).finish[plan.index_of[example.uid["End"]]] > found.combination.finish


def test_leave_and_a_pin_together() -> None:
    text = (
        f"{START}person Ana away 2026-03-04..2026-03-05\nA 3d by Ana\n"
        "B 1d after A start SNET 2026-03-09T08:00"
    )
    _, found = asked(text, "B", 2 * D)
    assert found.combination is not None
    assert (found.combination.cost, found.combination.decision, found.combination.meets) == (0, True, True)
    assert found.combination.deeds == (
        "Have Ana work from Wed 4 Mar 2026 to Thu 5 Mar 2026 instead of being away",
        "Move the pin of “B” (start no earlier than) from Mon 9 Mar 2026, 08:00 to Thu 5 Mar 2026, 08:00",
    )


@pytest.mark.parametrize(
    ("text", "reason", "words"),
    [
        ("A 1d", "project-start", "The project “Example” starts on Mon 2 Mar 2026, 08:00."),
        (
            "A 1d done 100 from 2026-03-02T08:00 to 2026-03-02T17:00",
            "progress",
            "“A” has finished; its actual dates are facts.",
        ),
        (
            "A 1d start SNLT 2026-03-01T08:00",
            "project-start",
            "The project “Example” starts on Mon 2 Mar 2026, 08:00.",
        ),
        (
            "calendar weekends = sat-sun 8-16\nA 4h calendar weekends",
            "calendar",
            "Its working hours begin again on",
        ),
    ],
)
def test_what_cannot_be_pulled_in_says_what_stands_in_the_way(text: str, reason: str, words: str) -> None:
    _, found = asked(START + text, "A", D)
    assert (found.combination, found.furthest, found.options) == (None, None, ())
    assert found.sentence.startswith("“A” cannot be pulled in by 1d: nothing was found that helps. ")
    assert (reason, words) in [(each.reason, each.sentence[: len(words)]) for each in found.in_the_way]
    assert words in found.sentence


def test_the_status_date_stands_in_the_way() -> None:
    _, found = asked("project 2026-03-02 status 2026-03-04T08:00\nA 1d\nB 1d after A", "B", 2 * D)
    assert found.in_the_way[0].reason == "status-date"
    assert found.furthest is not None
    assert "4h is the most that was found" in found.sentence


def test_a_summary_is_pulled_in_by_what_ends_it() -> None:
    text = f"{START}summary P\nA 4d in P\nB 1d in P\nsummary Q\nC 2d in Q after P"
    _, found = asked(text, "Q", D)
    assert [each.deeds[0] for each in found.options] == [
        "Shorten “A” from 4d to 3d", "Shorten “C” from 2d to 1d",
    ]  # fmt: skip
    assert pull_in(parse(text).plan, 1, D).options[0].deeds == ("Shorten “A” from 4d to 3d",)


def test_as_many_options_as_are_asked_for() -> None:
    example = parse(CHAIN)
    assert len(pull_in(example.plan, 3, D, limit=2).options) == 2
    assert pull_in(example.plan, 3, D, limit=2).combination == pull_in(example.plan, 3, D).combination


def test_only_what_may_be_changed_is_thought_of() -> None:
    example = parse(CHAIN)
    found = pull_in(example.plan, 3, D, may=lambda change: getattr(change, "task", 0) == 2)
    assert [each.deeds[0] for each in found.options] == ["Shorten “B” from 2d to 1d"]
    none = pull_in(example.plan, 3, D, may=lambda _: False)
    assert (none.options, none.combination) == ((), None)
    assert "rights" in [each.reason for each in none.in_the_way]


def test_hidden_tasks_have_no_names() -> None:
    example = parse(f"{START}A 4d\nB 6d\nC 2d after A B")
    found = pull_in(example.plan, 3, 4 * D, hidden={1, 2}, may=lambda change: getattr(change, "task", 0) == 3)
    told = repr(found).replace("“C”", "")
    assert "“" not in told
    assert [each.then for each in found.options] == ["“C” is not shortened below 1d."]


def test_the_rules_of_the_schedule_that_is_asked_stay() -> None:
    """Under Microsoft Project's rules a must date beats logic; the same plan under Triptych's is held by it too."""
    example = parse(f"{START}A 2d\nB 2d after A start FNLT 2026-03-03T17:00")
    ours = pull_in(schedule(example.plan, dialect="triptych"), 2, D)
    theirs = pull_in(schedule(example.plan, dialect="msproject"), 2, D)
    assert ours.finish > theirs.finish
    assert theirs.in_the_way[0].reason == "constraint"
    assert ours.combination is not None


def test_a_date_is_pulled_in_by_more_than_nothing() -> None:
    with pytest.raises(ValueError, match="more than nothing"):
        pull_in(parse(CHAIN).plan, 3, 0)
    with pytest.raises(KeyError):
        pull_in(parse(CHAIN).plan, 99, D)
