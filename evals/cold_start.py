"""Benchmark of cold start: people of whom little is known, items that are new, and a catalogue without any event.

- **People**: MovieTweetings, September 2013. Models never meet the people who are asked for; then 0, 1, 3, 5 and 10 of
  their latest events are shown, and nothing is fitted again. Items that they really had met are on no list, shown or
  not, so that the curve is of what knowing more brings.
- **Items**: choices in that month of films that nobody had taken up before, by how many events the film had by then,
  in the whole catalogue; and for those without any event, where the film stood among all films without any.
- **Words**: descriptive queries (evals/descriptive_cases.py) in the workspace's films when there is no event at all.

Every figure of a peer is chosen on August, made in the same way.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from agent.build import open_workspace
from core.errors import InputError
from core.results import RecommendRequest
from core.settings import Settings
from core.types import Constraints
from evals.cold_cases import FIRST_EVENTS, KNOWN, Newcomers, arrivals, listed_percentile, newcomers, percentile, without
from evals.cold_peers import LENGTH, Text, best, blend
from evals.cold_report import Metrics, Row, Table, rows
from evals.descriptive import measure, resolve
from evals.descriptive_cases import CASES
from evals.forecasting.data import opened
from evals.metrics import Lists, evaluate
from evals.ranking.classical import Ease, ItemKNN, Popular
from evals.ranking.data import MOVIETWEETINGS, prepare
from evals.ranking.lists import Floats
from evals.ranking.ours import NAME, Ours, moment, ranked
from evals.splits import Split
from store.db import Database
from store.events import Events
from tools.deps import Deps
from tools.forecasting.forecaster import Forecasting
from tools.retrieval.hybrid import HybridRetriever
from tools.scoring.scorer import AdditiveScorer
from tools.trends.popularity import EventTrends

PARTS = ("people", "items", "words")
BLEND = "blend of these"
MOST, QUICK = 400, 150
"""People asked for."""


@dataclass(frozen=True)
class ColdStartReport:
    """What the benchmark found."""

    tables: tuple[Table, ...]
    notes: tuple[str, ...] = ()


def run(settings: Settings, data: Sequence[str] = (), quick: bool = False) -> ColdStartReport:
    """Run the benchmark and print its tables.

    Args:
        settings: of the user's workspace.
        data: parts to run, of `PARTS`; empty means all.
        quick: fewer people.

    Raises:
        InputError: a part is unknown, or the data are not there.
    """
    for part in data:
        if part not in PARTS:
            raise InputError(f"Cold start has no part {part!r}.", f"Choose from {', '.join(PARTS)}.")
    tables: list[Table] = []
    notes: list[str] = []

    def found(table: Table) -> None:
        tables.append(table)
        print(f"{table.text()}\n", flush=True)

    parts = set(data or PARTS)
    if parts & {"people", "items"}:
        _films_tweeted(settings, parts, QUICK if quick else MOST, found)
    if "words" in parts:
        try:
            found(_words(settings))
        except InputError as error:
            if data:
                raise
            notes.append(f"Words were left out. {error}")
            print(notes[-1])
    return ColdStartReport(tuple(tables), tuple(notes))


def _say(line: str) -> None:
    print(f"cold start: {line}", file=sys.stderr, flush=True)


def _films_tweeted(settings: Settings, parts: set[str], most: int, found: Callable[[Table], None]) -> None:
    """The questions on MovieTweetings; one training serves both."""
    source = prepare(settings, "mt", _say)
    with opened(source) as (catalog, events, _):
        columns = catalog.columns()
        log = events.log(columns)
    periods = MOVIETWEETINGS
    tune = newcomers(log, columns, periods.tune, periods.test, most)
    test = newcomers(log, columns, periods.test, periods.end, most)
    with Ours(settings, "mt-cold", source, log, columns) as own:
        _say("training ours")
        own.train(test.known[0])
        if "people" in parts:
            found(_people(own, tune, test))
        if "items" in parts:
            learn = test.known[0].learn
            before, _ = arrivals(log, columns, periods.tune, periods.test, log.at < periods.tune.timestamp())
            after, earlier = arrivals(log, columns, periods.test, periods.end, learn)
            with own.asked(after) as deps:
                for table in _items(deps, before, after, earlier, columns.numbers.get("year")):
                    found(table)


def _people(own: Ours, tune: Newcomers, test: Newcomers) -> Table:
    ways: dict[int, dict[str, Lists]] = {number: {} for number in KNOWN}
    for number, split in test.known.items():
        with own.asked(split) as deps:
            _say(f"{NAME}, {number} events shown")
            ways[number][NAME] = without(ranked(deps.scorer, split, LENGTH)[0], test.met)
    tuning: dict[int, dict[str, Lists]] = {number: {} for number in KNOWN}
    for peer in (Popular(), ItemKNN(), Ease()):
        _say(peer.name)
        chosen = best(peer, list(tune.known.values()), list(test.known.values()), (tune.met, test.met))
        for number, (before, after) in zip(KNOWN, chosen, strict=True):
            tuning[number][peer.name], ways[number][peer.name] = before, after
    found: list[Row] = []
    for number, split in test.known.items():
        ways[number][BLEND] = blend(tuning[number], ways[number], tune.known[number])
        found += rows(f"{number} events", {name: _accuracy(lists, split) for name, lists in ways[number].items()})
    return Table(
        f"People, September 2013: {test.people} people of MovieTweetings whom no model has met, by events shown",
        tuple(found),
    )


def _items(deps: Deps, tune: Split, test: Split, earlier: NDArray[np.int64], years: Floats | None) -> Iterator[Table]:
    vectors = deps.retriever.item_vectors()
    _say(f"{NAME}, new items")
    ways = {NAME: ranked(deps.scorer, test, LENGTH)[0]}
    tuning: dict[str, Lists] = {}
    for peer in (Popular(), ItemKNN(), Ease(), Text(vectors)):
        _say(peer.name)
        tuning[peer.name], ways[peer.name] = best(peer, [tune], [test])[0]
    ways[BLEND] = blend(tuning, ways, tune)
    found: list[Row] = []
    for name, (least, beyond) in FIRST_EVENTS.items():
        chosen = np.flatnonzero((earlier >= least) & (earlier < beyond))
        if len(chosen):
            part = test.cases(chosen)
            found += rows(f"{name} before", {way: _found(lists.rows(chosen), part) for way, lists in ways.items()})
    yield Table(
        "Items new in September 2013: choices of films that nobody had taken up before that month, in the whole "
        "catalogue, by events that the film had by then",
        tuple(found),
    )
    first = test.cases(np.flatnonzero(earlier == 0))
    _say("new items among themselves")
    yield Table(
        "Items without any event: where the chosen film stood among all films without any (1 first, 0.5 by chance)",
        tuple(rows("none before", _shelf(deps, first, Text(vectors), years))),
    )


def _shelf(deps: Deps, split: Split, text: Text, years: Floats | None) -> dict[str, Metrics]:
    log, size = split.log, len(split.ids)
    likeness = text.scores(None, split, {"fade_days": 10_000.0})
    newest = np.nan_to_num(years, nan=0.0) if years is not None else np.zeros(size)
    places: dict[str, list[float]] = {NAME: [], text.name: [], "newest first": []}
    for case, person in enumerate(split.people):
        pool = np.ones(size, bool)
        pool[log.item[log.at < split.at[case]]] = False
        item = int(split.wanted.indices[split.wanted.indptr[case]])
        taken = frozenset(split.ids[position] for position in np.flatnonzero(~pool))
        request = RecommendRequest(
            user_id=person, at=moment(split.at[case]), k=1000, constraints=Constraints(exclude_items=taken)
        )
        listed = [each for each, _ in deps.scorer.rank(request)]
        places[NAME].append(listed_percentile(listed, split.ids[item], int(pool.sum())))
        places[text.name].append(percentile(likeness(slice(case, case + 1))[0], item, pool))
        places["newest first"].append(percentile(newest, item, pool))
    return {way: {"percentile": np.array(each), "first tenth": _first_tenth(each)} for way, each in places.items()}


def _first_tenth(places: Sequence[float]) -> NDArray[np.float64]:
    return (np.array(places) >= 0.9).astype(np.float64)


def _words(settings: Settings) -> Table:
    """Queries in the user's catalogue and its index, with an event log that is empty."""
    workspace = open_workspace(settings)
    try:
        deps = workspace.deps
        judged = resolve(CASES, [(item.id, item.title, item.year) for item in deps.catalog.all()])
        columns = deps.catalog.columns()
        relevant = [frozenset(columns.position[film] for film in films) for _, films in judged]
        at = deps.now()
        with tempfile.TemporaryDirectory() as home:
            empty = Database(f"sqlite:///{Path(home) / 'events.db'}")
            empty.migrate()
            events = Events(empty)
            retriever = HybridRetriever(settings, deps.catalog, events, workspace.retriever.embedder)
            untrained = settings.model_copy(update={"home": Path(home)})
            forecaster = Forecasting(untrained, deps.catalog, events, retriever.item_vectors)
            trends = EventTrends(deps.catalog, events)
            scorer = AdditiveScorer(untrained, deps.catalog, events, retriever, forecaster, trends)
            ways: dict[str, list[list[str]]] = {NAME: [], "search alone": [], "best known first": []}
            for query, _ in judged:
                ways[NAME].append([item for item, _ in scorer.rank(RecommendRequest(at=at, k=50, query=query))])
                ways["search alone"].append([hit.item_id for hit in retriever.search(query, Constraints(), 50).hits])
            ways["best known first"] = [[item for item, _ in scorer.rank(RecommendRequest(at=at, k=50))]] * len(judged)
            empty.close()
    finally:
        workspace.database.close()
    title = f"A catalogue without any event: descriptive queries in words, {len(columns.ids):,} films"
    metrics = {}
    for way, lists in ways.items():
        each = measure([[columns.position[item] for item in listed] for listed in lists], relevant)
        metrics[way] = {name: each[name] for name in ("NDCG@10", "recall@10", "recall@50", "MRR")}
    return Table(title, tuple(rows("queries", metrics)))


def _accuracy(lists: Lists, split: Split) -> Metrics:
    found = evaluate(lists, split.wanted)
    return {"NDCG@10": found.ndcg, "HR@10": found.hit, "Recall@20": found.recall}


def _found(lists: Lists, split: Split) -> Metrics:
    """Recall at 100, ties against, and NDCG@10; a case has one relevant item."""
    found = evaluate(lists, split.wanted)
    return {"Recall@100": (found.mrr >= 1 / 100).astype(np.float64), "HR@10": found.hit, "NDCG@10": found.ndcg}
