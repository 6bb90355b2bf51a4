"""Where the interest topics of a workspace come from: in training they are learnt or read, later they are kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.errors import NotTrainedError
from core.settings import Settings
from store.catalog import Catalog
from store.columns import ItemColumns
from tools.forecasting.topics.clusters import Change, Clusters, Floats, learn, relearn
from tools.forecasting.topics.labels import Words, item_words
from tools.forecasting.topics.topics import CLUSTERS, ClusterTopics, FacetTopics, Topics, topic_source


@dataclass(frozen=True)
class Learnt:
    """Topics of a catalogue as training leaves them.

    Attributes:
        source: a facet, or `CLUSTERS`.
        clusters: what to keep; None for a facet.
        change: against the topics of the training before; None for a facet or a first training.
    """

    source: str
    topics: Topics
    clusters: Clusters | None = None
    change: Change | None = None

    def lines(self) -> list[str]:
        """What has become of learnt topics, for a terminal."""
        if self.change is None:
            return []
        news = [f"{self.change.moved:.0%} of the items are in another topic than before"]
        for verb, names in (("new topics", self.change.appeared), ("gone", self.change.vanished)):
            if names:
                news.append(f"{verb}: {', '.join(name.partition(':')[2] for name in names)}")
        return news


def learn_topics(
    settings: Settings,
    catalog: Catalog,
    columns: ItemColumns,
    vectors: Callable[[], Floats],
    former: Clusters | None = None,
) -> Learnt:
    """The topics to train on.

    Args:
        settings: which facet, and how many clusters.
        catalog: read for what items are called.
        columns: the catalogue that ``vectors`` are aligned with.
        vectors: gives (items, d) unit vectors, zero for items without one; called for clusters alone.
        former: of the training before by the same embedder, so that topics keep their names.

    Raises:
        InputError: a facet was set that the catalogue lacks, or there is too little to learn clusters from.
    """
    source = topic_source(settings, columns)
    if source != CLUSTERS:
        return Learnt(source, FacetTopics(columns, source))
    words, known = catalogue_words(catalog, columns), vectors()
    if former is None:
        clusters, change = learn(known, words, settings.topic_clusters), None
    else:
        clusters, change = relearn(former, known, words, settings.topic_clusters)
    return Learnt(source, ClusterTopics(columns, clusters, known), clusters, change)


def trained_topics(
    columns: ItemColumns,
    source: str,
    names: tuple[str, ...] | None,
    clusters: Clusters | None,
    vectors: Callable[[], Floats],
) -> Topics:
    """The topics of a trained model over the catalogue as it is now; items that are new to it included.

    Raises:
        InputError: the catalogue lacks the facet.
        NotTrainedError: clusters are asked for and none were learnt.
    """
    if source != CLUSTERS:
        return FacetTopics(columns, source, names)
    if clusters is None:
        raise NotTrainedError("learnt topics")
    return ClusterTopics(columns, clusters, vectors())


def catalogue_words(catalog: Catalog, columns: ItemColumns) -> list[Words]:
    """(items,) what can name each item, in the order of the columns."""
    words = {item.id: item_words(item.title, item.facets, item.text) for item in catalog.all()}
    return [words.get(item_id, ()) for item_id in columns.ids]
