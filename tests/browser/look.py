"""`python3 dev.py look`: photograph every page of the sample company, light and dark, wide and narrow.

The pictures and a contact sheet go into `.look/`; the exit code is 1 if any page complained on its console. So that
everyone looks.
"""

import html
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page

from .conftest import plan_xml
from .serving import CHROMIUM, Demo, chromium, demo, listen, sign_in

OUT = Path(__file__).parents[2] / ".look"
WIDTHS = {"wide": (1440, 900), "narrow": (390, 844)}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
PROJECT = "Ferry Heron"


def _goto(page: Page, site: Demo, path: str) -> None:
    page.goto(site.address + path)
    page.get_by_role("heading").first.wait_for()


def _project(page: Page, site: Demo, name: str = PROJECT) -> None:
    _goto(page, site, "")
    page.get_by_role("main").get_by_role("link", name=name).first.click()
    page.locator(".plan-stage").wait_for()
    page.wait_for_timeout(300)


def _selected(page: Page, site: Demo) -> None:
    _project(page, site)
    page.get_by_role("gridcell", name="Route and load study").first.click()


def _unbegun(page: Page, site: Demo) -> None:
    """A task near the end of the plan, which many links drive."""
    _selected(page, site)
    page.keyboard.press("Control+End")
    for _ in range(8):
        page.keyboard.press("ArrowUp")


def _why(page: Page, site: Demo) -> None:
    _unbegun(page, site)
    page.keyboard.press("w")
    page.locator("aside.panel .why-step").first.wait_for()


def _ways(page: Page, site: Demo, days: str) -> None:
    _why(page, site)
    page.get_by_label("Working days earlier").fill(days)
    page.get_by_role("button", name="Find ways").click()
    page.locator(".pull-in-option").first.wait_for(timeout=30_000)


def _previewed(page: Page, site: Demo) -> None:
    _ways(page, site, "3")
    page.get_by_role("button", name="Preview").first.click()
    page.get_by_role("region", name="What this change moves").get_by_text("moves").first.wait_for()


def _task(page: Page, site: Demo) -> None:
    _selected(page, site)
    page.keyboard.press("Space")
    page.locator("aside.panel").wait_for()


def _ripple(page: Page, site: Demo) -> None:
    _selected(page, site)
    page.keyboard.press("Control+End")
    page.get_by_role("gridcell", name="Sea trials").first.click()
    page.keyboard.press("Alt+ArrowRight")
    page.get_by_role("region", name="What this change moves").wait_for()
    page.wait_for_timeout(400)


def _import(page: Page, site: Demo) -> None:
    _goto(page, site, "")
    if page.get_by_role("button", name="Import a plan").count() == 0:
        page.get_by_role("button", name="Open navigation").first.click()
    page.get_by_role("button", name="Import a plan").first.click()
    file = {"name": "jetty.xml", "mimeType": "text/xml", "buffer": plan_xml({3: [2], 4: [3]}).encode()}
    page.get_by_role("dialog").locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_text("Understood").first.wait_for()


def _history(page: Page, site: Demo) -> None:
    _project(page, site)
    page.get_by_role("button", name="History").click()
    page.locator("aside.panel").wait_for()


def _palette(page: Page, site: Demo) -> None:
    _goto(page, site, "")
    page.keyboard.press("Control+k")
    page.get_by_role("dialog").wait_for()


SCENES: dict[str, Callable[[Page, Demo], None]] = {
    "portfolio": lambda page, site: _goto(page, site, ""),
    "project": _project,
    "project-late": lambda page, site: _project(page, site, "North Pier"),
    "why": _why,
    "pull-in": lambda page, site: _ways(page, site, "3"),
    "pull-in-short": lambda page, site: _ways(page, site, "200"),
    "pull-in-preview": _previewed,
    "task": _task,
    "ripple": _ripple,
    "import": _import,
    "products": lambda page, site: _goto(page, site, "products"),
    "people": lambda page, site: _goto(page, site, "people"),
    "history": _history,
    "palette": _palette,
}


def photograph(site: Demo, browser: Browser) -> tuple[list[str], list[str]]:
    """Every scene in every light and width: the names of the pictures, and what went wrong."""
    pictures: list[str] = []
    faults: list[str] = []
    for width, (across, down) in WIDTHS.items():
        for scheme in SCHEMES:
            context = browser.new_context(
                viewport={"width": across, "height": down}, color_scheme=scheme, reduced_motion="reduce"
            )
            context.set_default_timeout(8000)
            page = context.new_page()
            listen(page, faults)
            page.goto(site.address)
            page.get_by_label("Email").wait_for()
            pictures.append(_shot(page, f"sign-in-{width}-{scheme}"))
            page = sign_in(context, site, "administrator", faults)
            for name, scene in SCENES.items():
                label = f"{name}-{width}-{scheme}"
                try:
                    scene(page, site)
                except Exception as fault:  # noqa: BLE001 - one scene that fails must not hide the others
                    faults.append(f"{label}: {str(fault).splitlines()[0]}")
                pictures.append(_shot(page, label))
            context.close()
    return pictures, faults


def _shot(page: Page, label: str) -> str:
    page.wait_for_timeout(150)
    page.screenshot(path=OUT / f"{label}.png")
    return f"{label}.png"


def contact_sheet(pictures: list[str]) -> None:
    """One page with all pictures."""
    figures = "".join(
        f'<figure><a href="{each}"><img src="{each}"></a><figcaption>{html.escape(each)}</figcaption></figure>'
        for each in pictures
    )
    style = "body{font:13px system-ui;display:flex;flex-wrap:wrap;gap:16px}img{height:360px;border:1px solid #ccc}"
    page = f'<!doctype html><meta charset="utf-8"><title>Triptych, looked at</title><style>{style}</style>{figures}'
    (OUT / "index.html").write_text(page, encoding="utf-8")


def main() -> int:
    """Photograph; 1 if a page complained."""
    if CHROMIUM is None:
        print("Chromium is not installed: apt-get install chromium", file=sys.stderr)
        return 1
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir()
    with tempfile.TemporaryDirectory() as folder, demo(Path(folder)) as site, chromium() as browser:
        pictures, faults = photograph(site, browser)
    contact_sheet(pictures)
    print(f"{len(pictures)} pictures in {OUT.name}/, open {OUT.name}/index.html")
    for fault in faults:
        print(f"fault: {fault}", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
