"""Small logs whose next item can be known."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from tools.scoring.sequence.inputs import Histories, ItemInputs, SequenceOptions
from tools.scoring.signals import Floats, Ints

DAY = 86_400.0
START = 1.3e9
ITEMS = 24
UNSEEN = (22, 23)
SMALL = SequenceOptions(
    width=16, layers=1, heads=2, length=8, dropout=0.1, id_dropout=0.3, negatives=64, batch=128, rate=1e-2, epochs=30
)


def histories(item: list[list[int]], strength: float = 1.0, seed: int = 0) -> Histories:
    """People with these items, about a day apart, starting on different days."""
    draws = np.random.default_rng(seed)
    at = [START + DAY * (draws.uniform(0, 40) + np.arange(len(each)) + draws.uniform(0, 0.5)) for each in item]
    starts = np.cumsum([0, *(len(each) for each in item)])
    flat = np.array([one for each in item for one in each], np.int32)
    count = len(flat)
    moments = np.concatenate([*at, np.zeros(0)])
    return Histories(flat, moments, np.full(count, strength, np.float32), np.full(count, 4, np.int8), starts)


def two_kinds(people: int = 60, length: int = 8, seed: int = 0) -> Histories:
    """Everybody takes items of one kind, even or odd numbers, and after item i most often item i + 2."""
    draws = np.random.default_rng(seed)
    found = []
    for person in range(people):
        item = int(draws.integers(11)) * 2 + person % 2
        chain = []
        for _ in range(length):
            chain.append(item)
            step = 1 if draws.random() < 0.8 else int(draws.integers(1, 11))
            item = (item // 2 + step) % 11 * 2 + person % 2
        found.append(chain)
    return histories(found, seed=seed)


def catalogue() -> ItemInputs:
    """Items whose text and genre tell their kind; the last two, one of each kind, are in nobody's history."""
    draws = np.random.default_rng(5)
    kind = np.arange(ITEMS) % 2
    vectors = np.hstack([np.eye(2)[kind], 0.2 * draws.normal(size=(ITEMS, 6))]).astype(np.float32)
    genre = csr_matrix(np.eye(2, dtype=np.float32)[kind])
    own = csr_matrix(np.eye(ITEMS, dtype=np.float32))
    return ItemInputs(vectors, genre, {"genre": genre, "director": own})


def bare(items: int = ITEMS) -> ItemInputs:
    """Items of which nothing is known."""
    return ItemInputs(np.zeros((items, 0), np.float32), csr_matrix((items, 0), dtype=np.float32))


def arrays(items: list[int]) -> tuple[Ints, NDArray[np.float64], Floats]:
    """One person's history, a day apart."""
    return (
        np.array(items, np.int32),
        np.asarray(START + DAY * np.arange(len(items)), np.float64),
        np.ones(len(items), np.float32),
    )
