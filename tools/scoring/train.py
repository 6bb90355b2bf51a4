"""Training: fit the weights on the latest stretch that holds enough, then the models again on everything."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from core.settings import Settings
from core.types import EventKind
from store.catalog import Catalog
from store.columns import KINDS, EventLog, ItemColumns
from store.events import Events
from tools.clock import busy_days
from tools.deps import InterestForecaster, Retriever, Trends
from tools.scoring.candidates import gather, source_scores
from tools.scoring.collaborative import cooccurrence, ease
from tools.scoring.features import (
    LOG_FEATURES,
    REQUEST_FEATURES,
    SLATE_FEATURES,
    Said,
    general_features,
    personal_features,
)
from tools.scoring.model import FADE_DAYS, PRIOR, Model, cold_model, model_folder, save
from tools.scoring.outlook import Interests, outlook
from tools.scoring.profile import Profile, assemble
from tools.scoring.ranker import Choice, Ranker, calibrate, fit_weights
from tools.scoring.signals import DAY, Floats, Interactions
from tools.scoring.world import World, build_world

Progress = Callable[[str, float], None]

STRETCH_DAYS = 30.0
STRETCH_SHARES = (0.2, 0.35, 0.5)
LEAST_EVENTS = 100
LEAST_PEOPLE = 20
"""A stretch with fewer events, or fewer people who chose something in it, teaches nothing about the weights."""

PEOPLE = 2500
NEGATIVES = 150
NEIGHBOURS = 200
SEED = 20130901
LEAST = {"quality": 0.5}
"""Weights that a log cannot lower further: it holds no choices among items newer than itself, which critics know."""


@dataclass(frozen=True)
class Settled:
    """Figures that shape the item-to-item models."""

    event_days: float = 15.0
    pair_days: float = 1000.0
    shrink: float = 2.0
    l2: float = 100.0
    fade_days: float = 15.0


@dataclass(frozen=True)
class TrainReport:
    """What training did.

    Attributes:
        events, people: in the stretch that weights were fitted on; people is how many were used. Both 0 where the data
            are too few to learn from, and the weights are `PRIOR`.
        weights: of the ranker. ndcg: NDCG@10 on held-out people of that stretch, per way of ranking.
    """

    events: int
    people: int
    weights: dict[str, float]
    until: datetime | None
    ndcg: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Moment:
    """A person about to choose: what they had done, and what they took up next (positions)."""

    user: int
    at: float
    profile: Profile
    next: NDArray[np.int32]


def train(
    settings: Settings,
    catalog: Catalog,
    events: Events,
    retriever: Retriever,
    forecaster: InterestForecaster,
    trends: Trends,
    until: datetime | None,
    progress: Progress,
) -> TrainReport:
    """Fit the item-to-item models and the ranker on events up to ``until`` and save them in the workspace.

    The weights are fitted on the last stretch (see `last_stretch`), with models that have not seen it; then the models
    are fitted again on everything. Where no stretch holds enough, the weights are `PRIOR`.
    """
    columns = catalog.columns()
    log = events.log(columns, until)
    size = len(columns.ids)
    folder = model_folder(settings)
    everything = Interactions.of(log, size, KINDS)
    if len(everything.item) == 0:
        save(cold_model(size, Ranker(PRIOR), FADE_DAYS), columns.ids, folder)
        return TrainReport(0, 0, dict(PRIOR), None)
    progress("reading the catalogue", 0.0)
    world = build_world(columns, retriever.item_vectors(), forecaster.topics)
    settled = Settled()
    clock = busy_days(log.at)
    cut, moments = last_stretch(everything, log.at, clock, settled.fade_days)
    choices = []
    if moments:
        rng = np.random.default_rng(SEED)
        if len(moments) > PEOPLE:
            moments = [moments[row] for row in sorted(rng.choice(len(moments), PEOPLE, replace=False))]
        progress("fitting item-to-item models before the last stretch", 0.05)
        before = fit_models(Interactions.of(log, size, KINDS, until=cut), log, clock, columns, cut, settled)
        general = general_features(world, before, trends, datetime.fromtimestamp(cut, UTC))
        interests = moment_interests(forecaster, moments, log.users, cut, world)
        for done, moment in enumerate(moments):
            if done % 50 == 0:
                progress("learning the weights", 0.2 + 0.6 * done / len(moments))
            found = choice_of(world, before, general, moment, interests[done], rng)
            if found is not None:
                choices.append(found)
    weights = fit(choices)
    progress("fitting item-to-item models on everything", 0.85)
    model = fit_models(everything, log, clock, columns, float(log.at[-1]), settled)
    ranker = Ranker(weights, calibrated(choices, weights))
    save(replace(model, ranker=ranker), columns.ids, folder)
    progress("ranking model saved", 1.0)
    return TrainReport(int((log.at > cut).sum()) if moments else 0, len(choices), weights, model.until)


def last_stretch(
    log: Interactions, at: NDArray[np.float64], clock: NDArray[np.float64], fade_days: float
) -> tuple[float, list[Moment]]:
    """The last stretch of a log: the moment it begins after, and those who chose something in it.

    It is a fifth of the events, at most 30 days of the clock that runs only while there is data, so that a few late
    events are not taken for a stretch of their own. Where that holds too little, more of the events are tried.

    Args:
        at, clock: (events,) unix seconds, ascending, and the same on that clock in days.

    Returns:
        Nobody where even half of the events hold too little.
    """
    by_share = [float(at[int((1 - share) * (len(at) - 1))]) for share in STRETCH_SHARES]
    by_days = float(at[int(np.searchsorted(clock, clock[-1] - STRETCH_DAYS))])
    for cut in (max(by_share[0], by_days), *by_share):
        moments = list(people_moments(log, cut, fade_days))
        if len(moments) >= LEAST_PEOPLE and int((at > cut).sum()) >= LEAST_EVENTS:
            return cut, moments
    return float(at[-1]), []


def fit_models(
    log: Interactions,
    raw: EventLog,
    clock: NDArray[np.float64],
    columns: ItemColumns,
    now: float,
    settled: Settled,
) -> Model:
    """Item-to-item models and mean ratings from events up to ``now``; the ranker is still the prior.

    Args:
        clock: (events,) the moments of ``raw`` in days of `busy_days`. Ages are counted on it: by the calendar, one
            event years after all others would leave those without weight.
    """
    rated, ratings = mean_ratings(raw, len(columns.ids), now)
    busy = replace(log, at=np.interp(log.at, raw.at, clock) * DAY)
    busy_now = float(np.interp(now, raw.at, clock)) * DAY
    return Model(
        knn=cooccurrence(busy, busy_now, settled.event_days, settled.pair_days, settled.shrink, NEIGHBOURS),
        ease=ease(busy, busy_now, settled.event_days, settled.l2, NEIGHBOURS),
        rated=rated,
        ratings=ratings,
        taken=np.bincount(log.item[log.strength > 0], minlength=log.items).astype(np.int32),
        ranker=Ranker(PRIOR),
        fade_days=settled.fade_days,
        until=datetime.fromtimestamp(now, UTC),
        year=datetime.fromtimestamp(float(np.quantile(raw.at[raw.at <= now], 0.99)), UTC).year,
    )


def mean_ratings(log: EventLog, size: int, now: float) -> tuple[Floats, NDArray[np.int32]]:
    """(items,) mean rating in [0, 1], drawn towards the overall mean by ten ratings' worth, and the counts."""
    rows = (log.kind == KINDS.index(EventKind.RATING)) & (log.at <= now)
    value = (log.value[rows].astype(np.float64) + 1) / 2
    counts = np.bincount(log.item[rows], minlength=size)
    mean = float(value.mean()) if len(value) else 0.5
    total = np.bincount(log.item[rows], value, minlength=size)
    return ((total + 10 * mean) / (counts + 10)).astype(np.float32), counts.astype(np.int32)


