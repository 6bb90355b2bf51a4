"""Small logs of known truth."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix

from core.types import EventKind
from store.columns import KINDS, EventLog, ItemColumns, columns_from
from tools.scoring.behaviour import History
from tools.scoring.signals import DAY

ITEMS = 40
START = 1_700_000_000.0
NOBODY = History(np.zeros(0, np.int32), np.zeros(0), np.zeros(0, np.int8), np.zeros(0, np.float32))
"""Somebody without any event."""

Row = tuple[int, int, float, EventKind, float]


def catalogue(count: int = ITEMS, first: int = 0) -> ItemColumns:
    """Items of two kinds in turn, with a price."""
    rows = [
        (
            f"i{n:02d}",
            {
                "title": f"Item {n}",
                "available": True,
                "numbers": {"price": 1.0 + n},
                "facets": {"kind": ("odd" if n % 2 else "even",)},
            },
        )
        for n in range(first, count)
    ]
    return columns_from(rows, "1", [float("nan")] * len(rows))


def topics(columns: ItemColumns) -> csr_matrix:
    return csr_matrix(columns.facets["kind"].matrix)


def log_of(rows: list[Row], people: int) -> EventLog:
    """(person, item, day, kind, value) rows as a log."""
    rows = sorted(rows, key=lambda row: row[2])
    return EventLog(
        users=tuple(f"p{n:03d}" for n in range(people)),
        user=np.array([row[0] for row in rows], np.int32),
        item=np.array([row[1] for row in rows], np.int32),
        at=np.array([START + row[2] * DAY for row in rows]),
        kind=np.array([KINDS.index(row[3]) for row in rows], np.int8),
        value=np.array([row[4] for row in rows], np.float32),
    )


def shop(people: int = 60, days: float = 120.0, seed: int = 0) -> EventLog:
    """Everybody buys three things of one kind every twelve days, each in its turn, and now and then anything."""
    rng = np.random.default_rng(seed)
    rows: list[Row] = []
    for person in range(people):
        staples = rng.permutation([n for n in range(ITEMS) if n % 2 == person % 2])[:3]
        for turn, item in enumerate(staples.tolist()):
            day = 4.0 * turn + float(rng.uniform(0, 4))
            while day < days:
                rows.append((person, item, day, EventKind.PURCHASE, 1.0))
                day += 12.0 + float(rng.normal(0, 0.5))
        for day in rng.uniform(0, days, 8).tolist():
            rows.append((person, int(rng.integers(ITEMS)), day, EventKind.PURCHASE, 1.0))
    return log_of(rows, people)


def critics(people: int = 80, days: float = 120.0, seed: int = 0) -> EventLog:
    """Everybody rates items once each, well if they are of their kind."""
    rng = np.random.default_rng(seed)
    rows: list[Row] = []
    for person in range(people):
        for item in rng.permutation(ITEMS)[:20].tolist():
            good = (item % 2 == person % 2) != (rng.random() < 0.1)
            rows.append((person, item, float(rng.uniform(0, days)), EventKind.RATING, 0.8 if good else -0.6))
    return log_of(rows, people)


def lookers(people: int = 80, days: float = 120.0, seed: int = 0) -> EventLog:
    """People look at things, and buy a third of them two days later and hardly anything else."""
    rng = np.random.default_rng(seed)
    rows: list[Row] = []
    for person in range(people):
        for day in rng.uniform(0, days, 25).tolist():
            item = int(rng.integers(ITEMS))
            rows.append((person, item, day, EventKind.CLICK, 0.0))
            if rng.random() < 0.3:
                rows.append((person, item, day + 2.0, EventKind.PURCHASE, 1.0))
    return log_of(rows, people)


def history(log: EventLog, person: int) -> History:
    rows = np.flatnonzero(log.user == person)
    return History(log.item[rows], log.at[rows], log.kind[rows], log.value[rows])
