"""How often messages are read as labelled, over the catalogue of a workspace, and how long that takes.

A label is exact: every role, limit, count and act must agree. The first set was used while the rules were written, the
second only after its first result was known. Labels that hold over the sample films alone are left out here.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from agent.understanding import understand
from core.settings import Settings, load_settings
from core.turns import HeardEvent
from core.types import Frozen
from evals.understanding_cases import CASES, HELD_OUT, Case
from store.catalog import Catalog
from store.columns import ItemColumns
from store.db import Database
from store.events import Events
from tools.deps import Retriever
from tools.retrieval.hybrid import HybridRetriever


class UnderstandingRow(Frozen):
    """Result on one set.

    Attributes:
        wrong: each message that was read differently, with the differences.
        median_ms, p95_ms: time of one reading.
    """

    name: str
    messages: int
    wrong: tuple[tuple[str, tuple[str, ...]], ...]
    median_ms: float
    p95_ms: float

    @property
    def accuracy(self) -> float:
        """Part of the messages that was read exactly as labelled."""
        return 1.0 - len(self.wrong) / self.messages if self.messages else 1.0


def differences(case: Case, retriever: Retriever, columns: ItemColumns) -> list[str]:
    """How the reading of a case differs from its label; empty when it does not."""
    meaning = understand(case.text, retriever, columns)
    limits = {name for name, _ in meaning.constraints.parts()}
    wished = {topic.removeprefix("genre:") for topic in meaning.topics}

    def titles(ids: Sequence[str]) -> set[str]:
        return {columns.titles[columns.position[item]] for item in ids}

    pairs: list[tuple[str, object, object]] = [
        ("intents", [str(intent) for intent in meaning.intents], case.intents.split(", ")),
        ("likes", _spoken(meaning.likes), _names(case.likes)),
        ("dislikes", _spoken(meaning.dislikes), _names(case.dislikes)),
        ("seen", _spoken(meaning.seen), _names(case.seen)),
        ("faded", _spoken(meaning.faded), _names(case.faded)),
        ("others", _spoken(meaning.others), _names(case.others)),
        ("similar", _spoken(meaning.similar), _names(case.similar)),
        ("subjects", titles(meaning.subjects), _names(case.subjects)),
        ("forgets", _spoken(meaning.forgets), _names(case.forgets)),
        ("wants", (wished & _names(case.wants)) if case.wants else wished, _names(case.wants)),
        ("limits", {_canonical(part) for part in limits}, {_canonical(p) for p in case.limits.split("; ") if p}),
        ("without", titles(tuple(meaning.constraints.exclude_items)), _names(case.without)),
        ("k", meaning.k, case.k),
        ("resets", set(meaning.resets), _names(case.resets)),
        ("unresolved", set(meaning.unresolved), _names(case.unresolved)),
        (
            "ambiguous",
            {question.quote for question in meaning.ambiguous} if case.ambiguous else set(),
            _names(case.ambiguous),
        ),
    ]
    return [f"{what}: read {got}, meant {meant}" for what, got, meant in pairs if got != meant]


def _names(text: str) -> set[str]:
    return {part for part in text.split(", ") if part}


def _spoken(events: tuple[HeardEvent, ...]) -> set[str]:
    return {event.title or (event.topic or "").removeprefix("genre:") for event in events}


def _canonical(limit: str) -> tuple[str, frozenset[str]]:
    head, _, values = limit.partition(": ")
    return head, frozenset(values.replace(" or ", ", ").split(", "))


def measure(name: str, cases: Sequence[Case], retriever: Retriever, columns: ItemColumns) -> UnderstandingRow:
    """Read every message of a labelled set."""
    wrong, times = [], []
    for case in cases:
        started = time.perf_counter()
        found = differences(case, retriever, columns)
        times.append((time.perf_counter() - started) * 1000)
        if found:
            wrong.append((case.text, tuple(found)))
    times.sort()
    return UnderstandingRow(
        name=name,
        messages=len(cases),
        wrong=tuple(wrong),
        median_ms=round(times[len(times) // 2], 2),
        p95_ms=round(times[int(0.95 * len(times))], 2),
    )


def run(settings: Settings) -> tuple[UnderstandingRow, ...]:
    """Print the table and the messages read differently, over the films of the workspace."""
    database = Database(settings.sql_url)
    try:
        database.migrate()
        catalog = Catalog(database)
        retriever, columns = HybridRetriever(settings, catalog, Events(database)), catalog.columns()
        retriever.mentions("warm up")
        rows = tuple(
            measure(name, [case for case in cases if not case.sample], retriever, columns)
            for name, cases in (("written against", CASES), ("held out", HELD_OUT))
        )
    finally:
        database.close()
    print(f"{len(columns.ids):,} items")
    print(f"{'set':<18}{'messages':>9}{'exact':>7}{'median ms':>11}{'p95 ms':>8}")
    for row in rows:
        print(f"{row.name:<18}{row.messages:>9}{row.accuracy:>7.3f}{row.median_ms:>11.1f}{row.p95_ms:>8.1f}")
    for row in rows:
        for text, found in row.wrong:
            print(f"{text} ({row.name}): {'; '.join(found)}")
    return rows


if __name__ == "__main__":
    run(load_settings())
