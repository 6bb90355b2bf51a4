"""The retriever: vectors, words and names over one catalogue, behind the protocol of tools/deps.py."""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from core.mentions import Mention, Resolution
from core.results import Relaxation, SearchHit, SearchResult
from core.settings import Settings
from core.types import Constraints, Item
from store.catalog import Catalog
from store.columns import ItemColumns
from store.events import Events
from tools.deps import Floats
from tools.retrieval.embedder import Embedder
from tools.retrieval.fusion import fuse
from tools.retrieval.index import IndexReport, Progress, VectorIndex, connect
from tools.retrieval.interests import Interests
from tools.retrieval.lexical import Lexical, terms, top
from tools.retrieval.mentions import MentionFinder
from tools.retrieval.puns import Puns
from tools.retrieval.snapshot import DEPTH, Snapshot, nearest_rows, ranked_lists
from tools.retrieval.text import description, item_text
from tools.retrieval.titles import TitleIndex
from tools.retrieval.tuning import adapter
from tools.retrieval.vocabulary import Vocabulary

logger = logging.getLogger(__name__)

_EXACT_ROWS = 50_000
"""Up to this many allowed items, comparing with every one of them is faster than a filtered search of the index."""


class HybridRetriever:
    """Implements `Retriever`. Loads nothing until it is asked something; thread-safe.

    Args:
        events: where interactions are counted, as the measure of how well known an item is; may be None.
        embedder: shared with others who embed; None makes one from the settings.
    """

    def __init__(
        self, settings: Settings, catalog: Catalog, events: Events | None = None, embedder: Embedder | None = None
    ) -> None:
        self._settings = settings
        self._catalog = catalog
        self._events = events
        self.embedder = embedder or Embedder(settings.embedder)
        self._loading = threading.Lock()
        self._connecting = threading.Lock()
        self._current: Snapshot | None = None
        self._tuning = threading.Lock()
        self._tuned: tuple[int | None, Embedder] = (None, self.embedder)

    @property
    def queries(self) -> Embedder:
        """What questions are read with: the embedder, with the workspace's adapter where there is one that fits.

        One that is damaged or made for another embedder is left aside with a warning in the log.
        """
        folder = adapter.folder_of(self._settings)
        stamp = adapter.stamp(folder) if self._settings.text_tuning == "on" else None
        with self._tuning:
            if stamp != self._tuned[0]:
                self._tuned = (stamp, self._with_adapter(folder) if stamp is not None else self.embedder)
            return self._tuned[1]

    def _with_adapter(self, folder: Path) -> Embedder:
        try:
            adapter.read(folder, self.embedder.identity)
        except InputError as error:
            logger.warning("%s Questions are read without it.", error)
            return self.embedder
        return Embedder(self.embedder.name, folder)

    def build(self, progress: Progress = lambda _what, _done: None) -> IndexReport:
        """Bring the vector indexes in line with the catalogue (incremental, resumable); reports of the items' texts."""
        count = self._catalog.count()
        report = self.index.build(self._catalog.all(), count, progress)
        self.descriptions.build(self._catalog.all(), count, progress)
        with self._loading:
            self._current = None
        return report

    def warm(self) -> None:
        """Load model and indexes now rather than with the first question."""
        self.snapshot()
        self.queries.query("warm")

    @cached_property
    def _connected(self) -> tuple[VectorIndex, VectorIndex, Interests]:
        client = connect(self._settings)
        return (
            VectorIndex(client, self.embedder),
            VectorIndex(client, self.embedder, "descriptions", description, "Embedding the descriptions"),
            Interests(client, self.embedder),
        )

    @property
    def index(self) -> VectorIndex:
        """The vector index of the items."""
        with self._connecting:
            return self._connected[0]

    @property
    def descriptions(self) -> VectorIndex:
        """The vector index of what the items are like, for those that are described."""
        with self._connecting:
            return self._connected[1]

    @property
    def interests(self) -> Interests:
        """What people said, as vectors; the `Erasable` of this slice."""
        with self._connecting:
            return self._connected[2]

    def search(self, query: str, constraints: Constraints, k: int) -> SearchResult:
        """The k best items for a query among those that obey the constraints.

        Lists: items called like the query, nearest texts, nearest descriptions, BM25, and whatever these found by how
        well known it is; fused by reciprocal rank. An empty query ranks all that obeys by how well known it is.
        """
        now = self.snapshot()
        allowed = now.columns.mask(constraints)
        if not allowed.any():
            return SearchResult(relaxations=self.relaxations(constraints))
        depth = max(k, DEPTH)
        if query.strip():
            allowed = allowed & ~now.puns.of(query, len(allowed))
            vector, named = self.queries.query(query), now.titles.resolve(query).matches
            dense = self._nearest(now, vector, constraints, allowed, depth)
            alike = self._nearest(now, vector, constraints, allowed, depth, described=True)
            lists = ranked_lists(now, query, named, dense, alike, allowed, depth)
        else:
            lists = {"known": top(np.where(allowed, now.popularity, -1.0), depth, floor=-0.5)}
        ids = now.columns.ids
        return SearchResult(
            hits=tuple(SearchHit(item_id=ids[p], score=score, ranks=ranks) for p, score, ranks in fuse(lists, k))
        )

    def nearest(self, vector: Floats, constraints: Constraints, k: int) -> list[str]:
        """Ids of the k items nearest to a unit vector among those that obey the constraints, nearest first."""
        now = self.snapshot()
        rows = self._nearest(now, vector, constraints, now.columns.mask(constraints), k)
        return [now.columns.ids[row] for row in rows]

    def embed(self, texts: Sequence[str]) -> Floats:
        """(n, d) unit vectors of texts as questions; a few at a time are cached, many are encoded in batches."""
        if len(texts) > 8:
            return self.queries.encode(texts)
        rows = [self.queries.query(text) for text in texts]
        return np.stack(rows) if rows else self.embedder.encode([])

    def item_vectors(self) -> Floats:
        """(items, d) unit vectors in the order of ``ItemColumns.ids``; zero rows for items not indexed."""
        return self.snapshot().vectors

    def relaxations(self, constraints: Constraints) -> tuple[Relaxation, ...]:
        """For limits that leave nothing: each one whose removal would leave something, most helpful first."""
        columns = self._catalog.columns()
        counted = [(name, int(columns.mask(rest).sum())) for name, rest in constraints.parts()]
        helpful = sorted((entry for entry in counted if entry[1]), key=lambda entry: -entry[1])
        return tuple(Relaxation(constraint=name, count=count) for name, count in helpful)

    def resolve_title(self, text: str, year: int | None = None) -> Resolution:
        """The item that a title (possibly misspelt, with or without its year) refers to."""
        return self.snapshot().titles.resolve(text, year)

    def mentions(self, text: str) -> list[Mention]:
        """Titles and facet values named in free text, left to right, without overlaps."""
        return self.snapshot().finder.find(text)

    def described_with(self, words: str) -> frozenset[str]:
        """Ids of the items whose descriptions, not titles and names, carry all of these words."""
        now, wanted = self.snapshot(), set(terms(words))
        everything = np.ones(len(now.columns.ids), dtype=bool)
        carriers = [now.columns.ids[row] for row in now.lexical.search(words, everything, len(everything))]
        items = self._catalog.get_many(carriers).values()
        return frozenset(item.id for item in items if wanted <= set(terms(description(item))))

    def remember(self, user_id: str, event_id: str, text: str, at: datetime) -> None:
        """Keep the vector of something a person said about what they like."""
        self.interests.remember(user_id, event_id, text, at)

    def interest_vector(self, user_id: str, at: datetime, among: Collection[str] | None = None) -> Floats | None:
        """(d,) recency-weighted mean of what the person said before ``at``; None if nothing.

        ``among``: ids of the events that count; by default all that were not taken back.
        """

        def retracted() -> set[str]:
            known = self._events.of_user(user_id, include_retracted=True) if self._events is not None else []
            return {event.id for event in known if event.retracted_at is not None}

        return self.interests.vector(user_id, at, retracted, among)

    def snapshot(self) -> Snapshot:
        """The indexes over the catalogue as it is now, rebuilt when it has changed."""
        columns = self._catalog.columns()
        current = self._current
        if current is not None and current.columns.version == columns.version:
            return current
        with self._loading:
            if self._current is None or self._current.columns.version != columns.version:
                self._current = self._load(columns)
            return self._current

    def _load(self, columns: ItemColumns) -> Snapshot:
        texts: list[str] = [""] * len(columns.ids)
        aliases: dict[int, tuple[str, ...]] = {}
        items: list[tuple[int, Item]] = []
        for item in self._catalog.all():
            position = columns.position.get(item.id)
            if position is not None:
                texts[position] = item_text(item)
                items.append((position, item))
                if item.aliases:
                    aliases[position] = item.aliases
        popularity = self._popularity(columns)
        unknown = np.full(len(columns.ids), np.nan, dtype=np.float32)
        years = columns.numbers.get("year", unknown)
        titles = TitleIndex(columns.ids, columns.titles, aliases, years, popularity)
        vectors, descriptions = self.index.vectors(columns.ids), self.descriptions.vectors(columns.ids)
        return Snapshot(
            columns=columns,
            vectors=vectors,
            indexed=np.asarray(vectors.any(axis=1)),
            descriptions=descriptions,
            described=np.asarray(descriptions.any(axis=1)),
            lexical=Lexical(texts),
            titles=titles,
            finder=MentionFinder(titles, Vocabulary(columns, popularity)),
            popularity=popularity,
            puns=Puns(items),
        )

    def _popularity(self, columns: ItemColumns) -> NDArray[np.float64]:
        """(items,) critics' reviews and recorded interactions, each as a multiple of its mean, summed."""
        count = len(columns.ids)
        sources = [np.nan_to_num(columns.numbers.get("reviews", np.zeros(count))).astype(np.float64)]
        if self._events is not None:
            sources.append(np.bincount(self._events.log(columns).item, minlength=count).astype(np.float64))
        known = [source / source.mean() for source in sources if source.any()]
        return np.sum(known, axis=0, dtype=np.float64) if known else np.zeros(count)

    def _nearest(
        self,
        now: Snapshot,
        vector: Floats,
        constraints: Constraints,
        allowed: NDArray[np.bool_],
        k: int,
        *,
        described: bool = False,
    ) -> list[int]:
        """Positions of the nearest texts, or descriptions, nearest first."""
        vectors, present = (now.descriptions, now.described) if described else (now.vectors, now.indexed)
        if int((allowed & present).sum()) <= _EXACT_ROWS:
            return nearest_rows(vectors, vector, allowed & present, k)
        index = self.descriptions if described else self.index
        # An index is brought up to date by `build`; the catalogue is the authority on what a limit lets through.
        rows = (now.columns.position.get(item_id) for item_id, _ in index.query(vector, k, constraints))
        return [row for row in rows if row is not None and allowed[row]]
