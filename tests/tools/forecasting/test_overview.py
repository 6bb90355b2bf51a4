"""What moves for everybody, and what lies within a topic, over a real store."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from core.errors import InputError, NotTrainedError
from core.forecasts import TopicOverview
from core.periods import first_period
from core.timeline import to_shares
from core.types import Event, EventKind, Item
from store.catalog import Catalog
from tests.tools.forecasting.conftest import LATER, START, Shop
from tests.tools.forecasting.worlds import around, directions
from tools.forecasting.artefact import load, save
from tools.forecasting.forecaster import Forecasting
from tools.forecasting.overview import Within
from tools.forecasting.population import PopulationSeries
from tools.forecasting.topics.clusters import Floats, learn
from tools.forecasting.topics.labels import item_words
from tools.forecasting.topics.topics import ClusterTopics
from tools.forecasting.train import FOLDER

STEADY, MOVED = 12, 4
"""Weeks before and after Western has doubled."""
END = START + timedelta(weeks=STEADY + MOVED)
BINS = ("red", "green", "blue")


def moving(names: tuple[str, ...]) -> PopulationSeries:
    generator = np.random.default_rng(0)
    level = np.full(len(names), 0.9 / (len(names) - 1))
    western = names.index("genre:Western")
    level[western] = 0.1
    after = level * 0.8 / 0.9
    after[western] = 0.2
    shares = to_shares(np.stack([generator.dirichlet(500 * each) for each in [level] * STEADY + [after] * MOVED]))
    index = first_period(START, "week") + np.arange(len(shares))
    return PopulationSeries(index, shares, np.full(len(index), 500.0), level, shares.mean(axis=0))


@pytest.fixture
def moved(trained: Shop) -> Forecasting:
    """A trained workspace whose population has come to like Westerns."""
    artefact = load(trained[0].models_dir / FOLDER)
    artefact.ensembles["week"].observe(moving(artefact.topics))
    save(artefact, trained[0].models_dir / FOLDER)
    return trained[3]


def test_what_is_hot_and_what_has_changed_is_told(moved: Forecasting) -> None:
    found = moved.overview(START + timedelta(weeks=STEADY + 2))
    western = next(each for each in found.topics if each.topic == "genre:Western")
    assert found.lately == (START + timedelta(weeks=STEADY), START + timedelta(weeks=STEADY + 1))
    assert western.share == pytest.approx(0.2, abs=0.03)
    assert western.hot == pytest.approx(2, rel=0.2)
    assert [each.topic for each in found.topics if each.hot] == ["genre:Western"]
    assert sum(each.share for each in found.topics) == pytest.approx(1)
    (drift,) = next(each for each in moved.overview(END).topics if each.topic == "genre:Western").drift
    assert drift.size == pytest.approx(0.1, abs=0.03)
    assert abs(drift.at - START - timedelta(weeks=STEADY)) <= timedelta(weeks=1)


def test_nothing_later_is_seen_nor_a_week_that_still_runs(moved: Forecasting) -> None:
    before = START + timedelta(weeks=STEADY)
    found = moved.overview(before)
    assert not any(each.hot or each.drift for each in found.topics)
    assert moved.overview(before + timedelta(days=6)) == found
    nothing = moved.overview(START)
    assert nothing.lately == ()
    assert "catalogue" in nothing.note


@pytest.fixture
def shelves(shop: Shop) -> Forecasting:
    """Two shelves of three bins of twenty things, people who turn to the blue bin, and one who takes red things."""
    settings, catalog, events, _ = shop
    catalog.upsert(
        Item(
            id=f"{shelf}-{part}{n}",
            title=f"{part} {shelf} thing",
            facets={"genre": ("Drama",), "shelf": (shelf,), "bin": (f"{part} {shelf}",)},
        )
        for shelf in ("top", "low")
        for part in BINS
        for n in range(20)
    )
    generator = np.random.default_rng(0)
    for week in range(10):
        parts = generator.choice(BINS, size=60, p=[0.4, 0.4, 0.2] if week < 8 else [0.1, 0.1, 0.8])
        events.append(took(f"u{n}", f"top-{part}{n % 20}", week) for n, part in enumerate(parts))
    events.append(took("ann", f"top-red{n}", n) for n in range(6))
    events.append(took("ann", f"top-blue{n}", 8) for n in range(3))

    return Forecasting(settings, catalog, events, lambda: bin_vectors(catalog))


def bin_vectors(catalog: Catalog) -> Floats:
    """Things of one bin lie together, and so does all the rest."""
    names = (each.partition("-")[2].rstrip("0123456789") for each in catalog.columns().ids)
    return around(directions(len(BINS) + 1), [BINS.index(each) if each in BINS else 3 for each in names], 0.05)


def took(user_id: str, item_id: str, week: int) -> Event:
    at = START + timedelta(weeks=week, hours=12)
    return Event(user_id=user_id, at=at, kind=EventKind.PURCHASE, item_id=item_id, source="import:test")


def shares(found: TopicOverview) -> dict[str, float]:
    return {each.topic: each.share for each in found.topics}


def test_a_topic_opens_into_what_lies_below_it(shelves: Forecasting) -> None:
    found = shelves.overview(START + timedelta(weeks=10), within="shelf:TOP")
    assert found.within == "shelf:top"
    assert set(shares(found)) == {f"bin:{part} top" for part in BINS}
    assert found.topics[0].topic == "bin:blue top"
    assert found.topics[0].hot is not None
    before = shelves.overview(START + timedelta(weeks=8), within="shelf:top")
    assert shares(before)["bin:blue top"] < 0.3
    assert not any(each.hot for each in before.topics)


def test_a_person_s_part_of_a_topic_is_told_from_their_own_events(shelves: Forecasting) -> None:
    found = shelves.overview(START + timedelta(weeks=8), within="shelf:top", user_id="ann")
    assert shares(found) == {"bin:red top": 1.0, "bin:green top": 0.0, "bin:blue top": 0.0}
    assert [set(part.item_ids) for part in found.parts] == [{f"top-red{n}" for n in range(6)}]
    later = shelves.overview(START + timedelta(weeks=9), within="shelf:top", user_id="ann")
    assert shares(later)["bin:blue top"] == pytest.approx(3 / 9)
    assert [set(part.item_ids) for part in later.parts] == [
        {f"top-red{n}" for n in range(6)},
        {f"top-blue{n}" for n in range(3)},
    ]
    assert ["red" in part.label for part in later.parts] == [True, False]
    lowest = shelves.overview(START + timedelta(weeks=9), within="bin:red top", user_id="ann")
    assert lowest.topics == ()
    assert len(lowest.parts[0].item_ids) == 6
    stranger = shelves.overview(START, within="shelf:top", user_id="bob")
    assert "bob" in stranger.note


@pytest.mark.usefixtures("shelves")
def test_learnt_topics_have_sub_interests_and_nothing_below(shop: Shop) -> None:
    settings, catalog, events, _ = shop
    columns, vectors = catalog.columns(), bin_vectors(catalog)
    words = [item_words(each.replace("-", " "), {}) for each in columns.ids]
    topics = ClusterTopics(columns, learn(vectors, words, clusters=2), vectors)
    within = Within(settings, catalog, events, lambda: vectors)
    (code, _), *_ = topics.item_row("top-red0")
    found = within.overview(topics, topics.names[code], LATER, "week", "ann")
    assert found.topics == ()
    assert {f"top-red{n}" for n in range(6)} <= {item_id for part in found.parts for item_id in part.item_ids}
    with pytest.raises(InputError, match="Nothing lies below"):
        within.overview(topics, topics.names[code], LATER, "week")


def test_what_cannot_be_told_is_one_clear_error(shelves: Forecasting) -> None:
    with pytest.raises(InputError, match=r"'genre:Opera' is unknown.*genre:Drama"):
        shelves.overview(LATER, within="genre:Opera")
    with pytest.raises(InputError, match="Nothing lies below topic 'bin:red top'"):
        shelves.overview(LATER, within="bin:red top")
    with pytest.raises(InputError, match="within"):
        shelves.overview(LATER, user_id="ann")
    with pytest.raises(NotTrainedError):
        shelves.overview(LATER)
