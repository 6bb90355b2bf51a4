"""A small world with known tastes: people drawn around a population, some of whom change half-way."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from core.settings import Settings
from core.types import Event, EventKind, Item
from store.catalog import Catalog
from store.columns import KINDS, EventLog, ItemColumns, columns_from
from store.db import Database
from store.events import Events
from tools.forecasting.ensemble import Ensemble
from tools.forecasting.forecaster import Forecasting
from tools.forecasting.series import Panel, panel_of
from tools.forecasting.topics.clusters import Floats
from tools.forecasting.topics.topics import FacetTopics
from tools.forecasting.train import train

GENRES = ("Drama", "Comedy", "Horror", "Western", "Crime")
POPULATION = np.array([0.4, 0.25, 0.15, 0.05, 0.15])
START = datetime(2013, 1, 7, tzinfo=UTC)
WEEKS = 12
LATER = START + timedelta(weeks=11)


def catalogue() -> list[Item]:
    """Ten items of one genre each, by five directors, one of two genres and one without any."""
    items = [
        Item(id=f"{genre.lower()}{n}", title=f"{genre} {n}", facets={"genre": (genre,), "director": (f"D{n}",)})
        for genre in GENRES
        for n in range(2)
    ]
    both = Item(id="both", title="Both", facets={"genre": ("Drama", "Comedy"), "director": ("Ridley Scott",)})
    return [*items, both, Item(id="zz", title="No genre", facets={"director": ("D0",)})]


@pytest.fixture(scope="session")
def columns() -> ItemColumns:
    items = sorted(catalogue(), key=lambda item: item.id)
    return columns_from([(item.id, item.model_dump(mode="json")) for item in items], "v1", [float("nan")] * len(items))


@pytest.fixture(scope="session")
def topics(columns: ItemColumns) -> FacetTopics:
    return FacetTopics(columns, "genre")


def simulate(columns: ItemColumns, people: int, seed: int = 0, concentration: float = 8.0) -> EventLog:
    """Likes of people whose shares are Dirichlet around `POPULATION`, each active in about two of three weeks."""
    generator = np.random.default_rng(seed)
    user, item, at = [], [], []
    for person in range(people):
        taste = generator.dirichlet(concentration * POPULATION)
        for week in range(WEEKS):
            if generator.random() < 0.65:
                for genre in generator.choice(len(GENRES), size=1 + generator.poisson(2), p=taste):
                    user.append(person)
                    item.append(columns.position[f"{GENRES[genre].lower()}{generator.integers(2)}"])
                    at.append((START + timedelta(weeks=week, hours=float(generator.uniform(0, 160)))).timestamp())
    order = np.argsort(at, kind="stable")
    return EventLog(
        users=tuple(f"u{n:03d}" for n in range(people)),
        user=np.array(user, dtype=np.int32)[order],
        item=np.array(item, dtype=np.int32)[order],
        at=np.array(at)[order],
        kind=np.full(len(user), KINDS.index(EventKind.PURCHASE), dtype=np.int8),
        value=np.ones(len(user), dtype=np.float32),
    )


@pytest.fixture(scope="session")
def log(columns: ItemColumns) -> EventLog:
    return simulate(columns, 200)


@pytest.fixture(scope="session")
def panel(log: EventLog, topics: FacetTopics) -> Panel:
    return panel_of(log, topics.weights, topics.names, "week")


@pytest.fixture(scope="session")
def ensemble(panel: Panel) -> Ensemble:
    """Fitted on the panel."""
    fitted = Ensemble(len(panel.topics), panel.period)
    fitted.fit(panel)
    return fitted


def no_vectors() -> Floats:
    """Topics are genres here, and nobody asks for vectors."""
    raise AssertionError("vectors were asked for")


Shop = tuple[Settings, Catalog, Events, Forecasting]


@contextmanager
def workspace(home: Path) -> Iterator[Shop]:
    """A workspace with the catalogue in it, opened and closed again."""
    settings = Settings(home=home, period="week")
    database = Database(settings.sql_url)
    database.migrate()
    catalog, events = Catalog(database), Events(database)
    catalog.upsert(catalogue())
    yield settings, catalog, events, Forecasting(settings, catalog, events, no_vectors)
    database.close()


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """A workspace without events, untrained."""
    with workspace(tmp_path) as opened:
        yield opened


@pytest.fixture(scope="session")
def trained_home(tmp_path_factory: pytest.TempPathFactory, columns: ItemColumns) -> Path:
    """A workspace of sixty people, trained on their first eleven weeks."""
    home = tmp_path_factory.mktemp("trained")
    with workspace(home) as (settings, catalog, events, _):
        events.append(as_events(simulate(columns, 60), columns))
        train(settings, catalog, events, no_vectors, LATER)
    return home


@pytest.fixture
def trained(trained_home: Path, tmp_path: Path) -> Iterator[Shop]:
    """A copy of the trained workspace."""
    shutil.copytree(trained_home, tmp_path, dirs_exist_ok=True)
    with workspace(tmp_path) as opened:
        yield opened


def as_events(log: EventLog, columns: ItemColumns) -> list[Event]:
    """The log as the store takes it."""
    return [
        Event(
            user_id=log.users[log.user[row]],
            at=datetime.fromtimestamp(float(log.at[row]), UTC),
            kind=KINDS[log.kind[row]],
            item_id=columns.ids[log.item[row]],
            value=float(log.value[row]),
            source="import:test",
            key=str(row),
        )
        for row in range(len(log))
    ]
