"""The data sets of the benchmark, and the tests made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from core.errors import InputError
from core.settings import Settings
from core.types import Event, Item
from evals.forecasting.data import DATA_SETS as SHARED
from evals.forecasting.data import data_folder, opened
from evals.forecasting.data import prepare as prepare_shared
from evals.splits import Mask, Split, basket_split, last_split, live_split, time_split
from store.columns import KINDS, EventLog, ItemColumns
from store.importers import SOURCES, run_import

_READY = "eval ranking: imported"
_PEOPLE = 500
"""People whose events are copied at once."""

Pair = tuple[Split, Split]
"""The cases to tune on, and those to test on."""


@dataclass(frozen=True)
class Periods:
    """Starts of the tuning and of the test period, and the end of that."""

    tune: datetime
    test: datetime
    end: datetime


def _periods(*days: str) -> Periods:
    return Periods(*(datetime.fromisoformat(day).replace(tzinfo=UTC) for day in days))


@dataclass(frozen=True)
class Question:
    """What is asked of a data set.

    Attributes:
        title: for headings.
        pair: its cases, from all events.
    """

    title: str
    pair: Callable[[EventLog, ItemColumns], Pair]


@dataclass(frozen=True)
class Family:
    """Tests whose models may learn from the same events, so that they are fitted once.

    Attributes:
        data: name of the data set.
        tests: by name.
        longest: events of a person that sequence models look at.
        transformers, seconds: which are trained, and for how long each (processor seconds on the tuning cases).
        baskets: whether people come back to the same items, so that their habits are worth ranking by.
    """

    data: str
    tests: Mapping[str, Question]
    longest: int = 50
    transformers: tuple[str, ...] = ("SASRec",)
    seconds: int = 60
    baskets: bool = False


@dataclass(frozen=True)
class DataSet:
    """A data set.

    Attributes:
        title: for headings.
        importer, place: as in `evals.forecasting.data.DataSet`; empty for those that are imported there.
        people, least: only so many people, drawn at random, and only items taken at least so often before tuning.
    """

    title: str
    importer: str = ""
    place: str = ""
    people: int | None = None
    least: int = 0


MOVIETWEETINGS = _periods("2013-08-01", "2013-09-01", "2013-10-01")
RETAIL = _periods("2011-10-09", "2011-11-09", "2011-12-10")
JOURNEY = _periods("2017-11-06", "2017-12-04", "2018-01-02")

DATA_SETS = {
    "mt": DataSet("MovieTweetings"),
    "ml100k": DataSet("MovieLens-100K", "movielens", "recbole-1.2.1-py3-none-any.whl"),
    "mls": DataSet("ml-latest-small", "movielens", "ml-latest-small"),
    "or": DataSet("Online Retail"),
    "cj": DataSet("Complete Journey", people=800, least=50),
}


def _later(periods: Periods) -> Callable[[EventLog, ItemColumns], Pair]:
    return lambda log, columns: (
        time_split(log, columns, periods.tune, periods.test),
        time_split(log, columns, periods.test, periods.end),
    )


def _live(periods: Periods) -> Callable[[EventLog, ItemColumns], Pair]:
    return lambda log, columns: (
        live_split(log, columns, periods.tune, periods.test),
        live_split(log, columns, periods.test, periods.end),
    )


def _last(at_moment: bool) -> Callable[[EventLog, ItemColumns], Pair]:
    return lambda log, columns: (last_split(log, columns, 1, at_moment), last_split(log, columns, 0, at_moment))


def _basket(periods: Periods, new_only: bool) -> Callable[[EventLog, ItemColumns], Pair]:
    return lambda log, columns: (
        basket_split(log, columns, periods.tune, periods.test, new_only),
        basket_split(log, columns, periods.test, periods.end, new_only),
    )


LATER, LAST = "later time", "last event"
MOMENT, LIVE = "last event at its moment", "last event of September, live"

FAMILIES = {
    "mt-time": Family(
        "mt",
        {"mt-time": Question(LATER, _later(MOVIETWEETINGS)), "mt-live": Question(LIVE, _live(MOVIETWEETINGS))},
        transformers=("SASRec", "BERT4Rec"),
        seconds=200,
    ),
    "mt-last": Family("mt", {"mt-last": Question(LAST, _last(False)), "mt-moment": Question(MOMENT, _last(True))}),
    "ml100k-last": Family("ml100k", {"ml100k-last": Question(LAST, _last(False))}, longest=100),
    "mls-last": Family("mls", {"mls-last": Question(LAST, _last(False))}, longest=100),
    "or-time": Family(
        "or",
        {
            "or-time": Question("later time, new items", _later(RETAIL)),
            "or-basket": Question("next basket, known items too", _basket(RETAIL, new_only=False)),
        },
        longest=100,
        baskets=True,
    ),
    "cj-basket": Family(
        "cj",
        {
            "cj-new": Question("next basket, new items", _basket(JOURNEY, new_only=True)),
            "cj-basket": Question("next basket, known items too", _basket(JOURNEY, new_only=False)),
        },
        longest=100,
        baskets=True,
    ),
}


def prepare(settings: Settings, name: str, report: Callable[[str], None]) -> Settings:
    """Import a data set unless it has been; returns the settings of its workspace.

    Raises:
        InputError: the data are not there or cannot be read.
    """
    chosen = DATA_SETS[name]
    if name in SHARED:
        whole = prepare_shared(settings, name, report)
        return whole if chosen.people is None else _part(settings, name, whole, report)
    own = workspace(settings, name)
    with opened(own) as (catalog, events, state):
        if not state.get(_READY):
            path = _locate(settings, chosen)
            report(f"importing {chosen.title} from {path} (once)")
            run_import(SOURCES[chosen.importer], path, catalog, events, state, workspace=own.home)
            state.set(_READY, "yes")
    return own


def workspace(settings: Settings, name: str) -> Settings:
    """Settings of a workspace of the benchmark below the user's, with the topics that the forecasting benchmark has."""
    home = settings.home / "evals" / "ranking" / name
    data = name.split("-")[0]
    shared = SHARED[data] if data in SHARED else SHARED["mt"]
    return Settings(
        home=home,
        embedder=settings.embedder,
        topic_facet=shared.facet,
        topic_clusters=20,
        period=shared.period,
        timezone="UTC",
    )


