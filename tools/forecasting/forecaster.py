"""A person's timeline and forecast, from the event log and the trained ensemble."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError, NotTrainedError
from core.forecasts import Forecast, InterestTimeline, TopicOverview
from core.periods import check_period, first_period, period_start
from core.settings import Settings
from core.timeline import timeline_grid
from core.types import Event
from store.catalog import Catalog
from store.columns import ItemColumns
from store.events import Events
from store.standing import standing_events
from tools.deps import ForecastTable
from tools.forecasting.artefact import Artefact, load, modified
from tools.forecasting.drift.drifts import drifts
from tools.forecasting.drift.movement import movement
from tools.forecasting.models.classical import ShareForecast
from tools.forecasting.notes import forecast_note, timeline_note
from tools.forecasting.outlook.outlook import outlook_of
from tools.forecasting.overview import Within, of_everybody
from tools.forecasting.spread import People, people_of
from tools.forecasting.steering import steered
from tools.forecasting.topics.clusters import Floats
from tools.forecasting.topics.learning import trained_topics
from tools.forecasting.topics.topics import Topics, topic_source
from tools.forecasting.train import FOLDER

LONGEST_HORIZON = 52
_BATCH = 500


class Forecasting:
    """The `InterestForecaster` of a workspace; thread-safe, keeps nothing about any person.

    Args:
        settings: workspace, topic facet and default period.
        catalog: items and their facets.
        events: the log of timelines.
        vectors: gives the (items, d) vectors that learnt topics are told apart by.
    """

    def __init__(self, settings: Settings, catalog: Catalog, events: Events, vectors: Callable[[], Floats]) -> None:
        self._settings = settings
        self._catalog = catalog
        self._events = events
        self._vectors = vectors
        self._within = Within(settings, catalog, events, vectors)
        self._lock = threading.Lock()
        self._snapshot: _Snapshot | None = None

    @property
    def topics(self) -> Topics:
        """The topics of the trained model over the catalogue as it is now; before training, the catalogue's own."""
        return self._current(self._catalog.columns()).topics

    def timeline(self, user_id: str, at: datetime, period: str | None = None) -> InterestTimeline:
        """Weighted topic shares per period up to ``at``; see `core.timeline` for what counts as interest.

        Rows run from the first to the last active period, inactive ones between them included; a long inactive run is
        one row, and the note says so.

        Raises:
            InputError: the period is unknown.
        """
        period = check_period(period or self._settings.period)
        topics = self.topics
        known = self._read([user_id], at, topics, period)
        grid = timeline_grid(known.counts)
        zone = self._settings.timezone
        return InterestTimeline(
            user_id=user_id,
            period=period,
            topics=topics.names,
            periods=tuple(period_start(each, period, zone) for each in grid.index.tolist()),
            shares=tuple(map(tuple, grid.shares.tolist())),
            counts=tuple(grid.totals.tolist()),
            note=timeline_note(known, grid, period),
        )

    def forecast(self, user_id: str, at: datetime, horizon: int, period: str | None = None) -> Forecast:
        """Shares for the next ``horizon`` periods, from events up to ``at`` alone.

        Horizon 1 is the period that begins at ``at``, or else the next one to begin.

        Raises:
            InputError: the period is unknown or the horizon is not in 1..52.
            NotTrainedError: `driftline train` has not run.
        """
        period = _check(period or self._settings.period, horizon)
        artefact, topics = self._trained()
        known = self._read([user_id], at, topics, period)
        muted = known.muted[0]
        ensemble = artefact.ensembles[period]
        history = self._steered(known, at, topics, period).histories(first_period(at, period, artefact.timezone))
        served = ensemble.forecast(history, horizon)
        found = without(served.forecast, muted)
        drift = drifts(artefact.changes[period], known, topics.names)
        moving = movement(ensemble.local_level, history, muted, topics.names, found.shares[0][0])
        return Forecast(
            user_id=user_id,
            origin=at,
            period=period,
            model=served.model[0],
            topics=topics.names,
            shares=_rows(found.shares[0]),
            lo80=_rows(found.lo[0]),
            hi80=_rows(found.hi[0]),
            lo95=_rows(found.lo95[0]),
            hi95=_rows(found.hi95[0]),
            backtest_error=_known(served.error[0]),
            outlook=outlook_of(artefact.outlooks[period], history, muted, topics.names, horizon),
            drift=drift,
            usual=moving.usual,
            rising=moving.rising,
            fading=moving.fading,
            note=forecast_note(known, period, artefact.note(period)),
        )

    def forecast_many(
        self,
        user_ids: Sequence[str],
        at: datetime,
        horizon: int,
        period: str | None = None,
        histories: Mapping[str, Sequence[Event]] | None = None,
    ) -> ForecastTable:
        """`forecast` for many people at once, without drift and movement.

        Args:
            histories: their events up to ``at`` in time order, where the caller has read them; nobody else's are read.

        Raises:
            InputError: the period is unknown or the horizon is not in 1..52.
            NotTrainedError: `driftline train` has not run.
        """
        period = _check(period or self._settings.period, horizon)
        artefact, topics = self._trained()
        ensemble = artefact.ensembles[period]
        origin = first_period(at, period, artefact.timezone)
        people = list(dict.fromkeys(user_ids))
        shape = (len(people), horizon, len(topics.names))
        shares, lo, hi = (np.zeros(shape, dtype=np.float32) for _ in range(3))
        errors = np.full(len(people), np.nan)
        models: list[str] = []
        for start, batch in _batches(people):
            known = self._read(batch, at, topics, period, histories)
            served = ensemble.forecast(self._steered(known, at, topics, period).histories(origin), horizon)
            chosen = slice(start, start + len(batch))
            found = without(served.forecast, known.muted)
            shares[chosen], lo[chosen], hi[chosen] = found.shares, found.lo, found.hi
            errors[chosen] = served.error
            models.extend(served.model)
        code = {user_id: number for number, user_id in enumerate(people)}
        row = [code[user_id] for user_id in user_ids]
        return ForecastTable(
            tuple(user_ids),
            at,
            period,
            topics.names,
            shares[row],
            lo[row],
            hi[row],
            tuple(models[each] for each in row),
            errors[row],
        )

    def overview(
        self, at: datetime, period: str | None = None, within: str | None = None, user_id: str | None = None
    ) -> TopicOverview:
        """Every topic's share of the population lately, whether it is hot, and its drift, from periods before ``at``.

        Args:
            at: the moment; nothing after it is seen.
            period: calendar period.
            within: the same for the topics one level below this one.
            user_id: in place of the population's, this person's shares below ``within``, and sub-interests within it.

        Raises:
            InputError: the period or the topic is unknown, nothing lies below it, or a person comes without a topic.
            NotTrainedError: `driftline train` has not run.
        """
        period = check_period(period or self._settings.period)
        if within is not None:
            return self._within.overview(self.topics, within, at, period, user_id)
        if user_id is not None:
            raise InputError(
                "What one person takes up is told within a topic, and none is named.",
                "Name a topic (within), or leave the person away.",
            )
        artefact, topics = self._trained()
        return of_everybody(artefact.ensembles[period].series, topics.names, at, period, artefact.timezone)

    def _read(
        self,
        user_ids: Sequence[str],
        at: datetime,
        topics: Topics,
        period: str,
        histories: Mapping[str, Sequence[Event]] | None = None,
    ) -> People:
        """What is known of people, read from the log unless their events are given."""
        if histories is None:
            events = self._events.standing(user_ids, at, topics.columns)
        else:
            events = standing_events(user_ids, histories, at, topics.columns)
        return people_of(events, topics, period, self._settings.timezone)

    def _steered(self, known: People, at: datetime, topics: Topics, period: str) -> People:
        """What is known as it bears on what lies ahead; the past that is shown and told stays as it was."""
        events = steered(known.events, at)
        if events is known.events:
            return known
        return people_of(events, topics, period, self._settings.timezone)

    def _trained(self) -> tuple[Artefact, Topics]:
        columns = self._catalog.columns()
        snapshot = self._current(columns)
        artefact = snapshot.artefact
        if artefact is None:
            raise NotTrainedError("interest forecaster")
        now = (topic_source(self._settings, columns), self._settings.timezone)
        for trained, wanted, what in zip(
            (artefact.source, artefact.timezone), now, ("topic facet", "time zone"), strict=True
        ):
            if trained != wanted:
                raise InputError(
                    f"The forecaster was trained on {trained!r}, and the {what} is now {wanted!r}.",
                    "Run `driftline train`.",
                )
        return artefact, snapshot.topics

    def _current(self, columns: ItemColumns) -> _Snapshot:
        """Model and topics together, read again when training or an import has replaced either."""
        folder = self._settings.models_dir / FOLDER
        written = modified(folder)
        current = self._snapshot
        if current is not None and (current.written, current.topics.version) == (written, columns.version):
            return current
        with self._lock:
            artefact = load(folder) if written else None
            source = topic_source(self._settings, columns)
            fits = artefact is not None and artefact.source == source and artefact.in_space_of(self._settings.embedder)
            names = artefact.topics if artefact is not None and fits else None
            clusters = artefact.clusters if artefact is not None and fits else None
            topics = trained_topics(columns, source, names, clusters, self._vectors)
            self._snapshot = _Snapshot(written, artefact, topics)
            return self._snapshot


