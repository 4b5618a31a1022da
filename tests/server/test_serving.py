"""The server as it is started: one process on a free port, spoken to over the wire."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import urlsplit

import pytest

from triptych.web.shell import PAGES

PASSWORD = "correct horse battery"
FOUND = f"""
from triptych.server.serve import prepare
prepare()
from triptych.apps.project.actions import found_workspace
found_workspace(name="Acme", email="alice@example.com", person="Alice Archer", password={PASSWORD!r})
"""


@dataclass
class Served:
    """A running server."""

    process: subprocess.Popen[str]
    host: str
    port: int

    def ask(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> tuple[http.client.HTTPResponse, bytes]:
        connection = http.client.HTTPConnection(self.host, self.port, timeout=20)
        try:
            connection.request(method, path, body or None, headers or {})
            answer = connection.getresponse()
            return answer, answer.read()
        finally:
            connection.close()

    def signed_in(self) -> dict[str, str]:
        """The headers of a signed-in browser."""
        first, _ = self.ask("GET", "/api/v1/session")
        token = SimpleCookie(first.headers["Set-Cookie"])["csrftoken"].value
        headers = {"Cookie": f"csrftoken={token}", "X-CSRFToken": token, "Content-Type": "application/json"}
        body = json.dumps({"email": "alice@example.com", "password": PASSWORD}).encode()
        answer, _ = self.ask("POST", "/api/v1/session", body, headers)
        assert answer.status == 200
        cookies = SimpleCookie(", ".join(answer.headers.get_all("Set-Cookie") or []))
        return {"Cookie": "; ".join(f"{name}={morsel.value}" for name, morsel in cookies.items())}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    }
    environment |= {"TRIPTYCH_DATA_DIR": str(folder), "TRIPTYCH_MAX_UPLOAD_MB": "1"}
    subprocess.run([sys.executable, "-c", FOUND], env=environment, check=True)  # noqa: S603
    process = start(environment)
    assert process.stdout is not None
    address = urlsplit(process.stdout.readline().split(" at ")[1].strip())
    yield Served(process, address.hostname or "", address.port or 0)
    process.kill()
    process.wait()
    process.stdout.close()


def start(environment: dict[str, str]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "triptych.server", "serve", "--port", "0"]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)  # noqa: S603


@pytest.mark.parametrize(
    "path", ["/", "/projects/1", "/api/v1/tree", "/api/nothing", "/static/nothing", "/api/v1/live"]
)
def test_every_answer_has_the_security_headers(served: Served, path: str) -> None:
    answer, _ = served.ask("GET", path)
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "Server" not in answer.headers


def test_every_other_address_is_the_page_and_nothing_else(served: Served) -> None:
    answer, body = served.ask("GET", "/projects/7/plan")
    assert answer.status in {200, 503}
    assert body.lower().startswith(b"<!doctype html>")
    assert served.ask("POST", "/projects/7/plan")[0].status in {403, 405}
    assert served.ask("GET", "/static/pages/../../settings.py")[0].status == 404
    assert served.ask("GET", "/static/pages/%2e%2e/shell.py")[0].status == 404


def test_a_body_over_the_limit_is_refused_before_it_is_read(served: Served) -> None:
    headers = {"Content-Length": str(2**30), "Content-Type": "application/json"}
    connection = http.client.HTTPConnection(served.host, served.port, timeout=5)
    connection.putrequest("POST", "/api/v1/imports")
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    assert answer.status == 413
    assert json.loads(answer.read())["code"] == "import.too-large"
    connection.close()


def test_a_body_of_unannounced_size_is_not_read(served: Served) -> None:
    connection = http.client.HTTPConnection(served.host, served.port, timeout=5)
    try:
        chunks = iter([b"{}"])
        headers = served.signed_in() | {"Content-Type": "application/json"}
        headers["X-CSRFToken"] = SimpleCookie(headers["Cookie"])["csrftoken"].value
        connection.request("POST", "/api/v1/undo", chunks, headers, encode_chunked=True)
        assert connection.getresponse().status == 422
    finally:
        connection.close()


def test_assets_are_kept_for_ever_and_the_page_is_not(served: Served) -> None:
    if not (PAGES / "assets").is_dir():
        pytest.skip("the pages are not built")
    asset = next((PAGES / "assets").iterdir()).name
    answer, _ = served.ask("GET", f"/static/pages/assets/{asset}")
    assert answer.status == 200
    assert "immutable" in answer.headers["Cache-Control"]
    assert served.ask("GET", "/")[0].headers["Cache-Control"] == "no-cache"


def test_secrets_are_readable_by_the_owner_alone(
    served: Served, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert served.process.poll() is None
    key = next(tmp_path_factory.getbasetemp().glob("served*/secret-key"))
    assert key.stat().st_mode & 0o777 == 0o600


def test_it_stops_at_once_though_streams_are_open(served: Served) -> None:
    """The last test of the module: it ends the server."""
    headers = served.signed_in()
    connection = http.client.HTTPConnection(served.host, served.port, timeout=20)
    connection.request("GET", "/api/v1/live", headers=headers)
    stream = connection.getresponse()
    assert stream.status == 200
    assert stream.headers["Content-Type"].startswith("text/event-stream")
    assert stream.readline() == b"retry: 1000\n"
    began = time.monotonic()
    served.process.send_signal(signal.SIGTERM)
    served.process.wait(timeout=10)
    assert time.monotonic() - began < 2
    connection.close()
