"""Topics at a glance: what moves for everybody, and what lies within one topic, of everybody or of one person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from core.forecasts import Drift, TopicOverview, TopicPart, TopicShare
from core.periods import period_index, period_start
from core.settings import Settings
from core.timeline import interest, to_shares
from store.catalog import Catalog
from store.events import Events
from tools.forecasting.drift.population_drift import RECENT, hot_topics, population_drifts
from tools.forecasting.population import FOREVER, PopulationSeries, population_series
from tools.forecasting.series import panel_of
from tools.forecasting.spread import people_of
from tools.forecasting.topics.clusters import Floats
from tools.forecasting.topics.learning import catalogue_words
from tools.forecasting.topics.levels import opened
from tools.forecasting.topics.sub_interests import SubInterests
from tools.forecasting.topics.topics import FacetTopics, Topics


def of_everybody(
    series: PopulationSeries, topics: Sequence[str], at: datetime, period: str, timezone: str
) -> TopicOverview:
    """Every topic's share lately, whether it is hot, and its lasting changes; greatest share first.

    Args:
        series: the population; only periods that had ended at ``at`` are seen.
        topics: their names.
        at: the moment of the overview.
        period: the calendar period of ``series``.
        timezone: IANA name of the zone whose calendar ``series`` follows.
    """
    origin = int(period_index(np.array([at.timestamp()]), period, timezone)[0])
    known = _before(series, origin)
    latest = _rows(known, slice(-RECENT, None))
    shares = latest.recent(np.array([origin]), FOREVER)[0]
    hot = {each.topic: each.ratio for each in hot_topics(known, topics, most=len(topics))}
    changes: dict[str, list[Drift]] = {}
    for drift in population_drifts(known, topics, period, timezone=timezone):
        changes.setdefault(drift.topic, []).append(drift)
    return TopicOverview(
        period=period,
        lately=tuple(period_start(each, period, timezone) for each in latest.index.tolist()),
        topics=tuple(
            TopicShare(
                topic=topics[code],
                share=float(shares[code]),
                hot=hot.get(topics[code]),
                drift=tuple(changes.get(topics[code], ())),
            )
            for code in np.argsort(-shares, kind="stable").tolist()
        ),
        note="" if len(latest.index) else "Nobody was active before: these are the shares of the catalogue.",
    )


class Within:
    """What lies within one topic; keeps nothing about any person.

    Args:
        settings: the calendar.
        catalog: items and their facets.
        events: the log of timelines.
        vectors: gives the (items, d) vectors that sub-interests are told apart by.
    """

    def __init__(self, settings: Settings, catalog: Catalog, events: Events, vectors: Callable[[], Floats]) -> None:
        self._settings = settings
        self._catalog = catalog
        self._events = events
        self._vectors = vectors

    def overview(
        self, topics: Topics, within: str, at: datetime, period: str, user_id: str | None = None
    ) -> TopicOverview:
        """The topics one level below, of everybody; or those of a person from all their evidence, and sub-interests.

        Args:
            topics: of the model; values of other facets can be looked into as well.
            within: the topic.
            at: the last moment that counts.
            period: calendar period.
            user_id: the person.

        Raises:
            InputError: there is no such topic, or nothing lies below it and no person is named.
        """
        within, topics = _among(topics, within)
        below = opened(topics.columns, within)
        if user_id is not None:
            return self._of_person(user_id, topics, within, below, at, period)
        if below is None:
            raise InputError(
                f"Nothing lies below topic {within!r}.", "Name a person to see what they take up within it."
            )
        zone = self._settings.timezone
        panel = panel_of(self._events.log(below.columns, at), below.weights, below.names, period, zone)
        everybody = of_everybody(population_series(panel), below.names, at, period, zone)
        return everybody.model_copy(update={"within": within})

    def _of_person(
        self, user_id: str, topics: Topics, within: str, below: Topics | None, at: datetime, period: str
    ) -> TopicOverview:
        words = catalogue_words(self._catalog, topics.columns)
        parts = SubInterests(topics, self._vectors(), words).of(within, self._events.of_user(user_id, at), at)
        shares: tuple[TopicShare, ...] = ()
        if below is not None:
            events = self._events.standing([user_id], at, below.columns)
            counts = people_of(events, below, period, self._settings.timezone).counts
            mass = to_shares(interest(counts.positive.sum(axis=0), counts.negative.sum(axis=0))).tolist()
            found = (TopicShare(topic=name, share=share) for name, share in zip(below.names, mass, strict=True))
            shares = tuple(sorted(found, key=lambda each: -each.share))
        known = parts or any(each.share for each in shares)
        return TopicOverview(
            user_id=user_id,
            period=period,
            within=within,
            topics=shares,
            parts=tuple(TopicPart(label=each.label, share=each.share, item_ids=each.items) for each in parts),
            note="" if known else f"Nothing within {within} is known of {user_id}.",
        )


def _among(topics: Topics, topic: str) -> tuple[str, Topics]:
    """A topic's own spelling, and the topics that it is one of: those given, or it alone if it is a facet's value.

    Raises:
        InputError: it is neither.
    """
    code = topics.code(topic)
    if code is not None:
        return topics.names[code], topics
    facet, _, value = topic.partition(":")
    column = topics.columns.facets.get(facet)
    own = column.codes.get(value.casefold()) if column else None
    if column is None or own is None:
        known = ", ".join(topics.names[:10])
        raise InputError(f"Topic {topic!r} is unknown.", f"Choose one that `driftline topics` lists, such as {known}.")
    name = f"{facet}:{column.values[own]}"
    return name, FacetTopics(topics.columns, facet, (name,))


def _before(series: PopulationSeries, origin: int) -> PopulationSeries:
    """The series as it was known when a period began."""
    known = _rows(series, series.index < origin)
    return replace(known, mean=known.recent(np.array([origin]), FOREVER)[0])


def _rows(series: PopulationSeries, rows: slice | NDArray[np.bool_]) -> PopulationSeries:
    return replace(series, index=series.index[rows], shares=series.shares[rows], people=series.people[rows])
