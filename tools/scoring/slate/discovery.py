"""Discoveries: little known items that suit one person, another choice among them for each person and day."""

from __future__ import annotations

import hashlib
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from tools.scoring.signals import Floats, Ints

POOL = 150
"""How many items a person's discoveries are drawn from."""

_EVEN = 3.0
"""Spread of the draw beside that of the lifts: at 0 everybody gets the greatest of theirs."""

Doubles = NDArray[np.float64]


def personal_lift(personal: Doubles, popularity: Floats) -> Doubles:
    """(items,) what the personal part of the score exceeds by what popularity explains of it (least squares)."""
    away = popularity - popularity.mean()
    slope = float(away @ personal) / max(float(away @ away), 1e-9)
    return np.asarray(personal - personal.mean() - slope * away, np.float64)


def drawn(
    personal: Doubles, popularity: Floats, open_to: NDArray[np.bool_], positions: Ints, seed: int, count: int
) -> list[int]:
    """Rows of the discoveries, best first.

    They are drawn without replacement, by the Gumbel-top-k trick (Kool et al. 2019), from the `POOL` greatest personal
    lifts among the less popular half of the candidates. The draw rests on ``seed`` and the item alone.

    Args:
        personal: (items,) part of the score that is this person's own, from 0 for nothing known.
        popularity: (items,) in [0, 1].
        open_to: (items,) those that may be drawn.
        positions: (items,) in the catalogue.
        count: how many.
    """
    lift = personal_lift(personal, popularity)
    rows = np.flatnonzero(open_to & (personal > 0) & (lift > 0) & (popularity < np.median(popularity)))
    if not len(rows) or count < 1:
        return []
    rows = rows[np.argsort(-lift[rows], kind="stable")[:POOL]]
    spread = max(float(lift[rows].std()), 1e-9)
    gumbel = -np.log(-np.log(uniform(positions[rows], seed)))
    order = np.argsort(-(lift[rows] / spread + _EVEN * gumbel), kind="stable")
    return [int(row) for row in rows[order[:count]]]


def seed_of(user_id: str | None, at: datetime) -> int:
    """The same number for one person on one day."""
    words = f"{user_id or ''} {at:%Y-%m-%d}".encode()
    return int.from_bytes(hashlib.blake2b(words, digest_size=8).digest(), "big")


def chance_of(seed: int) -> float:
    """A number in (0, 1) that looks drawn at random, the same for one seed."""
    return float(uniform(np.zeros(1, np.int32), seed ^ 0x5DEECE66D)[0])


def uniform(positions: Ints, seed: int) -> Doubles:
    """(items,) numbers in (0, 1) that look drawn at random, by position and seed (SplitMix64 of Steele et al. 2014)."""
    with np.errstate(over="ignore"):
        mixed = (positions.astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(seed)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        mixed = mixed ^ (mixed >> np.uint64(31))
    return np.asarray((mixed.astype(np.float64) + 0.5) / 2.0**64)
