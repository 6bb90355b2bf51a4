"""The events of a timeline, and what a person decides."""

from __future__ import annotations

from typing import Any

from fastapi.testclient import TestClient

LIKE = {"at": "2024-05-01T12:00:00Z", "kind": "like", "item_id": "tt0078748", "value": 1}


def test_a_delivery_is_kept_once(client: TestClient, person: str) -> None:
    path = f"/v1/users/{person}/events"
    first = client.post(path, json=LIKE | {"key": "k"})
    again = client.post(path, json=LIKE | {"key": "k"})
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert client.get(first.headers["location"]).json() == first.json()
    assert len(client.get(path).json()["items"]) == 1


def test_the_header_is_a_key_too(client: TestClient, person: str) -> None:
    path = f"/v1/users/{person}/events"
    statuses = [client.post(path, json=LIKE, headers={"idempotency-key": "mine"}).status_code for _ in range(3)]
    assert statuses == [201, 200, 200]
    assert client.post(path, json=LIKE).status_code == 201
    bulk = [LIKE | {"user_id": person}] * 2
    assert client.post("/v1/events", json=bulk, headers={"idempotency-key": "b"}).json()["added"] == 2
    assert client.post("/v1/events", json=bulk, headers={"idempotency-key": "b"}).json()["duplicates"] == 2


def test_another_request_under_a_used_key_loses_nothing(client: TestClient, person: str) -> None:
    path = f"/v1/users/{person}/events"
    mine = {"idempotency-key": "mine"}
    told = LIKE | {"text": "write to ann@example.org"}
    assert [client.post(path, json=told, headers=mine).status_code for _ in range(2)] == [201, 200]
    other = client.post(path, json=LIKE | {"item_id": "tt0116282"}, headers=mine)
    assert (other.status_code, other.json()["detail"]) == (422, "The key 'mine' was used for another request.")
    bulk = [LIKE | {"user_id": person, "item_id": item} for item in ("tt0116282", "tt0120338")]
    for entries, added, known in ((bulk, 2, 0), (bulk, 0, 2), (bulk[::-1], 2, 0)):
        outcome = client.post("/v1/events", json=entries, headers={"idempotency-key": "b"}).json()
        assert (outcome["added"], outcome["duplicates"]) == (added, known)


def test_an_event_of_somebody_who_cannot_be_asked_for_is_refused(client: TestClient, person: str) -> None:
    unseen = "a\u200bb"
    assert client.post(f"/v1/users/{unseen}/events", json=LIKE).json()["type"] == "/problems/unusable-input"
    outcome = client.post("/v1/events", json=[LIKE | {"user_id": unseen}, LIKE | {"user_id": person}]).json()
    assert outcome["added"] == 1
    assert [(entry["index"], entry["errors"][0]["pointer"]) for entry in outcome["invalid"]] == [(0, "#/user_id")]


def test_what_cannot_be_used_of_many_is_listed_and_the_rest_is_kept(client: TestClient, person: str) -> None:
    mine = {"user_id": person}
    entries: list[dict[str, Any]] = [
        LIKE | mine | {"key": "a"},
        LIKE | mine | {"value": 9, "kind": "adored"},
        LIKE | mine | {"at": "2999-01-01T00:00:00Z"},
        LIKE,
        LIKE | mine | {"key": "a"},
        LIKE | mine | {"key": "b", "item_id": "tt0116282"},
        {},
    ]
    outcome = client.post("/v1/events", json=entries).json()
    assert (outcome["added"], outcome["duplicates"]) == (2, 1)
    listed = {entry["index"]: {error["pointer"] for error in entry["errors"]} for entry in outcome["invalid"]}
    assert listed == {1: {"#/value", "#/kind"}, 2: {"#/at"}, 3: {"#/user_id"}, 6: {"#/user_id", "#/at", "#/kind"}}
    assert outcome["invalid"][0]["errors"][0]["value"] in {9, "adored"}
    kept = client.get(f"/v1/users/{person}/events").json()["items"]
    assert {event["item_id"] for event in kept} == {"tt0078748", "tt0116282"}


def test_parts_of_a_long_list_do_not_move_when_events_arrive(client: TestClient, person: str) -> None:
    days = [LIKE | {"user_id": person, "at": f"2024-05-{day:02}T12:00:00Z"} for day in range(1, 8)]
    same_moment = [LIKE | {"user_id": person, "kind": "seen"} for _ in range(3)]
    client.post("/v1/events", json=days + same_moment)
    first = client.get(f"/v1/users/{person}/events?limit=4")
    client.post(f"/v1/users/{person}/events", json=LIKE | {"at": "2024-05-20T12:00:00Z"})
    found = first.json()["items"]
    link = first.headers["link"]
    while link:
        page = client.get(link.split(";")[0].strip("<>"))
        found += page.json()["items"]
        link = page.headers.get("link", "")
    assert len(found) == len({event["id"] for event in found}) == 10
    times = [event["at"] for event in found]
    assert times == sorted(times, reverse=True)


