"""A catalogue of two kinds of thing, and people who keep to one of them."""

from __future__ import annotations

import numpy as np
import pytest

from core.types import EventKind, Item
from store.columns import KINDS, EventLog
from tools.retrieval.tuning.examples import Material

TEXTS = ("A clever crew plans one last job, and friends fall out", "A widow mends a boat")
THEMES = (("heist", "witty"), ("grief", "slow"))


def things(count: int = 120) -> list[Item]:
    """Items that alternate between two pairs of themes."""
    return [
        Item(
            id=f"i{number:03d}",
            title=f"Thing {number}",
            text=TEXTS[number % 2],
            facets={"theme": THEMES[number % 2], "genre": ("Crime",) if number % 2 == 0 else ("Drama",)},
            numbers={"year": 1990.0 + number % 20, "price": 12.5},
        )
        for number in range(count)
    ]


def log_of(items: int, people: int = 60, each: int = 8) -> EventLog:
    """People who rate things of one kind at 1, one a day, and one of the other kind at -1."""
    rng = np.random.default_rng(0)
    rows = []
    for person in range(people):
        liked = rng.choice(np.arange(person % 2, items, 2), each, replace=False)
        rows += [(person, int(item), 86_400.0 * day, 1.0) for day, item in enumerate(liked)]
        rows.append((person, (person + 1) % 2, 0.5, -1.0))
    rows.sort(key=lambda row: row[2])
    user, item, at, value = np.array(rows, np.float64).reshape(-1, 4).T
    return EventLog(
        users=tuple(f"p{person}" for person in range(people)),
        user=user.astype(np.int32),
        item=item.astype(np.int32),
        at=at,
        kind=np.full(len(rows), KINDS.index(EventKind.RATING), np.int8),
        value=value.astype(np.float32),
    )


@pytest.fixture(scope="session")
def material() -> Material:
    """Examples can be drawn from it."""
    items = things()
    return Material.of(items, log_of(len(items)))
