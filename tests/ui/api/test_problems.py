from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr
from sqlalchemy.exc import OperationalError

from agent.build import open_workspace, service_of
from agent.llm.scripted import ScriptedClient
from agent.service import Service
from core.errors import NotTrainedError
from core.settings import Settings
from ui.api.app import create_app
from ui.api.problems import KINDS

JSON = {"content-type": "application/json"}


@pytest.mark.parametrize(
    ("method", "path", "body", "kind", "words"),
    [
        ("get", "/v1/items/nothing", None, "not-found", "no item 'nothing'"),
        ("get", "/v1/elsewhere", None, "not-found", "no path '/v1/elsewhere'"),
        ("post", "/v1/chat", {"user_id": "ann", "text": "hi", "conversation_id": "x"}, "not-found", "'x'"),
        ("post", "/v1/chat", {"user_id": "ann", "text": " \u0000 "}, "unusable-input", "empty"),
        ("post", "/v1/chat", {"user_id": "ann"}, "invalid-request", "text: Field required"),
        ("post", "/v1/recommendations", {"k": 0}, "invalid-request", "k: Input should be greater"),
        ("post", "/v1/recommendations", {"at": "1500-01-01T00:00:00Z"}, "unusable-input", "1500-01-01"),
        ("get", "/v1/users/ann/forecast?horizon=99", None, "invalid-request", "horizon: Input should be less"),
        ("get", "/v1/users/ann/events?cursor=abcd", None, "unusable-input", "cursor 'abcd'"),
        ("post", "/v1/users/ann/events", {"at": "2999-01-01T00:00:00Z", "kind": "like"}, "unusable-input", "future"),
        ("post", "/v1/users/ann/feedback", {"item_id": "no", "verdict": "like"}, "not-found", "no item 'no'"),
        ("delete", "/v1/users/ann/events/none", None, "not-found", "no event 'none'"),
        ("get", "/v1/users/ann/conversations/none", None, "not-found", "no conversation 'none'"),
        ("delete", "/v1/users/ann/conversations/none", None, "not-found", "no conversation 'none'"),
        ("patch", "/v1/users/ann/consent", {}, "no-method", "PATCH"),
    ],
)
def test_errors_are_problem_details(
    client: TestClient, method: str, path: str, body: object, kind: str, words: str
) -> None:
    answer = client.request(method, path, json=body)
    problem = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, problem["status"]) == (KINDS[kind].status, KINDS[kind].status)
    assert (problem["type"], problem["title"]) == (KINDS[kind].type, KINDS[kind].title)
    assert problem["instance"] == path.split("?")[0]
    assert words in problem["detail"]
    assert problem["remedy"]
    assert problem["request_id"] == answer.headers["x-request-id"]


def test_every_kind_of_problem_is_described_at_its_address(client: TestClient) -> None:
    kinds = client.get("/problems").json()
    assert {kind["type"] for kind in kinds} == {f"/problems/{name}" for name in KINDS}
    for kind in kinds:
        assert client.get(kind["type"]).json() == kind
        assert kind["meaning"]
        assert kind["remedy"]
    assert client.get("/problems/nothing").status_code == 404


def test_every_invalid_field_is_listed_with_what_was_given(client: TestClient) -> None:
    body = {
        "k": 0,
        "query": "x" * 3000,
        "seen_too": "yes",
        "constraints": {"ranges": {"year": {"low": "old"}}},
        "a/b": 1,
        "user_id": " ann",
    }
    errors = client.post("/v1/recommendations", json=body).json()["errors"]
    found = {error["pointer"]: error for error in errors}
    assert set(found) == {"#/k", "#/query", "#/seen_too", "#/constraints", "#/a~1b", "#/user_id"}
    assert found["#/k"]["value"] == 0
    assert len(found["#/query"]["value"]) == 200
    assert {error["place"] for error in errors} == {"body"}
    (wrong,) = client.get("/v1/users/ann/forecast?horizon=0").json()["errors"]
    assert (wrong["place"], wrong["pointer"], wrong["value"]) == ("query", "#/horizon", "0")


