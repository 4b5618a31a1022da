"""The sentences of levelling, word by word."""

from dataclasses import replace

import pytest

from tests.plans import MONDAY
from triptych.engine.level import Terms
from triptych.plan import Constraint, Plan, Project, Resource

from .small import ANA, BO, FIRST, SECOND, at, levelled, plan, task

FIRST_OF_ALL = task("A", 2, priority=800)
TWO = plan(FIRST_OF_ALL, task("B", 1), by={1: "A B"})
ON_TUESDAY = task("B", 1, constraint=Constraint.MSO, constraint_date=at("2026-03-03T08:00"))
HALF = (replace(ANA, units=50), BO)


@pytest.mark.parametrize(
    ("value", "terms", "sentence"),
    [
        (
            TWO,
            Terms(),
            (
            "“B” waits 2d, until Wed 4 Mar 2026, 08:00: “A” keeps Ana busy until Tue 3 Mar 2026, 17:00. "
            "Without the wait: 8 h of overload."
            ),
        ),
        (
            plan(FIRST_OF_ALL, task("B", 1), by={1: "A50 B75"}),
            Terms(),
            (
            "“B” waits 2d, until Wed 4 Mar 2026, 08:00: “A” leaves too little of Ana until Tue 3 Mar 2026, "
            "17:00. Without the wait: 2 h of overload."
            ),
        ),
        (
            plan(*(task(name, 1) for name in "ABCDE"), by={1: "A25 B25 C25 D25 E"}),
            Terms(),
            (
            "“E” waits 1d, until Tue 3 Mar 2026, 08:00: “A”, “B” and 2 other tasks keep Ana busy until Mon 2 "
            "Mar 2026, 17:00. Without the wait: 8 h of overload."
            ),
        ),
        (
            plan(task("A", 2), ON_TUESDAY, by={1: "A B"}),
            Terms(interrupt=240),
            (
            "“A” is done in 2 pieces, Mon 2 Mar 2026, 08:00 to Wed 4 Mar 2026, 17:00, around what else its "
            "people do."
            ),
        ),
        (
            plan(task("A", 1, levelling_delay=2880), by={1: "A"}),
            Terms(),
            (
            "“A” no longer has to wait: it starts Mon 2 Mar 2026, 08:00 instead of Wed 4 Mar 2026, "
            "08:00."
            ),
        ),
        (
            plan(FIRST_OF_ALL, task("B", 1, levelling_delay=4320), by={1: "A B"}),
            Terms(),
            (
            "“B” waits 2d instead of 3d, until Wed 4 Mar 2026, 08:00: “A” keeps Ana busy until Tue 3 Mar 2026, "
            "17:00. Without the wait: 8 h of overload."
            ),
        ),
        (
            plan(FIRST_OF_ALL, task("B", 1, levelling_delay=600), by={1: "A B"}),
            Terms(),
            (
            "“B” waits 2d instead of 1d, until Wed 4 Mar 2026, 08:00: “A” keeps Ana busy until Tue 3 Mar 2026, "
            "17:00. Without the wait: 8 h of overload."
            ),
        ),
        (
            plan(task("A", 1), by={1: "A"}),
            Terms(accepted={1: 600}),
            "“A” waits 1d, until Tue 3 Mar 2026, 08:00, as accepted.",
        ),
        (
            plan(task("B", 0.25, constraint=Constraint.SNET, constraint_date=at("2026-03-02T22:00")), by={1: "B"}, people=(replace(ANA, calendar=2),)),
            Terms(accepted={2: 120}),
            "“B” waits 2h, until Tue 3 Mar 2026, 00:00, as accepted.",
        ),
        (
            plan(FIRST_OF_ALL, task("B", 3, elapsed=True), by={1: "A B"}),
            Terms(),
            (
            "“B” waits 1.38ed, until Tue 3 Mar 2026, 17:00: “A” keeps Ana busy until Tue 3 Mar 2026, 17:00. "
            "Without the wait: 8 h of overload."
            ),
        ),
    ],
    ids=[
        "waits", "short", "many", "interrupted", "sooner", "waits less", "between shifts today", "between shifts",
        "by night", "elapsed",
    ],
)  # fmt: skip
def test_a_line_tells_who_waits_for_whom(value: Plan, terms: Terms, sentence: str) -> None:
    assert [each.sentence for each in levelled(value, terms).lines] == [sentence]