def people_moments(log: Interactions, cut: float, fade_days: float) -> Iterator[Moment]:
    """Everybody active after ``cut``: at the cut if they had a history by then, else half-way through their events."""
    starts = np.searchsorted(log.user, np.arange(log.users + 1))
    for user in np.unique(log.user[log.at > cut]):
        rows = np.arange(starts[user], starts[user + 1])
        after = rows[log.at[rows] > cut]
        old = rows[log.at[rows] <= cut]
        if len(old) == 0:
            old, after = after[: len(after) // 2], after[len(after) // 2 :]
        if len(old) == 0:
            continue
        chosen = after[log.strength[after] > 0]
        if len(chosen) == 0:
            continue
        profile = assemble(
            log.item[old],
            log.at[old],
            log.strength[old],
            fade_days,
            known=np.sort(log.item[old]),
            named=np.zeros(0, np.int32),
        )
        yield Moment(int(user), max(cut, float(log.at[old[-1]])), profile, log.item[chosen][:20])


def choice_of(
    world: World,
    model: Model,
    general: dict[str, Floats],
    moment: Moment,
    interests: Interests | None,
    rng: np.random.Generator,
    negatives: int = NEGATIVES,
) -> Choice | None:
    """The moment as a choice among its own candidates (a sample of those not taken); None if none was a candidate."""
    features = {**general, **personal_features(world, model, moment.profile, Said(interests=interests))}
    year = datetime.fromtimestamp(moment.at, UTC).year
    allowed = world.columns.available & ~(world.year > year)
    allowed[moment.profile.known] = False
    places = gather(source_scores(features, np.zeros(len(allowed), np.float32)), allowed).positions
    taken = np.isin(places, moment.next)
    if not taken.any() or taken.all():
        return None
    others = np.flatnonzero(~taken)
    if len(others) > negatives:
        others = rng.choice(others, negatives, replace=False)
    rows = np.concatenate([np.flatnonzero(taken), others])
    matrix = np.column_stack([features[name][places[rows]] for name in LOG_FEATURES])
    return Choice(matrix, taken[rows])


def moment_interests(
    forecaster: InterestForecaster, moments: Sequence[Moment], users: Sequence[str], cut: float, world: World
) -> list[Interests | None]:
    """Forecast interests of everybody at their moment; newcomers have theirs at moments of their own."""
    names = world.topic_names
    result: list[Interests | None] = [None] * len(moments)
    old = [row for row, moment in enumerate(moments) if moment.at <= cut]
    ids = [users[moments[row].user] for row in old]
    many = outlook(forecaster, ids, datetime.fromtimestamp(cut, UTC), 1, names)
    if many is None:
        return result
    for place, row in enumerate(old):
        result[row] = many[place]
    for row, moment in enumerate(moments):
        if moment.at > cut:
            one = outlook(forecaster, [users[moment.user]], datetime.fromtimestamp(moment.at, UTC), 1, names)
            result[row] = None if one is None else one[0]
    return result


def fit(choices: list[Choice]) -> dict[str, float]:
    """Weights of all features: fitted where the log can teach them, in proportion to those elsewhere.

    A log without requests cannot tell what a request is worth beside the rest. The rule: a wish met in full is worth as
    many times the spread of all else among one person's candidates (its mean standard deviation) as its prior says.
    """
    prior = np.array([PRIOR[name] for name in LOG_FEATURES])
    least = np.array([LEAST.get(name, 0.0) for name in LOG_FEATURES])
    found = fit_weights(choices, prior, least, np.full(len(prior), 50.0), strength=1.0)
    spreads = [float(np.std(choice.features @ found)) for choice in choices]
    scale = float(np.mean(spreads)) if spreads else 1.0
    asked = {name: PRIOR[name] * scale for name in REQUEST_FEATURES + SLATE_FEATURES}
    return {**dict(zip(LOG_FEATURES, found.tolist(), strict=True)), **asked}


def calibrated(choices: list[Choice], weights: dict[str, float]) -> float:
    """The intercept that turns scores into log-odds of being taken up, among the sampled candidates."""
    vector = np.array([weights[name] for name in LOG_FEATURES])
    scores = [choice.features.astype(np.float64) @ vector for choice in choices]
    return calibrate(scores, int(sum(choice.taken.sum() for choice in choices)))
