"""What the forecast does to ranking on later time: the shipped scorer with and without it, and with stand-ins for it.

MovieTweetings by time, as in `evals.ranking`. For every row the weights are fitted again, with what stands in for the
forecast in training too; the sequence models, which no forecast enters, are fitted once. The oracle is told the topics
of what each person goes on to take up, so it bounds what any forecast of topics could bring to this ranker.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from core.errors import NotTrainedError
from core.forecasts import Forecast, InterestTimeline, TopicOverview
from core.settings import Settings
from core.types import Event
from evals.metrics import Floats as Floats64
from evals.metrics import Lists as RankedLists
from evals.metrics import bootstrap_interval, evaluate
from evals.ranking.learning import ranker_alone
from evals.splits import Split
from store.columns import KINDS, EventLog, ItemColumns
from tools.deps import Deps, ForecastTable, InterestForecaster, TopicModel
from tools.forecasting.metrics import kl_divergence
from tools.scoring import train as training
from tools.scoring.model import load, model_folder, save
from tools.scoring.scorer import AdditiveScorer
from tools.scoring.signals import Floats, Interactions

FULL, FLAT, NONE = "full", "no slate calibration", "no forecast"
EVERYBODY = "everybody"
MEASURES = ("HR@10", "NDCG@10", "Recall@20", "mismatch@10")
"""``mismatch@10`` is the KL divergence, in nats, of the first ten's topics from the topics of what was taken up."""

SLATE = 10
LENGTH = 50
"""Items on each list: more than the metrics look at, as a tie at its end counts as not listed."""

AHEAD = timedelta(days=30)
LONG_HISTORY = 20
"""Events from which a history is called long."""

Lists = dict[str, list[tuple[str, float]]]
Source = Callable[[Sequence[str], datetime], Floats]
"""(people, topics) shares that stand in for the forecast at a moment."""


@dataclass(frozen=True)
class AblationRow:
    """One way of ranking for some people: the means of `MEASURES`, and the part of the catalogue in their first ten."""

    name: str
    people: str
    count: int
    means: Mapping[str, float]
    coverage10: float


@dataclass(frozen=True)
class AblationDifference:
    """One way of ranking minus another, mean over people with its 95 % bootstrap interval."""

    name: str
    other: str
    people: str
    metric: str
    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Ablation:
    """What the ablation found."""

    rows: tuple[AblationRow, ...]
    differences: tuple[AblationDifference, ...]

    def text(self) -> str:
        """The tables as printed: means, and below them the differences with their 95 % bootstrap intervals."""
        lines = []
        for people, count in dict.fromkeys((row.people, row.count) for row in self.rows):
            lines.append(
                f"{f'forecast in ranking: {people}, {count:,} people':<48}" + _columns((*MEASURES, "cover@10"), 12)
            )
            for row in (row for row in self.rows if row.people == people):
                figures = (*(row.means[metric] for metric in MEASURES), row.coverage10)
                lines.append(f"{row.name:<48}" + _columns([f"{figure:.4f}" for figure in figures], 12))
            pairs: dict[tuple[str, str], list[str]] = {}
            for each in self.differences:
                if each.people == people:
                    told = f"{each.mean:+.4f} [{each.low:+.4f}, {each.high:+.4f}]"
                    pairs.setdefault((each.name, each.other), []).append(told)
            lines += [f"{f'{name} - {other}':<36}" + _columns(told, 27) for (name, other), told in pairs.items()]
        return "\n".join(lines)


def _columns(cells: Iterable[str], width: int) -> str:
    return "".join(f"{cell:>{width}}" for cell in cells)


class Instead:
    """An `InterestForecaster` that answers with given shares at every horizon; without any it is untrained."""

    def __init__(self, trained: InterestForecaster, shares: Source | None) -> None:
        self._trained = trained
        self._shares = shares

    @property
    def topics(self) -> TopicModel:
        """The topics of the trained forecaster."""
        return self._trained.topics

    def timeline(self, user_id: str, at: datetime, period: str | None = None) -> InterestTimeline:
        """What was, from the trained forecaster."""
        return self._trained.timeline(user_id, at, period)

    def forecast(self, user_id: str, at: datetime, horizon: int, period: str | None = None) -> Forecast:
        """Ranking never asks for it."""
        raise NotImplementedError

    def forecast_many(
        self,
        user_ids: Sequence[str],
        at: datetime,
        horizon: int,
        period: str | None = None,
        histories: Mapping[str, Sequence[Event]] | None = None,  # noqa: ARG002 - the protocol's
    ) -> ForecastTable:
        """The given shares as a table."""
        if self._shares is None:
            raise NotTrainedError("interest forecaster")
        shares = np.repeat(self._shares(user_ids, at)[:, None], horizon, axis=1)
        nothing = np.full(len(user_ids), np.nan)
        models = ("given",) * len(user_ids)
        return ForecastTable(
            tuple(user_ids), at, period or "", self.topics.names, shares, shares, shares, models, nothing
        )

    def overview(
        self, at: datetime, period: str | None = None, within: str | None = None, user_id: str | None = None
    ) -> TopicOverview:
        """Ranking never asks for it."""
        raise NotImplementedError


