"""Benchmark of descriptive queries: what our own words about films add to search by meaning and by words.

Item texts are embedded and indexed in memory, as the catalogue's facts alone and with the sentence, the themes, or
both, so no second index is needed. Queries and judged films are those of evals/descriptive_cases.py. Only the
best-known films have words of ours, and only they are judged; so the gain is also measured among them alone, where
no film can rise merely because it has words at all. "Chat" is the fused search for what the chat makes of the message:
the words of the wish, within the limits it read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from agent.build import open_workspace
from agent.understanding import ConversationContext, understand
from core.errors import InputError
from core.mentions import TitleMatch
from core.settings import Settings
from core.types import Item
from evals.descriptive_cases import CASES, DescriptiveCase
from evals.metrics import bootstrap_interval
from store.importers.films import Words, own_words, worded
from tools.deps import Floats
from tools.retrieval.fusion import fuse
from tools.retrieval.hybrid import HybridRetriever
from tools.retrieval.lexical import Lexical, top
from tools.retrieval.puns import Puns
from tools.retrieval.snapshot import DEPTH, Snapshot, nearest_rows, ranked_lists
from tools.retrieval.text import description, item_text

Metric = NDArray[np.float64]

_TITLE = re.compile(r"(?P<title>.+) \((?P<year>\d{4})\)")

FACTS = "facts alone"
TEXTS: Mapping[str, tuple[bool, bool]] = {
    FACTS: (False, False),
    "facts and themes": (False, True),
    "facts and sentence": (True, False),
    "facts, sentence, themes": (True, True),
}
"""What an item's text holds beside the catalogue's facts: our sentence, our themes."""

WAYS = ("described", "dense", "BM25", "fused", "chat")
METRICS = ("recall@10", "recall@50", "NDCG@10", "MRR")


@dataclass(frozen=True)
class Row:
    """Means over the queries of one way of searching in one kind of text."""

    pool: str
    text: str
    way: str
    metrics: Mapping[str, float]


@dataclass(frozen=True)
class Gain:
    """A kind of text minus the facts alone: mean over queries with its paired 95 % bootstrap interval."""

    pool: str
    text: str
    way: str
    metric: str
    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class DescriptiveReport:
    """What the benchmark found."""

    queries: int
    judged: float
    films: int
    with_words: int
    rows: tuple[Row, ...]
    gains: tuple[Gain, ...]

    def text(self) -> str:
        """The tables as printed."""
        lines = [
            f"{self.queries} descriptive queries, {self.judged} judged films each on average; {self.films:,} films, "
            f"{self.with_words:,} with words of ours"
        ]
        for pool in dict.fromkeys(row.pool for row in self.rows):
            lines.append(f"\n{pool:<26}{'':<8}" + "".join(f"{metric:>11}" for metric in METRICS))
            lines += [
                f"{row.text:<26}{row.way:<8}" + "".join(f"{row.metrics[metric]:11.3f}" for metric in METRICS)
                for row in self.rows
                if row.pool == pool
            ]
            lines.append(f"{'gain over facts alone':<26}{'':<8}{'mean':>22}{'95 % interval':>22}")
            lines += [
                f"{gain.text:<26}{gain.way:<8}{gain.metric:>11}{gain.mean:+11.3f}{gain.low:+11.3f} to {gain.high:+.3f}"
                for gain in self.gains
                if gain.pool == pool
            ]
        return "\n".join(lines)


def run(settings: Settings) -> DescriptiveReport:
    """Measure on the workspace's catalogue and print the tables.

    Raises:
        InputError: the catalogue lacks a film that the queries name.
    """
    workspace = open_workspace(settings)
    try:
        report = compare(workspace.retriever, list(workspace.deps.catalog.all()), own_words(), CASES)
    finally:
        workspace.database.close()
    print(report.text())
    return report


def compare(
    retriever: HybridRetriever,
    items: Sequence[Item],
    words: Mapping[str, Words],
    cases: Sequence[DescriptiveCase],
) -> DescriptiveReport:
    """Search with every query in every kind of text, among all items and among those with words.

    Args:
        items: the catalogue, with or without the words.
    """
    now = retriever.snapshot()
    judged = resolve(cases, [(item.id, item.title, item.year) for item in items])
    relevant = [frozenset(now.columns.position[film] for film in films) for _, films in judged]
    asked = [_asked(retriever, now, query) for query, _ in judged]
    has_words = np.array([film in words for film in now.columns.ids])
    pools = {"among all films": np.ones(len(has_words), bool), "among films with words": has_words}
    outcomes: dict[tuple[str, str, str], dict[str, Metric]] = {}
    for text, variant in _variants(retriever, now, items, words):
        for pool, allowed in pools.items():
            found = [_search(variant, each, allowed) for each in asked]
            for way in WAYS:
                outcomes[pool, text, way] = measure([lists[way] for lists in found], relevant)
    rows = tuple(
        Row(*key, {metric: float(values.mean()) for metric, values in each.items()}) for key, each in outcomes.items()
    )
    gains = tuple(
        Gain(pool, text, way, metric, *bootstrap_interval(values, outcomes[pool, FACTS, way][metric]))
        for (pool, text, way), each in outcomes.items()
        if text != FACTS
        for metric, values in each.items()
        if metric in {"recall@10", "NDCG@10"}
    )
    average = round(float(np.mean([len(films) for films in relevant])), 1)
    order = {pool: rank for rank, pool in enumerate(pools)}
    return DescriptiveReport(
        queries=len(judged),
        judged=average,
        films=len(items),
        with_words=int(has_words.sum()),
        rows=tuple(sorted(rows, key=lambda row: order[row.pool])),
        gains=tuple(sorted(gains, key=lambda gain: order[gain.pool])),
    )


def resolve(
    cases: Sequence[DescriptiveCase], films: Sequence[tuple[str, str, int | None]]
) -> list[tuple[str, frozenset[str]]]:
    """Each query with the ids of its films.

    Args:
        films: (id, title, year) of the catalogue.

    Raises:
        InputError: a title with its year is that of no film, or of several.
    """
    known: dict[tuple[str, int], list[str]] = defaultdict(list)
    for film, title, year in films:
        if year is not None:
            known[title, year].append(film)
    found = []
    for case in cases:
        ids = []
        for name in case.relevant:
            match = _TITLE.fullmatch(name)
            meant = known.get((match["title"], int(match["year"])), []) if match else []
            if len(meant) != 1:
                raise InputError(
                    f"The query {case.query!r} names {name!r}: {len(meant)} films of the catalogue are called that.",
                    "Import the films first (`driftline import films`).",
                )
            ids.append(meant[0])
        found.append((case.query, frozenset(ids)))
    return found


def _variants(
    retriever: HybridRetriever, now: Snapshot, items: Sequence[Item], words: Mapping[str, Words]
) -> Iterator[tuple[str, Snapshot]]:
    """The catalogue as each kind of text; only the items whose text differs are embedded again."""
    texts: list[str] = []
    vectors: Floats | None = None
    ordered = sorted(items, key=lambda item: now.columns.position[item.id])
    for name, (sentence, themes) in TEXTS.items():
        before = texts
        dressed = [_dressed(item, words.get(item.id), sentence, themes) for item in ordered]
        texts = [item_text(item) for item in dressed]
        changed = [row for row, text in enumerate(texts) if not before or before[row] != text]
        fresh = retriever.embedder.encode([texts[row] for row in changed], bulk=True)
        vectors = np.zeros((len(texts), fresh.shape[1]), np.float32) if vectors is None else vectors.copy()
        vectors[changed] = fresh
        told = [description(item) for item in dressed]
        described = np.array([bool(words) for words in told])
        descriptions = np.zeros_like(vectors)
        descriptions[described] = retriever.embedder.encode([words for words in told if words], bulk=True)
        yield (
            name,
            replace(
                now,
                vectors=vectors,
                indexed=np.ones(len(texts), bool),
                descriptions=descriptions,
                described=described,
                lexical=Lexical(texts),
                puns=Puns(enumerate(dressed)),
            ),
        )


def _dressed(item: Item, words: Words | None, sentence: bool, themes: bool) -> Item:
    if words is None:
        return item
    return worded(item, Words(words.about if sentence else "", words.themes if themes else ()))


@dataclass(frozen=True)
class _Words:
    """Words to search with, their vector, and the items called like them."""

    words: str
    vector: Floats
    named: tuple[TitleMatch, ...]

    @classmethod
    def of(cls, retriever: HybridRetriever, words: str) -> _Words:
        return cls(words, retriever.embed([words])[0], retriever.resolve_title(words).matches)


@dataclass(frozen=True)
class _Asked:
    """A query as typed, and as the chat reads it: its words if it has any, and (items,) what its limits let through."""

    typed: _Words
    read: _Words | None
    within: NDArray[np.bool_]


def _asked(retriever: HybridRetriever, now: Snapshot, query: str) -> _Asked:
    meaning = understand(query, retriever, now.columns, ConversationContext())
    read = _Words.of(retriever, meaning.query) if meaning.query else None
    return _Asked(_Words.of(retriever, query), read, now.columns.mask(meaning.constraints))


def _search(now: Snapshot, asked: _Asked, allowed: NDArray[np.bool_]) -> dict[str, list[int]]:
    """The first positions by each way; fused lists are made as the product makes them."""
    lists = _lists(now, asked.typed, allowed)
    within = allowed & asked.within
    if asked.read is not None:
        chat = _lists(now, asked.read, within)
    else:
        chat = {"known": top(np.where(within, now.popularity, -1.0), DEPTH, floor=-0.5)}
    fused, spoken = ([position for position, _, _ in fuse(each, DEPTH)] for each in (lists, chat))
    return lists | {"BM25": lists["lexical"], "fused": fused, "chat": spoken}


def _lists(now: Snapshot, words: _Words, allowed: NDArray[np.bool_]) -> dict[str, list[int]]:
    allowed = allowed & ~now.puns.of(words.words, len(allowed))
    dense = nearest_rows(now.vectors, words.vector, allowed, DEPTH)
    alike = nearest_rows(now.descriptions, words.vector, allowed & now.described, DEPTH)
    return ranked_lists(now, words.words, words.named, dense, alike, allowed, DEPTH)


def measure(found: Sequence[Sequence[int]], relevant: Sequence[frozenset[int]]) -> dict[str, Metric]:
    """Per query: recall at 10 and 50, NDCG at 10 with gains of 0 and 1, reciprocal rank of the first judged film."""
    values = {metric: np.zeros(len(relevant)) for metric in METRICS}
    for row, (positions, wanted) in enumerate(zip(found, relevant, strict=True)):
        ranks = np.array([rank for rank, position in enumerate(positions, 1) if position in wanted])
        ideal = (1 / np.log2(np.arange(2, min(10, len(wanted)) + 2))).sum()
        values["recall@10"][row] = (ranks <= 10).sum() / len(wanted)
        values["recall@50"][row] = (ranks <= 50).sum() / len(wanted)
        values["NDCG@10"][row] = (1 / np.log2(ranks[ranks <= 10] + 1)).sum() / ideal
        values["MRR"][row] = 1 / ranks[0] if len(ranks) else 0.0
    return values
