from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from core.results import RecommendRequest
from core.wire.bodies import BulkEvent, RecommendBody, WhatIfBody

NOW = datetime(2024, 6, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "body",
    [
        {"k": True},
        {"k": "5"},
        {"k": 5.5},
        {"k": 0},
        {"k": 101},
        {"adventure": False},
        {"seen_too": 1},
        {"at": 0},
        {"at": "1717200000"},
        {"at": "2024-06-01T00:00:00"},
        {"horizon": 53},
        {"user_id": " ann"},
        {"user_id": "a/b"},
        {"query": "a\x00b"},
        {"constraints": {"ranges": {"year": {"low": "1990"}}}},
        {"constraints": {"available_only": "yes"}},
        {"unknown": 1},
    ],
)
def test_what_only_looks_like_a_value_is_refused(body: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        RecommendBody.model_validate(body)


def test_whole_numbers_may_be_written_with_a_point() -> None:
    assert RecommendBody.model_validate({"k": 26.0, "adventure": 1}).k == 26


def test_a_request_of_the_engine_can_be_sent_as_it_is() -> None:
    request = RecommendRequest(user_id="ann", at=NOW, k=7, query="space", liked=("a",), horizon=3, adventure=0.5)
    body = RecommendBody.model_validate(request.model_dump(mode="json"))
    assert body.request(datetime(2030, 1, 1, tzinfo=UTC)) == request


def test_only_what_is_given_changes() -> None:
    body = WhatIfBody.model_validate({"request": {"user_id": "ann", "k": 5, "query": "x"}, "then": {"adventure": 1}})
    assert body.changed() == RecommendBody(user_id="ann", k=5, query="x", adventure=1.0)
    assert body.changed().request(NOW).at == NOW


def test_every_field_of_an_entry_that_is_wrong_is_found() -> None:
    with pytest.raises(ValidationError) as raised:
        BulkEvent.model_validate({"at": 5, "kind": "adored", "value": 9})
    assert {error["loc"] for error in raised.value.errors()} == {("user_id",), ("at",), ("kind",), ("value",)}
