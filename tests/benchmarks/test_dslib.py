"""DSLIB's files are read as their workbooks show them: on a project of our own, and on theirs where they are."""

import io
import json
import subprocess
import sys
import tarfile
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from benchmarks import dslib
from benchmarks.accuracy import Case, cases, score
from benchmarks.dslib import archive, cells
from benchmarks.dslib.holds import as_planned, held
from benchmarks.dslib.project import NotP2X, read
from benchmarks.dslib.remaining import finish, remaining_plan, with_remaining
from benchmarks.dslib.value import curve_of, finish_of, snapshot_of
from benchmarks.finishes import METHODS, blend
from triptych.engine import schedule
from triptych.engine.earned import assess
from triptych.plan import Constraint, LinkKind, parse_instant

ROOT = Path(__file__).parents[2]
#: Two weeks from Monday, 2 March 2026: dig 2 days, then pour 3 days; paint, held back until the second Monday.
#: At the second status date dig took 3 days and pour is a third done; at the last all is done, on Thursday the 12th.
P2X = """<Project><NAME>Shed</NAME>
<Agenda><StartDate>020320260000</StartDate><NonWorkingHours>{night}</NonWorkingHours>
<NonWorkingDays><Day>5</Day><Day>6</Day></NonWorkingDays><Holidays><Holiday>170320260000</Holiday></Holidays></Agenda>
<Activities><Name>Activities</Name></Activities>
<Activities>{activities}</Activities>
<ActivityGroups><ActivityGroup><UniqueID>9</UniqueID><Name>Ground</Name></ActivityGroup></ActivityGroups>
<Relations><Relation><FromTask>1</FromTask><ToTask>2</ToTask><Lag>0</Lag><LagKind>0</LagKind><LagType>2</LagType></Relation></Relations>
<Resources><Resource><FIELD0>1</FIELD0><FIELD1>crew</FIELD1><FIELD769>1</FIELD769><FIELD770>5</FIELD770><FIELD771>2</FIELD771>
<FIELD780>3</FIELD780></Resource></Resources>
<ResourceAssignments><ResourceAssignment><FIELD1024>2</FIELD1024><FIELD1025>1</FIELD1025><FIELD1026>2</FIELD1026></ResourceAssignment>
</ResourceAssignments>
<SensitivityDistributions><TProTrackSensitivityDistribution5><UniqueID>5</UniqueID><Name>long</Name><Style>0</Style>
<Distribution><X>8</X><Y>0</Y><X>24</X><Y>100</Y><X>40</X><Y>0</Y></Distribution></TProTrackSensitivityDistribution5>
</SensitivityDistributions>
<OutlineList><List><Child><Type>1</Type><Data>9</Data><List><Child><Type>2</Type><Data>1</Data></Child>
<Child><Type>2</Type><Data>2</Data></Child></List></Child><Child><Type>2</Type><Data>3</Data></Child></List></OutlineList>
<Simulation><Results>{results}</Results></Simulation>
<TrackingList>{periods}</TrackingList></Project>"""
ACTIVITY = """<Activity><UniqueID>{}</UniqueID><Name>{}</Name><BaseLineStart>{}</BaseLineStart><BaseLineDuration>{}</BaseLineDuration>
<StartCPMUnits>{}</StartCPMUnits><BaselineCostByUnit>{}</BaselineCostByUnit><FixedBaselineCost>{}</FixedBaselineCost>
<Distribution>{}</Distribution><IsMilestone>0</IsMilestone></Activity>"""
TRACKED = """<Activity>{}</Activity><TProTrackActivityTracking-1><ActualStart>{}</ActualStart><ActualDuration>{}</ActualDuration>
<RemainingDuration>{}</RemainingDuration><PercentageComplete>{}</PercentageComplete><ActualCostDev>{}</ActualCostDev>
<RemainingCostDev>0</RemainingCostDev></TProTrackActivityTracking-1>"""
DUG: tuple[object, ...] = (1, "020320260800", 24, 0, 1, 7)
PERIODS: list[tuple[str, list[tuple[object, ...]]]] = [
    ("060320261700", [DUG, (2, "050320260800", 8, 24, 0.25, 0), (3, "0", 0, 8, 0, 0)]),
    ("130320261700", [DUG, (2, "050320260800", 40, 0, 1, 0), (3, "120320260800", 8, 0, 1, 0)]),
]


