"""Benchmark of learnt topics on a workspace: their names and sizes, and how they hold when the catalogue grows.

Topics are learnt from part of the items and learnt again with the rest. What counts is which of the first items keep
their topic, beside topics learnt from nothing; items are added at random, or the newest (by year or first event) last.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from agent.build import open_workspace
from core.settings import Settings
from store.columns import EventLog, ItemColumns
from tools.forecasting.topics.clusters import Clusters, Codes, Floats, learn, matched, relearn
from tools.forecasting.topics.labels import Words
from tools.forecasting.topics.learning import catalogue_words

GROWTH = (0.1, 0.3, 1.0)
"""Parts of the first catalogue by which it grows."""


@dataclass(frozen=True)
class Growth:
    """One growth of the catalogue.

    Attributes:
        kept, kept_anew: part of the first items that keep their topic, learnt again and learnt from nothing.
        rand, rand_anew: adjusted Rand index of the topics of the first items before and after (Hubert and Arabie 1985).
        topics: how many there were, went on, and are.
    """

    added: str
    by: float
    kept: float
    kept_anew: float
    rand: float
    rand_anew: float
    topics: tuple[int, int, int]


@dataclass(frozen=True)
class TopicsReport:
    """What the benchmark found."""

    sizes: tuple[tuple[str, int], ...]
    growth: tuple[Growth, ...]

    def text(self) -> str:
        """The tables as printed."""
        lines = [f"{len(self.sizes)} topics", *(f"{size:8,}  {name}" for name, size in self.sizes)]
        lines.append(f"{'added':<10}{'by':>6}{'kept':>8}{'anew':>8}{'Rand':>8}{'anew':>8}  topics before, kept, after")
        for each in self.growth:
            figures = "".join(f"{figure:8.3f}" for figure in (each.kept, each.kept_anew, each.rand, each.rand_anew))
            lines.append(f"{each.added:<10}{each.by:>6.0%}{figures}  {', '.join(map(str, each.topics))}")
        return "\n".join(lines)


def run(settings: Settings, seed: int = 0) -> TopicsReport:
    """Learn topics from the workspace's index, print and return the tables.

    Raises:
        InputError: the workspace has no catalogue, or it is not indexed.
    """
    workspace = open_workspace(settings)
    try:
        columns = workspace.deps.catalog.columns()
        words = catalogue_words(workspace.deps.catalog, columns)
        age = _age(columns, workspace.deps.events.log(columns))
        report = evaluate(workspace.retriever.item_vectors(), words, age, settings.topic_clusters, seed)
    finally:
        workspace.database.close()
    print(report.text())
    return report


def evaluate(
    vectors: Floats, words: list[Words], age: Codes, clusters: int | None = None, seed: int = 0
) -> TopicsReport:
    """The benchmark over (n, d) vectors, what can name the items, and how they are ordered from old to new.

    Raises:
        InputError: there are too few vectors.
    """
    found = learn(vectors, words, clusters, seed)
    size = np.bincount(found.assign(vectors) + 1, minlength=len(found.names) + 1)[1:]
    sizes = [(found.names[code], int(size[code])) for code in np.argsort(-size, kind="stable")]
    shuffled = np.random.default_rng(seed).permutation(len(vectors))
    growth = [
        _grown(name, by, vectors[order], [words[row] for row in order.tolist()], clusters, seed)
        for name, order in (("at random", shuffled), ("newest", shuffled[np.argsort(age[shuffled], kind="stable")]))
        for by in GROWTH
    ]
    return TopicsReport(tuple(sizes), tuple(growth))


def _grown(added: str, by: float, vectors: Floats, words: list[Words], clusters: int | None, seed: int) -> Growth:
    first = round(len(vectors) / (1 + by))
    old = learn(vectors[:first], words[:first], clusters, seed)
    again, _ = relearn(old, vectors, words, clusters, seed)
    anew = learn(vectors, words, clusters, seed + 100)
    kept, rand, going_on = _agreement(old, again, vectors[:first])
    kept_anew, rand_anew, _ = _agreement(old, anew, vectors[:first])
    return Growth(added, by, kept, kept_anew, rand, rand_anew, (len(old.names), going_on, len(again.names)))


def _agreement(old: Clusters, new: Clusters, vectors: Floats) -> tuple[float, float, int]:
    from sklearn.metrics import adjusted_rand_score

    before, after = old.assign(vectors), new.assign(vectors)
    rows, columns = matched(before, after, len(old.names), len(new.names))
    same = np.full(len(old.names), -2)
    same[rows] = columns
    inside = before >= 0
    kept = float((same[before[inside]] == after[inside]).mean())
    return kept, float(adjusted_rand_score(before[inside], after[inside])), len(rows)


def _age(columns: ItemColumns, log: EventLog) -> Codes:
    """Items from old to new: by year where there are years, else by their first event."""
    years = columns.numbers.get("year")
    if years is not None:
        return np.nan_to_num(years, nan=9999.0).astype(np.int64)
    first = np.full(len(columns.ids), np.inf)
    np.minimum.at(first, log.item, log.at)
    return np.unique(first, return_inverse=True)[1].astype(np.int64)
