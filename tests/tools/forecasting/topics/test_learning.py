from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core.errors import InputError, NotTrainedError
from core.settings import Settings
from core.types import Item
from store.catalog import Catalog
from store.db import Database
from tests.tools.forecasting.worlds import KINDS, shop
from tools.forecasting.topics.clusters import Clusters, Floats
from tools.forecasting.topics.learning import catalogue_words, learn_topics, trained_topics
from tools.forecasting.topics.topics import CLUSTERS

EACH = 10
VECTORS, _, WHICH = shop(EACH)


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    """Sixty items of six kinds, without facets."""
    database = Database(Settings(home=tmp_path).sql_url)
    database.migrate()
    catalog = Catalog(database)
    catalog.upsert(items(range(len(WHICH))))
    yield catalog
    database.close()


def items(rows: range) -> list[Item]:
    return [Item(id=f"{row:04d}", title=f"Red {KINDS[WHICH[row % len(WHICH)]]}") for row in rows]


def unread() -> Floats:
    raise AssertionError("vectors are read for clusters alone")


def test_topics_are_learnt_kept_and_serve_new_items(catalog: Catalog, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, topic_clusters=len(KINDS))
    learnt = learn_topics(settings, catalog, catalog.columns(), lambda: VECTORS)
    assert learnt.source == CLUSTERS
    assert set(learnt.topics.names) == {f"cluster:{kind}" for kind in KINDS}
    assert learnt.lines() == []
    assert learnt.clusters is not None
    kept = Clusters.restored(learnt.clusters.arrays())
    catalog.upsert(items(range(len(WHICH), len(WHICH) + 1)))
    more = np.concatenate([VECTORS, VECTORS[:1]])
    topics = trained_topics(catalog.columns(), CLUSTERS, None, kept, lambda: more)
    assert topics.item_row(f"{len(WHICH):04d}") == [(topics.names.index(f"cluster:{KINDS[WHICH[0]]}"), 1.0)]
    again = learn_topics(settings, catalog, catalog.columns(), lambda: more, kept)
    assert again.topics.names == learnt.topics.names
    assert again.lines() == ["0% of the items are in another topic than before"]


def test_what_was_learnt_anew_is_told(catalog: Catalog, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, topic_clusters=3)
    former = learn_topics(settings, catalog, catalog.columns(), lambda: VECTORS).clusters
    more = settings.model_copy(update={"topic_clusters": len(KINDS)})
    lines = learn_topics(more, catalog, catalog.columns(), lambda: VECTORS, former).lines()
    assert "in another topic" in lines[0]
    assert lines[1].startswith("new topics: ")


def test_a_facet_needs_no_vectors(catalog: Catalog, tmp_path: Path) -> None:
    catalog.upsert([Item(id="film", title="Film", facets={"genre": ("Drama",)})])
    learnt = learn_topics(Settings(home=tmp_path), catalog, catalog.columns(), unread)
    assert (learnt.source, learnt.topics.names, learnt.clusters) == ("genre", ("genre:Drama",), None)
    names = ("genre:Gone", "genre:Drama")
    assert trained_topics(catalog.columns(), "genre", names, None, unread).names == names


def test_a_catalogue_that_is_not_indexed_is_one_clear_error(catalog: Catalog, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"0 different vectors.*driftline train"):
        learn_topics(Settings(home=tmp_path), catalog, catalog.columns(), lambda: np.zeros_like(VECTORS))
    with pytest.raises(NotTrainedError, match="learnt topics"):
        trained_topics(catalog.columns(), CLUSTERS, None, None, unread)


def test_words_follow_the_order_of_the_columns(catalog: Catalog) -> None:
    words = catalogue_words(catalog, catalog.columns())
    assert [own[1] for own in words] == [KINDS[kind] for kind in WHICH]
