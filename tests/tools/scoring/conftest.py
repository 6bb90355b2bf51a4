"""A small workspace: sixty films of two kinds, and people who like one kind each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from core.errors import NotTrainedError
from core.forecasts import Forecast, InterestTimeline, TopicOverview
from core.mentions import Mention, Resolution
from core.results import Relaxation, SearchHit, SearchResult
from core.settings import Settings
from core.types import Constraints, Event, EventKind, Item
from store.catalog import Catalog
from store.db import Database
from store.events import Events
from tools.deps import Floats, ForecastTable, TopicModel
from tools.scoring.scorer import AdditiveScorer
from tools.scoring.train import TrainReport, train
from tools.trends.popularity import EventTrends

START = datetime(2013, 3, 1, tzinfo=UTC)
NOW = START + timedelta(days=60)
GENRES = ("Thriller", "Comedy")


class Topics:
    """Genres as topics."""

    def __init__(self, catalog: Catalog) -> None:
        column = catalog.columns().facets.get("genre")
        if column is None:
            self._names: tuple[str, ...] = ()
            self._weights = csr_matrix((catalog.count(), 0), dtype=np.float32)
            return
        self._names = tuple(f"genre:{value}" for value in column.values)
        rows = np.maximum(np.asarray(column.matrix.sum(axis=1)), 1)
        self._weights = csr_matrix(column.matrix.multiply(1 / rows))

    @property
    def names(self) -> tuple[str, ...]:
        return self._names

    @property
    def weights(self) -> csr_matrix:
        return self._weights


class Forecaster:
    """Forecasts three quarters of the first topic for everybody, but for those of whom it is told otherwise.

    Attributes:
        first: per person, the shares of the first topic at each horizon; the others share the rest.
    """

    def __init__(self, catalog: Catalog, topics: TopicModel | None = None, trained: bool = True) -> None:
        self._topics = topics or Topics(catalog)
        self._trained = trained
        self.first: dict[str, tuple[float, ...]] = {}

    @property
    def topics(self) -> TopicModel:
        return self._topics

    def timeline(self, user_id: str, at: datetime, period: str | None = None) -> InterestTimeline:
        raise AssertionError("ranking needs no timeline")

    def forecast(self, user_id: str, at: datetime, horizon: int, period: str | None = None) -> Forecast:
        raise AssertionError("ranking asks for many at once")

    def forecast_many(
        self,
        user_ids: Sequence[str],
        at: datetime,
        horizon: int,
        period: str | None = None,
        histories: Mapping[str, Sequence[Event]] | None = None,
    ) -> ForecastTable:
        if not self._trained:
            raise NotTrainedError("interest forecaster")
        topics = self._topics.names
        first = np.array([(self.first.get(user_id) or (0.75,) * horizon)[:horizon] for user_id in user_ids])
        rest = (1 - first[..., None]) / max(len(topics) - 1, 1)
        shares = np.repeat(rest, len(topics), axis=2).astype(np.float32)
        shares[..., 0] = first
        models = ("fixed",) * len(user_ids)
        errors = np.full(len(user_ids), np.nan)
        return ForecastTable(tuple(user_ids), at, "month", topics, shares, shares, shares, models, errors)

    def overview(
        self, at: datetime, period: str | None = None, within: str | None = None, user_id: str | None = None
    ) -> TopicOverview:
        raise AssertionError("ranking needs no overview")


class Retriever:
    """Vectors that tell the kinds apart; a search finds items by a word of their title."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def search(self, query: str, constraints: Constraints, k: int) -> SearchResult:
        columns = self._catalog.columns()
        allowed = columns.mask(constraints)
        rows = [
            row for row, title in enumerate(columns.titles) if allowed[row] and query.casefold() in title.casefold()
        ]
        return SearchResult(
            hits=tuple(SearchHit(item_id=columns.ids[row], score=1.0, ranks={"lexical": 1}) for row in rows[:k])
        )

    def embed(self, texts: Sequence[str]) -> Floats:
        raise AssertionError("ranking embeds through search alone")

    def item_vectors(self) -> Floats:
        columns = self._catalog.columns()
        rng = np.random.default_rng(0)
        kind = columns.facets["genre"].matrix.toarray()
        vectors = np.hstack([kind, 0.3 * rng.normal(size=(len(columns.ids), 6))]).astype(np.float32)
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)

    def relaxations(self, constraints: Constraints) -> tuple[Relaxation, ...]:
        columns = self._catalog.columns()
        counts = [(name, int(columns.mask(rest).sum())) for name, rest in constraints.parts()]
        return tuple(Relaxation(constraint=name, count=count) for name, count in counts if count)

    def resolve_title(self, text: str, year: int | None = None) -> Resolution:
        raise AssertionError("not needed")

    def mentions(self, text: str) -> list[Mention]:
        raise AssertionError("not needed")

    def remember(self, user_id: str, event_id: str, text: str, at: datetime) -> None:
        raise AssertionError("not needed")

    def described_with(self, words: str) -> frozenset[str]:
        raise AssertionError("not needed")

    def interest_vector(self, user_id: str, at: datetime, among: Collection[str] | None = None) -> Floats | None:
        return None


