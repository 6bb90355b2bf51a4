"""What a tool may use: the store, and the other slices through these protocols.

Slices never import each other; the composition root (agent/build.py) hands each one what it needs as a `Deps`.
Arrays over items are aligned with ``ItemColumns.ids`` (store/columns.py): position p is the same item everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from core.explanations import Carriers, Contrast, Counterfactual, Explanation, WhatIf
from core.forecasts import Forecast, InterestTimeline, TopicOverview
from core.mentions import Mention, Resolution
from core.results import RecommendRequest, Relaxation, SearchResult, Slate
from core.settings import Settings
from core.types import Constraints, Event
from store.catalog import Catalog
from store.conversations import Conversations
from store.events import Events

Floats = NDArray[np.float32]


class Retriever(Protocol):
    """Finds items by meaning, words and names (tools/retrieval)."""

    def search(self, query: str, constraints: Constraints, k: int) -> SearchResult:
        """The k best items for a query among those that obey the constraints; empty query: any that obey."""

    def embed(self, texts: Sequence[str]) -> Floats:
        """(n, d) unit vectors of texts."""

    def item_vectors(self) -> Floats:
        """(items, d) unit vectors in the order of ``ItemColumns.ids``; zero rows for items not indexed."""

    def relaxations(self, constraints: Constraints) -> tuple[Relaxation, ...]:
        """For limits that leave nothing: each one whose removal would leave something, most helpful first."""

    def resolve_title(self, text: str, year: int | None = None) -> Resolution:
        """The item that a title (possibly misspelt, with or without its year) refers to."""

    def mentions(self, text: str) -> list[Mention]:
        """Titles and facet values named in free text, left to right, without overlaps."""

    def described_with(self, words: str) -> frozenset[str]:
        """Ids of the items whose descriptions, not titles and names, carry all of these words."""

    def remember(self, user_id: str, event_id: str, text: str, at: datetime) -> None:
        """Keep the vector of something a person said about what they like."""

    def interest_vector(self, user_id: str, at: datetime, among: Collection[str] | None = None) -> Floats | None:
        """(d,) recency-weighted mean of what the person said before ``at``, not at that moment; None if nothing.

        ``among``: ids of the events that count; by default all that were not taken back.
        """


class TopicModel(Protocol):
    """Interest topics and how items belong to them."""

    @property
    def names(self) -> tuple[str, ...]:
        """Topic names, ``facet:value``."""

    @property
    def weights(self) -> csr_matrix:
        """(items, topics) membership; rows sum to 1, or to 0 for items without a topic."""


@dataclass(frozen=True)
class ForecastTable:
    """Forecasts of many people as arrays.

    Attributes:
        origin: the moment they were made at.
        shares, lo80, hi80: (people, horizons, topics) float32.
        models: (people,) the forecaster used for each.
        errors: (people,) its backtest error, NaN if untested.
    """

    user_ids: tuple[str, ...]
    origin: datetime
    period: str
    topics: tuple[str, ...]
    shares: NDArray[np.float32]
    lo80: NDArray[np.float32]
    hi80: NDArray[np.float32]
    models: tuple[str, ...]
    errors: NDArray[np.float64]

    def columns(self) -> dict[str, NDArray[np.generic]]:
        """Long form: user_id, origin, horizon (from 1), topic, share, lo80, hi80; one row a cell."""
        people, horizons, topics = self.shares.shape
        return {
            "user_id": np.repeat(np.array(self.user_ids, dtype=object), horizons * topics),
            "origin": np.full(people * horizons * topics, self.origin, dtype=object),
            "horizon": np.tile(np.repeat(np.arange(1, horizons + 1, dtype=np.int32), topics), people),
            "topic": np.tile(np.array(self.topics, dtype=object), people * horizons),
            "share": self.shares.ravel(),
            "lo80": self.lo80.ravel(),
            "hi80": self.hi80.ravel(),
        }


class InterestForecaster(Protocol):
    """Where a person's interests stand and are heading (tools/forecasting)."""

    @property
    def topics(self) -> TopicModel:
        """The topics it forecasts."""

    def timeline(self, user_id: str, at: datetime, period: str | None = None) -> InterestTimeline:
        """Weighted topic shares per period up to ``at``."""

    def forecast(self, user_id: str, at: datetime, horizon: int, period: str | None = None) -> Forecast:
        """Shares for the next ``horizon`` periods, from events before ``at`` alone."""

    def forecast_many(
        self,
        user_ids: Sequence[str],
        at: datetime,
        horizon: int,
        period: str | None = None,
        histories: Mapping[str, Sequence[Event]] | None = None,
    ) -> ForecastTable:
        """`forecast` for many people at once; ``histories`` are their events up to ``at`` where these are known."""

    def overview(
        self, at: datetime, period: str | None = None, within: str | None = None, user_id: str | None = None
    ) -> TopicOverview:
        """What moves for everybody before ``at``, or what lies within a topic, of everybody or of one person."""


