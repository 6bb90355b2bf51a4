"""Items, and interests over time."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient


def test_items_by_id_in_the_order_asked_for(client: TestClient) -> None:
    found = client.get("/v1/items", params={"id": ["tt0116282", "nothing", "tt0078748"]}).json()
    assert [item["title"] for item in found["items"]] == ["Fargo", "Alien"]
    assert found["missing"] == ["nothing"]
    assert client.get("/v1/items/tt0078748").json() == found["items"][1]


def test_a_search_comes_in_parts_within_its_limits(client: TestClient) -> None:
    body = {"query": "space", "constraints": {"exclude": {"genre": ["Horror"]}, "ranges": {"year": {"low": 1980}}}}
    first = client.post("/v1/search?limit=4", json=body)
    assert first.json()["next_cursor"]
    assert first.headers["link"].endswith('; rel="next"')
    second = client.post(first.headers["link"].split(";")[0].strip("<>"), json=body).json()
    whole = client.post("/v1/search?limit=8", json=body).json()["items"]
    assert [hit["item"]["id"] for hit in first.json()["items"] + second["items"]] == [
        hit["item"]["id"] for hit in whole
    ]
    for hit in whole:
        assert hit["item"]["numbers"]["year"] >= 1980
        assert "Horror" not in hit["item"]["facets"]["genre"]


def test_a_search_that_finds_nothing_says_what_to_relax(client: TestClient) -> None:
    nothing = {"constraints": {"require": {"genre": ["Horror"]}, "ranges": {"year": {"low": 2999}}}}
    found = client.post("/v1/search", json=nothing).json()
    assert found["items"] == []
    assert [entry["constraint"] for entry in found["relaxations"]] == ["year >= 2999"]


def test_what_is_alike_comes_nearest_first_and_without_itself(client: TestClient) -> None:
    found = client.get("/v1/items/tt0078748/similar?limit=5").json()["items"]
    scores = [hit["score"] for hit in found]
    assert scores == sorted(scores, reverse=True)
    ids = [hit["item"]["id"] for hit in found]
    assert ids[0] == "tt0090605"
    assert "tt0078748" not in ids
    assert client.get("/v1/items/nothing/similar").status_code == 404


def test_topics_are_told_the_greatest_first(client: TestClient) -> None:
    shares = [topic["share"] for topic in client.get("/v1/topics").json()["topics"]]
    assert shares
    assert shares == sorted(shares, reverse=True)


def test_the_timeline_and_forecast_of_a_person(client: TestClient) -> None:
    timeline = client.get("/v1/users/p3/timeline", params={"period": "month"}).json()
    assert len(timeline["periods"]) == len(timeline["shares"]) == len(timeline["counts"]) >= 7
    forecast = client.get("/v1/users/p3/forecast", params={"horizon": 2}).json()
    assert len(forecast["shares"]) == 2
    assert sum(forecast["shares"][0]) == pytest.approx(1.0, abs=1e-4)
    earlier = client.get("/v1/users/p3/timeline", params={"period": "month", "at": "2024-01-15T00:00:00Z"}).json()
    assert len(earlier["periods"]) < len(timeline["periods"])
