"""Slates and why they are as they are; the same for many people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

from core.explanations import Carriers, Contrast, Counterfactual, Explanation, WhatIf
from core.results import RecommendRequest, Slate
from core.wire.answers import ExplanationRow, ForecastRow
from core.wire.bodies import BatchExplainBody, BatchForecastBody, Hypothetical, RecommendBody, WhatIfBody
from core.wire.fields import Language
from ui.client.transport import Transport, lines_of, path_of

Asked = RecommendBody | RecommendRequest
"""What a slate is asked for; the ``request`` of a slate is one too."""

_LINES = "application/x-ndjson"
_PARQUET = "application/vnd.apache.parquet"


class Recommendations:
    """Slates."""

    def __init__(self, transport: Transport) -> None:
        self._to = transport

    def get(self, request: Asked) -> Slate:
        """A ranked slate with its reasons."""
        return cast(Slate, self._to.call(Slate, "POST", "/v1/recommendations", body=request))

    def what_if(
        self,
        request: Asked,
        drop: Sequence[str] = (),
        add: Sequence[Hypothetical] = (),
        then: RecommendBody | None = None,
    ) -> WhatIf:
        """The slate without some events, with others, or with the fields of ``then`` in place of its own."""
        body = WhatIfBody(request=body_of(request), drop=tuple(drop), add=tuple(add), then=then)
        return cast(WhatIf, self._to.call(WhatIf, "POST", "/v1/recommendations/what-if", body=body))

    def carriers(self, request: Asked, limit: int | None = None) -> Carriers:
        """Which of the person's own events carry the slate; at most ``limit`` are tried."""
        path = "/v1/recommendations/carriers"
        return cast(Carriers, self._to.call(Carriers, "POST", path, query={"limit": limit}, body=request))

    def report(self, request: Asked, language: Language = "en") -> str:
        """The slate on one page of HTML that needs nothing else."""
        path = "/v1/recommendations/report"
        return self._to.respond("POST", path, query={"language": language}, body=request).text


class Explanations:
    """Why an item is where it is."""

    def __init__(self, transport: Transport) -> None:
        self._to = transport

    def get(self, item_id: str, request: Asked) -> Explanation:
        """Why, or why not, one item."""
        path = path_of("/v1/explanations/{item}", item=item_id)
        return cast(Explanation, self._to.call(Explanation, "POST", path, body=request))

    def over(self, item_id: str, other_id: str, request: Asked) -> Contrast:
        """Why one item scores above another, or does not."""
        path = path_of("/v1/explanations/{item}/over/{other}", item=item_id, other=other_id)
        return cast(Contrast, self._to.call(Contrast, "POST", path, body=request))

    def without(self, item_id: str, request: Asked) -> Counterfactual:
        """The person's own events without which an item would not be on the slate."""
        path = path_of("/v1/explanations/{item}/without", item=item_id)
        return cast(Counterfactual, self._to.call(Counterfactual, "POST", path, body=request))


class Batch:
    """Answers for many people, row by row as they arrive, or as a Parquet file."""

    def __init__(self, transport: Transport) -> None:
        self._to = transport

    def explanations(
        self, user_ids: Sequence[str], request: Asked | None = None, item_ids: Sequence[str] = ()
    ) -> Iterator[ExplanationRow]:
        """A row an item of each person's slate, or of ``item_ids``, with every part of its score."""
        with self._to.streaming("/v1/batch/explanations", _explain(user_ids, request, item_ids), _as(_LINES)) as answer:
            yield from map(ExplanationRow.model_validate_json, filter(None, lines_of(answer)))

    def explanations_to(
        self, path: Path, user_ids: Sequence[str], request: Asked | None = None, item_ids: Sequence[str] = ()
    ) -> None:
        """The same rows as a Parquet file, which appears whole or not at all."""
        self._save(path, "/v1/batch/explanations", _explain(user_ids, request, item_ids))

    def forecasts(self, body: BatchForecastBody) -> Iterator[ForecastRow]:
        """A row a person, period ahead and topic."""
        with self._to.streaming("/v1/batch/forecasts", body, _as(_LINES)) as answer:
            yield from map(ForecastRow.model_validate_json, filter(None, lines_of(answer)))

    def forecasts_to(self, path: Path, body: BatchForecastBody) -> None:
        """The same rows as a Parquet file, which appears whole or not at all."""
        self._save(path, "/v1/batch/forecasts", body)

    def _save(self, path: Path, address: str, body: BatchExplainBody | BatchForecastBody) -> None:
        unfinished = path.with_name(f".{path.name}.part")
        try:
            with self._to.streaming(address, body, _as(_PARQUET)) as answer, unfinished.open("wb") as file:
                for piece in answer.iter_bytes():
                    file.write(piece)
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)


def body_of(request: Asked) -> RecommendBody:
    """The body that asks for a slate, with nothing in it but what was asked for."""
    if isinstance(request, RecommendBody):
        return request
    return RecommendBody(**{name: getattr(request, name) for name in request.model_fields_set})


def _explain(user_ids: Sequence[str], request: Asked | None, item_ids: Sequence[str]) -> BatchExplainBody:
    more = {} if request is None else {"request": body_of(request)}
    return BatchExplainBody(user_ids=tuple(user_ids), item_ids=tuple(item_ids), **more)


def _as(media: str) -> dict[str, str]:
    return {"accept": media}
