from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from agent.build import open_workspace, service_of
from agent.llm.scripted import ScriptedClient
from agent.service import Service
from agent.state import ModelStatus
from core.settings import Settings
from tests.agent.workspace import NOW
from ui.api.app import create_app

WISH = "I loved Alien and Fargo, something tense but not gory, after 1990"


@pytest.fixture(scope="module")
def service(small_settings: Settings) -> Iterator[Service]:
    workspace = open_workspace(small_settings, now=lambda: NOW)
    yield service_of(workspace, ScriptedClient(status=ModelStatus(state="offline", name="none")))
    workspace.database.close()


@pytest.fixture(scope="module")
def client(service: Service) -> TestClient:
    return TestClient(create_app(service), raise_server_exceptions=False)


def test_a_turn_obeys_the_limits_and_says_what_ran(client: TestClient) -> None:
    turn = client.post("/v1/chat", json={"user_id": "ann", "text": WISH}).json()
    assert turn["items"]
    for item in turn["items"]:
        assert item["year"] > 1990
        assert "Horror" not in item["facets"]["genre"]
        assert item["title"] not in {"Alien", "Fargo"}
        assert any(reason["text"] for reason in item["reasons"])
    assert "recommend" in {call["tool"] for call in turn["calls"]}
    assert turn["model"]["degraded"]
    events = client.get("/v1/users/ann/events").json()
    assert {event["item_id"] for event in events if event["kind"] == "like"} == {"tt0078748", "tt0116282"}


def test_a_streamed_turn_ends_with_the_whole_one(client: TestClient) -> None:
    answer = client.post("/v1/chat/stream", json={"user_id": "bea", "text": WISH})
    assert answer.headers["content-type"].startswith("text/event-stream")
    blocks = [dict(line.split(": ", 1) for line in block.splitlines()) for block in answer.text.split("\n\n") if block]
    kinds = [block["event"] for block in blocks]
    assert kinds.index("step") < kinds.index("cards") < kinds.index("text") < kinds.index("done")
    said = "".join(json.loads(block["data"])["delta"] for block in blocks if block["event"] == "text")
    assert json.loads(blocks[-1]["data"])["turn"]["reply"].strip() == said.strip()


def test_contributions_sum_to_the_score_and_the_explanation_agrees(client: TestClient) -> None:
    body = {"user_id": "p3", "k": 5, "topics": ["genre:Thriller"], "constraints": {"ranges": {"year": {"low": 1991}}}}
    slate = client.post("/v1/recommendations", json=body).json()
    assert len(slate["items"]) == 5
    for rank, item in enumerate(slate["items"], start=1):
        total = slate["intercept"] + sum(reason["contribution"] for reason in item["reasons"])
        assert total == pytest.approx(item["score"], abs=1e-6)
        why = client.post(f"/v1/explanations/{item['id']}", json=body).json()
        assert why["rank"] == rank
        assert why["item"]["score"] == pytest.approx(item["score"], abs=1e-6)
        assert why["item"]["chances"] == pytest.approx(item["chances"], abs=1e-6)


def test_chances_are_probabilities_and_described(client: TestClient) -> None:
    body = {"user_id": "p3", "k": 5, "at": "2024-06-01T12:00:00Z"}
    for item in client.post("/v1/recommendations", json=body).json()["items"]:
        assert 0 < item["chances"]["rating"] < 1
        assert item["chance_text"] == ""
    stranger = client.post("/v1/recommendations", json={"k": 1}).json()["items"][0]
    assert (stranger["chances"], stranger["chance_text"]) == ({}, "")
    schema = client.get("/openapi.json").json()["components"]["schemas"]["Recommendation"]
    assert {"chances", "chance_text"} <= set(schema["properties"])


def test_why_and_why_not_have_answers_that_agree_with_the_slate(client: TestClient) -> None:
    body = {"user_id": "p3", "k": 5}
    items = client.post("/v1/recommendations", json=body).json()["items"]
    longer = client.post("/v1/recommendations", json=body | {"k": 30}).json()["items"]
    shown = items[0]
    below = next(item for item in longer[10:] if item["id"] not in {card["id"] for card in items})
    assert client.post(f"/v1/explanations/{shown['id']}", json=body).json()["why_not"] is None
    missed = client.post(f"/v1/explanations/{below['id']}", json=body).json()
    assert missed["rank"] > 5
    assert missed["why_not"]["status"] == "lower"
    over = client.post(f"/v1/explanations/{shown['id']}/over/{below['id']}", json=body).json()
    assert over["difference"] == pytest.approx(shown["score"] - missed["item"]["score"], abs=1e-6)
    assert sum(gap["difference"] for gap in over["gaps"]) == pytest.approx(over["difference"], abs=1e-6)
    without = client.post(f"/v1/explanations/{shown['id']}/without", json=body).json()
    assert (without["rank"], without["k"]) == (1, 5)
    assert without["status"] in {"found", "anyway", "many"}
    assert client.post("/v1/explanations/nothing/without", json=body).status_code == 404
    assert client.post(f"/v1/explanations/{shown['id']}/over/nothing", json=body).status_code == 404


