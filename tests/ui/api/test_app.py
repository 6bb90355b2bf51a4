from __future__ import annotations

import gzip

import pytest
from fastapi.testclient import TestClient

from agent.service import Service
from ui.api.app import create_app
from ui.web.app import mount


def test_health_metrics_and_request_ids(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json()["model"]["state"]) == (200, "offline")
    answer = client.get("/healthz", headers={"x-request-id": "mine"})
    assert answer.headers["x-request-id"] == "mine"
    assert client.get("/healthz", headers={"x-request-id": "two words"}).headers["x-request-id"] != "two words"
    metrics = client.get("/metrics").text
    assert 'driftline_requests_total{method="GET",route="/healthz",status="200"}' in metrics
    assert "driftline_model_ready 0.0" in metrics


def test_the_log_names_routes_and_no_people(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", logger="ui.api.middleware"):
        client.get("/v1/users/ann-of-the-log/timeline")
    assert "GET /v1/users/{user_id}/timeline" in caplog.text
    assert "ann-of-the-log" not in caplog.text
    assert 'route="/v1/users/{user_id}/timeline"' in client.get("/metrics").text


def test_the_page_of_the_document_says_something_without_the_internet(client: TestClient) -> None:
    page = client.get("/docs").text
    shown, _, loaded = page.partition("<script")
    assert '<a href="/openapi.json">' in shown
    assert "POST /v1/recommendations/what-if</code> The slate without some events" in shown
    assert 'media="print"' in shown
    assert "swagger-ui-bundle" in loaded


def test_a_token_guards_everything_but_health_and_the_kinds_of_problems(service: Service) -> None:
    guarded = TestClient(create_app(service, token="opensesame"))
    for path in ("/v1/users/ann/events", "/metrics", "/openapi.json", "/docs", "/v1/nothing"):
        refused = guarded.get(path)
        assert refused.status_code == 401, path
        assert refused.headers["www-authenticate"] == "Bearer"
        assert refused.headers["x-request-id"]
        assert guarded.get(path, headers={"authorization": "Bearer wrong"}).status_code == 401
        known = guarded.get(path, headers={"authorization": "Bearer opensesame"}).status_code
        assert known == (404 if path == "/v1/nothing" else 200)
    assert guarded.get("/healthz").status_code == 200
    assert guarded.get("/problems/unauthorised").json()["remedy"]


def test_a_token_may_hold_any_letters(service: Service) -> None:
    guarded = TestClient(create_app(service, token="öffne dich"))
    known = {b"authorization": "Bearer öffne dich".encode()}
    assert guarded.get("/v1/topics", headers=known).status_code == 200
    assert guarded.get("/v1/topics", headers={"authorization": "Bearer offne dich"}).status_code == 401


def test_long_answers_are_compressed(client: TestClient) -> None:
    plain = client.get("/openapi.json", headers={"accept-encoding": "identity"})
    packed = client.get("/openapi.json", headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.text == plain.text
    assert len(gzip.compress(plain.content)) < len(plain.content) / 2


def test_the_document_is_sent_once(client: TestClient) -> None:
    first = client.get("/openapi.json")
    again = client.get("/openapi.json", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/openapi.json", headers={"if-none-match": 'W/"other"'}).status_code == 200


def test_scripts_of_named_pages_may_call_and_no_others(service: Service, client: TestClient) -> None:
    shop = TestClient(create_app(service, token="opensesame", origins=("https://shop.example",)))
    asked = {"origin": "https://shop.example", "access-control-request-method": "POST"}
    before = shop.options("/v1/chat", headers=asked | {"access-control-request-headers": "authorization"})
    assert before.headers["access-control-allow-origin"] == "https://shop.example"
    refused = shop.get("/v1/items/tt0078748", headers={"origin": "https://shop.example"})
    assert (refused.status_code, refused.headers["access-control-allow-origin"]) == (401, "https://shop.example")
    foreign = shop.get("/v1/items/tt0078748", headers={"origin": "https://elsewhere.example"})
    assert "access-control-allow-origin" not in foreign.headers
    assert "access-control-allow-origin" not in client.get("/healthz", headers={"origin": "https://a.b"}).headers


def test_personal_data_are_not_kept_on_the_way_and_items_are_asked_about_again(client: TestClient) -> None:
    for path in ("/v1/users/p3/events", "/v1/users/p3/timeline", "/v1/users/p3/export"):
        assert client.get(path).headers["cache-control"] == "no-store"
    assert client.get("/v1/items/tt0078748").headers["cache-control"] == "private, no-cache"


@pytest.mark.parametrize("path", ["/v1/items/tt0078748", "/v1/users/p3/timeline", "/v1/users/p3/events?limit=3"])
def test_what_the_client_has_is_not_sent_again(client: TestClient, path: str) -> None:
    first = client.get(path)
    tag = first.headers["etag"]
    again = client.get(path, headers={"if-none-match": f'"x", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)


def test_a_timeline_that_has_changed_is_sent(client: TestClient, person: str) -> None:
    first = client.get(f"/v1/users/{person}/events")
    event = {"at": "2024-05-01T12:00:00Z", "kind": "like", "item_id": "tt0078748", "value": 1}
    assert client.post(f"/v1/users/{person}/events", json=event).status_code == 201
    again = client.get(f"/v1/users/{person}/events", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 200
    assert len(again.json()["items"]) == 1


def test_unknown_paths_and_methods_are_problems_also_beside_the_page(service: Service) -> None:
    app = mount(create_app(service), service)
    beside = TestClient(app)
    lost = beside.get("/v1/elsewhere")
    assert (lost.status_code, lost.json()["type"]) == (404, "/problems/not-found")
    wrong = beside.put("/v1/users/ann/events")
    assert (wrong.status_code, wrong.json()["type"]) == (405, "/problems/no-method")
    assert wrong.headers["allow"] == "GET, POST"
    assert beside.get("/v1/chat/").status_code == 404
