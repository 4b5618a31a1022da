"""Fixtures. The cast is in `tests/cast.py`; settings that tests need differently, in `tests/settings.py`."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from pytest_django import DjangoDbBlocker

from tests.cast import Company, found_company, recall_company
from triptych.apps.project import bridge


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> None:
    """On SQLite the test database is a file, as in production: threads share it under the same locks."""
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        path = tmp_path_factory.mktemp("database") / f"{worker_id}.sqlite3"
        settings.DATABASES["default"]["TEST"] = settings.DATABASES["default"].get("TEST", {}) | {
            "NAME": str(path)
        }
    elif worker_id != "master":
        settings.DATABASES["default"]["TEST"]["NAME"] = f"test_triptych_{worker_id}"


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    """The name of the xdist worker, also without xdist."""
    return str(getattr(request.config, "workerinput", {}).get("workerid", "master"))


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """Databases are rolled back and count anew: what the process remembers by number must go too."""
    bridge.forget()
    cache.clear()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:  # noqa: ARG001
    """Found the company once; every test then works in a transaction that is rolled back."""
    with django_db_blocker.unblock():
        found_company()


@pytest.fixture
def company(db: None) -> Company:  # noqa: ARG001
    """The company; founded anew after a test that has emptied the tables."""
    return recall_company() or found_company()


@pytest.fixture
def plan_file() -> bytes:
    """A small plan as Microsoft Project XML."""
    return (Path(__file__).parent / "apps" / "small.xml").read_bytes()