@dataclass
class Bench:
    """A workspace and its parts."""

    settings: Settings
    catalog: Catalog
    events: Events
    retriever: Retriever
    forecaster: Forecaster
    trends: EventTrends

    def scorer(self) -> AdditiveScorer:
        return AdditiveScorer(self.settings, self.catalog, self.events, self.retriever, self.forecaster, self.trends)

    def train(self, until: datetime | None = None) -> TrainReport:
        return train(
            self.settings,
            self.catalog,
            self.events,
            self.retriever,
            self.forecaster,
            self.trends,
            until,
            lambda _what, _done: None,
        )


def film(number: int) -> Item:
    return Item(
        id=f"f{number:02d}",
        title=f"Film {number:02d}",
        facets={
            "genre": (GENRES[number % 2],),
            "director": (f"Director {number % 12}",),
            "language": ("English",),
        },
        numbers={"year": 1990.0 + number % 24, "tomatometer": 40.0 + number, "reviews": 10.0 + number},
    )


def ratings(people: int = 60) -> list[Event]:
    """People rate items of their own kind high, in the order of time, one of the other kind low."""
    rng = np.random.default_rng(7)
    events = []
    for person in range(people):
        own = rng.permutation([number for number in range(50) if number % 2 == person % 2])[:10]
        for step, number in enumerate([*own.tolist(), int(rng.choice([n for n in range(50) if n % 2 != person % 2]))]):
            at = START + timedelta(days=float(rng.uniform(0, 10)) + 4.5 * step)
            value = 0.8 if number % 2 == person % 2 else -0.6
            events.append(rating(f"p{person:02d}", f"f{number:02d}", at, value))
    return events


def rating(user: str, item: str, at: datetime, value: float) -> Event:
    return Event(user_id=user, item_id=item, at=at, kind=EventKind.RATING, value=value, source="import:test")


Maker = Callable[[Sequence[Item], Sequence[Event]], Bench]


def make_bench(home: Path, items: Sequence[Item], events: Sequence[Event]) -> tuple[Bench, Database]:
    settings = Settings(home=home)
    database = Database(settings.sql_url)
    database.migrate()
    catalog, log = Catalog(database), Events(database)
    catalog.upsert(items)
    log.append(events)
    bench = Bench(settings, catalog, log, Retriever(catalog), Forecaster(catalog), EventTrends(catalog, log, refresh=0))
    return bench, database


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Maker]:
    """Builds a workspace of its own."""
    opened: list[Database] = []

    def build(items: Sequence[Item], events: Sequence[Event]) -> Bench:
        bench, database = make_bench(tmp_path / f"home{len(opened)}", items, events)
        opened.append(database)
        return bench

    yield build
    for database in opened:
        database.close()


@pytest.fixture(scope="session")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """The sixty films with everybody's ratings, trained; tests must not change it."""
    made, database = make_bench(tmp_path_factory.mktemp("scoring"), [film(n) for n in range(60)], ratings())
    made.train()
    yield made
    database.close()
