"""Signing in and out."""

import json
from typing import Any

from django.conf import settings
from django.test import Client

from tests.cast import PASSWORD, Company, door
from triptych.apps.people.actions import TRIES


def sign_in(client: Client, email: str, password: str, **headers: str) -> Any:
    body = json.dumps({"email": email, "password": password})
    return client.post("/api/v1/session", body, "application/json", headers=headers)


def test_sign_in_and_out(company: Company) -> None:  # noqa: ARG001
    client = Client()
    assert client.get("/api/v1/session").status_code == 401
    session = sign_in(client, "Alice@Example.com", PASSWORD)
    assert session.status_code == 200
    assert session.json()["user"]["initials"] == "AA"
    assert session.json()["role"] == "administrator"
    assert session.json()["may"] == {"import": True, "administer": True}
    assert client.get("/api/v1/session").json() == session.json()
    cookie = session.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert client.delete("/api/v1/session").status_code == 204
    assert client.get("/api/v1/session").status_code == 401


def test_a_wrong_password_and_an_unknown_person_are_answered_alike(company: Company) -> None:  # noqa: ARG001
    wrong = sign_in(Client(), "alice@example.com", "wrong")
    unknown = sign_in(Client(), "nobody@example.com", "wrong")
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json()["code"] == "session.bad-credentials"
    assert wrong.content == unknown.content


def test_guessing_is_slowed_down(company: Company) -> None:  # noqa: ARG001
    for _ in range(TRIES):
        assert sign_in(Client(), "alice@example.com", "wrong").status_code == 401
    assert sign_in(Client(), "alice@example.com", PASSWORD).status_code == 429
    assert sign_in(Client(), "bob@example.com", PASSWORD).status_code == 200


def test_somebody_who_has_left_cannot_sign_in_or_stay(company: Company) -> None:
    client = door(company.bob)
    company.bob.is_active = False
    company.bob.save()
    assert client.get("/api/v1/tree").status_code == 401
    assert sign_in(Client(), "bob@example.com", PASSWORD).status_code == 401


def test_writing_needs_the_token(company: Company) -> None:
    client = Client(enforce_csrf_checks=True)
    assert sign_in(client, "alice@example.com", PASSWORD).status_code == 403
    token = client.get("/api/v1/session").cookies["csrftoken"].value
    assert sign_in(client, "alice@example.com", PASSWORD, **{"X-CSRFToken": token}).status_code == 200
    body = {"changes": [{"op": "set_name", "task": company.tasks["design"], "name": "x"}]}
    path = f"/api/v1/projects/{company.house.pk}/changes"
    refused = client.post(path, json.dumps(body), "application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "request.csrf")
    token = client.cookies["csrftoken"].value
    done = client.post(path, json.dumps(body), "application/json", headers={"X-CSRFToken": token})
    assert done.status_code == 200