class Mixes:
    """Topic shares of what people took up between two moments."""

    def __init__(self, log: EventLog, columns: ItemColumns, topics: csr_matrix) -> None:
        self._code = {user: code for code, user in enumerate(log.users)}
        self._log = Interactions.of(log, len(columns.ids), KINDS)
        self._topics = topics

    def between(self, people: Sequence[str], after: float, until: float, otherwise: Floats) -> Floats:
        """(people, topics) shares in (after, until], unix seconds; ``otherwise`` (topics,) for those without any."""
        log = self._log.where((self._log.strength > 0) & (self._log.at > after) & (self._log.at <= until))
        taken = csr_matrix((log.strength, (log.user, log.item)), shape=(log.users, log.items))
        known = np.array([self._code.get(person, -1) for person in people])
        mass = np.zeros((len(people), self._topics.shape[1]), np.float32)
        mass[known >= 0] = (taken[known[known >= 0]] @ self._topics).toarray()
        total = mass.sum(axis=1, keepdims=True)
        return np.where(total > 0, mass / np.where(total > 0, total, 1), otherwise).astype(np.float32)


def ablation(settings: Settings, deps: Deps, log: EventLog, split: Split, at: datetime) -> Ablation:
    """Rank everybody of the split in each way; the workspace must be trained up to ``at``, and its model is put back.

    Args:
        log: all events, those of the test period too.
        at: the last moment before the period.
    """
    columns = deps.catalog.columns()
    topics = deps.forecaster.topics.weights
    mixes = Mixes(log, columns, topics)

    def population(people: Sequence[str], moment: datetime) -> Floats:
        stranger = deps.forecaster.forecast_many([""], moment, 1, histories={}).shares[0, 0]
        return np.tile(stranger, (len(people), 1))

    def so_far(people: Sequence[str], moment: datetime) -> Floats:
        return mixes.between(people, -np.inf, moment.timestamp(), population([""], moment)[0])

    def oracle(people: Sequence[str], moment: datetime) -> Floats:
        until = (moment + AHEAD).timestamp()
        return mixes.between(people, moment.timestamp(), until, population([""], moment)[0])

    people = list(split.relevant)

    def ranked(forecaster: InterestForecaster) -> Lists:
        scorer = AdditiveScorer(settings, deps.catalog, deps.events, deps.retriever, forecaster, deps.trends)
        return scorer.recommend_many(people, LENGTH, at)

    def refitted(source: Source | None) -> Lists:
        stand_in = Instead(deps.forecaster, source)
        training.train(
            settings, deps.catalog, deps.events, deps.retriever, stand_in, deps.trends, at, lambda _what, _done: None
        )
        return ranked(stand_in)

    trained = load(model_folder(settings), columns)
    lists = {FULL: ranked(deps.forecaster)}
    try:
        uncalibrated = replace(trained.ranker, weights={**trained.ranker.weights, "calibration": 0.0})
        save(replace(trained, ranker=uncalibrated), columns.ids, model_folder(settings))
        lists[FLAT] = ranked(deps.forecaster)
        with ranker_alone():
            lists[NONE] = refitted(None)
            lists["running mean instead"] = refitted(so_far)
            lists["population instead"] = refitted(population)
            lists["oracle instead"] = refitted(oracle)
    finally:
        save(trained, columns.ids, model_folder(settings))
    return compare(lists, split, columns, topics, long_histories(log, split))


def long_histories(log: EventLog, split: Split) -> NDArray[np.bool_]:
    """(people of the split,) who have a long history before it."""
    before = np.bincount(log.user[log.at < split.start.timestamp()], minlength=len(log.users))
    events = dict(zip(log.users, before.tolist(), strict=True))
    return np.array([events[person] >= LONG_HISTORY for person in split.relevant])


def compare(
    lists: Mapping[str, Lists], split: Split, columns: ItemColumns, topics: csr_matrix, long: NDArray[np.bool_]
) -> Ablation:
    """Tables of every way of ranking, with the differences that matter, for everybody and for long histories.

    Args:
        topics: (items, topics) membership.
        long: (people of the split,) who has one.
    """
    measured = {name: measure(each, split, columns, topics) for name, each in lists.items()}
    pairs = [(FULL, name) for name in lists if name != FULL] + [(FLAT, NONE)]
    rows, differences = [], []
    for people, chosen in ((EVERYBODY, np.ones(len(long), bool)), (f"{LONG_HISTORY}+ events", long)):
        if not chosen.any():
            continue
        own = [person for person, one in zip(split.relevant, chosen, strict=True) if one]
        for name, values in measured.items():
            shown = {item for person in own for item, _ in lists[name].get(person, ())[:SLATE]}
            means = {metric: float(each[chosen].mean()) for metric, each in values.items()}
            rows.append(AblationRow(name, people, len(own), means, len(shown) / len(columns.ids)))
        for name, other in pairs:
            for metric in MEASURES:
                interval = bootstrap_interval(measured[name][metric][chosen], measured[other][metric][chosen])
                differences.append(AblationDifference(name, other, people, metric, *interval))
    return Ablation(tuple(rows), tuple(differences))


def measure(lists: Lists, split: Split, columns: ItemColumns, topics: csr_matrix) -> dict[str, Floats64]:
    """Per measure of `MEASURES`, (people of the split,) its values."""
    found = evaluate(RankedLists.of(lists, split.people, columns.position, LENGTH), split.wanted)
    shown = {person: [item for item, _ in lists.get(person, ())[:SLATE]] for person in split.relevant}
    taken, slate = (
        np.stack([topic_mix(items, columns, topics) for items in each.values()]) for each in (split.relevant, shown)
    )
    # Nothing to miss where what was taken up has no topic.
    missed = np.nan_to_num(kl_divergence(taken, slate))
    return {"HR@10": found.hit, "NDCG@10": found.ndcg, "Recall@20": found.recall, "mismatch@10": missed}


def topic_mix(items: Iterable[str], columns: ItemColumns, topics: csr_matrix) -> Floats64:
    """(topics,) shares of some items; zeros where they have no topic."""
    mass = np.asarray(topics[[columns.position[item] for item in items]].sum(axis=0), np.float64).ravel()
    return np.asarray(mass / max(mass.sum(), 1e-12))