def shed() -> bytes:
    rows = [
        (1, "Dig", "020320260800", 16, 0, 10, 100, 2),
        (2, "Pour", "040320260800", 24, 16, 0, 0, 5),
        (3, "Paint", "090320260800", 8, 40, 1, 50, 1),
    ]
    results = "".join(
        f"<Result><Object>1</Object><Field>{field}</Field><Value>{field / 100}</Value></Result>"
        for field in range(41, 47)
    )
    results += "<Result><Object>0</Object><Field>132</Field><Value>50</Value></Result>"
    periods = "".join(
        f"<TrackingPeriod><Name>P</Name><EndDate>{at}</EndDate></TrackingPeriod><TProTrackActivities-1>"
        + "".join(TRACKED.format(*each) for each in told)
        + "</TProTrackActivities-1>"
        for at, told in PERIODS
    )
    night = "".join(f"<Hour>{hour}</Hour>" for hour in (*range(8), 12, *range(17, 24)))
    activities = "".join(ACTIVITY.format(*each) for each in rows)
    return P2X.format(night=night, activities=activities, results=results, periods=periods).encode()


@pytest.fixture(scope="module")
def project() -> dslib.Tracked:
    return read("X", shed())


def test_the_plan_has_groups_links_and_hours(project: dslib.Tracked) -> None:
    plan = project.plan
    assert [each.name for each in plan.each_task()] == ["Ground", "Dig", "Pour", "Paint"]
    assert [each.wbs for each in plan.each_task()] == ["1", "1.1", "1.2", "2"]
    (link,) = plan.each_link()
    assert (link.pred, link.succ, link.kind, link.lag) == (1, 2, LinkKind.FS, 0)
    assert plan.calendars[0].week[0] == ((480, 720), (780, 1020))
    assert [str(each.first) for each in plan.calendars[0].exceptions] == ["2026-03-17"]
    assert (plan.task(2).duration, plan.project.minutes_per_day, project.faults) == (1440, 480, ())


def test_costs_are_fixed_by_the_hour_and_of_people(project: dslib.Tracked) -> None:
    """Pour: two of the crew, each 5 for the use and 2 an hour."""
    assert project.baseline.tasks.cost.tolist() == [26000, 10600, 5800]
    assert curve_of(project).total == 42400
    found = assess(curve_of(project), snapshot_of(project, project.periods[0]))
    assert found["ev"].value == pytest.approx(26000 + 1000 + 9600 / 4)
    assert found["ac"].value == pytest.approx(100 * (100 + 24 * 10 + 7) + 1000 + 8 * 400)
    assert found["pv"].value == pytest.approx(26000 + 10600)


def test_the_scheduled_plan_is_the_baseline_with_what_was_held_back(project: dslib.Tracked) -> None:
    assert held(project) == {3: parse_instant("2026-03-09T08:00")}
    assert as_planned(project).task(3).constraint is Constraint.SNET
    found = schedule(as_planned(project))
    assert found.start[1:].tolist() == project.baseline.tasks.start.tolist()
    assert found.finish[1:].tolist() == project.baseline.tasks.finish.tolist()


def test_profiles_and_what_protrack_simulated(project: dslib.Tracked) -> None:
    wide = project.profiles[2].over(1440)
    assert (wide.least, wide.likely, wide.most) == (480, 1440, 2400)
    symmetric = project.profiles[1].over(1000)
    assert (symmetric.least, symmetric.most) == (800, 1200)
    assert project.indices[1].cri_tau == 0.46
    assert project.runs == (3000,)
    assert project.start_cpm == {1: 0, 2: 960, 3: 2400}