def test_what_an_explanation_holds_is_described(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    schemas = described["components"]["schemas"]
    for name in ("Explanation", "GroupPart", "Contrast", "GroupGap", "Counterfactual", "WhyNot", "Change", "Ground"):
        assert len(schemas[name]["description"]) > 20
    for path in ("/v1/explanations/{item_id}/over/{other_id}", "/v1/explanations/{item_id}/without"):
        assert described["paths"][path]["post"]["summary"]


def test_what_a_forecast_holds_is_described(client: TestClient) -> None:
    schemas = client.get("/openapi.json").json()["components"]["schemas"]
    assert {"lo95", "hi95", "outlook", "drift"} <= set(schemas["Forecast"]["properties"])
    assert {"active", "adventurousness", "adoptions", "returns"} <= set(schemas["Outlook"]["properties"])
    assert {"at", "size", "probability", "event_ids"} <= set(schemas["Drift"]["properties"])
    for name in ("Forecast", "Outlook", "Drift", "TopicChance", "TopicReturn"):
        assert len(schemas[name]["description"]) > 20


def test_the_timeline_and_forecast_of_a_person(client: TestClient) -> None:
    timeline = client.get("/v1/users/p3/timeline", params={"period": "month"}).json()
    assert len(timeline["periods"]) == len(timeline["shares"]) == len(timeline["counts"]) >= 7
    forecast = client.get("/v1/users/p3/forecast", params={"horizon": 2}).json()
    assert len(forecast["shares"]) == 2
    assert sum(forecast["shares"][0]) == pytest.approx(1.0, abs=1e-4)


def test_events_are_idempotent_and_can_be_taken_back(client: TestClient) -> None:
    event = {"at": "2024-05-01T12:00:00Z", "kind": "like", "item_id": "tt0078748", "value": 1, "key": "k"}
    assert client.post("/v1/users/cas/events", json=[event]).json() == {"added": 1, "duplicates": 0}
    assert client.post("/v1/users/cas/events", json=[event]).json() == {"added": 0, "duplicates": 1}
    (kept,) = client.get("/v1/users/cas/events").json()
    assert client.delete(f"/v1/users/cas/events/{kept['id']}").json()["retracted_at"]
    assert client.get("/v1/users/cas/events").json() == []


def test_a_person_can_be_exported_and_forgotten(client: TestClient) -> None:
    client.post("/v1/users/dan/feedback", json={"item_id": "tt0078748", "verdict": "like"})
    assert client.get("/v1/users/dan/export").json()["feedback"][0]["item_id"] == "tt0078748"
    assert client.delete("/v1/users/dan").json()["feedback"] == 1
    assert not client.get("/v1/users/dan/export").json()["feedback"]


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "words"),
    [
        ("get", "/v1/items/nothing", None, 404, "no item 'nothing'"),
        ("get", "/v1/elsewhere", None, 404, "Not Found"),
        ("post", "/v1/chat", {"user_id": "ann", "text": "hi", "conversation_id": "x"}, 404, "no conversation 'x'"),
        ("post", "/v1/chat", {"user_id": "ann", "text": " \u0000 "}, 422, "empty"),
        ("post", "/v1/chat", {"user_id": "ann"}, 422, "text: Field required"),
        ("post", "/v1/recommendations", {"k": 0}, 422, "k: Input should be greater"),
        ("get", "/v1/users/ann/forecast?horizon=99", None, 422, "horizon: Input should be less"),
        ("post", "/v1/users/ann/events", [{"at": "2999-01-01T00:00:00Z", "kind": "like"}], 422, "in the future"),
        ("post", "/v1/users/ann/feedback", {"item_id": "no", "verdict": "like"}, 404, "no item 'no'"),
    ],
)
def test_errors_are_problem_details(
    client: TestClient, method: str, path: str, body: object, status: int, words: str
) -> None:
    answer = client.request(method, path, json=body)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert problem["instance"] == path.split("?")[0]
    assert words in problem["detail"]


def test_an_unexpected_error_tells_nothing_of_the_inside(client: TestClient, service: Service) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(service, "timeline", lambda *_: 1 / 0)
        answer = client.get("/v1/users/ann/timeline")
    assert answer.status_code == 500
    assert "ZeroDivision" not in answer.text


def test_health_metrics_and_request_ids(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json()["model"]["state"]) == (200, "offline")
    answer = client.get("/healthz", headers={"x-request-id": "mine"})
    assert answer.headers["x-request-id"] == "mine"
    metrics = client.get("/metrics").text
    assert 'driftline_requests_total{method="GET",route="/healthz",status="200"}' in metrics
    assert "driftline_model_ready 0.0" in metrics


def test_a_token_guards_everything_but_health(service: Service) -> None:
    guarded = TestClient(create_app(service, token="opensesame"))
    for path in ("/v1/users/ann/events", "/metrics", "/openapi.json", "/docs"):
        refused = guarded.get(path)
        assert refused.status_code == 401, path
        assert refused.headers["www-authenticate"] == "Bearer"
        assert guarded.get(path, headers={"authorization": "Bearer wrong"}).status_code == 401
        assert guarded.get(path, headers={"authorization": "Bearer opensesame"}).status_code == 200
    assert guarded.get("/healthz").status_code == 200


def test_every_route_is_documented(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    documented = {path: ways for path, ways in document["paths"].items() if path.startswith("/v1")}
    assert {"/v1/chat", "/v1/recommendations", "/v1/users/{user_id}/timeline"} <= set(documented)
    for path, ways in documented.items():
        assert all(way["summary"] and way["tags"] for way in ways.values()), path
