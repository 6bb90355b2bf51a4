"""The real data sets: how many rows there are and how many of them join."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.catalog import Catalog
from store.db import Database, KeyValue
from store.events import Events
from store.importers import SOURCES
from store.importers.base import Request
from store.importers.join import Resolver
from tests.conftest import REPOSITORY
from tests.store.importers.conftest import Workspace


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A workspace with the whole film catalogue."""
    home = tmp_path_factory.mktemp("films")
    database = Database(f"sqlite:///{home / 'driftline.db'}")
    database.migrate()
    workspace = Workspace(home, Catalog(database), Events(database), KeyValue(database))
    report = workspace.bring("films")
    assert (report.items_added, report.rejected) == (17_470, 2)
    yield workspace
    database.close()


def joined_share(workspace: Workspace, source: str, path: Path) -> tuple[int, float]:
    """(ratings, part of them on films of the catalogue), without writing any."""
    dataset = SOURCES[source].open(Request(path, None, workspace.home, None))
    assert dataset.items is not None
    assert dataset.events is not None
    joined = {
        row.value.key
        for row, found in Resolver(dataset, workspace.catalog).resolve(dataset.items())
        if row.value and found
    }
    ratings = [row.value.item in joined for row in dataset.events() if row.value]
    return len(ratings), sum(ratings) / len(ratings)


def test_the_film_catalogue(films: Workspace) -> None:
    assert films.catalog.count() == 17_470
    seven = films.catalog.get("tt0114369")
    assert seven is not None
    assert (seven.title, seven.year, seven.facets["director"]) == ("Seven", 1995, ("David Fincher",))
    genres = {value for item in films.catalog.all() for value in item.facets.get("genre", ())}
    assert len(genres) == 21


@pytest.mark.data
def test_movietweetings_joins(films: Workspace, data_dir: Path) -> None:
    ratings, share = joined_share(films, "movietweetings", data_dir / "movietweetings")
    assert ratings == 121_867
    assert share == pytest.approx(0.938, abs=0.002)


@pytest.mark.data
def test_movielens_100k_joins(films: Workspace) -> None:
    home = Path(os.environ.get("DRIFTLINE_DEMO_HOME", REPOSITORY / ".driftline"))
    wheel = home / "downloads" / "recbole-1.2.1-py3-none-any.whl"
    if not wheel.is_file():
        pytest.fail(f"The wheel of recbole 1.2.1 is not at {wheel}: run `make data`, or deselect with -m 'not data'.")
    ratings, share = joined_share(films, "movielens", wheel)
    assert ratings == 100_000
    assert share == pytest.approx(0.953, abs=0.002)


@pytest.mark.data
def test_movielens_latest_joins(films: Workspace, data_dir: Path) -> None:
    ratings, share = joined_share(films, "movielens", data_dir / "ml-latest-small")
    assert ratings == 100_836
    assert share > 0.8


@pytest.mark.data
def test_retail_reads_as_purchases(films: Workspace, data_dir: Path) -> None:
    path = data_dir / "online-retail" / "onlineretail.parquet"
    dataset = SOURCES["retail"].open(Request(path, None, films.home, None))
    assert dataset.items is not None
    assert sum(1 for _ in dataset.items()) == 3_791
