"""Slates and what is asked about them."""

from __future__ import annotations

import io
import json
from typing import Any

import pyarrow.parquet as pq
import pytest
from fastapi.testclient import TestClient

PARQUET = "application/vnd.apache.parquet"


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


def test_chances_are_probabilities(client: TestClient) -> None:
    body = {"user_id": "p3", "k": 5, "at": "2024-06-01T12:00:00Z"}
    for item in client.post("/v1/recommendations", json=body).json()["items"]:
        assert 0 < item["chances"]["rating"] < 1
        assert item["chance_text"] == ""
    stranger = client.post("/v1/recommendations", json={"k": 1}).json()["items"][0]
    assert (stranger["chances"], stranger["chance_text"]) == ({}, "")


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


def test_the_request_of_a_slate_asks_for_that_slate_again(client: TestClient) -> None:
    body = {"user_id": "p3", "k": 3, "query": "space", "constraints": {"exclude": {"genre": ["Horror"]}}}
    slate = client.post("/v1/recommendations", json=body).json()
    again = client.post("/v1/recommendations", json=slate["request"])
    assert again.status_code == 200
    assert again.json()["items"] == slate["items"]
    assert again.json()["request"] == slate["request"]


def test_a_what_if_is_what_is_answered_when_it_is_so(client: TestClient, person: str) -> None:
    events = [
        {"user_id": person, "at": f"2024-0{month}-01T12:00:00Z", "kind": "rating", "item_id": item, "value": 1}
        for month, item in enumerate(("tt0078748", "tt0090605", "tt0083658", "tt0116282"), start=1)
    ]
    assert client.post("/v1/events", json=events).json()["added"] == 4
    request = {"user_id": person, "k": 5, "at": "2024-06-01T12:00:00Z"}
    dropped = client.get(f"/v1/users/{person}/events").json()["items"][0]["id"]
    asked = {"request": request, "drop": [dropped], "then": {"adventure": 1.0}}
    what_if = client.post("/v1/recommendations/what-if", json=asked).json()
    assert client.delete(f"/v1/users/{person}/events/{dropped}").status_code == 200
    really = client.post("/v1/recommendations", json=request | {"adventure": 1.0}).json()
    assert [item["id"] for item in what_if["after"]["items"]] == [item["id"] for item in really["items"]]
    assert what_if["after"]["request"]["adventure"] == 1.0
    assert what_if["before"]["request"]["adventure"] is None


def test_a_what_if_about_nobodys_event_is_refused(client: TestClient) -> None:
    asked = {"request": {"user_id": "p3", "k": 3}, "drop": ["none"]}
    assert client.post("/v1/recommendations/what-if", json=asked).status_code == 404


@pytest.mark.parametrize(
    ("request_", "event", "words"),
    [
        ({"k": 3}, {"kind": "like", "item_id": "tt0078748"}, "this request is for nobody"),
        ({"user_id": "p3"}, {"kind": "like", "item_id": "none"}, "The added like of 'none' is about no item"),
        (
            {"user_id": "p3", "at": "2024-01-01T00:00:00Z"},
            {"kind": "like", "topic": "genre:Drama", "at": "2024-02-01T00:00:00Z"},
            "The added like of 'genre:Drama' is at 2024-02-01T00:00:00+00:00, after 2024-01-01",
        ),
    ],
)
def test_what_cannot_be_pretended_is_named(
    client: TestClient, request_: dict[str, Any], event: dict[str, Any], words: str
) -> None:
    asked = {"request": request_, "add": [event]}
    answer = client.post("/v1/recommendations/what-if", json=asked)
    assert answer.status_code in {404, 422}
    assert words in answer.json()["detail"]


def test_pretended_events_are_stored_nowhere(client: TestClient, person: str) -> None:
    add = [{"kind": "like", "item_id": "tt0078748", "value": 1}]
    asked = {"request": {"user_id": person, "k": 3}, "add": add}
    assert client.post("/v1/recommendations/what-if", json=asked).json()["shifts"]
    assert client.get(f"/v1/users/{person}/events").json()["items"] == []


