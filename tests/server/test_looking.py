"""An audit from the command line: it reads what is there, and makes nothing where nothing is."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

FOUND = """
from triptych.server.serve import prepare
prepare()
from triptych.apps.project.actions import found_workspace
found_workspace(name="Acme", email="alice@example.com", person="Alice Archer", password="correct horse battery")
"""


def run(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "TRIPTYCH_SECRET_KEY"}
    }
    environment |= {"TRIPTYCH_DATA_DIR": str(folder)} | variables
    command = [sys.executable, *arguments]
    return subprocess.run(command, env=environment, check=False, capture_output=True, text=True)  # noqa: S603


def audit(folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return run(folder, "-m", "triptych.server", "audit", "verify", **variables)


def test_an_audit_of_nothing_says_so_and_makes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "none"
    told = audit(folder)
    assert told.returncode == 2
    assert str(folder / "triptych.sqlite3") in told.stderr
    assert "TRIPTYCH_DATA_DIR" in told.stderr
    assert "DATABASE_URL" in told.stderr
    other = tmp_path / "other.sqlite3"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE thing (id INTEGER)")
    connection.close()
    before = other.read_bytes()
    assert audit(folder, DATABASE_URL=f"sqlite:///{other}").returncode == 2
    assert other.read_bytes() == before
    away = audit(folder, DATABASE_URL="postgres://ines:wordofhers@127.0.0.1:1/acme")
    assert away.returncode == 2
    assert "acme on 127.0.0.1" in away.stderr
    assert "wordofhers" not in away.stderr
    assert list(tmp_path.iterdir()) == [other]


def test_an_audit_reads_a_log_and_exits_1_where_it_was_altered(tmp_path: Path) -> None:
    made = run(tmp_path, "-c", FOUND)
    assert made.returncode == 0, made.stderr
    held = audit(tmp_path)
    assert (held.returncode, "The chain holds." in held.stdout) == (0, True), held.stderr
    with sqlite3.connect(tmp_path / "triptych.sqlite3") as connection:
        connection.execute("UPDATE history_logentry SET sentence = 'Nothing happened'")
    connection.close()
    altered = audit(tmp_path)
    assert (altered.returncode, "BROKEN at entry" in altered.stdout) == (1, True)
    nowhere = run(tmp_path, "-m", "triptych.server", "audit", "verify", "--workspace", "99")
    assert (nowhere.returncode, "no such workspace" in nowhere.stderr) == (2, True)
