"""The path of an edit, as a planner walks it: sign in, look, drag, ask why, undo; and a plan comes in."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from .conftest import Opener, plan_xml
from .serving import Demo

pytestmark = pytest.mark.browser

PROJECT = "Ferry Heron"
#: Milliseconds for what is searched until nothing more helps, on a busy machine.
SEARCHED = 30_000
#: The middle of the longest run of pixels that are not background, on one line of the canvas: the bar.
_FIND_BAR = """(canvas, y) => {
  const ratio = canvas.width / canvas.clientWidth;
  const line = canvas.getContext('2d').getImageData(0, Math.round(y * ratio), canvas.width, 1).data;
  const painted = (at) => line[at] + line[at + 1] + line[at + 2] < 640;
  let [best, middle, begun] = [0, null, -1];
  for (let at = 0; at <= line.length; at += 4) {
    if (at < line.length && painted(at)) { if (begun < 0) begun = at; continue; }
    if (begun >= 0 && at - begun > best) [best, middle] = [at - begun, (begun + at) / 8 / ratio];
    begun = -1;
  }
  return best > 4 * 8 * ratio ? middle : null;
}"""


def open_project(page: Page, name: str = PROJECT) -> None:
    page.get_by_role("link", name=name).first.click()
    page.get_by_role("treegrid").wait_for()


def row(page: Page, name: str) -> Locator:
    return page.get_by_role("row", name=re.compile(rf"^[\d.]+ {re.escape(name)} ")).first


def cells(page: Page, name: str) -> list[str]:
    return row(page, name).get_by_role("gridcell").all_inner_texts()


def reveal(page: Page, name: str) -> None:
    """Bring a far row into view by keyboard, as the table draws only what is in view."""
    page.get_by_role("treegrid").get_by_role("gridcell").first.click()
    for _ in range(80):
        if row(page, name).count() and row(page, name).is_visible():
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"no row {name}")


def unfinished(page: Page) -> str:
    """A task that is not begun, is no summary and no milestone, and has room to move."""
    reveal(page, "Sea trials")
    for name in ("Sea trials", "Harbour trials", "Inclining experiment"):
        if row(page, name).count():
            return name
    raise AssertionError("none of the trials is in view")


def apply(page: Page) -> None:
    """Agree to the ripple."""
    bar = page.get_by_role("region", name="What this change moves")
    expect(bar).to_contain_text("moves")
    bar.get_by_role("button", name="Apply").click()
    expect(bar).to_have_count(0)


def import_file(page: Page, file: Path) -> Locator:
    page.get_by_role("button", name="Import a plan").first.click()
    dialog = page.get_by_role("dialog")
    dialog.locator("input[type=file]").set_input_files(file)
    return dialog


def test_a_wrong_password_is_told(site: Demo, enter: Opener) -> None:
    page = enter("team member")
    page.context.clear_cookies()
    page.goto(site.address)
    page.get_by_label("Email").fill(site.accounts["team member"])
    page.get_by_label("Password").fill("not this")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("wrong")


def test_a_bar_is_dragged_and_the_move_is_undone_after_a_reload(enter: Opener) -> None:
    page = enter("project manager")
    open_project(page)
    name = unfinished(page)
    before = cells(page, name)
    row(page, name).get_by_role("gridcell").nth(1).click()
    page.get_by_role("button", name="Fit the whole plan").click()
    page.wait_for_timeout(400)
    canvas = page.locator("canvas.gantt-canvas")
    area, line = canvas.bounding_box(), row(page, name).bounding_box()
    assert area is not None
    assert line is not None
    y = line["y"] + line["height"] / 2
    x = canvas.evaluate(_FIND_BAR, y - area["y"])
    assert x is not None, "the task's bar is painted on its row"
    page.mouse.move(area["x"] + x, y)
    page.mouse.down()
    page.mouse.move(area["x"] + x + 40, y, steps=8)
    page.mouse.up()
    apply(page)
    moved = cells(page, name)
    assert moved[3] != before[3]
    assert moved[4] != before[4]
    page.reload()
    page.get_by_role("treegrid").wait_for()
    reveal(page, name)
    assert cells(page, name)[3] == moved[3]
    page.keyboard.press("Control+z")
    expect(row(page, name).get_by_role("gridcell").nth(3)).to_have_text(before[3])


def test_the_chart_is_painted(enter: Opener) -> None:
    page = enter("project manager")
    open_project(page)
    canvas = page.locator("canvas.gantt-canvas")
    colours = canvas.evaluate(
        """(canvas) => {
          const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          return new Set(new Uint32Array(data.buffer)).size;
        }"""
    )
    assert colours > 20, "bars, links, labels and weekends, not one ground"


def test_the_same_by_keyboard_and_the_other_browser_sees_it(enter: Opener) -> None:
    planner, sponsor = enter("project manager"), enter("administrator")
    for page in (planner, sponsor):
        open_project(page)
    name = unfinished(planner)
    unfinished(sponsor)
    before = cells(planner, name)[3]
    row(planner, name).get_by_role("gridcell").nth(1).click()
    for _ in range(3):
        planner.keyboard.press("Alt+ArrowRight")
    apply(planner)
    moved = cells(planner, name)[3]
    assert moved != before
    expect(row(sponsor, name).get_by_role("gridcell").nth(3)).to_have_text(moved, timeout=3000)
    planner.keyboard.press("Control+z")
    expect(row(planner, name).get_by_role("gridcell").nth(3)).to_have_text(before)
    expect(row(sponsor, name).get_by_role("gridcell").nth(3)).to_have_text(before, timeout=3000)


def test_every_date_answers_why(enter: Opener) -> None:
    page = enter("project manager")
    open_project(page)
    name = unfinished(page)
    row(page, name).get_by_role("gridcell").nth(3).click()
    panel = page.get_by_role("complementary", name="Why this date?")
    expect(panel).to_contain_text("because")
    assert panel.get_by_role("listitem").count() >= 2
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    page.keyboard.press("w")
    expect(panel).to_contain_text("because")


def find_ways(panel: Locator, days: str) -> None:
    """Ask by keyboard what would pull the date in."""
    field = panel.get_by_role("region", name="What would pull it in").get_by_label("Working days earlier")
    field.fill(days)
    field.press("Enter")


def test_a_date_is_pulled_in_by_a_way_that_was_looked_at_first(enter: Opener) -> None:
    page = enter("project manager")
    open_project(page)
    name = unfinished(page)
    start = page.get_by_role("row").filter(has_text=name).locator(".grid-cell.start")  # beside the panel, too
    before = start.inner_text()
    start.click()
    panel = page.get_by_role("complementary", name="Why this date?")
    find_ways(panel, "2")
    expect(panel.get_by_role("status")).to_contain_text("found", timeout=SEARCHED)
    preview = panel.get_by_role("list", name="Cheapest for 2d").get_by_role("button", name="Preview")
    preview.press("Enter")
    bar = page.get_by_role("region", name="What this change moves")
    expect(bar.get_by_role("button", name="Apply")).to_be_focused()
    expect(bar).to_contain_text("moves")
    page.keyboard.press("Escape")
    expect(bar).to_have_count(0)
    expect(preview).to_be_focused()
    expect(start).to_have_text(before)
    preview.press("Enter")
    apply(page)
    expect(start).not_to_have_text(before)
    expect(panel.get_by_role("status")).to_contain_text("ask again")
    page.keyboard.press("Control+z")
    expect(start).to_have_text(before)


def test_what_cannot_be_pulled_in_as_far_says_what_is_in_the_way(enter: Opener) -> None:
    page = enter("project manager", width=390, height=844)
    page.get_by_role("link", name=PROJECT).first.click()
    page.get_by_role("treegrid").wait_for()
    page.get_by_role("treegrid").get_by_role("gridcell").first.click()
    page.keyboard.press("Control+End")
    page.keyboard.press("w")
    panel = page.get_by_role("complementary", name="Why this date?")
    find_ways(panel, "1000")
    expect(panel.get_by_role("status")).to_have_text("No way gains 1000d.", timeout=SEARCHED)
    assert panel.get_by_role("list", name="In the way of more").get_by_role("listitem").count() >= 1
    furthest = panel.get_by_role("list", name="As far as it goes")
    assert furthest.get_by_role("listitem").count() >= 1
    panel.get_by_role("list", name="Single changes").get_by_role("button", name="Preview").first.click()
    bar = page.get_by_role("region", name="What this change moves")
    bar.get_by_role("button", name="Cancel").click()
    expect(bar).to_have_count(0)
    expect(panel).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)


def test_a_plan_is_looked_at_imported_and_taken_back(enter: Opener, plan_file: Path) -> None:
    page = enter("program manager")
    dialog = import_file(page, plan_file)
    expect(dialog).to_contain_text("Jetty repair")
    expect(dialog).to_contain_text("Understood")
    expect(page.get_by_role("navigation").get_by_role("link", name="Jetty repair")).to_have_count(0)
    dialog.get_by_role("button", name="Import", exact=True).click()
    page.get_by_role("treegrid").wait_for()
    expect(page.get_by_role("heading", name="Jetty repair")).to_be_visible()
    assert cells(page, "Drive piles")[3] != ""
    expect(page.get_by_role("navigation").get_by_role("link", name="Jetty repair")).to_be_visible()
    page.get_by_role("listitem").filter(has_text="Imported").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("link", name="Jetty repair")).to_have_count(0)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"<Project><Tasks>", "broken"),
        (plan_xml({3: [2, 4], 4: [3]}).encode(), "circle"),
    ],
)
def test_a_file_that_cannot_be_imported_says_why(
    enter: Opener, tmp_path: Path, content: bytes, code: str
) -> None:
    page = enter("program manager")
    file = tmp_path / "bad.xml"
    file.write_bytes(content)
    dialog = import_file(page, file)
    expect(dialog).to_contain_text(re.compile(code, re.IGNORECASE))
    submit = dialog.get_by_role("button", name="Import", exact=True)
    assert submit.count() == 0 or submit.is_disabled()


def test_the_palette_finds_a_project(enter: Opener) -> None:
    page = enter("administrator")
    page.keyboard.press("Control+k")
    page.get_by_role("dialog").get_by_role("combobox").fill("plover")
    expect(page.get_by_role("option", name=re.compile("Plover"))).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=re.compile("Plover"))).to_be_visible()


def test_a_stranger_to_a_project_finds_nothing_there(site: Demo, enter: Opener) -> None:
    planner, guest = enter("project manager"), enter("guest")
    open_project(planner)
    guest.goto(planner.url)
    expect(guest.get_by_text(PROJECT)).to_have_count(0)
    assert site.address in guest.url


@pytest.mark.parametrize("path", ["", "products", "people", "project", "pull-in", "import"])
def test_no_page_has_a_serious_fault_of_accessibility(
    site: Demo, enter: Opener, plan_file: Path, path: str
) -> None:
    page = enter("administrator")
    if path == "project":
        open_project(page)
    elif path == "pull-in":
        open_project(page)
        row(page, unfinished(page)).get_by_role("gridcell").nth(3).click()
        panel = page.get_by_role("complementary", name="Why this date?")
        find_ways(panel, "200")
        expect(panel.get_by_role("status")).to_contain_text("No way", timeout=SEARCHED)
    elif path == "import":
        expect(import_file(page, plan_file)).to_contain_text("Understood")
    else:
        page.goto(site.address + path)
        page.get_by_role("heading").first.wait_for()
    axe = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
    page.evaluate(axe.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})")
    serious = [each for each in found["violations"] if each["impact"] in ("serious", "critical")]
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in serious] == []