def test_carriers_are_events_of_the_person_the_heaviest_first(client: TestClient) -> None:
    asked = {"user_id": "p3", "k": 3}
    found = client.post("/v1/recommendations/carriers?limit=6", json=asked).json()
    weights = [carrier["weight"] for carrier in found["carriers"]]
    assert weights == sorted(weights, reverse=True)
    assert found["tried"] <= 6
    own = {event["id"] for event in client.get("/v1/users/p3/events").json()["items"]}
    assert {carrier["event"]["event_id"] for carrier in found["carriers"]} <= own


def test_a_batch_of_explanations_has_every_part_of_every_score(client: TestClient) -> None:
    asked = {"user_ids": ["p1", "p2", "p1"], "request": {"k": 3}}
    answer = client.post("/v1/batch/explanations", json=asked)
    assert answer.headers["content-type"] == "application/x-ndjson"
    rows = [json.loads(line) for line in answer.text.splitlines()]
    assert [(row["user_id"], row["rank"]) for row in rows] == [("p1", n) for n in (1, 2, 3)] + [
        ("p2", n) for n in (1, 2, 3)
    ]
    for row in rows:
        total = row["intercept"] + sum(part["contribution"] for part in row["parts"])
        assert total == pytest.approx(row["score"], abs=1e-6)
    table = pq.read_table(
        io.BytesIO(client.post("/v1/batch/explanations", json=asked, headers={"accept": PARQUET}).content)
    )
    assert table.to_pylist() == rows


def test_a_batch_says_what_failed_for_one_person_and_goes_on(client: TestClient) -> None:
    asked = {"user_ids": ["p1", "p2"], "item_ids": ["nothing", "tt0078748"]}
    rows = [json.loads(line) for line in client.post("/v1/batch/explanations", json=asked).text.splitlines()]
    assert [(row["user_id"], row["item_id"], bool(row["problem"])) for row in rows] == [
        ("p1", "nothing", True),
        ("p1", "tt0078748", False),
        ("p2", "nothing", True),
        ("p2", "tt0078748", False),
    ]
    assert "'nothing'" in rows[0]["problem"]


def test_a_batch_of_forecasts_agrees_with_the_forecast_of_one(client: TestClient) -> None:
    asked = {"user_ids": ["p3", "p4"], "horizon": 2, "period": "month"}
    rows = [json.loads(line) for line in client.post("/v1/batch/forecasts", json=asked).text.splitlines()]
    one = client.get("/v1/users/p3/forecast", params={"horizon": 2, "period": "month"}).json()
    of_one = {(row["horizon"], row["topic"]): row["share"] for row in rows if row["user_id"] == "p3"}
    for step, shares in enumerate(one["shares"], start=1):
        for topic, share in zip(one["topics"], shares, strict=True):
            assert of_one[step, topic] == pytest.approx(share, abs=1e-5)
    packed = client.post("/v1/batch/forecasts", json=asked, headers={"accept": PARQUET})
    assert packed.headers["content-type"] == PARQUET
    table = pq.read_table(io.BytesIO(packed.content))
    assert table.num_rows == len(rows)
    assert table.column_names == ["user_id", "origin", "horizon", "topic", "share", "lo80", "hi80"]


def test_a_report_runs_nothing_and_asks_nobody(client: TestClient, person: str) -> None:
    title = "<script>alert(1)</script>"
    client.post("/v1/chat", json={"user_id": person, "text": f"I loved Alien {title}"})
    answer = client.get(f"/v1/users/{person}/report", params={"k": 3})
    assert answer.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert title not in answer.text
    assert 'src="http' not in answer.text
    slate = client.post("/v1/recommendations/report", json={"k": 2, "query": title})
    assert slate.status_code == 200
    assert title not in slate.text