def test_what_remains_is_scheduled_from_the_status_date(project: dslib.Tracked) -> None:
    """Pour has three days to go after Friday: until Wednesday evening."""
    first, last = project.periods
    plan = remaining_plan(project, first)
    assert plan.task(1).actual_finish == parse_instant("2026-03-04T17:00")
    assert (plan.task(2).remaining, plan.task(2).percent_complete) == (1440, 25)
    assert finish(plan) == parse_instant("2026-03-11T17:00")
    assert finish(with_remaining(plan, 2)) == parse_instant("2026-03-16T17:00")
    assert finish(remaining_plan(project, first, as_typed=False)) == parse_instant("2026-03-10T17:00")
    assert finish_of(project, last) == parse_instant("2026-03-12T17:00")
    assert finish(remaining_plan(project, last)) == finish_of(project, last)


def test_forecasts_are_measured_against_what_came_true(project: dslib.Tracked) -> None:
    first, last = project.periods
    true = finish_of(project, last)
    assert true is not None
    case = Case(project, first, 0.75, true)
    assert case.error(true) == 0
    assert case.error(parse_instant("2026-03-10T17:00")) == pytest.approx(-2 / 9)
    for name, method in METHODS.items():
        assert (method(project, first) or 0) >= first.at or name.startswith("PV"), name
    middle = blend(project, first)
    ends = [METHODS[name](project, first) for name in ("remaining plan, override", "ES, PF=1")]
    assert middle is not None
    assert min(each or 0 for each in ends) <= middle <= max(each or 0 for each in ends)
    assert score([0.1, -0.3, None]).mape == pytest.approx(0.2)


def test_a_project_without_progress_is_left_out_by_name() -> None:
    left_out = Counter[str]()
    bare = read("Y", shed().split(b"<TrackingList>")[0] + b"</Project>")
    assert list(cases([bare], left_out)) == []
    assert left_out == {"no tracking periods": 1}


def test_dates_that_are_none() -> None:
    assert cells.moment("010101000000") is None
    assert cells.moment("0") is None
    assert cells.moment("020320260800") == parse_instant("2026-03-02T08:00")


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"<Project/>", b"<Other><Agenda/></Other>"])
def test_what_is_no_project_says_so(content: bytes) -> None:
    with pytest.raises(NotP2X):
        read("X", content)


def test_the_archive_unpacks_what_is_zipped_once_more(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as zipped:
        zipped.writestr("B.p2x", b"second")
        zipped.writestr("__MACOSX/._B.p2x", b"nothing")
    with tarfile.open(tmp_path / archive.ARCHIVE, "w:xz") as packed:
        for name, content in (("Protrack/B.p2x.zip", inner.getvalue()), ("Protrack/A.p2x", b"first")):
            member = tarfile.TarInfo(name)
            member.size = len(content)
            packed.addfile(member, io.BytesIO(content))
    monkeypatch.setattr(archive, "DATA", tmp_path)
    archive.texts.cache_clear()
    try:
        assert archive.texts() == {"A": b"first", "B": b"second"}
    finally:
        archive.texts.cache_clear()


@pytest.mark.skipif(not dslib.is_here(), reason="DSLIB, the projects of others, is not there")
def test_the_projects_of_others_are_read_and_their_figures_are_ours() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.earned", "--json"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    found = json.loads(done.stdout.splitlines()[-1])
    assert (found["files"], found["read"], len(found["not_read"])) == (231, 230, 1)
    assert all(found["figures"][key] == {"agrees": 244} for key in ("pv", "ev", "ac", "es", "eac"))
    assert not any("unexplained" in each for each in found["figures"].values())
    assert found["baselines"]["activities"] == 21798
    assert found["finishes"]["projects"] == {"all": 130, "authentic": 92}
    scores = found["finishes"]["scores"]["all"]
    assert scores["blend"]["all"]["mape"] < scores["ES, PF=1"]["all"]["mape"] < scores["plan"]["all"]["mape"]
