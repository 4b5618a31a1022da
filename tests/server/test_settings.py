"""The environment's settings, and what is said of wrong ones."""

from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.test.utils import override_settings

from triptych.server import checks, environment


@pytest.mark.parametrize(
    ("setting", "code"),
    [
        ({"SECRET_KEY": "short"}, "triptych.E001"),
        ({"DATABASES": {"default": {"ENGINE": "django.db.backends.mysql"}}}, "triptych.E002"),
        ({"MAX_UPLOAD_MB": None}, "triptych.E003"),
        ({"MAX_UPLOAD_MB": 0}, "triptych.E003"),
        ({"TIME_ZONE": "Mars/Olympus"}, "triptych.E004"),
        ({"ALLOWED_HOSTS": ["https://example.com"]}, "triptych.E005"),
        ({"ALLOWED_HOSTS": ["example.com"], "DEBUG": True}, "triptych.E006"),
        ({"ALLOWED_HOSTS": ["example.com"], "HTTPS": False}, "triptych.W001"),
    ],
)
def test_wrong_settings_have_a_code_and_a_way_out(setting: dict[str, Any], code: str) -> None:
    every = (
        checks.check_secret,
        checks.check_database,
        checks.check_upload_limit,
        checks.check_time_zone,
        checks.check_hosts,
    )
    with override_settings():
        from django.conf import settings  # noqa: PLC0415

        for name, value in setting.items():
            setattr(settings, name, value)
        found = [message for check in every for message in check()]
    (message,) = [each for each in found if each.id == code]
    assert message.hint


def test_the_settings_of_the_tests_are_right() -> None:
    assert [each for each in run_checks() if each.id and each.id.startswith("triptych.E")] == []


def test_a_secret_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRIPTYCH_SECRET_KEY", raising=False)
    key = environment.secret_key(tmp_path)
    assert len(key) >= 50
    assert environment.secret_key(tmp_path) == key
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600
    monkeypatch.setenv("TRIPTYCH_SECRET_KEY", "given")
    assert environment.secret_key(tmp_path) == "given"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}),
        (
            "smtp+tls://ann%40example.com:p%2Fw@mail.example.com",
            {"EMAIL_HOST": "mail.example.com", "EMAIL_PORT": 587, "EMAIL_HOST_USER": "ann@example.com",
             "EMAIL_HOST_PASSWORD": "p/w", "EMAIL_USE_TLS": True, "EMAIL_USE_SSL": False},
        ),
        ("smtps://mail.example.com:4650", {"EMAIL_PORT": 4650, "EMAIL_USE_SSL": True}),
    ],
)  # fmt: skip
def test_mail(monkeypatch: pytest.MonkeyPatch, url: str, expected: dict[str, Any]) -> None:
    monkeypatch.setenv("TRIPTYCH_MAIL_URL", url)
    assert expected.items() <= environment.mail().items()


def test_databases(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    sqlite = environment.database(tmp_path)
    assert sqlite["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in sqlite["OPTIONS"]["init_command"]
    monkeypatch.setenv("DATABASE_URL", "postgres://ann@db.example.com/plans")
    postgres = environment.database(tmp_path)
    assert postgres["NAME"] == "plans"
    assert postgres["OPTIONS"]["pool"]["max_size"] > 0
    assert postgres["CONN_MAX_AGE"] == 0
