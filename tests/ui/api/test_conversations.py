"""Conversations, and turns whole or as they happen."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import anyio
import pytest
from fastapi import Request
from fastapi.testclient import TestClient

from agent.service import Service
from core.errors import ModelError
from core.updates import Text, Update
from core.wire.bodies import ChatBody
from ui.api import once, streams

WISH = "I loved Alien and Fargo, something tense but not gory, after 1990"


def frames(text: str) -> list[dict[str, Any]]:
    """Server-sent events as their names and data."""
    blocks = [dict(line.split(": ", 1) for line in block.splitlines()) for block in text.split("\n\n") if block]
    return [{"event": block["event"], "data": json.loads(block["data"])} for block in blocks]


def test_a_turn_obeys_the_limits_and_says_what_ran(client: TestClient, person: str) -> None:
    turn = client.post("/v1/chat", json={"user_id": person, "text": WISH}).json()
    assert turn["items"]
    for item in turn["items"]:
        assert item["year"] > 1990
        assert "Horror" not in item["facets"]["genre"]
        assert item["title"] not in {"Alien", "Fargo"}
        assert any(reason["text"] for reason in item["reasons"])
    assert "recommend" in {call["tool"] for call in turn["calls"]}
    assert turn["model"]["degraded"]
    events = client.get(f"/v1/users/{person}/events").json()["items"]
    assert {event["item_id"] for event in events if event["kind"] == "like"} == {"tt0078748", "tt0116282"}


def test_a_streamed_turn_ends_with_the_whole_one(client: TestClient, person: str) -> None:
    answer = client.post("/v1/chat/stream", json={"user_id": person, "text": WISH})
    assert answer.headers["content-type"].startswith("text/event-stream")
    told = frames(answer.text)
    kinds = [frame["event"] for frame in told]
    assert kinds.index("step") < kinds.index("cards") < kinds.index("text") < kinds.index("done")
    said = "".join(frame["data"]["delta"] for frame in told if frame["event"] == "text")
    assert told[-1]["data"]["turn"]["reply"].strip() == said.strip()


def test_a_stream_that_fails_on_the_way_ends_with_the_problem(client: TestClient, service: Service) -> None:
    def failing(*_: object, **__: object) -> Iterator[Update]:
        yield Text(delta="Well")
        raise ModelError("The model stopped.", "Start it again.")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(service, "stream", failing)
        told = frames(client.post("/v1/chat/stream", json={"user_id": "ann", "text": "hi"}).text)
    assert [frame["event"] for frame in told] == ["text", "problem"]
    assert (told[-1]["data"]["status"], told[-1]["data"]["detail"]) == (500, "The model stopped.")


@pytest.mark.parametrize("path", ["/v1/chat", "/v1/chat/stream"])
def test_a_message_that_is_delivered_again_is_not_said_again(client: TestClient, person: str, path: str) -> None:
    asked = {"user_id": person, "text": WISH}
    mine = {"idempotency-key": "first"}
    first, again = (client.post(path, json=asked, headers=mine) for _ in range(2))
    if path.endswith("stream"):
        assert frames(first.text)[-1] == frames(again.text)[-1]
        assert [frame["event"] for frame in frames(again.text)] == ["cards", "text", "done"]
    else:
        assert first.json() == again.json()
    (conversation,) = client.get(f"/v1/users/{person}/conversations").json()["items"]
    turns = client.get(f"/v1/users/{person}/conversations/{conversation['id']}/turns").json()["items"]
    assert len(turns) == 1
    other = client.post(path, json=asked | {"text": "something else"}, headers=mine)
    assert (other.status_code, other.json()["type"]) == (422, "/problems/unusable-input")


def test_a_message_that_is_still_being_answered_is_in_conflict(
    client: TestClient, service: Service, person: str
) -> None:
    asked = {"user_id": person, "text": "hello"}
    mine = {"idempotency-key": "slow"}
    inside: list[int] = []

    def slow(*_: object, **__: object) -> Iterator[Update]:
        inside.append(client.post("/v1/chat", json=asked, headers=mine).status_code)
        raise ModelError("The model stopped.", "Start it again.")
        yield Text(delta="never")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(service, "stream", slow)
        assert client.post("/v1/chat", json=asked, headers=mine).status_code == 500
    assert inside == [409]
    assert client.post("/v1/chat", json=asked, headers=mine).status_code == 200, "what failed may be sent again"


@pytest.mark.parametrize("heard", [0, 1])
def test_a_turn_is_stored_also_when_its_reader_leaves(
    client: TestClient, service: Service, person: str, heard: int
) -> None:
    body = ChatBody(user_id=person, text=WISH)
    request = Request({"type": "http", "path": "/v1/chat/stream", "headers": []})

    async def leave() -> None:
        updates = once.turn(service, person, "gone", body, lambda: service.stream(person, WISH))
        read = 0
        with anyio.CancelScope() as scope:
            if heard == 0:
                scope.cancel()
            async for _ in streams.of_turn(request, updates).body_iterator:
                read += 1
                scope.cancel()
        assert read == heard

    anyio.run(leave)
    answer = client.post("/v1/chat", json={"user_id": person, "text": WISH}, headers={"idempotency-key": "gone"})
    assert answer.status_code == 200, answer.text
    assert answer.json()["items"]
    (conversation,) = service.conversations(person)
    assert len(service.turns(conversation.id)) == 1


def test_a_conversation_is_begun_once_renamed_and_deleted(client: TestClient, person: str) -> None:
    path = f"/v1/users/{person}/conversations"
    mine = {"idempotency-key": "begin"}
    begun, again = (client.post(path, json={"title": "Evenings"}, headers=mine) for _ in range(2))
    assert (begun.status_code, begun.json()) == (201, again.json())
    address = begun.headers["location"]
    assert client.get(address).json()["title"] == "Evenings"
    renamed = client.patch(address, json={"title": " Late evenings with ann@example.org "}).json()
    assert renamed["title"] == "Late evenings with [email]"
    turn = client.post("/v1/chat", json={"user_id": person, "text": WISH, "conversation_id": begun.json()["id"]})
    assert turn.json()["conversation_id"] == begun.json()["id"]
    assert client.get(address.replace(person, "somebody-else")).status_code == 404
    assert client.delete(address).status_code == 204
    assert client.get(address).status_code == 404
    assert client.get(path).json()["items"] == []
    assert client.get(f"/v1/users/{person}/events").json()["items"], "what was learnt stays"


def test_what_was_said_can_be_searched_for(client: TestClient, person: str) -> None:
    first = client.post("/v1/chat", json={"user_id": person, "text": "I loved Alien"}).json()
    client.post("/v1/chat", json={"user_id": person, "text": "hello"})
    path = f"/v1/users/{person}/conversations"
    assert len(client.get(path).json()["items"]) == 2
    (found,) = client.get(path, params={"words": "loved alien"}).json()["items"]
    assert found["id"] == first["conversation_id"]
    page = client.get(path, params={"limit": 1})
    rest = client.get(page.headers["link"].split(";")[0].strip("<>")).json()
    assert len({page.json()["items"][0]["id"], rest["items"][0]["id"]}) == 2
    assert rest["next_cursor"] is None


def test_turns_are_read_from_a_number_on(client: TestClient, person: str) -> None:
    conversation = client.post("/v1/chat", json={"user_id": person, "text": "hello"}).json()["conversation_id"]
    for text in ("a thriller", "thank you"):
        client.post("/v1/chat", json={"user_id": person, "text": text, "conversation_id": conversation})
    path = f"/v1/users/{person}/conversations/{conversation}/turns"
    assert [turn["turn"] for turn in client.get(path).json()["items"]] == [0, 1, 2]
    assert [turn["text"] for turn in client.get(path, params={"since": 2}).json()["items"]] == ["thank you"]
    page = client.get(path, params={"limit": 2}).json()
    rest = client.get(path, params={"limit": 2, "cursor": page["next_cursor"]}).json()
    assert [turn["turn"] for turn in page["items"] + rest["items"]] == [0, 1, 2]
    assert rest["next_cursor"] is None


def test_the_dials_of_a_message_are_those_of_its_slate(client: TestClient, person: str) -> None:
    asked = {"user_id": person, "text": "a thriller", "adventure": 1.0, "horizon": 3, "seen_too": True}
    request = client.post("/v1/chat", json=asked).json()["slate"]["request"]
    assert (request["adventure"], request["horizon"], request["seen_too"]) == (1.0, 3, True)


def test_a_text_is_read_and_not_kept(client: TestClient) -> None:
    (heard,) = client.post("/v1/extractions", json={"text": "I loved Alien"}).json()["events"]
    assert (heard["kind"], heard["item_id"], heard["event_id"]) == ("like", "tt0078748", None)
