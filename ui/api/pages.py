"""Long lists in parts: opaque cursors, and the link to the next part."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeVar

from fastapi import Query, Request, Response

from core.errors import InputError

Row = TypeVar("Row")

Cursor = Annotated[
    str,
    Query(
        pattern=r"^[A-Za-z0-9_-]+$",
        max_length=1000,
        description="`next_cursor` of the part before; absent for the first part.",
        examples=["eyJhZnRlciI6Mn0"],
    ),
]
Limit = Annotated[int, Query(ge=1, le=1000, description="How many entries at most.", examples=[50])]


def encode(position: dict[str, Any]) -> str:
    """A position in a list as a cursor."""
    text = json.dumps(position, separators=(",", ":"), sort_keys=True)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode(cursor: str, *names: str) -> dict[str, Any]:
    """The position that a cursor stands for.

    Raises:
        InputError: it is none that such a list gave out.
    """
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        position = json.loads(base64.urlsafe_b64decode(padded))
    except (ValueError, binascii.Error):
        position = None
    if not isinstance(position, dict) or set(position) != set(names):
        raise InputError(f"The cursor {cursor[:40]!r} is not one of this list.", "Begin without a cursor.")
    return position


def number(cursor: str | None, name: str) -> int:
    """The number that a cursor stands for, 0 for none. Raises as `decode` does."""
    if cursor is None:
        return 0
    value = decode(cursor, name)[name]
    if not isinstance(value, int) or not 0 <= value < 2**31:
        raise InputError(f"The cursor {cursor[:40]!r} is not one of this list.", "Begin without a cursor.")
    return value


def part(
    rows: Sequence[Row], limit: int, cursor: str | None, place: Callable[[Row], tuple[int, str]]
) -> tuple[list[Row], str | None]:
    """The part of a list after a cursor, and the cursor of the next part.

    Args:
        rows: the whole list, the newest first.
        place: when a row is (microseconds), and its id. An entry that is new or gone meanwhile moves no other.
    """
    start = 0
    if cursor is not None:
        position = decode(cursor, "at", "id")
        at, last = position["at"], position["id"]
        if not isinstance(at, int):
            raise InputError(f"The cursor {cursor[:40]!r} is not one of this list.", "Begin without a cursor.")
        ids = [place(row) for row in rows]
        known = next((index for index, key in enumerate(ids) if key == (at, last)), None)
        # Where the mark is gone, those of its moment come again: entries told twice do less harm than lost ones.
        older = next((index for index, key in enumerate(ids) if key[0] <= at), len(rows))
        start = older if known is None else known + 1
    shown = list(rows[start : start + limit])
    if start + limit >= len(rows) or not shown:
        return shown, None
    at, last = place(shown[-1])
    return shown, encode({"at": at, "id": last})


def link_next(request: Request, response: Response, cursor: str | None) -> None:
    """Tell in the ``Link`` header where the next part is."""
    if cursor is not None:
        address = request.url.include_query_params(cursor=cursor)
        response.headers["link"] = f'<{address.path}?{address.query}>; rel="next"'
