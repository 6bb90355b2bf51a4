"""Reciprocal-rank fusion of ranked lists (Cormack, Clarke and Büttcher, SIGIR 2009)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

K = 60
"""The constant of the paper: how little the very first ranks matter more than the next ones."""


def fuse(lists: Mapping[str, Sequence[int]], k: int) -> list[tuple[int, float, dict[str, int]]]:
    """The k best positions over several rankings: (position, score, rank in each list that has it; 1 is best).

    score(p) = Σ over lists of 1 / (60 + rank). Equal scores are ordered by best rank, then by position, so that the
    same lists always give the same order.
    """
    ranks: dict[int, dict[str, int]] = {}
    for name, positions in lists.items():
        for rank, position in enumerate(positions, 1):
            ranks.setdefault(position, {}).setdefault(name, rank)
    scored = [(position, sum(1.0 / (K + rank) for rank in found.values()), found) for position, found in ranks.items()]
    scored.sort(key=lambda entry: (-entry[1], min(entry[2].values()), entry[0]))
    return scored[:k]
