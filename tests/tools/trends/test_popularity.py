from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from core.types import Event, EventKind, Item
from store.catalog import Catalog
from store.db import Database
from store.events import Events
from tools.clock import busy_days
from tools.trends import popularity
from tools.trends.popularity import EventTrends

START = datetime(2013, 3, 1, tzinfo=UTC)


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[tuple[Catalog, Events]]:
    database = Database(f"sqlite:///{tmp_path / 'd.db'}")
    database.migrate()
    catalog, events = Catalog(database), Events(database)
    catalog.upsert(Item(id=f"i{n}", title=f"Item {n}") for n in range(5))
    yield catalog, events
    database.close()


def taken(item: int, day: float, user: int, kind: EventKind = EventKind.RATING) -> Event:
    return Event(user_id=f"u{user}", item_id=f"i{item}", at=START + timedelta(days=day), kind=kind, value=0.5)


def steady(days: int = 60) -> list[Event]:
    """Item 0 is taken up ten times a day in the first half, item 1 in the second, item 2 twice a day throughout."""
    events = []
    for day in range(days):
        lead = 0 if day < days // 2 else 1
        events += [taken(lead, day + n / 100, 100 * day + n) for n in range(10)]
        events += [taken(2, day + 0.5 + n / 100, 100 * day + 50 + n) for n in range(2)]
    return events


def test_recent_and_long_popularity_differ(stores: tuple[Catalog, Events]) -> None:
    stores[1].append(steady())
    trends = EventTrends(*stores)
    at = START + timedelta(days=60)
    recent, ever = trends.popularities(at, (3.0,))[0], trends.popularities(at, (None,))[0]
    assert recent[1] == 1.0
    assert recent[0] < recent[2] < recent[1]
    assert ever[0] == ever[1] == 1.0
    assert recent.min() >= 0
    assert recent[3] == ever[3] == 0


def test_nothing_after_the_moment_is_seen(stores: tuple[Catalog, Events]) -> None:
    catalog, events = stores
    events.append(steady())
    at = START + timedelta(days=30, hours=3)
    trends = EventTrends(catalog, events, refresh=0)
    before = (
        [trends.popularities(at, (half,))[0].copy() for half in (3.0, None)],
        trends.rising(at, 5),
        trends.activity(at),
    )
    events.append([taken(4, 30.2 + n / 1000, 90_000 + n) for n in range(200)])
    after = (
        [trends.popularities(at, (half,))[0].copy() for half in (3.0, None)],
        trends.rising(at, 5),
        trends.activity(at),
    )
    assert np.array_equal(before[0], after[0])
    assert before[1] == after[1]
    assert np.array_equal(before[2].counts, after[2].counts)


def test_years_of_silence_do_not_empty_lately(stores: tuple[Catalog, Events]) -> None:
    catalog, events = stores
    events.append([*steady(), taken(4, 28 * 365.0, 99_999, EventKind.LIKE)])
    trends = EventTrends(catalog, events)
    now = trends.popularities(START + timedelta(days=28 * 365 + 1), (3.0,))[0]
    assert now[1] == 1.0
    assert 0 < now[4] < 0.5


def test_counts_are_those_between_the_dates_told(stores: tuple[Catalog, Events]) -> None:
    events = steady()
    stores[1].append(events)
    found = EventTrends(*stores).activity(START + timedelta(days=60), days=14)
    assert found.since is not None
    assert found.until is not None
    inside = [event for event in events if found.since <= event.at <= found.until]
    for item in range(5):
        assert found.counts[item] == sum(event.item_id == f"i{item}" for event in inside)
    assert timedelta(days=13) < found.until - found.since <= timedelta(days=14)


def test_a_burst_rises_and_steady_popularity_does_not(stores: tuple[Catalog, Events]) -> None:
    stores[1].append([*steady(30), *(taken(3, 28 + n / 50, 70_000 + n) for n in range(40))])
    rising = EventTrends(*stores).rising(START + timedelta(days=30), 3)
    assert rising[0][0] == "i3"
    assert rising[0][1] > 3
    assert "i2" not in [item for item, _ in rising]


def test_without_events_nothing_is_popular(stores: tuple[Catalog, Events]) -> None:
    trends = EventTrends(*stores)
    assert not trends.popularities(START, (14.0,))[0].any()
    assert trends.rising(START, 5) == []
    assert trends.activity(START).until is None


def test_new_events_count_once_the_refresh_is_due(stores: tuple[Catalog, Events]) -> None:
    clock = [0.0]
    trends = EventTrends(*stores, refresh=60.0, timer=lambda: clock[0])
    at = START + timedelta(days=1)
    assert not trends.popularities(at, (14.0,))[0].any()
    stores[1].append([taken(0, 0.5, 1)])
    assert not trends.popularities(at, (14.0,))[0].any()
    clock[0] = 61.0
    assert trends.popularities(at, (14.0,))[0][0] == 1.0


def test_a_trickle_moves_the_clock_slowly() -> None:
    busy = np.repeat(np.arange(10.0), 100) * 86_400
    trickle = np.arange(10, 110.0) * 86_400
    clock = busy_days(np.concatenate([busy, trickle]))
    assert clock[999] == pytest.approx(9.0)
    assert 5 < clock[-1] - clock[999] < 15


def test_a_persons_own_part_never_lags(stores: tuple[Catalog, Events], monkeypatch: pytest.MonkeyPatch) -> None:
    catalog, events = stores
    events.append([*steady(20), taken(3, 19.5, 7), taken(4, 3.0, 7), taken(4, 3.5, 7, EventKind.DISLIKE)])
    at = START + timedelta(days=20)
    stale = EventTrends(catalog, events)
    half_lives = (1.0, 20.0, None)
    assert stale.popularities(at, half_lives)[0][3] > 0
    assert stale.with_own("u7", events.of_user("u7"), at) is stale
    assert stale.with_own("stranger", [], at) is stale
    gone = events.of_user("u7")[-1]
    events.retract("u7", gone.id, at)
    new = [taken(4, 19.9, 7), taken(1, 25.0, 7)]
    events.append(new)
    own, fresh = stale.with_own("u7", events.of_user("u7", until=at), at), EventTrends(catalog, events)
    assert own is not stale
    for mine, real, old in zip(*(trends.popularities(at, half_lives) for trends in (own, fresh, stale)), strict=True):
        assert np.allclose(mine, real, atol=1e-7)
        assert not np.allclose(mine, old, atol=1e-3)
    assert own.rising(at, 5) == fresh.rising(at, 5)
    assert np.array_equal(own.activity(at).counts, fresh.activity(at).counts)
    monkeypatch.setattr(popularity, "RECOUNTED", 10)
    assert stale.with_own("u7", events.of_user("u7", until=at), at) is stale
