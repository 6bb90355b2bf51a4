"""Explanations of many people's lists as one table: a row a part of a score, written in row groups."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import InputError
from core.results import RecommendRequest, Slate

if TYPE_CHECKING:
    from agent.service import Service

ROWS = 50_000
"""Rows held at once, and in a row group; a list of ten items has some 300."""

START = "intercept"
"""The feature of the row that every score begins with."""


@dataclass(frozen=True)
class Written:
    """What a batch wrote. ``empty``: people with nothing left to recommend."""

    people: int
    rows: int
    empty: int


def rows_of(slate: Slate) -> Iterator[dict[str, Any]]:
    """A slate as rows, one a part of an item's score; over the rows of an item, contributions sum to its score."""
    for rank, item in enumerate(slate.items, start=1):
        same = {"user_id": slate.user_id, "item_id": item.id, "title": item.title, "rank": rank, "score": item.score}
        yield {
            **same,
            "feature": START,
            "group": "start",
            "contribution": slate.intercept,
            "text": "",
            "ground_event_ids": [],
        }
        for reason in item.reasons:
            yield {
                **same,
                "feature": reason.feature,
                "group": reason.group,
                "contribution": reason.contribution,
                "text": reason.text,
                "ground_event_ids": [ground.event_id for ground in reason.grounds if ground.event_id is not None],
            }


def write_explanations(
    service: Service, people: Iterable[str], asked: RecommendRequest, out: Path, done: Callable[[int], None]
) -> Written:
    """Rank for everybody and write the rows as Parquet; the file appears whole or not at all.

    Args:
        asked: the request, but for whom. done: told how many people are written.

    Raises:
        InputError: the file cannot be written.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {"rank": pa.int32(), "score": pa.float64(), "contribution": pa.float64()}
    kinds["ground_event_ids"] = pa.list_(pa.string())
    names = ("user_id", "item_id", "title", "rank", "score", "feature", "group", "contribution", "text")
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in (*names, "ground_event_ids")])
    unfinished = out.with_name(f".{out.name}.part")
    count = rows = empty = 0
    held: list[dict[str, Any]] = []
    try:
        with pq.ParquetWriter(unfinished, schema) as writer:
            for count, person in enumerate(people, start=1):
                slate = service.recommend(asked.model_copy(update={"user_id": person}))
                empty += not slate.items
                held.extend(rows_of(slate))
                if len(held) >= ROWS:
                    writer.write_table(pa.Table.from_pylist(held, schema))
                    rows, held = rows + len(held), []
                done(count)
            writer.write_table(pa.Table.from_pylist(held, schema))
        unfinished.replace(out)
    except OSError as error:
        raise InputError(f"{out} cannot be written: {error}.", "Choose a folder that exists.") from error
    finally:
        unfinished.unlink(missing_ok=True)
    return Written(count, rows + len(held), empty)