def _locate(settings: Settings, chosen: DataSet) -> Path:
    folders = (data_folder(), settings.home / "downloads")
    for folder in folders:
        if (folder / chosen.place).exists():
            return folder / chosen.place
    raise InputError(
        f"{chosen.title} is neither at {folders[0] / chosen.place} nor at {folders[1] / chosen.place}.",
        "Put it there, or choose other data sets with --data.",
    )


def _part(settings: Settings, name: str, whole: Settings, report: Callable[[str], None]) -> Settings:
    """A workspace with some people and the items that are taken often, chosen before the tuning period."""
    own, chosen = workspace(settings, name), DATA_SETS[name]
    with opened(own) as (_, _, state):
        if state.get(_READY):
            return own
    report(f"taking {chosen.people} people of {chosen.title} (once)")
    with opened(whole) as (catalog, events, _):
        columns = catalog.columns()
        log = events.log(columns)
    taken = np.bincount(log.item[log.at < JOURNEY.tune.timestamp()], minlength=len(columns.ids))
    items = taken >= chosen.least
    people = np.zeros(len(log.users), bool)
    people[np.random.default_rng(0).permutation(len(log.users))[: chosen.people]] = True
    copy(whole, own, log, columns, people[log.user] & items[log.item], items)
    with opened(own) as (_, _, state):
        state.set(_READY, "yes")
    return own


def copy(
    source: Settings,
    target: Settings,
    log: EventLog,
    columns: ItemColumns,
    keep: Mask,
    items: Mask | None = None,
) -> None:
    """Add events of one workspace to another, and its catalogue unless it is there.

    Args:
        source: where they are.
        target: where they go.
        log: of the source.
        columns: of its catalogue.
        keep: (events,) which.
        items: (items,) part of the catalogue; None for all.
    """
    rows = np.argsort(log.user, kind="stable")
    starts = np.searchsorted(log.user[rows], np.arange(len(log.users) + 1))
    wanted = np.unique(log.user[keep])
    with opened(source) as (catalog, events, _), opened(target) as (new_catalog, new_events, _):
        if new_catalog.count() == 0:
            new_catalog.upsert(_chosen(catalog.all(), columns, items))
        for begin in range(0, len(wanted), _PEOPLE):
            codes = wanted[begin : begin + _PEOPLE].tolist()
            found = events.of_users([log.users[code] for code in codes])
            kept: list[Event] = []
            for code in codes:
                of_log = (each for each in found[log.users[code]] if each.kind in KINDS)
                mine = [each for each in of_log if each.item_id in columns.position]
                chosen = keep[rows[starts[code] : starts[code + 1]]]
                kept.extend(each for each, one in zip(mine, chosen, strict=True) if one)
            new_events.append(kept)


def _chosen(items: Iterable[Item], columns: ItemColumns, keep: Mask | None) -> Iterable[Item]:
    return (item for item in items if keep is None or keep[columns.position[item.id]])