@dataclass(frozen=True)
class _Snapshot:
    written: int
    artefact: Artefact | None
    topics: Topics


def without(forecast: ShareForecast, muted: NDArray[np.bool_]) -> ShareForecast:
    """The forecast with muted topics at 0 and the rest sharing what they had; unchanged where nothing would be left.

    Args:
        forecast: (people, horizons, topics).
        muted: (people, topics) or (topics,).
    """
    kept = np.where(muted, 0.0, 1.0).reshape(-1, 1, forecast.shares.shape[2])
    left = (forecast.shares * kept).sum(axis=2, keepdims=True)
    if not muted.any():
        return forecast
    factor = np.where(left > 0, kept / np.where(left > 0, left, 1), 1)
    ends = (np.minimum(end * factor, 1) for end in (forecast.lo, forecast.hi, forecast.lo95, forecast.hi95))
    return ShareForecast(forecast.shares * factor, *ends)


def _check(period: str, horizon: int) -> str:
    if not 1 <= horizon <= LONGEST_HORIZON:
        raise InputError(f"Horizon {horizon} is out of range.", f"Choose 1 to {LONGEST_HORIZON} periods.")
    return check_period(period)


def _rows(array: NDArray[Any]) -> tuple[tuple[float, ...], ...]:
    return tuple(map(tuple, array.tolist()))


def _known(error: float) -> float | None:
    return None if np.isnan(error) else float(error)


def _batches(user_ids: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    for start in range(0, len(user_ids), _BATCH):
        yield start, list(user_ids[start : start + _BATCH])
