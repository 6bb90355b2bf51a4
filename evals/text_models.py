"""What the workspace's fine-tuned reading of questions gains over the base, on what its training never saw.

Held-out questions are those that decide whether an adapter is kept: composed requests and sentences for held-out items,
and the next held-out items that held-out people took up. Descriptive queries (evals/descriptive_cases.py) are words
that no training has seen at all; they are searched by meaning alone, among all films and among those with our words.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.errors import NotTrainedError
from core.settings import Settings
from core.types import Item
from evals.descriptive import resolve
from evals.descriptive_cases import CASES
from evals.metrics import bootstrap_interval
from store.catalog import Catalog
from store.db import Database
from store.events import Events
from tools.deps import Floats
from tools.retrieval.embedder import Embedder
from tools.retrieval.hybrid import HybridRetriever
from tools.retrieval.tuning import adapter
from tools.retrieval.tuning.training import compare, gather, measure, questions

_CUT = 10


@dataclass(frozen=True)
class TextRow:
    """NDCG@10 by the base and with the adapter, and the mean gain with its 95 % interval (paired bootstrap)."""

    questions: str
    count: int
    base: float
    tuned: float
    gain: float
    low: float
    high: float


@dataclass(frozen=True)
class TextReport:
    """The rows, and the milliseconds of reading one question with and without the adapter."""

    rows: tuple[TextRow, ...]
    base_ms: float
    tuned_ms: float

    def text(self) -> str:
        """The table as printed."""
        lines = [f"{'questions':<34}{'count':>6}{'base':>8}{'tuned':>8}{'gain':>8}{'95 % interval':>20}"]
        lines += [
            f"{row.questions:<34}{row.count:>6}{row.base:8.3f}{row.tuned:8.3f}{row.gain:+8.3f}"
            f"{row.low:+11.3f} to {row.high:+.3f}"
            for row in self.rows
        ]
        return "\n".join([*lines, f"one question: {self.base_ms:.1f} ms by the base, {self.tuned_ms:.1f} ms tuned"])


def run(settings: Settings) -> TextReport:
    """Measure the workspace's adapter and print the table.

    Raises:
        NotTrainedError: it has none.
        InputError: its adapter is damaged, or the catalogue lacks a film that the queries name.
    """
    folder = adapter.folder_of(settings)
    database = Database(settings.sql_url)
    try:
        database.migrate()
        catalog, events = Catalog(database), Events(database)
        if adapter.stamp(folder) is None:
            raise NotTrainedError("text adapter that won (DRIFTLINE_TEXT_TUNING=on)")
        base = Embedder(settings.embedder)
        adapter.read(folder, base.identity)
        tuned = Embedder(settings.embedder, folder)
        vectors = HybridRetriever(settings, catalog, events, base).item_vectors()
        material = gather(catalog, events)
        asked = questions(material)
        texts = [question.text for question in asked]
        before, after = (measure(by.encode(texts), vectors, material, asked) for by in (base, tuned))
        rows = [
            TextRow(f"held out: {gain.kind}", gain.questions, gain.before, gain.after, gain.gain, gain.low, gain.high)
            for gain in compare(asked, before, after)
        ]
        rows += _descriptive(base, tuned, vectors, material.items)
        report = TextReport(tuple(rows), _milliseconds(base, texts), _milliseconds(tuned, texts))
    finally:
        database.close()
    print(report.text())
    return report


def _descriptive(base: Embedder, tuned: Embedder, vectors: Floats, items: Sequence[Item]) -> list[TextRow]:
    judged = resolve(CASES, [(item.id, item.title, item.year) for item in items])
    position = {item.id: row for row, item in enumerate(items)}
    told = np.array([bool(item.text) for item in items])
    encoded = [by.encode([query for query, _ in judged]) for by in (base, tuned)]
    rows = []
    for name, pool in (("among all", np.ones(len(items), bool)), ("among those with words", told)):
        among = np.flatnonzero(pool)
        first, second = (
            np.array(
                [
                    _ndcg(
                        among[np.argsort(-(vectors[among] @ vector), kind="stable")[:_CUT]].tolist(),
                        {position[f] for f in films},
                    )
                    for vector, (_, films) in zip(by, judged, strict=True)
                ]
            )
            for by in encoded
        )
        gain = bootstrap_interval(second, first)
        means = float(first.mean()), float(second.mean())
        rows.append(TextRow(f"descriptive, {name}", len(judged), *means, *gain))
    return rows


def _ndcg(found: Sequence[int], wanted: set[int]) -> float:
    gains = [1 / np.log2(rank + 1) for rank, item in enumerate(found, 1) if item in wanted]
    return float(sum(gains) / sum(1 / np.log2(rank + 1) for rank in range(1, min(_CUT, len(wanted)) + 1)))


def _milliseconds(embedder: Embedder, texts: Sequence[str]) -> float:
    """Median time of one question that was not asked before."""
    embedder.query("warm")
    times = []
    for text in texts[:40]:
        started = time.perf_counter()
        embedder.query(f"{text} now")
        times.append(1000 * (time.perf_counter() - started))
    return float(np.median(times))