@dataclass(frozen=True)
class Activity:
    """How often each item was taken up in the latest stretch that has data.

    Attributes:
        counts: (items,) number of events between ``since`` and ``until``.
        since, until: ends of the stretch, by the dates of its own data; None where there are no events at all.
    """

    counts: NDArray[np.int32]
    since: datetime | None
    until: datetime | None


class Trends(Protocol):
    """What is rising now (tools/trends)."""

    def with_own(self, user_id: str, history: Sequence[Event], at: datetime) -> Trends:
        """The same with a person's own part of what everybody did, up to ``at``, made of a history of theirs."""

    def popularities(self, at: datetime, half_lives: Sequence[float | None]) -> list[Floats]:
        """Per half-life in days, (items,) log-scaled decayed popularity in [0, 1] at ``at``; ``None``: undecayed."""

    def activity(self, at: datetime, days: float = 14.0) -> Activity:
        """Plain counts over the latest ``days`` that have data before ``at``."""

    def rising(self, at: datetime, k: int) -> list[tuple[str, float]]:
        """The k items whose recent activity exceeds expectation the most, with the ratio."""


class Scorer(Protocol):
    """Ranks with an additive score and explains it (tools/scoring)."""

    def recommend(self, request: RecommendRequest) -> Slate:
        """A ranked slate that obeys the constraints, each item with its reasons."""

    def explain(self, request: RecommendRequest, item_id: str) -> Explanation:
        """The score of one item under a request, its reasons, and where it is not among the first k, why not."""

    def contrast(self, request: RecommendRequest, item_id: str, other_id: str) -> Contrast:
        """Why one of two items scores higher than the other under a request."""

    def counterfactual(self, request: RecommendRequest, item_id: str) -> Counterfactual:
        """The person's own events without which an item would not be among the first k."""

    def what_if(
        self,
        request: RecommendRequest,
        drop: Sequence[str] = (),
        add: Sequence[Event] = (),
        then: RecommendRequest | None = None,
    ) -> WhatIf:
        """The slate of a request, and what it would be without some events, with others, or under another request."""

    def carriers(self, request: RecommendRequest, limit: int = 40) -> Carriers:
        """Which of the person's own events carry the slate of a request, the heaviest first."""

    def rank(self, request: RecommendRequest) -> list[tuple[str, float]]:
        """`recommend` without reasons: (item_id, score), best first."""

    def recommend_many(
        self,
        user_ids: Collection[str],
        k: int,
        at: datetime,
        seen_too: bool = False,
        adventure: float | None = None,
    ) -> dict[str, list[tuple[str, float]]]:
        """(item_id, score) lists for many people at once, for batch jobs and benchmarks."""


@dataclass(frozen=True)
class Deps:
    """Everything that tools work with in one process; holds no state of any person."""

    settings: Settings
    catalog: Catalog
    events: Events
    conversations: Conversations
    retriever: Retriever
    forecaster: InterestForecaster
    trends: Trends
    scorer: Scorer
    now: Callable[[], datetime]
