"""What training leaves in the workspace, and how it is kept on disk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from core.errors import NotTrainedError
from tools.forecasting.archive import read_archive, write_archive
from tools.forecasting.backtest import ENOUGH_PEOPLE
from tools.forecasting.drift.change_points import ChangeModel
from tools.forecasting.ensemble import Ensemble
from tools.forecasting.notes import period_noun
from tools.forecasting.outlook.outlook import OutlookModel
from tools.forecasting.topics.clusters import Clusters

FORMAT = 4
_FILE = "model.npz"


@dataclass(frozen=True)
class Artefact:
    """What training leaves in the workspace: the models of every period over the same topics.

    Attributes:
        source: the facet whose values are the topics, or `CLUSTERS`.
        topics: their names.
        until: the last moment learnt from, if there was a limit.
        timezone: of the calendar that periods follow.
        clusters: learnt topics; None for a facet.
        embedder: of the vectors that clusters are told apart by.
        ensembles, changes, outlooks: per period: share forecasts, drift, and what shares do not show.
    """

    source: str
    topics: tuple[str, ...]
    until: str | None
    timezone: str
    clusters: Clusters | None
    embedder: str
    ensembles: Mapping[str, Ensemble]
    changes: Mapping[str, ChangeModel]
    outlooks: Mapping[str, OutlookModel]

    def in_space_of(self, embedder: str) -> bool:
        """Whether the topics mean anything among vectors of an embedder; a facet's values need no vectors."""
        return self.clusters is None or self.embedder == embedder

    def note(self, period: str) -> str:
        """What limits the forecasts of a period, in plain words; empty when nothing does."""
        ensemble = self.ensembles[period]
        if ensemble.tested:
            return ""
        if ensemble.people < ENOUGH_PEOPLE:
            people = {0: "nobody's history", 1: "one person's history"}.get(
                ensemble.people, f"the histories of {ensemble.people} people"
            )
            return f"There was only {people} to learn from, so default settings are used and the ranges are untested."
        return (
            f"Too few people were active in more than one {period_noun(period)}, "
            "so default settings are used and the ranges are untested."
        )


def save(artefact: Artefact, directory: Path) -> None:
    """Write to ``directory`` in one step, so that a reader sees the old or the new one whole."""
    write_archive(
        directory / _FILE,
        {
            "format": FORMAT,
            "source": artefact.source,
            "topics": list(artefact.topics),
            "until": artefact.until,
            "timezone": artefact.timezone,
            "clusters": artefact.clusters.arrays() if artefact.clusters else None,
            "embedder": artefact.embedder,
            "ensembles": {period: each.state() for period, each in artefact.ensembles.items()},
            "changes": {period: each.state() for period, each in artefact.changes.items()},
            "outlooks": {period: each.state() for period, each in artefact.outlooks.items()},
        },
    )


def modified(directory: Path) -> int:
    """When `save` last wrote there, in nanoseconds; 0 if never."""
    path = directory / _FILE
    return path.stat().st_mtime_ns if path.is_file() else 0


def load(directory: Path) -> Artefact:
    """Read what `save` wrote.

    Raises:
        NotTrainedError: there is nothing, or another version of Driftline wrote it.
    """
    path = directory / _FILE
    if not path.is_file():
        raise NotTrainedError("interest forecaster")
    document = read_archive(path)
    if document.get("format") != FORMAT:
        raise NotTrainedError(f"interest forecaster of format {FORMAT} (found {document.get('format')})")
    topics = tuple(document["topics"])
    ensembles = {}
    for period, state in document["ensembles"].items():
        ensembles[period] = Ensemble(len(topics), period, tuple(state["forecasters"]))
        ensembles[period].restore(state)
    return Artefact(
        document["source"],
        topics,
        document["until"],
        document["timezone"],
        Clusters.restored(document["clusters"]) if document["clusters"] else None,
        document["embedder"],
        ensembles,
        {period: ChangeModel.restored(state) for period, state in document["changes"].items()},
        {period: OutlookModel.restore(state) for period, state in document["outlooks"].items()},
    )
