"""Ranking benchmark on MovieTweetings by time: train before August 2013, tune on August, test on September.

Everybody is asked for at the start of the test period, over the whole catalogue, with what they know left out. The
peers are popularity with a half-life, item-kNN with recency and EASE with recency, each with its figures chosen on
August; ours is the shipped scorer after `driftline train --until 2013-09-01`, as it is. What the forecast of
interests adds to it follows (`evals.forecast_ablation`).
"""

from __future__ import annotations

import itertools
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from agent.build import build_deps, train
from core.errors import InputError
from core.settings import Settings
from evals.forecast_ablation import Ablation, Lists, ablation
from evals.metrics import PerPerson, bootstrap_interval, evaluate
from evals.splits import TimeSplit, time_split
from store.catalog import Catalog
from store.columns import KINDS, EventLog, ItemColumns
from store.db import Database, KeyValue
from store.events import Events
from store.importers.movietweetings import MovieTweetings
from store.importers.runner import run_import
from tools.deps import Deps
from tools.scoring.collaborative import cooccurrence, ease
from tools.scoring.signals import DAY, Interactions, fade

AUGUST, SEPTEMBER, OCTOBER = (datetime(2013, month, 1, tzinfo=UTC) for month in (8, 9, 10))
LENGTH = 200
"""Items on each list: enough for every metric except the far tail of the reciprocal rank."""

NEIGHBOURS = 400
"""Entries kept a row in the peers' models."""

Models = dict[tuple[float, float], csr_matrix]
"""A peer's models of one split, by the figures that shape them: age of events, and shrinkage or L2."""

Scores = Callable[[NDArray[np.int64]], NDArray[np.float32]]


@dataclass(frozen=True)
class Row:
    """One way of ranking on the test period."""

    name: str
    chosen: str
    hit10: float
    ndcg10: float
    recall20: float
    mrr: float
    coverage10: float
    seconds: float


@dataclass(frozen=True)
class Difference:
    """Ours minus a peer, mean over people with its 95 % bootstrap interval."""

    peer: str
    metric: str
    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class RankingReport:
    """What the benchmark found."""

    people: int
    items: int
    rows: tuple[Row, ...]
    differences: tuple[Difference, ...]
    forecast: Ablation

    def text(self) -> str:
        """The tables as printed."""
        lines = [
            f"MovieTweetings, test {SEPTEMBER:%B %Y}: {self.people:,} people, {self.items:,} films; ties count against",
            f"{'ranking':<22}{'HR@10':>8}{'NDCG@10':>9}{'Recall@20':>11}{'MRR':>8}{'cover@10':>10}{'seconds':>9}",
        ]
        lines += [
            f"{row.name:<22}{row.hit10:8.4f}{row.ndcg10:9.4f}{row.recall20:11.4f}{row.mrr:8.4f}{row.coverage10:10.4f}"
            f"{row.seconds:9.1f}  {row.chosen}".rstrip()
            for row in self.rows
        ]
        lines += [
            f"ours - {each.peer:<18} {each.metric:<8} {each.mean:+.4f}  95 % [{each.low:+.4f}, {each.high:+.4f}]"
            for each in self.differences
        ]
        return "\n".join([*lines, "", self.forecast.text()])


def default_data() -> Path:
    """Where the development data sets are: ``DRIFTLINE_TEST_DATA``, else beside the checkout."""
    return Path(os.environ.get("DRIFTLINE_TEST_DATA", Path(__file__).parents[2] / "shared" / "data"))


def run(settings: Settings, data_dir: Path | None = None) -> RankingReport:
    """Run the benchmark in a workspace of its own and print its tables.

    Args:
        settings: only the embedder is taken from them.
        data_dir: folder that has ``movietweetings/`` with ratings up to the end of September 2013.

    Raises:
        InputError: the data are not there.
    """
    source = (data_dir or default_data()) / "movietweetings"
    if not source.is_dir():
        raise InputError(f"There is no folder {source}.", "Set DRIFTLINE_TEST_DATA to where the data sets are.")
    with tempfile.TemporaryDirectory(prefix="driftline-ranking-") as home:
        own = Settings(home=Path(home), embedder=settings.embedder)
        fill(own, source)
        report = benchmark(own)
    print(report.text())
    return report


def fill(settings: Settings, source: Path) -> None:
    """Import MovieTweetings into an empty workspace."""
    database = Database(settings.sql_url)
    try:
        database.migrate()
        run_import(
            MovieTweetings(),
            source,
            Catalog(database),
            Events(database),
            KeyValue(database),
            workspace=settings.home,
        )
    finally:
        database.close()


