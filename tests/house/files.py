"""The files of the repository that people write."""

from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
#: Made by tools, or brought in by them.
MADE = {".git", ".venv", "node_modules", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis",
        ".import_linter_cache", ".look", "dist", "build"}  # fmt: skip
BUILT = ROOT / "src" / "triptych" / "web" / "pages"
GENERATED = {"openapi.json", "package-lock.json", "requirements.lock"}


@cache
def written() -> tuple[Path, ...]:
    """Every text file that is not generated, sorted."""
    found: list[Path] = []
    folders = [ROOT]
    while folders:
        for path in folders.pop().iterdir():
            if path.name in MADE or path == BUILT or path.suffix == ".tsbuildinfo":
                continue
            if path.is_dir():
                folders.append(path)
            elif path.name not in GENERATED and is_text(path):
                found.append(path)
    return tuple(sorted(found))


def is_text(path: Path) -> bool:
    """Whether the file holds text: no NUL among its first bytes."""
    with path.open("rb") as stream:
        return b"\0" not in stream.read(4096)
