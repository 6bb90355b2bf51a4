"""Benchmark of the behaviour model on later time: what people buy, rate and like, against simpler and other models.

Each data set is split at a moment. Everything is fitted on what came before it; what came after is predicted at moments
spread over it, each with what was known then. Intervals are over people.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from core.errors import InputError
from core.settings import Settings
from core.types import EventKind
from evals.behaviour_peers import PEERS, Peer, Predict, Setting, alone, chance_drawn, without_rhythm
from evals.behaviour_report import CANDIDATES, BehaviourReport, HeadReport, Row, SetReport
from evals.behaviour_scores import Figure, Judge, best_threshold
from evals.forecasting.data import data_folder, opened, prepare
from store.columns import EventLog, ItemColumns
from store.importers import SOURCES, run_import
from tools.scoring.behaviour.cases import LIKE, Cases, collect
from tools.scoring.behaviour.context import History
from tools.scoring.behaviour.features import feature_names
from tools.scoring.behaviour.fit import BehaviourOptions, Material, fitted, material
from tools.scoring.behaviour.model import Behaviour, in_words
from tools.scoring.behaviour.state import Timeline

SPLIT = 0.85
"""Part of the events that is learnt from."""

MOMENTS = 3000
MODEL = "behaviour model"
Say = Callable[[str], None]


@dataclass(frozen=True)
class DataSet:
    """A data set: its name for headings, and the facet whose values are the topics."""

    title: str
    facet: str


DATA_SETS = {
    "cj": DataSet("Complete Journey", "department"),
    "mt": DataSet("MovieTweetings", "genre"),
    "ml": DataSet("MovieLens, latest small", "genre"),
}


def run(settings: Settings, data: Sequence[str] = tuple(DATA_SETS)) -> BehaviourReport:
    """Run on data sets, each in a workspace of its own below ``evals/`` of this one, and print the tables.

    Raises:
        InputError: there is no data set of a name, or it is not where it should be.
    """
    unknown = [name for name in data if name not in DATA_SETS]
    if unknown:
        raise InputError(f"There is no data set {unknown[0]!r}.", f"Choose among {', '.join(DATA_SETS)}.")
    found = []
    for name in data:
        columns, log = loaded(settings, name)
        report = evaluate(
            log, columns, topics(columns, DATA_SETS[name].facet), name, DATA_SETS[name].title, say=_say(name)
        )
        print(f"{report.text()}\n", flush=True)
        found.append(report)
    result = BehaviourReport(tuple(found))
    print(result.text().rsplit("\n", 1)[-1])
    return result


def _say(name: str) -> Say:
    return lambda line: print(f"{name}: {line}", file=sys.stderr, flush=True)


def loaded(settings: Settings, name: str) -> tuple[ItemColumns, EventLog]:
    """The catalogue and the events of a data set, imported once.

    Raises:
        InputError: the data are not there.
    """
    if name == "ml":
        own = Settings(home=settings.home / "evals" / name, embedder=settings.embedder)
        path = data_folder() / "ml-latest-small"
        if not path.is_dir():
            raise InputError(f"There is no folder {path}.", "Set DRIFTLINE_TEST_DATA to where the data sets are.")
        with opened(own) as (catalog, events, state):
            if not events.count():
                run_import(SOURCES["movielens"], path, catalog, events, state, workspace=own.home)
    else:
        own = prepare(settings, name, _say(name))
    with opened(own) as (catalog, events, _):
        columns = catalog.columns()
        return columns, events.log(columns)


def topics(columns: ItemColumns, facet: str) -> csr_matrix:
    """(items, values) of a facet, rows summing to 1."""
    matrix = columns.facets[facet].matrix
    return csr_matrix(matrix.multiply(1 / np.maximum(np.asarray(matrix.sum(axis=1)), 1)))


def evaluate(
    log: EventLog,
    columns: ItemColumns,
    membership: csr_matrix,
    name: str = "log",
    title: str = "a log",
    options: BehaviourOptions | None = None,
    moments: int = MOMENTS,
    say: Say = lambda _line: None,
) -> SetReport:
    """The benchmark over a log.

    Args:
        log: item events in time order.
        columns: the catalogue that it was read with.
        membership: (items, topics).
        name: short name of the data.
        title: for the heading.
        options: how much is learnt from.
        moments: at most so many, per kind, are predicted at.
        say: told what is being done.

    Raises:
        InputError: the log is too small to learn from or to test on.
    """
    options = options or BehaviourOptions()
    cut = float(np.quantile(log.at, SPLIT))
    stop = int(np.searchsorted(log.at, cut))
    past = EventLog(log.users, log.user[:stop], log.item[:stop], log.at[:stop], log.kind[:stop], log.value[:stop])
    say("gathering")
    started = time.perf_counter()
    found = material(past, columns, membership, options, lambda _what, _part: None)
    if found is None:
        raise InputError(f"{title} has too few events to learn behaviour from.", "Import more.")
    gathering = time.perf_counter() - started
    say("fitting the network")
    started = time.perf_counter()
    model = fitted(found, columns, options, lambda _what, _part: None)
    fitting = time.perf_counter() - started
    heads = []
    for head in model.kinds:
        test = test_cases(log, model, head, (cut, float(log.at[-1]) + 1), moments, options.seed)
        if not 0 < int(test.y.sum()) < len(test):
            say(f"{head}: nothing to test on")
            continue
        heads.append(judged(found, model, head, test, options, fitting, say))
    return SetReport(name, title, tuple(heads), gathering, fitting, speed(model, log, options.seed))


def test_cases(
    log: EventLog, model: Behaviour, head: str, window: tuple[float, float], moments: int, seed: int
) -> Cases:
    """Cases of later time as the model meets them: the likeness of items as it was learnt, all else of the moment."""
    kind = None if head == LIKE else EventKind(head)
    rng = np.random.default_rng(seed + 1)
    return collect(Timeline.of(log), model.catalogue, kind, window, moments * (1 if kind else 2), rng)


def judged(
    found: Material, model: Behaviour, head: str, test: Cases, options: BehaviourOptions, fitting: float, say: Say
) -> HeadReport:
    """Every way to predict one kind of behaviour on the same cases."""
    setting = Setting(
        names=feature_names(model.catalogue),
        learn=found.learn,
        check=found.check,
        days=model.horizons,
        everything=float(model.world.state.mass[2].sum()),
        options=options,
    )
    predict: dict[str, Predict] = {}
    seconds = {}
    peers: dict[str, Peer] = {**PEERS}
    if len(model.kinds) > 1:
        peers["network, this alone"] = alone
    if head in model.again:
        peers["network, no rhythm"] = without_rhythm
    for name, peer in peers.items():
        say(f"{head}: {name}")
        started = time.perf_counter()
        predict[name] = peer(setting, head)
        seconds[name] = time.perf_counter() - started
    predict[MODEL] = lambda cases: model.network.logits(cases.x, (head,))[head]
    seconds[MODEL] = fitting
    say(f"{head}: scores")
    check = found.check[head]
    thresholds = {name: best_threshold(chance_drawn(each(check), check), check.y) for name, each in predict.items()}
    logits = {name: each(test) for name, each in predict.items()}
    judge = Judge(test, options.seed)
    qualities = judge.qualities(logits, thresholds, MODEL)
    everything = test.y.sum() + np.exp(test.offset[~test.y].astype(np.float64)).sum()
    return HeadReport(
        kind=head,
        meaning=in_words(head, float(test.y.sum() / everything), model.horizons),
        people=judge.people,
        cases=len(test),
        happened=int(test.y.sum()),
        one_in=float(everything / test.y.sum()),
        missed=test.missed / max(test.missed + int(test.y.sum()), 1),
        rows=tuple(Row(name, qualities[name], seconds[name]) for name in predict),
        levels=judge.levels(logits[MODEL]),
        parts=_parts(setting, head, model, test, judge, logits[MODEL]),
    )


def _parts(
    setting: Setting, head: str, model: Behaviour, test: Cases, judge: Judge, logit: NDArray[np.float32]
) -> tuple[tuple[str, int, Figure], ...]:
    if head not in model.again:
        return ()
    before = test.x[:, setting.names.index("own")] > 0
    named = (("taken up before", before), ("new to the person", ~before))
    return tuple((name, int(rows.sum()), judge.auc(logit, rows)) for name, rows in named)


def speed(model: Behaviour, log: EventLog, seed: int, people: int = 100) -> tuple[float, float]:
    """Median and 95th percentile, in ms of CPU, of the probabilities of one person for `CANDIDATES` items."""
    rng = np.random.default_rng(seed)
    took = []
    for person in rng.choice(len(log.users), min(people, len(log.users)), replace=False):
        rows = np.flatnonzero(log.user == person)
        history = History(log.item[rows], log.at[rows], log.kind[rows], log.value[rows])
        items = rng.choice(len(model.ids), min(CANDIDATES, len(model.ids)), replace=False).astype(np.int32)
        started = time.thread_time()
        model.probabilities(history, items, float(log.at[-1]))
        took.append(1e3 * (time.thread_time() - started))
    return float(np.median(took)), float(np.quantile(took, 0.95))
