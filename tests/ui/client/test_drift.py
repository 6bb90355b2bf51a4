"""The client and the OpenAPI document say the same: every operation has a method, and every call is documented."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import httpx
import jsonschema_rs
import pytest

from agent.service import Service
from core.settings import Settings
from core.types import Constraints, EventKind, Range
from core.wire.bodies import (
    BatchForecastBody,
    BulkEvent,
    EventBody,
    EventChange,
    Hypothetical,
    RecommendBody,
)
from ui.api.app import create_app
from ui.client import Driftline

Node = dict[str, Any]

AT = datetime(2024, 5, 1, tzinfo=UTC)
ASKED = RecommendBody(
    user_id="ann",
    at=AT,
    k=3,
    query="space",
    liked=("a",),
    disliked=("b",),
    topics=("genre:Drama",),
    constraints=Constraints(exclude={"genre": ("Horror",)}, ranges={"year": Range(low=1990)}),
    seen_too=True,
    horizon=2,
    adventure=0.5,
)
EVENT: Node = {
    "at": AT,
    "kind": EventKind.LIKE,
    "item_id": "x",
    "topic": "genre:Drama",
    "value": 1.0,
    "text": "",
    "key": "k",
}
PRETENDED = Hypothetical(kind=EventKind.LIKE, item_id="x", value=1.0, at=AT)

CALLS: dict[str, Callable[[Driftline], object]] = {
    "recommend": lambda c: c.recommendations.get(ASKED),
    "what_if": lambda c: c.recommendations.what_if(ASKED, ["e"], [PRETENDED], RecommendBody(adventure=1.0)),
    "carriers": lambda c: c.recommendations.carriers(ASKED, limit=5),
    "explain": lambda c: c.explanations.get("x/y", ASKED),
    "contrast": lambda c: c.explanations.over("x", "y", ASKED),
    "counterfactual": lambda c: c.explanations.without("x", ASKED),
    "batch_explanations": lambda c: list(c.batch.explanations(["ann"], ASKED, ["x"])),
    "batch_forecasts": lambda c: list(c.batch.forecasts(BatchForecastBody(user_ids=("ann",), horizon=2, at=AT))),
    "timeline": lambda c: c.timelines.get("ann", "month", AT),
    "forecast": lambda c: c.timelines.forecast("ann", 3, "month", AT),
    "events": lambda c: list(c.events.list("ann", [EventKind.LIKE], AT, AT, True, 10)),
    "add_event": lambda c: c.events.add("ann", EventBody(**EVENT)),
    "add_events": lambda c: c.events.add_many([BulkEvent(user_id="ann", **EVENT)]),
    "event": lambda c: c.events.get("ann", "e"),
    "change_event": lambda c: c.events.change("ann", "e", EventChange(value=0.5)),
    "retract_event": lambda c: c.events.retract("ann", "e"),
    "items": lambda c: c.items.many(["x", "y"]),
    "search_items": lambda c: c.items.search("space", ASKED.constraints, 5, "abc"),
    "item": lambda c: c.items.get("x"),
    "similar_items": lambda c: c.items.similar("x", 5),
    "topics": lambda c: c.items.topics("genre:Drama", "ann", "month", AT),
    "chat": lambda c: c.conversations.chat("ann", "hi", "b", adventure=0.5, horizon=2, seen_too=True),
    "chat_stream": lambda c: list(c.conversations.stream("ann", "hi", "b", adventure=0.5, horizon=2, seen_too=True)),
    "extract": lambda c: c.conversations.extract("I loved Alien"),
    "conversations": lambda c: list(c.conversations.list("ann", "space", 10)),
    "start_conversation": lambda c: c.conversations.start("ann", "Evenings"),
    "conversation": lambda c: c.conversations.get("ann", "b"),
    "rename_conversation": lambda c: c.conversations.rename("ann", "b", "Evenings"),
    "forget_conversation": lambda c: c.conversations.forget("ann", "b", events_too=True),
    "turns": lambda c: list(c.conversations.turns("ann", "b", since=2, limit=10)),
    "feedback": lambda c: c.people.feedback("ann", "x", "like", "b", 0),
    "consent": lambda c: c.people.consent("ann"),
    "set_consent": lambda c: c.people.set_consent("ann", True, False),
    "export": lambda c: c.people.export("ann"),
    "forget": lambda c: c.people.forget("ann"),
    "report": lambda c: c.people.report("ann", "zh", 5, 2, AT),
    "slate_report": lambda c: c.recommendations.report(ASKED, "zh"),
}


@pytest.fixture(scope="module")
def document() -> Node:
    nobody = SimpleNamespace(deps=SimpleNamespace(settings=Settings(home=Path("unused"))), now=lambda: AT)
    return create_app(cast(Service, nobody)).openapi()


def operations(document: Node) -> Iterator[tuple[str, str, Node]]:
    for path, ways in document["paths"].items():
        for method, operation in ways.items():
            if path.startswith("/v1/") and "openai" not in operation["tags"]:
                yield method, path, operation


def made_by(call: Callable[[Driftline], object], operation: Node) -> list[httpx.Request]:
    """The requests of a call whose answers are the document's examples."""
    requests: list[httpx.Request] = []
    status, answer = next((int(code), each) for code, each in operation["responses"].items() if code < "300")

    def answered(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        for media, content in answer.get("content", {}).items():
            example = content["example"]
            if media == "text/event-stream":
                return httpx.Response(status, text=f"event: {example['event']}\ndata: {example['data']}\n\n")
            if isinstance(example, dict) and "next_cursor" in example:
                example = example | {"next_cursor": "more" if len(requests) == 1 else None}
            text = example if isinstance(example, str) else json.dumps(example)
            return httpx.Response(status, text=text, headers={"content-type": media})
        return httpx.Response(status)

    with Driftline("http://server", transport=httpx.MockTransport(answered)) as client:
        call(client)
    return requests


def test_every_operation_has_a_call_and_no_call_is_of_another(document: Node) -> None:
    assert {operation["operationId"] for _, _, operation in operations(document)} == set(CALLS)


@pytest.mark.parametrize("name", CALLS)
def test_a_call_is_what_the_document_describes(document: Node, name: str) -> None:
    method, path, operation = next(each for each in operations(document) if each[2]["operationId"] == name)
    parameters = {(each["in"], each["name"]): each for each in operation.get("parameters", ())}
    sent: set[tuple[str, str]] = set()
    for request in made_by(CALLS[name], operation):
        assert request.method.lower() == method
        pattern = re.sub(r"\{\w+\}", "[^/]+", path)
        assert re.fullmatch(pattern, request.url.raw_path.decode().split("?")[0])
        for key, value in request.url.params.multi_items():
            sent.add(("query", key))
            check(document, parameters["query", key]["schema"], value)
        if "idempotency-key" in request.headers:
            sent.add(("header", "Idempotency-Key"))
        if "requestBody" in operation:
            body = operation["requestBody"]["content"]["application/json"]["schema"]
            check(document, body, json.loads(request.content))
        else:
            assert not request.content
    by_itself = {("header", "If-None-Match"), ("header", "accept")}
    expected = {place for place in parameters if place[0] != "path"} - by_itself
    assert sent == expected, "every parameter that the document has can be sent, and no other"


def check(document: Node, schema: Node, value: Any) -> None:
    """That a value obeys a schema; one of a query as text, or as what its text means."""
    validator = jsonschema_rs.validator_for(schema | {"components": document["components"]})
    readings = [value]
    if isinstance(value, str):
        readings.append([value])
        if value in {"true", "false"} or re.fullmatch(r"-?\d+(\.\d+)?", value):
            readings.append(json.loads(value))
    errors = [list(validator.iter_errors(reading)) for reading in readings]
    assert not all(errors), errors[0]


def test_every_field_of_a_body_can_be_sent(document: Node) -> None:
    for _, _, operation in operations(document):
        schema = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
        if "$ref" not in schema:
            continue
        fields = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]["properties"]
        bodies = [json.loads(each.content) for each in made_by(CALLS[operation["operationId"]], operation)]
        given = set().union(*bodies)
        assert given <= set(fields)
        # Of what may be changed about an event, one thing is enough; a period is the workspace's if not named.
        assert set(fields) - given <= {"kind", "item_id", "topic", "text", "period"}, operation["operationId"]
