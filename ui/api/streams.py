"""Answers that come piece by piece: server-sent events, lines of JSON, and Parquet."""

from __future__ import annotations

import io
import itertools
import logging
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import anyio
from fastapi import Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel
from starlette.concurrency import iterate_in_threadpool, run_in_threadpool

from agent.state import Update
from core.errors import DriftlineError
from core.wire.answers import ExplanationRow, ForecastRow
from ui.api import problems

if TYPE_CHECKING:
    import pyarrow as pa

_log = logging.getLogger(__name__)

EVENTS = "text/event-stream"
LINES = "application/x-ndjson"
PARQUET = "application/vnd.apache.parquet"
_ROWS_AT_ONCE = 2000


def of_turn(request: Request, updates: Iterator[Update]) -> StreamingResponse:
    """A turn as server-sent events; what fails on the way ends it with a ``problem``."""
    # Proxies that gather what they pass on would turn a stream into one late answer.
    headers = {"x-accel-buffering": "no"}
    return StreamingResponse(_frames(request, updates), media_type=EVENTS, headers=headers)


async def _frames(request: Request, updates: Iterator[Update]) -> AsyncIterator[str]:
    try:
        async for update in iterate_in_threadpool(updates):
            yield frame(update.type, update.model_dump_json())
    except DriftlineError as error:
        answer = problems.answer(request, problems.of_error(error), error.what, error.remedy)
        yield frame("problem", bytes(answer.body).decode())
    except Exception as error:
        yield frame("problem", bytes(problems.unexpected(request, error).body).decode())
    finally:
        await ended(updates)


async def ended(updates: Iterator[object]) -> None:
    """Let a turn end, also one that its reader left before it began: it is stored all the same.

    Meanwhile it holds up no other request.
    """
    with anyio.CancelScope(shield=True):
        await run_in_threadpool(_exhaust, updates)


def _exhaust(updates: Iterator[object]) -> None:
    try:
        for _ in updates:
            pass
    except Exception:  # there is nobody left to tell
        _log.exception("a turn failed after its reader had left")


def frame(name: str, data: str) -> str:
    """One server-sent event; ``data`` is JSON on one line."""
    return f"event: {name}\ndata: {data}\n\n"


def of_rows(
    rows: Iterable[BaseModel], kind: type[ExplanationRow] | type[ForecastRow], accept: str
) -> StreamingResponse:
    """Rows as lines of JSON, or as Parquet where ``accept`` names it.

    What fails before there is a first row is raised here, while the answer can still be a problem.
    """
    stream = iter(rows)
    begun = itertools.chain(list(itertools.islice(stream, 1)), stream)
    if "parquet" not in accept:
        return StreamingResponse((row.model_dump_json() + "\n" for row in begun), media_type=LINES)
    headers = {"content-disposition": 'attachment; filename="rows.parquet"'}
    return StreamingResponse(_parquet(begun, _schema(kind)), media_type=PARQUET, headers=headers)


def _parquet(rows: Iterator[BaseModel], schema: pa.Schema) -> Iterator[bytes]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = _Sink()
    with pq.ParquetWriter(sink, schema) as writer:
        while chunk := list(itertools.islice(rows, _ROWS_AT_ONCE)):
            writer.write_table(pa.Table.from_pylist([row.model_dump() for row in chunk], schema))
            yield sink.taken()
    yield sink.taken()


def _schema(kind: type[BaseModel]) -> pa.Schema:
    import pyarrow as pa

    words, figure, count = pa.string(), pa.float64(), pa.int32()
    if kind is ForecastRow:
        moment = pa.timestamp("us", tz="UTC")
        shares: Sequence[tuple[str, Any]] = [(name, figure) for name in ("share", "lo80", "hi80")]
        return pa.schema([("user_id", words), ("origin", moment), ("horizon", count), ("topic", words), *shares])
    part = pa.struct([("feature", words), ("contribution", figure), ("group", words), ("text", words)])
    item = [("user_id", words), ("item_id", words), ("title", words), ("rank", count), ("score", figure)]
    return pa.schema([*item, ("intercept", figure), ("parts", pa.list_(part)), ("why_not", words), ("problem", words)])


class _Sink(io.RawIOBase):
    """A file whose content is taken away as it is written."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._pieces.append(bytes(data))
        return len(self._pieces[-1])

    def taken(self) -> bytes:
        """What was written since the last time."""
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)
