"""Evidence of many people by column says what the pure functions say of each alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from core.evidence import muted_topics, topic_mass
from core.timeline import UNIT, period_counts
from core.types import Event, EventKind
from store.columns import ItemColumns
from store.standing import standing_events
from tools.forecasting.series import stack_counts
from tools.forecasting.spread import people_of
from tools.forecasting.topics.topics import FacetTopics

START = datetime(2013, 1, 7, tzinfo=UTC)
UNTIL = START + timedelta(days=60)


def world(columns: ItemColumns) -> dict[str, list[Event]]:
    """Everything that can be said of items and topics, by four people; two of them have nothing that counts."""
    generator = np.random.default_rng(0)
    items = [*columns.ids, "not in the catalogue", None]
    names = ["genre:Horror", "genre:horror", "director:Ridley Scott", "mood:tense", "genre:Drama"]
    histories: dict[str, list[Event]] = {"c": []}
    for user in "ab":
        for number in range(150):
            item = items[generator.integers(len(items))]
            kind = list(EventKind)[generator.integers(len(EventKind))]
            histories.setdefault(user, []).append(
                Event(
                    id=f"{user}{number}",
                    user_id=user,
                    at=START + timedelta(days=int(generator.integers(80)), microseconds=int(generator.integers(10))),
                    kind=kind,
                    item_id=item if generator.random() < 0.7 else None,
                    topic=names[generator.integers(len(names))],
                    value=float(np.round(generator.uniform(-1, 1), 2)),
                    replaces=f"{user}{number - 1}" if generator.random() < 0.1 else None,
                    retracted_at=UNTIL if generator.random() < 0.1 else None,
                )
            )
    return histories


@pytest.mark.parametrize(("period", "zone"), [("week", "UTC"), ("month", "America/New_York")])
def test_many_at_once_are_what_each_is_alone(columns: ItemColumns, topics: FacetTopics, period: str, zone: str) -> None:
    histories, users = world(columns), ("c", "b", "nobody", "a")
    known = people_of(standing_events(users, histories, UNTIL, columns), topics, period, zone)
    assert set(known.person.tolist()) == {1, 3}
    for number, user in enumerate(users):
        events = histories.get(user, [])
        mass = topic_mass(events, topics.item_row, topics.topic_row, UNTIL)
        alone = period_counts(mass, len(topics.names), period, zone)
        own = known.person == number
        assert known.counts.index[own].tolist() == alone.index.tolist()
        assert known.counts.positive[own].tolist() == alone.positive.tolist()
        assert known.counts.negative[own].tolist() == alone.negative.tolist()
        muted = {topics.code(name) for name in muted_topics(events, UNTIL)} - {None}
        assert set(np.flatnonzero(known.muted[number]).tolist()) == muted
    units = np.stack([known.counts.positive, known.counts.negative]) / UNIT
    assert (units == np.round(units)).all()


def test_histories_are_those_of_each_alone(columns: ItemColumns, topics: FacetTopics) -> None:
    histories, users = world(columns), ("c", "b", "nobody", "a")
    packed = people_of(standing_events(users, histories, UNTIL, columns), topics, "week", "UTC").histories(2300)
    alone = stack_counts(
        [
            period_counts(
                topic_mass(histories.get(user, []), topics.item_row, topics.topic_row, UNTIL), len(topics.names), "week"
            )
            for user in users
        ],
        2300,
        len(topics.names),
    )
    for name in ("positive", "negative", "age", "origin"):
        assert np.array_equal(getattr(packed, name), getattr(alone, name))
