"""What the environment says, read once: every setting of a running Triptych has a `TRIPTYCH_` name here."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url
import platformdirs


def text(name: str, default: str = "") -> str:
    """The variable, or the default where it is unset or empty."""
    return os.environ.get(name) or default


def switch(name: str) -> bool:
    """Whether the variable says yes."""
    return text(name).lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str) -> list[str]:
    """A comma-separated list."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def whole_number(name: str, default: int) -> int | None:
    """A number, or None where the variable holds something else: a system check reports that."""
    value = text(name, str(default))
    return int(value) if value.isdecimal() else None


def data_directory() -> Path:
    """Where the SQLite database, the secret key and attached files are; made at need, for the owner alone."""
    chosen = text("TRIPTYCH_DATA_DIR")
    path = Path(chosen) if chosen else Path(platformdirs.user_data_dir("triptych", appauthor=False))
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def secret_key(directory: Path) -> str:
    """The key of the environment, or one that is generated once and kept readable by the owner alone."""
    if given := text("TRIPTYCH_SECRET_KEY"):
        return given
    path = directory / "secret-key"
    try:
        # O_EXCL: of two processes that start together, one writes the key and the other reads it.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    key = secrets.token_urlsafe(50)
    with os.fdopen(handle, "w") as file:
        file.write(key)
    return key


def database(directory: Path) -> dict[str, Any]:
    """The database by DATABASE_URL, or SQLite in the data directory."""
    config: dict[str, Any] = dict(
        dj_database_url.parse(text("DATABASE_URL", f"sqlite:///{directory / 'triptych.sqlite3'}"))
    )
    if config["ENGINE"].endswith("sqlite3"):
        return config | _SQLITE
    if config["ENGINE"].endswith("postgresql"):
        config["OPTIONS"] = config.get("OPTIONS", {}) | {
            "pool": {"min_size": 2, "max_size": 16, "timeout": 20}
        }
        # A persistent connection would never go back to the pool.
        config["CONN_MAX_AGE"] = 0
    return config


_SQLITE: dict[str, Any] = {
    "CONN_MAX_AGE": None,
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
        " PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY",
    },
}

_MAIL_PORTS = {"smtp": 25, "smtps": 465, "smtp+tls": 587}


def mail() -> dict[str, Any]:
    """Django's mail settings, from TRIPTYCH_MAIL_URL (`smtp+tls://user:password@host:587`) or its parts."""
    url = urlsplit(text("TRIPTYCH_MAIL_URL"))
    host = url.hostname or text("TRIPTYCH_MAIL_HOST")
    scheme = url.scheme or text("TRIPTYCH_MAIL_SCHEME", "smtp+tls")
    if not host:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": host,
        "EMAIL_PORT": url.port or whole_number("TRIPTYCH_MAIL_PORT", _MAIL_PORTS.get(scheme, 25)),
        "EMAIL_HOST_USER": unquote(url.username or text("TRIPTYCH_MAIL_USER")),
        "EMAIL_HOST_PASSWORD": unquote(url.password or text("TRIPTYCH_MAIL_PASSWORD")),
        "EMAIL_USE_SSL": scheme == "smtps",
        "EMAIL_USE_TLS": scheme == "smtp+tls",
        "EMAIL_TIMEOUT": 15,
    }