@pytest.mark.parametrize(
    ("value", "terms", "sentence"),
    [
        (
            plan(task("A", 1), by={1: "A150"}),
            Terms(),
            "Ana: 4 h too much on Mon 2 Mar 2026, with “A”: it asks for more than there is.",
        ),
        (
            TWO,
            Terms(within_float=True),
            "Ana: 8 h too much on Mon 2 Mar 2026, with “A” and “B”: waiting would go beyond the float.",
        ),
        (
            plan(task("A", 2, priority=1000), task("B", 2, actual_start=MONDAY), by={1: "A B"}),
            Terms(),
            (
            "Ana: 16 h too much from Mon 2 Mar 2026 to Tue 3 Mar 2026, with “A” (priority 1000) and “B” (under "
            "way): none of them can be moved."
            ),
        ),
    ],
    ids=["more than there is", "within float", "cannot be moved"],
)  # fmt: skip
def test_what_stays_too_much_is_told_with_its_reason(value: Plan, terms: Terms, sentence: str) -> None:
    assert [each.sentence for each in levelled(value, terms).left] == [sentence]


BOTH = (FIRST, SECOND)
FOUR = tuple(Project(number, f"P{number}", MONDAY, 1) for number in range(1, 5))


@pytest.mark.parametrize(
    ("value", "terms", "sentence"),
    [
        (plan(task("A", 1), by={1: "A"}), Terms(), "Nobody is overloaded: there is nothing to level."),
        (
            TWO,
            Terms(),
            (
            "Levelling ends all 8 h of overload of 1 resource. It reschedules 1 task. The project finishes 1d "
            "later, Wed 4 Mar 2026, 17:00 instead of Tue 3 Mar 2026, 17:00."
            ),
        ),
        (
            plan(task("A", 2), task("B", 1), task("C", 1), by={1: "A50 B50 C50"}),
            Terms(),
            (
            "Levelling ends all 4 h of overload of 1 resource. It reschedules 1 task. The project finishes as "
            "today, Tue 3 Mar 2026, 17:00."
            ),
        ),
        (
            plan(task("A", 1), task("B", 1), by={1: "A150 B"}),
            Terms(),
            (
            "Levelling brings 12 h of overload of 1 resource down to 4 h of 1. It reschedules 1 task. The "
            "project finishes 1d later, Tue 3 Mar 2026, 17:00 instead of Mon 2 Mar 2026, 17:00."
            ),
        ),
        (
            plan(task("A", 2), task("B", 1, project=2), by={1: "A B"}, projects=BOTH),
            Terms(),
            (
            "Levelling ends all 8 h of overload of 1 resource. It reschedules 1 task. By project: “First” 1d "
            "later, Wed 4 Mar 2026, 17:00 instead of Tue 3 Mar 2026, 17:00; “Second” as today, Mon 2 Mar 2026, "
            "17:00."
            ),
        ),
        (
            plan(task("A", 1, levelling_delay=2880), by={1: "A"}),
            Terms(),
            (
            "Nobody is overloaded, and some tasks wait longer than they need to. It reschedules 1 task. The "
            "project finishes 2d sooner, Mon 2 Mar 2026, 17:00 instead of Wed 4 Mar 2026, 17:00."
            ),
        ),
        (
            plan(task("A", 1), task("B", 1), by={1: "A B"}, people=HALF),
            Terms(within_float=True),
            "Nothing is moved: 12 h of overload of 1 resource stays.",
        ),
    ],
    ids=["nothing", "later", "as today", "some stays", "projects", "sooner", "nothing moves"],
)  # fmt: skip
def test_the_whole_is_told_in_a_few_sentences(value: Plan, terms: Terms, sentence: str) -> None:
    assert levelled(value, terms).sentence == sentence


def test_many_projects_are_counted() -> None:
    value = plan(
        *(replace(task(name, 1), project=number) for number, name in enumerate("ABCD", 1)),
        by={1: "A B C D"}, projects=FOUR, people=(Resource(1, "Ana", units=200),),
    )  # fmt: skip
    assert levelled(value).sentence == (
        "Levelling ends all 16 h of overload of 1 resource. It reschedules 2 tasks. Of 4 projects 2 finish later."
    )
