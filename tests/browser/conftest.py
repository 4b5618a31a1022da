"""One sample company for all browser tests; each test has its own browser context, and a silent console."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from .serving import CHROMIUM, Demo, chromium, demo, sign_in

Opener = Callable[..., Page]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The running company."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with demo(tmp_path_factory.mktemp("demo")) as running:
        yield running


@pytest.fixture(scope="session")
def browser(site: Demo) -> Iterator[Browser]:  # noqa: ARG001 - skipped together
    """A Chromium for all tests."""
    with chromium() as running:
        yield running


@pytest.fixture
def enter(site: Demo, browser: Browser) -> Iterator[Opener]:
    """Opens a page, signed in as somebody of a role; any console error fails the test."""
    faults: list[str] = []
    contexts = []

    def opened(role: str, *, width: int = 1440, height: int = 900) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
        contexts.append(context)
        return sign_in(context, site, role, faults)

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def plan_file(tmp_path: Path) -> Path:
    """A small plan as Microsoft Project XML: a phase of three tasks in a row, and a milestone."""
    path = tmp_path / "jetty.xml"
    path.write_text(plan_xml(links={2: [], 3: [2], 4: [3], 5: [4]}), encoding="utf-8")
    return path


def plan_xml(links: dict[int, list[int]]) -> str:
    """A plan of one phase (UID 1) and tasks 2 to 5, with finish-start links by successor."""
    names = {1: "Jetty", 2: "Survey", 3: "Drive piles", 4: "Lay deck", 5: "Jetty open"}
    tasks = []
    for uid, name in names.items():
        hours = 0 if uid in (1, 5) else 16
        level, wbs = (1, "1") if uid == 1 else (2, f"1.{uid - 1}")
        predecessors = "".join(
            f"<PredecessorLink><PredecessorUID>{pred}</PredecessorUID><Type>1</Type></PredecessorLink>"
            for pred in links.get(uid, [])
        )
        tasks.append(
            f"<Task><UID>{uid}</UID><ID>{uid}</ID><Name>{name}</Name><WBS>{wbs}</WBS>"
            f"<OutlineLevel>{level}</OutlineLevel><Summary>{int(uid == 1)}</Summary>"
            f"<Milestone>{int(uid == 5)}</Milestone><Duration>PT{hours}H0M0S</Duration>{predecessors}</Task>"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><Project xmlns="http://schemas.microsoft.com/project">'
        "<Title>Jetty repair</Title><StartDate>2027-03-01T08:00:00</StartDate>"
        f"<Tasks>{''.join(tasks)}</Tasks></Project>"
    )