def test_a_missing_field_has_no_value(client: TestClient) -> None:
    (missing,) = client.post("/v1/chat", json={"user_id": "ann"}).json()["errors"]
    assert (missing["pointer"], missing["value"]) == ("#/text", None)


@pytest.mark.parametrize("body", ["{nope", '{"k": 1,}', "[" * 5000, '{"k": ' + "9" * 5000 + "}", b"\xff\xfe"])
def test_what_is_no_json_is_malformed(client: TestClient, body: str | bytes) -> None:
    answer = client.post("/v1/recommendations", content=body, headers=JSON)
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/malformed")


def test_a_body_that_is_missing_is_a_missing_field(client: TestClient) -> None:
    answer = client.post("/v1/recommendations", headers=JSON)
    assert (answer.status_code, answer.json()["detail"]) == (422, "body: Field required.")


def test_what_was_sent_is_told_in_json_whatever_it_was(client: TestClient) -> None:
    answer = client.post("/v1/recommendations", content='{"query": "\\ud800", "k": NaN}', headers=JSON)
    values = {error["pointer"]: error["value"] for error in answer.json()["errors"]}
    assert (answer.status_code, values["#/k"], values["#/query"]) == (422, "NaN", "\ud800")


def test_other_media_types_are_refused(client: TestClient) -> None:
    answer = client.post("/v1/recommendations", content="k=1", headers={"content-type": "text/plain"})
    assert (answer.status_code, answer.json()["type"]) == (415, "/problems/not-json")
    assert "text/plain" in answer.json()["detail"]


@pytest.mark.parametrize("announced", [True, False])
def test_a_body_that_is_too_large_is_refused(client: TestClient, announced: bool) -> None:
    def pieces() -> Any:
        for _ in range(5):
            yield b" " * 2**20

    answer = client.post("/v1/recommendations", content=b" " * 5 * 2**20 if announced else pieces(), headers=JSON)
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too-large")


@pytest.mark.parametrize("announced", [True, False])
def test_a_webhook_that_is_too_large_is_refused_before_its_signature(small_settings: Settings, announced: bool) -> None:
    def pieces() -> Any:
        for _ in range(5):
            yield b" " * 2**20

    secret = SecretStr("x")
    told = {"chatwoot_url": "https://chatwoot.example", "chatwoot_token": secret, "chatwoot_secret": secret}
    service = service_of(open_workspace(small_settings.model_copy(update=told)), ScriptedClient())
    door = TestClient(create_app(service), raise_server_exceptions=False)
    answer = door.post("/webhooks/chatwoot", content=b" " * 5 * 2**20 if announced else pieces(), headers=JSON)
    service.close()
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too-large")


@pytest.mark.parametrize(
    "error", [NotTrainedError("ranker"), OperationalError("select", {}, Exception("database is locked"))]
)
def test_what_is_not_ready_says_when_to_come_back(client: TestClient, service: Service, error: Exception) -> None:
    def fail(*_: object) -> None:
        raise error

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(service, "recommend", fail)
        answer = client.post("/v1/recommendations", json={})
        batch = client.post("/v1/batch/explanations", json={"user_ids": ["ann"]})
    for each in (answer, batch):
        assert (each.status_code, each.json()["type"]) == (503, "/problems/not-ready")
        assert int(each.headers["retry-after"]) > 0
        assert "locked" not in each.text


def test_an_unexpected_error_tells_nothing_of_the_inside(client: TestClient, service: Service) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(service, "timeline", lambda *_: 1 / 0)
        answer = client.get("/v1/users/ann/timeline", headers={"x-request-id": "mine"})
    assert (answer.status_code, answer.json()["type"]) == (500, "/problems/internal")
    assert answer.headers["x-request-id"] == answer.json()["request_id"] == "mine"
    assert "ZeroDivision" not in answer.text
