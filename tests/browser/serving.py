"""`triptych demo` in a process of its own, and a Chromium to look at it with."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
#: Chromium's own line about an answer that the page expects and handles.
_EXPECTED = re.compile(r"the server responded with a status of (401|404|409|422|413)")


@dataclass(frozen=True)
class Demo:
    """A running sample company: its address, its accounts by role, their password."""

    address: str
    accounts: dict[str, str]
    password: str


@contextmanager
def demo(folder: Path) -> Iterator[Demo]:
    """Start `triptych demo` on a free port with its data in `folder`; stop it in the end."""
    environment = {**os.environ, "TRIPTYCH_DATA_DIR": str(folder), "PYTHONUNBUFFERED": "1"}
    for name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE"):
        environment.pop(name, None)
    command = [sys.executable, "-m", "triptych", "demo", "--port", "0", "--no-browser"]
    with subprocess.Popen(  # noqa: S603 - our own interpreter and module
        command, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield _read(process)
        finally:
            process.terminate()


def _read(process: "subprocess.Popen[str]") -> Demo:
    assert process.stdout is not None
    address = ""
    accounts: dict[str, str] = {}
    for line in process.stdout:
        if found := re.search(r"http://\S+/", line):
            address = found[0]
        if found := re.match(r"  ([a-z ]+?)\s{2,}(\S+@\S+)", line):
            accounts.setdefault(found[1], found[2])
        if found := re.match(r"  password\s+(\S+)", line):
            return Demo(address, accounts, found[1])
    raise AssertionError("the demo ended before it said who may sign in")


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_FLAGS)
        yield browser
        browser.close()


def listen(page: Page, faults: list[str]) -> None:
    """Collect what the page complains of."""
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on(
        "console",
        lambda message: (
            faults.append(message.text)
            if message.type == "error" and not _EXPECTED.search(message.text)
            else None
        ),
    )


def sign_in(context: BrowserContext, site: Demo, role: str, faults: list[str]) -> Page:
    """A page on which somebody of that role has signed in."""
    page = context.new_page()
    listen(page, faults)
    page.goto(site.address)
    page.get_by_label("Email").fill(site.accounts[role])
    page.get_by_label("Password").fill(site.password)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("navigation").first.wait_for()
    return page
