"""Plans whose people have too much to do, and terms to level them on, by Hypothesis."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from tests.plans import CALENDARS, MONDAY, plans
from triptych.engine import DIALECTS
from triptych.engine.level import Terms
from triptych.plan import (
    Assignment,
    CalendarException,
    Constraint,
    Instant,
    LagKind,
    Link,
    LinkKind,
    Plan,
    PlanBuilder,
    Project,
    Resource,
    ResourceKind,
    Task,
)

#: A person, one who is there half the time, a team, one by other hours, one who is called on without a limit, sand.
CROWD = (
    Resource(1, "Ana"),
    Resource(2, "Bo", units=50, absences=(CalendarException(date(2026, 3, 4), date(2026, 3, 6)),)),
    Resource(3, "Crew", 1, units=300),
    Resource(4, "Dot", 3, (CalendarException(date(2026, 3, 9), date(2026, 3, 10)),)),
    Resource(5, "Anybody", units=0),
    Resource(6, "Sand", kind=ResourceKind.MATERIAL),
)
#: Who works on a task together: mostly those whom others need too.
TEAMS = ((1,), (1,), (1,), (1, 2), (2,), (3,), (3, 1), (4,), (4, 3), (1, 5, 6), ())
dialects = st.sampled_from([None, *sorted(DIALECTS)])


@st.composite
def crowded(draw: st.DrawFn) -> Plan:
    """A plan of one or two projects in which many tasks need the same few people: any that scheduling is tested with, or
    a dense one that levelling has more to do with."""
    if draw(st.booleans()):
        return draw(dense())
    plan = draw(plans(max_tasks=16))
    tasks = [
        _summary(each) if summary else _soon(each)
        for each, summary in zip(plan.each_task(), plan.is_summary, strict=True)
    ]
    return draw(_staffed(tasks, list(plan.each_link()), plan.project))


@st.composite
def dense(draw: st.DrawFn) -> Plan:
    """A plan without summaries or progress, with few links."""
    size = draw(st.integers(2, 9))
    tasks = [draw(_task(uid)) for uid in range(1, size + 1)]
    ends = st.tuples(st.integers(1, size), st.integers(1, size)).filter(lambda pair: pair[0] < pair[1])
    pairs = draw(st.lists(ends, max_size=size, unique=True))
    return draw(_staffed(tasks, [draw(_link(*pair)) for pair in pairs], Project(1, "First", MONDAY, 1)))


@st.composite
def _task(draw: st.DrawFn, uid: int) -> Task:
    duration = draw(st.sampled_from([60, 240, 480, 480, 960, 1440, 2400, 0]))
    rare: dict[str, Any] = draw(
        st.one_of(
            st.just({}),
            st.just({}),
            st.sampled_from(
                [
                    {"elapsed": True},
                    {"calendar": 2},
                    {"calendar": 3},
                    {"splits": ((30, 480),)} if duration > 30 else {},
                    {"levelling_delay": 1440},
                    {"constraint": Constraint.SNET, "constraint_date": Instant(MONDAY + 2880)},
                    {"calendar": 2, "ignore_resource_calendars": True},
                ]
            ),
        )
    )
    return Task(uid=uid, name=f"T{uid}", duration=duration, **rare)


@st.composite
def _link(draw: st.DrawFn, pred: int, succ: int) -> Link:
    kind = draw(st.sampled_from([LinkKind.FS, LinkKind.FS, LinkKind.FS, *LinkKind]))
    return Link(
        pred, succ, kind, draw(st.sampled_from([0, 0, 480, -240, 50])), draw(st.sampled_from(LagKind))
    )


@st.composite
def _staffed(draw: st.DrawFn, tasks: Sequence[Task], links: list[Link], project: Project) -> Plan:
    """The tasks with people and priorities, some of them in another project."""
    second = replace(project, uid=2, name="Second", dialect=draw(st.sampled_from(sorted(DIALECTS))))
    apart = draw(st.integers(0, len(tasks)))
    of: dict[int, int] = {}
    for each in tasks:
        of[each.uid] = of[each.parent] if each.parent is not None else 1 if each.uid > apart else 2
    above = {each.parent for each in tasks}
    team = [
        draw(_assignment(each.uid, person))
        for each in tasks
        if each.uid not in above
        for person in draw(st.sampled_from(TEAMS))
    ]
    priorities = st.sampled_from([500, 500, 500, 0, 300, 800, 1_000])
    built, found = PlanBuilder(
        projects=[each for each in (project, second) if each.uid in of.values()],
        tasks=[replace(each, project=of[each.uid], priority=draw(priorities)) for each in tasks],
        links=links,
        calendars=list(CALENDARS),
        resources=list(CROWD),
        assignments=team,
    ).build()
    assert not found, found
    return built


def _summary(task: Task) -> Task:
    """A summary is only that: what else it may be is not levelling's."""
    kept = task.constraint in (Constraint.ASAP, Constraint.SNET, Constraint.FNLT)
    plain = Task(uid=task.uid, name=task.name, parent=task.parent, deadline=task.deadline)
    return replace(plain, constraint=task.constraint, constraint_date=task.constraint_date) if kept else plain


def _soon(task: Task) -> Task:
    """What is done as late as possible is later when its project is: others do not make way for that yet."""
    return replace(task, constraint=Constraint.ASAP) if task.constraint is Constraint.ALAP else task


@st.composite
def _assignment(draw: st.DrawFn, task: int, resource: int) -> Assignment:
    units = draw(st.sampled_from([100, 100, 50, 25, 150] if resource != 3 else [100, 200, 300, 50]))
    return Assignment(task, resource, units, draw(st.sampled_from([None, None, None, 120, 240, 700])))


@st.composite
def terms(draw: st.DrawFn, plan: Plan) -> Terms:
    """Terms for a plan; most are left as they are."""
    leaves = st.sampled_from(plan.tasks.uid[~plan.is_summary].tolist())
    some: dict[str, Any] = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "objective": st.sampled_from(["finish", "lateness", "movement"]),
                "within_float": st.booleans(),
                "overbooking": st.sampled_from([0, 10, 50]),
                "interrupt": st.sampled_from([None, 60, 240]),
                "by_priority": st.booleans(),
                "pinned": st.frozensets(leaves, max_size=2),
                "refused": st.frozensets(leaves, max_size=2),
                "accepted": st.dictionaries(leaves, st.sampled_from([0, 600, 2880]), max_size=2),
                "project_weights": st.fixed_dictionaries({plan.projects[0].uid: st.integers(1, 5)}),
                "seed": st.integers(1, 9),
            },
        )
    )
    chosen = Terms(**some, schedules=12)
    pinned = chosen.pinned - chosen.accepted.keys()
    return replace(chosen, pinned=pinned, refused=chosen.refused - pinned - chosen.accepted.keys())
