"""Bringing data in: one module a source, and the runner that all of them share.

`SOURCES` names every source; `run_import` brings one in.
"""

from store.importers.base import Dataset, Importer, ImportReport, Progress
from store.importers.completejourney import CompleteJourney
from store.importers.films import Films
from store.importers.movielens import MovieLens
from store.importers.movietweetings import MovieTweetings
from store.importers.retail import Retail
from store.importers.runner import run_import
from store.importers.tabular import Tabular

_OWN = "your own catalogue and events: {} files, or a folder with items and events; --map says which columns are what"

SOURCES: dict[str, Importer] = {
    importer.name: importer
    for importer in (
        Films(),
        MovieLens(),
        MovieTweetings(),
        Retail(),
        CompleteJourney(),
        Tabular("csv", _OWN.format("CSV or TSV")),
        Tabular("jsonl", _OWN.format("JSON lines")),
        Tabular("parquet", _OWN.format("Parquet")),
    )
}
"""Every source by the name that `driftline import` knows it by."""

__all__ = ["SOURCES", "Dataset", "ImportReport", "Importer", "Progress", "run_import"]