def benchmark(settings: Settings) -> RankingReport:
    """The benchmark over a workspace that holds MovieTweetings; trains it up to September."""
    database = Database(settings.sql_url)
    try:
        columns = Catalog(database).columns()
        log = Events(database).log(columns)
    finally:
        database.close()
    tune = time_split(log, columns, AUGUST, SEPTEMBER)
    test = time_split(log, columns, SEPTEMBER, OCTOBER)
    outcomes: dict[str, PerPerson] = {}
    rows: list[Row] = []

    def add(name: str, chosen: str, lists: Lists, seconds: float) -> None:
        found = outcomes[name] = evaluate(lists, test.relevant, len(columns.ids))
        hit, ndcg, recall, mrr = (float(each.mean()) for each in (found.hit, found.ndcg, found.recall, found.mrr))
        rows.append(Row(name, chosen, hit, ndcg, recall, mrr, found.coverage, seconds))

    for name, options in PEERS.items():
        started = time.perf_counter()
        models: Models = {}
        best = max(
            options(),
            key=lambda option: evaluate(
                peer(name, option, log, columns, tune, models), tune.relevant, len(columns.ids)
            ).ndcg.mean(),
        )
        add(name, describe(best), peer(name, best, log, columns, test, {}), time.perf_counter() - started)
    started = time.perf_counter()
    deps, at = trained(settings, test)
    lists = deps.scorer.recommend_many(list(test.relevant), LENGTH, at)
    add("driftline", "", lists, time.perf_counter() - started)
    differences = tuple(
        Difference(name, metric, *bootstrap_interval(getattr(outcomes["driftline"], field), getattr(found, field)))
        for name, found in outcomes.items()
        if name != "driftline"
        for metric, field in (("HR@10", "hit"), ("NDCG@10", "ndcg"))
    )
    forecast = ablation(settings, deps, log, test, at)
    return RankingReport(len(test.relevant), len(columns.ids), tuple(rows), differences, forecast)


def trained(settings: Settings, split: TimeSplit) -> tuple[Deps, datetime]:
    """The product trained on events before the period, and the last moment before it.

    The films' texts are titles and genres here and would take most of the time to embed, so there is no search index.
    """
    # The period begins at ``start``, and `until` and `at` include their moment.
    at = datetime.fromtimestamp(split.start.timestamp() - 1, UTC)
    train(settings, at, index=False)
    return build_deps(settings), at


Option = Mapping[str, float]


def _popular() -> Iterator[Option]:
    return ({"half_life": days} for days in (1, 2, 3, 5, 7, 14, 30, 60, 10_000))


def _knn() -> Iterator[Option]:
    grid = itertools.product((1.5, 4, 15), (2, 20, 200), (3, 10))
    return ({"event_days": event, "shrink": shrink, "fade_days": days} for event, shrink, days in grid)


def _ease() -> Iterator[Option]:
    grid = itertools.product((1.5, 4, 15), (30, 100, 300), (3, 10))
    return ({"event_days": event, "l2": l2, "fade_days": days} for event, l2, days in grid)


PEERS: dict[str, Callable[[], Iterator[Option]]] = {
    "popular-recent": _popular,
    "item-kNN + recency": _knn,
    "EASE + recency": _ease,
}


def peer(name: str, option: Option, log: EventLog, columns: ItemColumns, split: TimeSplit, models: Models) -> Lists:
    """Lists of one peer with given figures, learnt from what came before the period; ``models`` are kept there."""
    start = split.start.timestamp()
    size = len(columns.ids)
    before = Interactions.of(log, size, KINDS, until=start - 1e-3)
    if name == "popular-recent":
        visible = log.at < start
        age = (start - log.at[visible]) / DAY
        popular = np.bincount(log.item[visible], np.exp2(-age / option["half_life"]), minlength=size)
        return top_lists(lambda rows: np.tile(popular.astype(np.float32), (len(rows), 1)), log, columns, split)
    shaped = (option["event_days"], option["l2" if name == "EASE + recency" else "shrink"])
    if shaped not in models:
        event_days, firmness = shaped
        models[shaped] = (
            ease(before, start, event_days, firmness, NEIGHBOURS)
            if name == "EASE + recency"
            else cooccurrence(before, start, event_days, 1000.0, firmness, NEIGHBOURS)
        )
    model = models[shaped]
    histories = profiles(before, option["fade_days"])
    return top_lists(lambda rows: (histories[rows] @ model).toarray(), log, columns, split)


def profiles(log: Interactions, fade_days: float) -> csr_matrix:
    """(people, items) what people liked, faded by age from their latest event."""
    liked = log.where(log.strength > 0)
    latest = np.zeros(log.users)
    np.maximum.at(latest, liked.user, liked.at)
    weight = liked.strength * fade((latest[liked.user] - liked.at) / DAY, fade_days)
    return csr_matrix((weight, (liked.user, liked.item)), shape=(log.users, log.items), dtype=np.float32)


def top_lists(scores: Scores, log: EventLog, columns: ItemColumns, split: TimeSplit) -> Lists:
    """The best items of everybody in the split, without those they met before it."""
    codes = {user: code for code, user in enumerate(log.users)}
    people = list(split.relevant)
    rows = np.array([codes[person] for person in people])
    visible = log.at < split.start.timestamp()
    met = csr_matrix(
        (np.ones(int(visible.sum()), np.float32), (log.user[visible], log.item[visible])),
        shape=(len(log.users), len(columns.ids)),
    )
    lists: Lists = {}
    for begin in range(0, len(people), 500):
        block = scores(rows[begin : begin + 500])
        seen = met[rows[begin : begin + 500]].nonzero()
        block[seen] = -np.inf
        best = np.argpartition(-block, LENGTH, axis=1)[:, :LENGTH]
        for place, person in enumerate(people[begin : begin + 500]):
            order = best[place][np.argsort(-block[place, best[place]], kind="stable")]
            lists[person] = [
                (columns.ids[item], float(block[place, item])) for item in order if np.isfinite(block[place, item])
            ]
    return lists


def describe(option: Option) -> str:
    """The chosen figures in words."""
    return ", ".join(f"{name} {value:g}" for name, value in option.items())
