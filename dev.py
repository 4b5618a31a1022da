"""Every development task, with nothing but Python 3.11 or later and git: `python3 dev.py demo`, `… test`, `… check`.

It makes `.venv` from `requirements.lock` by itself, and makes it anew when the lock changes. The Makefile only
names these commands.
"""

import argparse
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
BINARIES = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BINARIES / ("python.exe" if os.name == "nt" else "python")
UV = "uv==0.13.9"
#: The PostgreSQL that the record's tests run on, beside SQLite; TRIPTYCH_TEST_POSTGRES overrides it.
POSTGRES = os.environ.get("TRIPTYCH_TEST_POSTGRES", "postgres://postgres@127.0.0.1:5432/postgres")
RECORD_TESTS = ["tests/apps", "tests/api", "tests/live"]


def run(*command: str | Path, **environment: str) -> None:
    """Run a command in the root folder; leave with its exit code if it fails."""
    shown = " ".join(str(part) for part in command)
    print(f"$ {shown}", flush=True)
    try:
        done = subprocess.run(
            [str(part) for part in command], cwd=ROOT, env={**os.environ, **environment}, check=False
        )
    except KeyboardInterrupt:  # the command was told, too
        sys.exit(130)
    if done.returncode:
        sys.exit(done.returncode)


def python(*arguments: str, **environment: str) -> None:
    """Run a module or script with the environment's Python."""
    run(PYTHON, *arguments, **environment)


def locked() -> str:
    """What the environment was made from."""
    parts = [(ROOT / name).read_bytes() for name in ("requirements.lock", "pyproject.toml")]
    return hashlib.sha256(b"".join(parts)).hexdigest()


def setup() -> None:
    """Make `.venv`, unless it is up to date, and build the pages, unless they are."""
    stamp = ENVIRONMENT / ".locked"
    if not stamp.exists() or stamp.read_text() != locked():
        if not PYTHON.exists():
            print(f"Making {ENVIRONMENT.name}: a minute or so, this once", flush=True)
            venv.create(ENVIRONMENT, with_pip=True)
        python("-m", "pip", "install", "--quiet", "--disable-pip-version-check", UV)
        uv = ("-m", "uv", "pip", "install", "--quiet")
        python(*uv, "--require-hashes", "-r", "requirements.lock")
        python(*uv, "--no-deps", "--no-build-isolation", "--editable", ".", TRIPTYCH_SKIP_PAGES="1")
        stamp.write_text(locked())
    python("build_pages.py")


def lock() -> None:
    """Write `requirements.lock` anew from pyproject.toml."""
    python("-m", "uv", "pip", "compile", "--universal", "--python-version", "3.11", "--generate-hashes", "--quiet",
           "--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links", "--upgrade",
           "--extra", "cluster", "--extra", "mpp", "--extra", "pg", "--extra", "solvers",
           "--group", "dev", "pyproject.toml", "-o", "requirements.lock")  # fmt: skip


def demo(*arguments: str) -> None:
    """Serve the sample company."""
    python("-m", "triptych", "demo", *arguments)


def tidy() -> None:
    """Format everything."""
    python("-m", "ruff", "check", "--fix", "--quiet", "--exit-zero", ".")
    python("-m", "ruff", "format", "--quiet", ".")
    npm("run", "format")


def npm(*arguments: str) -> None:
    """Run npm in frontend/ with the Node that the environment carries."""
    code = "import sys, build_pages; build_pages.install(); build_pages.npm(*sys.argv[1:])"
    python("-c", code, *arguments)


def lint() -> None:
    """Formatting, lint, strict types and the rules of who imports whom, in Python and in TypeScript."""
    python("-m", "ruff", "format", "--check", ".")
    python("-m", "ruff", "check", ".")
    python("-m", "mypy")
    run(BINARIES / "lint-imports")
    npm("run", "lint")


def postgres_answers() -> bool:
    """Whether something listens where PostgreSQL should be."""
    address = urlsplit(POSTGRES)
    try:
        socket.create_connection((address.hostname or "127.0.0.1", address.port or 5432), timeout=2).close()
    except OSError:
        return False
    return True


def test(*arguments: str) -> None:
    """All tests: on SQLite, the record's again on PostgreSQL, the front end's, and in a real browser."""
    if arguments:
        python("-m", "pytest", *arguments)
        return
    python("-m", "triptych.engine.warm")  # once for each version of the passes, and not in every worker
    npm("run", "test", "--", "--reporter=default")
    python("-m", "pytest", "-q", "-n", "auto", "-m", "not browser")
    if postgres_answers():
        python("-m", "pytest", "-q", "-n", "auto", *RECORD_TESTS, DATABASE_URL=POSTGRES)
    elif os.environ.get("CI"):
        sys.exit(f"PostgreSQL does not answer at {POSTGRES}: the record's tests must run on it here")
    else:
        print(f"PostgreSQL does not answer at {POSTGRES}: the record's tests ran on SQLite only", flush=True)
    python("-m", "pytest", "-q", "-m", "browser")


def check() -> None:
    """What must be green before a change lands: lint, then tests."""
    lint()
    test()


def look(*arguments: str) -> None:
    """Photograph every page of the sample company into `.look/`; fails on any console error."""
    python("-m", "tests.browser.look", *arguments)


def openapi() -> None:
    """Write the OpenAPI snapshot anew."""
    python("-m", "triptych.server", "openapi")


def clean() -> None:
    """Remove what setup and the builds made."""
    made = (".venv", "frontend/node_modules", "src/triptych/web/pages", ".mypy_cache", ".ruff_cache", ".look")
    for folder in made:
        shutil.rmtree(ROOT / folder, ignore_errors=True)


TASKS: dict[str, Callable[..., None]] = {
    "setup": setup, "demo": demo, "test": test, "check": check, "lint": lint, "format": tidy, "look": look,
    "openapi": openapi, "lock": lock, "clean": clean,
}  # fmt: skip


def main() -> None:
    """Run one task."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file runs before any package says so
        sys.exit("Triptych needs Python 3.11 or later; this is " + sys.version.split()[0])
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    listed = "; ".join(f"{name}: {(task.__doc__ or '').splitlines()[0]}" for name, task in TASKS.items())
    parser.add_argument("task", choices=TASKS, metavar="TASK", help=listed)
    chosen, rest = parser.parse_known_args()
    if chosen.task != "clean":
        setup()
    if chosen.task != "setup":
        TASKS[chosen.task](*rest)


if __name__ == "__main__":
    main()
