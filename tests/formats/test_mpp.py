"""Microsoft Project's own files, converted by MPXJ: the same plan as their XML, and never an exception.

Whole plans need the plans of others, ../shared/data beside the source, the extra `mpp` and Java.
"""

import importlib.util
import random
import struct
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from tests.formats.mspdi import project, task
from tests.java import needs_java
from triptych.engine import agreement, schedule
from triptych.formats import ReadReport, mpp, read_plan
from triptych.formats.mpp import conversion
from triptych.plan import Diagnostic, Plan
from triptych.plan.tables import SplitTable

DATA = Path(__file__).parents[3] / "shared" / "data"
RAW = [*sorted((DATA / "oracle" / "raw").glob("*.mpp")), *sorted((DATA / "imports").glob("*.mp[px]"))]
SMALL = DATA / "oracle" / "raw" / "slack9.mpp"
#: Twins that are not oracle/mspdi/(name).xml.
TWINS = {
    "msproject-residential-construction": DATA / "oracle" / "mspdi" / "residential_construction.xml",
    "msproject-2019-task-links": DATA / "oracle" / "mspdi" / "task-links-project2019-mpp14.xml",
}
BROKEN = conversion._COMPOUND_FILE + b"\0" * 600

#: Converts the files it is given, each into a file beside it, in one Java.
DRIVER = """
import sys
from pathlib import Path
from triptych.formats.mpp import jvm
jpype = jvm.start()
for name in sys.argv[2:]:
    file = Path(name)
    try:
        Path(sys.argv[1], file.stem + ".xml").write_bytes(jvm.convert(jpype, file.read_bytes()))
    except Exception as fault:
        Path(sys.argv[1], file.stem + ".end").write_text(jvm.outcome_of(fault).name)
"""


ABSENT = "the plans of others, ../shared/data beside the source, are not there"
needs_plans = pytest.mark.skipif(not RAW, reason=ABSENT)
needs_extra = pytest.mark.skipif(not conversion.installed(), reason="the extra mpp is not installed")


def twin_of(file: Path) -> Path:
    return TWINS.get(file.stem, DATA / "oracle" / "mspdi" / f"{file.stem}.xml")


def compared(plan: Plan) -> Plan:
    """The plan without its name, which is the file's, and interruptions, which the twins were saved without."""
    return replace(
        plan, projects=(replace(plan.project, name=""), *plan.projects[1:]), splits=SplitTable.empty()
    )


