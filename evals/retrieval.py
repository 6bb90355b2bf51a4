"""Benchmark of retrieval on a workspace: recall of the vector index, latency, title resolver, names in free text.

The written cases (evals/retrieval_cases.py) are about films; on another catalogue only recall and latency mean
something. Misspellings are made by one random edit in the titles of well-known films, with a fixed seed.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from core.errors import NotTrainedError
from core.settings import Settings
from core.types import Constraints, Range
from evals.retrieval_cases import MENTIONS, TITLES
from store.catalog import Catalog
from store.db import Database
from store.events import Events
from tools.retrieval.hybrid import HybridRetriever
from tools.retrieval.lexical import top
from tools.retrieval.snapshot import Snapshot

QUERIES = (
    "space horror with a small crew",
    "quiet romance in Paris",
    "courtroom drama",
    "a heist that goes wrong",
    "funny animals, animated",
    "war seen by a child",
    "a detective in the snow",
    "musical with dancing",
    "samurai in Japan",
    "robots and the future",
    "documentary about the sea",
    "a family road trip",
    "western with a lonely rider",
    "vampires",
    "boxing champion",
    "the French revolution",
    "teenagers at school",
    "mafia family",
    "ghosts in an old house",
    "an artist's life",
)
FILTERS: dict[str, Constraints] = {
    "no limits": Constraints(available_only=False),
    "from 1991": Constraints(ranges={"year": Range(low=1991)}),
    "thrillers, no horror, from 1991": Constraints(
        require={"genre": ("Thriller",)}, exclude={"genre": ("Horror",)}, ranges={"year": Range(low=1991)}
    ),
    "French, up to 100 minutes": Constraints(require={"language": ("French",)}, ranges={"runtime": Range(high=100)}),
    "Korean thrillers": Constraints(require={"language": ("Korean",), "genre": ("Thriller",)}),
}


def run(settings: Settings, repeats: int = 5, misspellings: int = 300) -> dict[str, Any]:
    """Measure the workspace and print the tables.

    Args:
        repeats: how often each query is asked, every time in words that are not in the cache.
        misspellings: how many misspelt titles the resolver is given.

    Raises:
        NotTrainedError: the workspace has no vector index.
    """
    database = Database(settings.sql_url)
    database.migrate()
    retriever = HybridRetriever(settings, Catalog(database), Events(database))
    try:
        now = retriever.snapshot()
        if not now.indexed.any():
            raise NotTrainedError("vector index")
        retriever.warm()
        report = {
            "items": len(now.columns.ids),
            "recall": recall(retriever, now),
            "latency_ms": latency(retriever, repeats),
            "titles": titles(retriever),
            "misspelt": misspelt(retriever, now, misspellings),
            "mentions": mentions(retriever),
        }
    finally:
        database.close()
    _print(report)
    return report


def recall(retriever: HybridRetriever, now: Snapshot, k: int = 10) -> dict[str, dict[str, float]]:
    """Per filter: part of the k exactly nearest items that the index finds, and that `nearest` finds."""
    table = {}
    for name, limits in FILTERS.items():
        allowed = now.columns.mask(limits) & now.indexed
        through_index, through_search = [], []
        for query in QUERIES:
            vector = retriever.embed([query])[0]
            exact = {now.columns.ids[row] for row in top(np.where(allowed, now.vectors @ vector, -2.0), k, floor=-1.5)}
            if exact:
                found = {item_id for item_id, _ in retriever.index.query(vector, k, limits)}
                through_index.append(len(found & exact) / len(exact))
                through_search.append(len(set(retriever.nearest(vector, limits, k)) & exact) / len(exact))
        table[name] = {
            "allowed": int(allowed.sum()),
            "index": float(np.mean(through_index)) if through_index else 1.0,
            "search": float(np.mean(through_search)) if through_search else 1.0,
        }
    return table


def latency(retriever: HybridRetriever, repeats: int) -> dict[str, dict[str, float]]:
    """Milliseconds per call at the 50th and 95th percentile, from 1 thread and from 8 at once."""
    vectors = {query: retriever.embed([query])[0] for query in QUERIES}
    limits = list(FILTERS.values())

    def search(number: int) -> None:
        query = f"{QUERIES[number % len(QUERIES)]} {number}"
        retriever.search(query, limits[number % len(limits)], 10)

    def query_index(number: int) -> None:
        retriever.index.query(vectors[QUERIES[number % len(QUERIES)]], 10, limits[number % len(limits)])

    def exact(number: int) -> None:
        retriever.nearest(vectors[QUERIES[number % len(QUERIES)]], limits[number % len(limits)], 10)

    def resolve(number: int) -> None:
        retriever.resolve_title(TITLES[number % len(TITLES)].text)

    def mention(number: int) -> None:
        retriever.mentions(MENTIONS[number % len(MENTIONS)].text)

    calls: dict[str, Callable[[int], None]] = {
        "search(), new query": search,
        "vectors, ChromaDB with filter": query_index,
        "vectors, as search() asks": exact,
        "resolve_title()": resolve,
        "mentions()": mention,
    }
    count = repeats * len(QUERIES)
    table: dict[str, dict[str, float]] = {}
    for name, call in calls.items():
        table[name] = {}
        for threads in (1, 8):
            times = _timed(call, range(threads * 100_000, threads * 100_000 + count), threads)
            table[name] |= {f"p50 x{threads}": _percentile(times, 50), f"p95 x{threads}": _percentile(times, 95)}
    return table


def titles(retriever: HybridRetriever) -> dict[str, Any]:
    """The written titles: how many resolve as expected, and those that do not."""
    wrong = []
    for case in TITLES:
        found = retriever.resolve_title(case.text)
        meant = f"{found.matches[0].title} ({found.matches[0].year})" if found.status == "resolved" else found.status
        if meant != case.expected:
            wrong.append({"text": case.text, "expected": case.expected, "got": meant})
    return {"cases": len(TITLES), "accuracy": 1 - len(wrong) / len(TITLES), "wrong": wrong}


def misspelt(retriever: HybridRetriever, now: Snapshot, count: int) -> dict[str, float]:
    """Titles of the 2,000 best-known items with one random edit: how often the item is meant, offered, or missed."""
    chance = random.Random(7)
    known = top(now.popularity, 2000)
    rows = [row for row in known if len(now.columns.titles[row]) >= 6]
    outcomes = {"cases": 0, "resolved": 0, "offered": 0, "another": 0, "unknown": 0}
    for row in chance.sample(rows, min(count, len(rows))):
        title, wanted = now.columns.titles[row], now.columns.ids[row]
        found = retriever.resolve_title(_misspell(title, chance))
        outcomes["cases"] += 1
        if found.status == "unknown":
            outcomes["unknown"] += 1
        elif wanted not in {match.item_id for match in found.matches}:
            outcomes["another"] += 1
        elif found.status == "resolved" and found.matches[0].item_id == wanted:
            outcomes["resolved"] += 1
        else:
            outcomes["offered"] += 1
    cases = max(outcomes["cases"], 1)
    return {name: number if name == "cases" else number / cases for name, number in outcomes.items()}


def mentions(retriever: HybridRetriever) -> dict[str, Any]:
    """The written sentences: precision and recall over names, and the sentences read wrongly."""
    right = found = wanted = 0
    wrong = []
    for case in MENTIONS:
        names = {m.value if m.kind == "title" else f"{m.kind}:{m.value}" for m in retriever.mentions(case.text)}
        expected = set(case.expected)
        right, found, wanted = right + len(names & expected), found + len(names), wanted + len(expected)
        if names != expected:
            wrong.append({"text": case.text, "expected": sorted(expected), "got": sorted(names)})
    return {
        "sentences": len(MENTIONS),
        "precision": right / max(found, 1),
        "recall": right / max(wanted, 1),
        "wrong": wrong,
    }


def _misspell(title: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(title) - 1)
    letter = chance.choice("abcdefghijklmnopqrstuvwxyz")
    edits = (
        title[:at] + title[at + 1 :],
        title[:at] + letter + title[at:],
        title[:at] + letter + title[at + 1 :],
        title[:at] + title[at + 1] + title[at] + title[at + 2 :],
    )
    return chance.choice(edits).lower()


def _timed(call: Callable[[int], None], numbers: Sequence[int], threads: int) -> list[float]:
    def one(number: int) -> float:
        start = time.perf_counter()
        call(number)
        return (time.perf_counter() - start) * 1000

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(one, numbers))


def _percentile(times: Sequence[float], percent: int) -> float:
    return round(float(np.percentile(times, percent)), 2)


def _print(report: dict[str, Any]) -> None:
    print(f"Retrieval over {report['items']} items\n")
    print(f"{'recall@10 against exact search':<36}{'allowed':>9}{'index':>9}{'search':>9}")
    for name, row in report["recall"].items():
        print(f"{name:<36}{row['allowed']:>9}{row['index']:>9.3f}{row['search']:>9.3f}")
    columns = ("p50 x1", "p95 x1", "p50 x8", "p95 x8")
    print(f"\n{'ms a call, 1 thread and 8 at once':<36}" + "".join(f"{column:>9}" for column in columns))
    for name, row in report["latency_ms"].items():
        print(f"{name:<36}" + "".join(f"{row[column]:>9.1f}" for column in columns))
    written, spelt, names = report["titles"], report["misspelt"], report["mentions"]
    print(f"\nTitles: {written['accuracy']:.3f} of {written['cases']} written cases")
    shares = ", ".join(f"{name} {share:.3f}" for name, share in spelt.items() if name != "cases")
    print(f"One random edit in {spelt['cases']} known titles: {shares}")
    print(f"Names in {names['sentences']} sentences: precision {names['precision']:.3f}, recall {names['recall']:.3f}")
    for case in (*written["wrong"], *names["wrong"]):
        print(f"  {case['text']!r}: expected {case['expected']}, got {case['got']}")
