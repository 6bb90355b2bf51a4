"""The other ways of ranking in the benchmark of cold start: each with the figures that did best before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from scipy.sparse import csr_matrix

from evals.cold_cases import without
from evals.metrics import Lists, evaluate
from evals.ranking.blend import blended, tuned
from evals.ranking.classical import Classical, Option, tastes
from evals.ranking.lists import Floats, Scores, top_lists
from evals.splits import Split

LENGTH = 400
"""Items of a list."""


@dataclass
class Text(Classical):
    """Likeness of an item's text to the texts of what the person liked."""

    vectors: Floats
    name: ClassVar[str] = "text alone"

    def options(self) -> Iterable[Option]:
        """Ages of a person's events."""
        return ({"fade_days": days} for days in (3.0, 10.0, 60.0, 10_000.0))

    def fit(self, split: Split, option: Option) -> None:
        """Nothing."""

    def scores(self, fitted: None, split: Split, option: Option) -> Scores:  # noqa: ARG002
        """Products of centred vectors."""
        centred = self.vectors - self.vectors.mean(axis=0)
        liked = tastes(split, option["fade_days"]) @ centred
        return lambda part: np.asarray(liked[part] @ centred.T, np.float32)


def best(
    peer: Classical, tune: Sequence[Split], test: Sequence[Split], met: tuple[csr_matrix, csr_matrix] | None = None
) -> list[tuple[Lists, Lists]]:
    """For each pair of splits the peer's lists with the figures that do best on the first: of both.

    Args:
        peer: the way of ranking.
        tune: what may be learnt is the same in all of them.
        test: likewise.
        met: what is left out of the lists of ``tune`` and of ``test``.
    """
    leading: list[tuple[float, Option, Lists] | None] = [None] * len(tune)
    shape, fitted = None, None
    for option in peer.options():
        wanted = tuple(option[name] for name in peer.shape)
        if shape != wanted:
            shape, fitted = wanted, peer.fit(tune[0], option)
        for place, split in enumerate(tune):
            lists = _lists(peer, fitted, split, option, met and met[0])
            value = float(evaluate(lists, split.wanted).ndcg.mean())
            held = leading[place]
            if held is None or value > held[0]:
                leading[place] = (value, option, lists)
    kept: dict[tuple[float, ...], object] = {}
    result = []
    for held, split in zip(leading, test, strict=True):
        assert held is not None
        _, option, lists = held
        wanted = tuple(option[name] for name in peer.shape)
        if wanted not in kept:
            kept[wanted] = peer.fit(split, option)
        result.append((lists, _lists(peer, kept[wanted], split, option, met and met[1])))
    return result


def blend(tuning: Mapping[str, Lists], ways: Mapping[str, Lists], tune: Split) -> Lists:
    """The blend of the peers' lists, its weights chosen on ``tuning``."""
    mixed = tuned(tuning, tune.wanted)
    return blended(mixed, {name: ways[name] for name in mixed.weights}, tune.wanted.shape[1])


def _lists(peer: Classical, fitted: object, split: Split, option: Option, met: csr_matrix | None) -> Lists:
    lists = top_lists(peer.scores(fitted, split, option), split, LENGTH)
    return lists if met is None else without(lists, met)