def convert_all(files: list[Path], folder: Path) -> None:
    command = [sys.executable, "-c", DRIVER, str(folder), *(str(file) for file in files)]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own interpreter


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of the plans of others as XML."""
    folder = tmp_path_factory.mktemp("converted")
    convert_all(RAW, folder)
    return folder


@needs_java
@needs_plans
def test_every_file_gives_the_plan_of_its_twin_and_the_saved_dates(converted: Path) -> None:
    twins = [file for file in RAW if twin_of(file).exists()]
    assert len(twins) > 20
    for file in twins:
        ours = read_plan((converted / f"{file.stem}.xml").read_bytes())
        twin = read_plan(twin_of(file).read_bytes())
        assert ours.plan is not None, file.stem
        assert twin.plan is not None, file.stem
        assert compared(ours.plan) == compared(twin.plan), file.stem
        assert ours.saved == twin.saved, file.stem
        found = agreement(schedule(ours.plan), ours.saved)
        assert min(found.compared.values()) > 0, file.stem
        assert set(found.misses) <= set(agreement(schedule(twin.plan), twin.saved).misses), file.stem


@needs_java
@needs_plans
def test_interruptions_of_tasks_survive(converted: Path) -> None:
    text = (converted / "splits9a.xml").read_text(encoding="utf-8")
    assert text.count("<TimephasedData>") > text.count("<Assignment>")


@needs_java
@needs_plans
def test_no_damage_is_an_exception(tmp_path: Path) -> None:
    """Cut anywhere, or with bytes overwritten anywhere, a file is converted or refused."""
    whole, chance = SMALL.read_bytes(), random.Random(1)  # noqa: S311 - not a secret
    damaged = {f"cut{length}": whole[:length] for length in range(8, len(whole), len(whole) // 12)}
    for number in range(12):
        data = bytearray(whole)
        for at in chance.sample(range(8, len(whole)), 500):
            data[at] = chance.randrange(256)
        damaged[f"bytes{number}"] = bytes(data)
    for name, each in damaged.items():
        (tmp_path / f"{name}.mpp").write_bytes(each)
    convert_all(sorted(tmp_path.glob("*.mpp")), tmp_path)
    ends = {path.stem: path.read_text() for path in tmp_path.glob("*.end")}
    assert set(ends.values()) == {"UNREADABLE"}
    assert {path.stem for path in tmp_path.glob("*.xml")} | set(ends) == set(damaged)
    assert {name for name in damaged if name.startswith("cut")} <= set(ends)


def only(report: ReadReport) -> Diagnostic:
    """The one thing wrong with a file of which there is no plan."""
    (found,) = report.diagnostics
    assert report.plan is None
    assert not report.accepted
    assert found.message.endswith(" and give that file.")
    return found


@needs_java
@needs_plans
def test_files_are_read_from_several_threads_at_once() -> None:
    files = [SMALL, DATA / "imports" / "msproject98-sample.mpx", DATA / "oracle" / "raw" / "homemoveplan.mpp"]
    with ThreadPoolExecutor(len(files)) as pool:
        reports = list(pool.map(lambda file: read_plan(file.read_bytes(), name=file.name), files))
    assert [len(each.plan) for each in reports if each.plan is not None] == [16, 20, 172]
    assert {each.format for each in reports} == {"Microsoft Project"}
    assert all(each.accepted for each in reports)


@needs_java
@pytest.mark.parametrize(
    "data",
    [BROKEN, conversion._COMPOUND_FILE + random.Random(2).randbytes(5000)],  # noqa: S311
    ids=["zeros", "random"],
)
def test_what_is_no_plan_is_refused(data: bytes) -> None:
    found = only(read_plan(data, name="broken.mpp"))
    assert (found.code, found.place) == ("mpp.unreadable", "broken.mpp")
    assert "Exception" in found.data["said"]


@needs_java
@needs_plans
def test_a_password_is_asked_for_in_microsoft_project() -> None:
    data = bytearray(SMALL.read_bytes())
    flag, password = (data.find(struct.pack("<I", key)) + 8 for key in (0x35400000, 0x35400004))
    data[flag], data[password : password + 64] = 1, b"A" * 64
    found = only(read_plan(bytes(data)))
    assert found.code == "mpp.unreadable"
    assert "password" in found.message


@needs_extra
@pytest.mark.skipif(sys.platform != "linux", reason="where Java lies differs")
def test_without_java_the_way_out_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    library = tmp_path / "lib" / "server" / "libjvm.so"
    library.parent.mkdir(parents=True)
    library.write_text("not Java")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    found = only(read_plan(BROKEN))
    assert found.code == "mpp.no-java"
    assert "JAVA_HOME" in found.message


def test_without_the_extra_the_way_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    for data in (BROKEN, b"MPX,Microsoft Project,4.0,ANSI\r\n"):
        found = only(read_plan(data, name="plan.mpp"))
        assert found.code == "file.mpp"
        assert found.place == "plan.mpp"
        assert 'pip install "triptych[mpp]"' in found.message


@needs_extra
@pytest.mark.parametrize(
    ("script", "seconds", "code"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGTERM)", 60, "mpp.unreadable"),
        ("import sys; sys.exit(13)", 60, "mpp.too-large"),
        ("import sys; sys.exit(1)", 60, "mpp.unreadable"),
        ("import time; time.sleep(60)", 0.5, "mpp.too-large"),
    ],
    ids=["crash", "memory", "surprise", "endless"],
)
def test_however_java_ends_the_caller_lives(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str, seconds: float, code: str
) -> None:
    (tmp_path / "jvm.py").write_text(script)
    monkeypatch.setattr(conversion, "_SCRIPT", tmp_path / "jvm.py")
    found = mpp.to_mspdi(BROKEN, seconds=seconds)
    assert isinstance(found, Diagnostic)
    assert found.code == code


def test_faults_are_placed_by_task_and_not_by_lines_that_nobody_has_seen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    xml = project(task(1, more="<ConstraintType>99</ConstraintType>")).encode()
    assert read_plan(xml).diagnostics[0].place.startswith("line ")
    monkeypatch.setattr(mpp, "to_mspdi", lambda _data, **_options: xml)
    report = read_plan(BROKEN, name="plan.mpp")
    assert [each.place for each in report.diagnostics] == ["Task UID 1"]
    assert (report.format, report.application) == ("Microsoft Project", "Microsoft Project")
