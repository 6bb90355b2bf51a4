"""The OpenAPI document: everything described, and its examples of the forms that it describes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import jsonschema_rs
import pytest
from fastapi.testclient import TestClient

from agent import incoming
from agent.service import Service
from core.wire.fields import MAX_TEXT
from ui.api.app import create_app
from ui.api.problems import KINDS, MEDIA_TYPE

Node = dict[str, Any]


@pytest.fixture(scope="module")
def document(client: TestClient) -> Node:
    return cast(Node, client.get("/openapi.json").json())


def operations(document: Node) -> Iterator[tuple[str, Node]]:
    """Those of the API itself."""
    for path, ways in document["paths"].items():
        for method, operation in ways.items():
            if path.startswith("/v1/") and "openai" not in operation["tags"]:
                yield f"{method} {path}", operation


def check(document: Node, schema: Node, example: object) -> None:
    whole = schema | {"components": document["components"]}
    jsonschema_rs.validator_for(whole).validate(example)


def test_every_route_is_described(document: Node) -> None:
    found = dict(operations(document))
    assert {"post /v1/chat", "post /v1/recommendations", "get /v1/users/{user_id}/timeline"} <= set(found)
    assert len({operation["operationId"] for operation in found.values()}) == len(found) > 30
    for name, operation in found.items():
        assert operation["tags"], name
        assert operation["summary"], name
        assert operation["description"], name


def test_every_answer_has_an_example_of_its_form(document: Node) -> None:
    for name, operation in operations(document):
        for status, answer in operation["responses"].items():
            if status in {"204", "304"}:
                continue
            assert answer["content"], (name, status)
            for media, content in answer["content"].items():
                examples = [content["example"]] if "example" in content else []
                examples += [each["value"] for each in content.get("examples", {}).values()]
                assert examples or media == "application/vnd.apache.parquet", (name, status, media)
                for example in examples:
                    check(document, content["schema"], example)


def test_every_body_has_an_example_of_its_form(document: Node) -> None:
    bodies = [(name, each["requestBody"]["content"]) for name, each in operations(document) if "requestBody" in each]
    assert len(bodies) > 12
    for name, content in bodies:
        assert content["application/json"]["example"], name
        check(document, content["application/json"]["schema"], content["application/json"]["example"])


def test_every_problem_that_can_happen_is_described(document: Node) -> None:
    told: set[str] = set()
    for name, operation in operations(document):
        problems = {
            status: set(answer["content"][MEDIA_TYPE]["examples"])
            for status, answer in operation["responses"].items()
            if status >= "400"
        }
        assert {"401", "404", "500", "503"} <= set(problems), name
        assert "requestBody" not in operation or {"400", "413", "415", "422"} <= set(problems), name
        for status, kinds in problems.items():
            assert all(KINDS[kind].status == int(status) for kind in kinds), name
            told |= kinds
    assert told == set(KINDS) - {"no-method"}


def test_headers_are_described_where_they_are(document: Node) -> None:
    for name, operation in operations(document):
        for answer in operation["responses"].values():
            assert "X-Request-Id" in answer["headers"], name
        answers = operation["responses"]
        assert ("304" in answers) == ("ETag" in answers.get("200", {}).get("headers", {})), name
        assert "Retry-After" in answers["503"]["headers"]
        names = {parameter["name"] for parameter in operation.get("parameters", ())}
        assert ("cursor" in names) == ("Link" in answers.get("200", {}).get("headers", {})), name


def test_a_key_is_taken_by_everything_that_creates(document: Node) -> None:
    keyed = {
        operation["operationId"]
        for _, operation in operations(document)
        if any(parameter["name"] == "Idempotency-Key" for parameter in operation.get("parameters", ()))
    }
    assert keyed == {"add_event", "add_events", "start_conversation", "chat", "chat_stream", "feedback"}


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("Explanation", {"why_not", "groups"}),
        ("Contrast", {"gaps"}),
        ("Counterfactual", {"rank_without"}),
        ("WhatIf", {"before", "after", "shifts"}),
        ("Carrier", {"weight"}),
        ("Recommendation", {"chances", "chance_text"}),
        ("Forecast", {"lo95", "hi95", "outlook", "drift"}),
        ("Outlook", {"active", "adventurousness", "adoptions", "returns"}),
        ("Drift", {"at", "size", "probability", "event_ids"}),
        ("Problem", {"type", "remedy", "errors"}),
        ("ExplanationRow", {"parts", "problem"}),
    ],
)
def test_what_an_answer_holds_is_described(document: Node, name: str, fields: set[str]) -> None:
    schema = document["components"]["schemas"][name]
    assert fields <= set(schema["properties"])
    assert len(schema["description"]) > 20


def test_as_much_may_be_sent_as_is_read() -> None:
    assert incoming.MAX_TEXT == MAX_TEXT


def test_a_token_is_described_only_where_it_is_asked_for(service: Service, document: Node) -> None:
    assert "securitySchemes" not in document["components"]
    guarded = create_app(service, token="opensesame").openapi()
    assert guarded["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    assert all(operation["security"] for _, operation in operations(guarded))
