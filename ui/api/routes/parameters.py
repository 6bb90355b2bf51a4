"""Parameters of paths, queries and headers that several routes share."""

from __future__ import annotations

from typing import Annotated

from fastapi import Header, Path, Query

from core.wire.fields import Moment, Period, UserId

_SEGMENT = r"^[^/\x00-\x1f\x7f]+$"

Person = Annotated[UserId, Path()]
ItemId = Annotated[str, Path(min_length=1, max_length=200, pattern=_SEGMENT, examples=["tt0078748"])]
OtherId = Annotated[str, Path(min_length=1, max_length=200, pattern=_SEGMENT, examples=["tt0116282"])]
EventId = Annotated[str, Path(min_length=1, max_length=200, pattern=_SEGMENT, examples=["6f1a0c5e"])]
ConversationId = Annotated[str, Path(min_length=1, max_length=200, pattern=_SEGMENT, examples=["b52e9f10"])]
At = Annotated[
    Moment | None,
    Query(description="The moment of the request; absent for now.", examples=["2024-05-01T12:00:00Z"]),
]
PeriodOf = Annotated[
    Period | None, Query(description="Length of a period; absent for the workspace's.", examples=["month"])
]
DeliveryKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=100,
        pattern=r"^[!-~]+$",
        description="A name of your own for this request: sent again with the same one, nothing happens twice.",
        examples=["order-2024-05-01-0001"],
    ),
]
