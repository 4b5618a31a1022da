"""Plans for tests: by hand, and by Hypothesis."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from triptych.plan import (
    STANDARD_WEEK,
    Assignment,
    Calendar,
    CalendarException,
    Constraint,
    FloatBasis,
    Instant,
    LagHours,
    LagKind,
    Link,
    LinkKind,
    Plan,
    PlanBuilder,
    ProgressLogic,
    Project,
    Resource,
    Task,
    parse_instant,
)

MONDAY = parse_instant("2026-03-02T08:00")
STANDARD = Calendar(1, "Standard", STANDARD_WEEK)
SHIFTS = Calendar(
    2,
    "Two shifts",
    (((0, 120), (360, 840), (1320, 1440)),) * 6 + ((),),
    (CalendarException(date(2026, 3, 11), date(2026, 3, 13), ()),),
)
MORNINGS = Calendar(3, "Mornings", (((480, 720),), None, None, (), None, None, None), base=1)
CALENDARS = (STANDARD, SHIFTS, MORNINGS)
PEOPLE = (
    Resource(1, "Ana"),
    Resource(2, "Bo", 2),
    Resource(3, "Cleo", 3, (CalendarException(date(2026, 3, 9), date(2026, 3, 10)),)),
)


def build(
    tasks: Sequence[Task],
    links: Sequence[Link] = (),
    *,
    project: Project | None = None,
    assignments: Sequence[Assignment] = (),
) -> Plan:
    """A plan of one project that has no faults."""
    builder = PlanBuilder(
        projects=[project or Project(1, "Example", MONDAY, 1)],
        tasks=[replace(each, project=1) for each in tasks],
        links=list(links),
        calendars=list(CALENDARS),
        resources=list(PEOPLE),
        assignments=list(assignments),
    )
    plan, found = builder.build()
    assert not found, found
    return plan


@st.composite
def plans(draw: st.DrawFn, *, constraints: bool = True, max_tasks: int = 12) -> Plan:
    """A plan without circles: links run down the outline, from any task to any later one it may be linked with. With
    `constraints` everything else that a plan may hold as well: progress, interruptions, typed dates, options."""
    size = draw(st.integers(1, max_tasks))
    parents: dict[int, int | None] = {}
    for uid in range(1, size + 1):
        parents[uid] = draw(st.sampled_from([None, *range(max(1, uid - 3), uid)])) if uid > 1 else None
    tasks = [draw(_tasks(uid, parents[uid], constraints=constraints)) for uid in parents]
    links = draw(st.lists(_links(size), max_size=size * 2, unique_by=lambda k: (k.pred, k.succ, k.kind)))
    summaries = {each for each in parents.values() if each is not None}
    leaves = [uid for uid in parents if uid not in summaries]
    pairs = st.tuples(st.sampled_from(leaves), st.sampled_from([each.uid for each in PEOPLE]))
    staff = draw(st.lists(pairs, max_size=size, unique=True))
    return build(
        tasks,
        [each for each in links if _may_stand(each, parents)],
        project=draw(_projects()) if constraints else None,
        assignments=[Assignment(task, person) for task, person in staff],
    )


@st.composite
def _tasks(draw: st.DrawFn, uid: int, parent: int | None, *, constraints: bool) -> Task:
    kinds = [Constraint.SNET, Constraint.FNET] + ([*Constraint] if constraints else [])
    kind = draw(st.sampled_from([Constraint.ASAP] * 4 + kinds))
    day = Instant(MONDAY + 1440 * draw(st.integers(0, 20)))
    late = constraints and draw(st.integers(0, 5)) == 0
    task = Task(
        uid=uid,
        name=f"T{uid}",
        parent=parent,
        duration=draw(st.sampled_from([0, 60, 240, 480, 960, 2400])),
        elapsed=draw(st.booleans()) and draw(st.booleans()),
        constraint=kind,
        constraint_date=day if kind.dated else None,
        deadline=Instant(MONDAY + 14400) if late else None,
        calendar=draw(st.sampled_from([None, None, None, 1, 2, 3])),
    )
    return replace(task, **draw(_rarities(task, day))) if constraints else task


def _rarities(task: Task, day: Instant) -> st.SearchStrategy[dict[str, Any]]:
    """What few tasks have, one or nothing of it; most have nothing."""
    done = st.fixed_dictionaries(
        {
            "actual_start": st.just(day),
            "percent_complete": st.sampled_from([0, 30, 50]),
            "remaining": st.sampled_from([None, 60]),
        }
    )
    finished = st.integers(0, 4000).map(
        lambda minutes: {
            "actual_start": day,
            "actual_finish": Instant(day + minutes),
            "percent_complete": 100,
        }
    )
    typed = st.integers(0, 4000).map(
        lambda minutes: {"manual": True, "start": day, "finish": Instant(day + minutes)}
    )
    split = {"splits": ((60, 480), (180, 60))} if task.duration > 180 else {}
    flags = [
        {"active": False},
        {"hammock": True},
        {"start_milestone": True},
        {"levelling_delay": 1440},
        split,
    ]
    second = [
        {"secondary": kind, "secondary_date": day}
        for kind in (Constraint.SNET, Constraint.FNLT, Constraint.FNET)
    ]
    nothing = st.just(dict[str, Any]())
    return st.one_of(nothing, nothing, nothing, st.sampled_from([*flags, *second]), done, finished, typed)


def _projects() -> st.SearchStrategy[Project]:
    """One project under any of the options."""
    return st.builds(
        Project,
        st.just(1),
        st.just("Example"),
        st.just(MONDAY),
        st.just(1),
        finish=st.sampled_from([None, None, None, Instant(MONDAY + 28 * 1440)]),
        status_date=st.sampled_from([None, None, Instant(MONDAY + 3 * 1440)]),
        honour_constraints=st.booleans(),
        open_ends_critical=st.booleans(),
        critical_by_path=st.booleans(),
        lag_hours=st.sampled_from([None, *LagHours]),
        progress_logic=st.sampled_from([None, *ProgressLogic]),
        float_basis=st.sampled_from([None, *FloatBasis]),
    ).flatmap(
        lambda each: st.sampled_from(
            [each] if each.finish is None else [each, replace(each, from_finish=True)]
        )
    )


@st.composite
def _links(draw: st.DrawFn, size: int) -> Link:
    return Link(
        draw(st.integers(1, size)),
        draw(st.integers(1, size)),
        draw(st.sampled_from(LinkKind)),
        draw(st.sampled_from([0, 0, 0, 60, 480, -240])),
        draw(st.sampled_from(LagKind)),
    )


def _may_stand(link: Link, parents: dict[int, int | None]) -> bool:
    """Links run from all of the predecessor, were it a summary, to later tasks: so there is no circle."""
    related = _above(link.pred, link.succ, parents) or _above(link.succ, link.pred, parents)
    return link.pred < link.succ and not related and _spans(link.pred, parents) < link.succ


def _above(upper: int, lower: int, parents: dict[int, int | None]) -> bool:
    step = parents[lower]
    while step is not None:
        if step == upper:
            return True
        step = parents[step]
    return False


def _spans(uid: int, parents: dict[int, int | None]) -> int:
    """The last task below `uid`: a link from a summary runs from there."""
    return max((each for each in parents if _above(uid, each, parents)), default=uid)