def test_a_part_follows_also_when_its_mark_is_gone(client: TestClient, person: str) -> None:
    client.post("/v1/events", json=[LIKE | {"user_id": person, "at": f"2024-05-0{n}T12:00:00Z"} for n in (1, 2, 3, 4)])
    first = client.get(f"/v1/users/{person}/events?limit=2").json()
    client.delete(f"/v1/users/{person}/events/{first['items'][-1]['id']}")
    rest = client.get(f"/v1/users/{person}/events", params={"cursor": first["next_cursor"]}).json()["items"]
    assert [event["at"][:10] for event in rest] == ["2024-05-02", "2024-05-01"]


def test_nothing_of_a_moment_is_lost_when_its_mark_is_gone(client: TestClient, person: str) -> None:
    client.post("/v1/events", json=[LIKE | {"user_id": person} for _ in range(5)])
    first = client.get(f"/v1/users/{person}/events?limit=2").json()
    client.delete(f"/v1/users/{person}/events/{first['items'][-1]['id']}")
    rest = client.get(f"/v1/users/{person}/events", params={"cursor": first["next_cursor"]}).json()["items"]
    assert len({event["id"] for event in (*first["items"], *rest)}) == 5


def test_events_are_narrowed_by_kind_and_time(client: TestClient, person: str) -> None:
    client.post("/v1/events", json=[LIKE | {"user_id": person, "kind": kind} for kind in ("like", "seen", "view")])
    path = f"/v1/users/{person}/events"
    kinds = client.get(path, params={"kind": ["like", "view"]}).json()["items"]
    assert {event["kind"] for event in kinds} == {"like", "view"}
    assert client.get(path, params={"since": "2024-05-02T00:00:00Z"}).json()["items"] == []
    assert client.get(path, params={"before": "2024-05-01T12:00:00Z"}).json()["items"] == []


def test_an_event_is_changed_and_taken_back(client: TestClient, person: str) -> None:
    path = f"/v1/users/{person}/events"
    event = client.post(path, json=LIKE | {"text": "write to ann@example.org"}).json()
    assert event["text"] == "write to [email]"
    changed = client.patch(f"{path}/{event['id']}", json={"value": 0.5, "text": None}).json()
    assert (changed["value"], changed["text"], changed["replaces"]) == (0.5, None, event["id"])
    assert client.get(f"{path}/{event['id']}").json()["retracted_at"]
    assert client.patch(f"{path}/{changed['id']}", json={}).json()["type"] == "/problems/unusable-input"
    assert client.delete(f"{path}/{changed['id']}").json()["retracted_at"]
    assert client.get(path).json()["items"] == []
    assert len(client.get(path, params={"include_retracted": True}).json()["items"]) == 2
    assert client.get(f"/v1/users/somebody-else/events/{event['id']}").status_code == 404


def test_feedback_becomes_an_event_once(client: TestClient, person: str) -> None:
    path = f"/v1/users/{person}/feedback"
    first, again = (client.post(path, json={"item_id": "tt0078748", "verdict": "like"}).json() for _ in range(2))
    assert first == again
    assert first["kind"] == "like"


def test_consent_holds_once_it_is_given(client: TestClient, person: str) -> None:
    path = f"/v1/users/{person}/consent"
    assert client.get(path).json()["remember"]
    assert client.put(path, json={"remember": False, "learn_from": False}).status_code == 200
    assert client.get(path).json()["remember"] is False
    client.post("/v1/chat", json={"user_id": person, "text": "I loved Alien"})
    assert client.get(f"/v1/users/{person}/events").json()["items"] == []


def test_a_person_can_be_exported_and_forgotten(client: TestClient, person: str) -> None:
    client.post(f"/v1/users/{person}/feedback", json={"item_id": "tt0078748", "verdict": "like"})
    client.post("/v1/chat", json={"user_id": person, "text": "hello"}, headers={"idempotency-key": "hello"})
    kept = client.get(f"/v1/users/{person}/export").json()
    assert kept["feedback"][0]["item_id"] == "tt0078748"
    assert kept["deliveries"][0]["key"] == "hello"
    assert client.delete(f"/v1/users/{person}").json()["feedback"] == 1
    left = client.get(f"/v1/users/{person}/export").json()
    assert not any(rows for place, rows in left.items() if place != "user_id")
