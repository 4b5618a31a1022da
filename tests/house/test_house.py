"""Rules of the house that no linter knows."""

import re
import subprocess
import sys

import pytest

from tests.house.files import GENERATED, ROOT, written

RULES = ROOT / "docs" / "rules"
SOURCES = {".py", ".ts", ".tsx", ".css"}
LONGEST = 400

# Spelled in pieces, so that this file does not match itself.
MACHINE = "|".join(
    (r"(?<![\w.~])/" + "work/", r"(?<![\w.~])/" + "tmp/", "/" + "home/" + r"\w", "/" + "Users/" + r"\w")
)
HOSTS = "|".join(("pypi" + r"\.org", "pythonhosted" + r"\.org", "npmjs" + r"\.(?:org|com)", "yarnpkg" + r"\.com",
                  "arti" + "factory", "nexus" + r"[.\d-]"))  # fmt: skip


def test_the_files_are_found() -> None:
    names = {path.relative_to(ROOT).as_posix() for path in written()}
    assert {"dev.py", "src/triptych/plan/model.py", "docs/rules/README.md", ".importlinter"} <= names
    assert len(names) > 200
    assert not any("node_modules" in name for name in names)


@pytest.mark.parametrize(("what", "pattern"), [("a machine's paths", MACHINE), ("a registry's host", HOSTS)])
def test_no_file_names(what: str, pattern: str) -> None:
    seen = re.compile(pattern)
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in [
            *written(),
            *(ROOT / name for name in ("requirements.lock", "frontend/package-lock.json")),
        ]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if seen.search(line)
    ]
    assert not found, f"{what} in {found}"


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (MACHINE, "cd /" + "work/main"),
        (MACHINE, "open('/" + "tmp/x')"),
        (HOSTS, "https://pypi" + ".org/simple"),
    ],
)
def test_the_patterns_do_match(pattern: str, line: str) -> None:
    assert re.search(pattern, line)


def test_every_page_of_rules_is_linked_from_their_list() -> None:
    linked = set(
        re.findall(r"^- \[[^]]+\]\((\w[\w-]*\.md)\): ", (RULES / "README.md").read_text(), re.MULTILINE)
    )
    assert linked == {page.name for page in RULES.glob("*.md")} - {"README.md"}


def test_every_link_between_our_pages_leads_somewhere() -> None:
    local = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
    pages = [path for path in written() if path.suffix == ".md"]
    targets = [(page, target) for page in pages for target in local.findall(page.read_text(encoding="utf-8"))]
    assert targets
    assert not [(page.name, target) for page, target in targets if not (page.parent / target).exists()]


def test_no_source_file_is_long() -> None:
    long = {}
    for path in written():
        if path.suffix not in SOURCES or "migrations" in path.parts or path.name.endswith(".gen.ts"):
            continue
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > LONGEST:
            long[path.relative_to(ROOT).as_posix()] = lines
    assert not long


def test_generated_files_are_there() -> None:
    names = {
        path.name for folder in ("", "frontend", "src/triptych/api") for path in (ROOT / folder).iterdir()
    }
    assert names >= GENERATED


def imported_by(*arguments: str) -> set[str]:
    """The packages that a fresh Python imports when it runs `arguments`."""
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-X", "importtime", *arguments], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return {
        line.rsplit("|", 1)[1].strip().partition(".")[0] for line in done.stderr.splitlines() if "|" in line
    }


SHELL = {"django", "ninja", "starlette", "uvicorn", "pydantic", "asyncio"}


def test_the_command_line_loads_neither_django_nor_a_compiler() -> None:
    found = imported_by("-c", "import triptych.cli.schedule")
    assert {"triptych", "numpy", "lxml"} <= found
    assert not found & (SHELL | {"numba", "rich"})


def test_scheduling_a_small_file_compiles_nothing() -> None:
    found = imported_by("-m", "triptych", "schedule", "tests/data/boathouse.xml", "--json")
    assert {"triptych", "typer", "lxml"} <= found
    assert not found & {"django", "ninja", "starlette", "uvicorn", "numba"}
