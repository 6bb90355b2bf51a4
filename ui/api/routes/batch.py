"""Answers for many people at once, as lines of JSON or as Parquet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Header
from fastapi.responses import StreamingResponse

from agent.service import Service
from core.errors import DriftlineError, NotTrainedError
from core.results import RecommendRequest
from core.wire.answers import ExplanationRow, ForecastRow
from core.wire.bodies import BatchExplainBody, BatchForecastBody
from ui.api import moments, streams
from ui.api.routes.recommendations import request_of

_PEOPLE_AT_ONCE = 50

Accept = Annotated[
    str,
    Header(
        description=f"`{streams.LINES}` for a JSON object a line, or `{streams.PARQUET}`.", examples=[streams.PARQUET]
    ),
]


def router(service: Service) -> APIRouter:
    """The routes of this resource."""
    routes = APIRouter(prefix="/batch", tags=["batch"])

    @routes.post("/explanations", summary="Slates of many people with every part of every score")
    def batch_explanations(body: BatchExplainBody, accept: Accept = streams.LINES) -> StreamingResponse:
        """A row an item: parts and intercept sum to the score. What fails for one person is a row that says so."""
        request = request_of(service, body.request)
        people = dict.fromkeys(body.user_ids)
        rows = (row for person in people for row in _explained(service, request, person, body.item_ids))
        return streams.of_rows(rows, ExplanationRow, accept)

    @routes.post("/forecasts", summary="Where the interests of many people are heading")
    def batch_forecasts(body: BatchForecastBody, accept: Accept = streams.LINES) -> StreamingResponse:
        """A row a person, period ahead and topic, with the 80 % interval."""
        return streams.of_rows(_foretold(service, body), ForecastRow, accept)

    return routes


def _explained(
    service: Service, request: RecommendRequest, user_id: str, item_ids: tuple[str, ...]
) -> Iterator[ExplanationRow]:
    own = request.model_copy(update={"user_id": user_id})
    try:
        if not item_ids:
            slate = service.recommend(own)
            for rank, item in enumerate(slate.items, start=1):
                yield ExplanationRow.of(user_id, item, rank, slate.intercept)
    except NotTrainedError:
        raise
    except DriftlineError as error:
        yield ExplanationRow(user_id=user_id, problem=str(error))
    for item_id in dict.fromkeys(item_ids):
        try:
            found = service.explain(own, item_id)
        except NotTrainedError:
            raise
        except DriftlineError as error:
            yield ExplanationRow(user_id=user_id, item_id=item_id, problem=str(error))
            continue
        why_not = " ".join(found.why_not.text) if found.why_not is not None else ""
        yield ExplanationRow.of(user_id, found.item, found.rank, found.intercept, why_not)


def _foretold(service: Service, body: BatchForecastBody) -> Iterator[ForecastRow]:
    at = moments.usable(body.at) or service.now()
    people = list(dict.fromkeys(body.user_ids))
    for start in range(0, len(people), _PEOPLE_AT_ONCE):
        table = service.forecast_many(people[start : start + _PEOPLE_AT_ONCE], at, body.horizon, body.period)
        columns = table.columns()
        for cells in zip(*columns.values(), strict=True):
            yield ForecastRow(**dict(zip(columns, cells, strict=True)))
