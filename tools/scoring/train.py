"""Training: learn the shapes on the latest stretches that hold enough, then fit the models again on everything."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from core.settings import Settings
from core.types import EventKind
from store.catalog import Catalog
from store.columns import KINDS, EventLog, ItemColumns
from store.events import Events
from tools.clock import busy_days
from tools.deps import InterestForecaster, Retriever, Trends
from tools.scoring.behaviour.workspace import forget_behaviour, train_behaviour
from tools.scoring.candidates import gather, source_scores
from tools.scoring.features import (
    HABITS,
    LOG_FEATURES,
    REQUEST_FEATURES,
    SLATE_FEATURES,
    Said,
    all_features,
    general_features,
)
from tools.scoring.habits import repeating, taken_up, usual_gaps
from tools.scoring.model import FADE_DAYS, PRIOR, Model, cold_model, model_folder, save
from tools.scoring.moments import Moment, moments, moments_with_habits, stretches
from tools.scoring.outlook import Interests, outlook
from tools.scoring.ranker import Choice, Form, Ranker, calibrate, fit_shapes
from tools.scoring.sequence.inputs import Histories, ItemInputs, SequenceOptions
from tools.scoring.sequence.model import SequenceModel
from tools.scoring.sequence.training import fit_sequence
from tools.scoring.settle import Settled, settle
from tools.scoring.signals import DAY, Floats, Interactions
from tools.scoring.state import INTERACTIONS, arrivals, interaction, longest_wait
from tools.scoring.world import World, build_world

Progress = Callable[[str, float], None]

AT_ONCE = 1200
OWN = 2000
"""Moments for everybody and moments of one person that the ranker learns from, at most, in each stretch."""
SETTLING = (300, 400)
"""The same for choosing the ages of events."""
NEGATIVES = 120
SEQUENCE_EVENTS = 100_000
"""Latest events that the sequence model learns from where people come back to items: such logs are long."""
RECENCY_DAYS = 30.0
RECENCY_PART = 0.1
"""Age at which an event counts half for the sequence model: so many days, or a part of what the log spans."""
ITEMS = 20_000
LEAST_MOMENTS = 300
"""Where people come back to items a moment gives three choices, so a third of the moments is enough; in a catalogue of
more than so many items there are fewer still, but not fewer than this."""
LEAST_SEQUENCE = 2000
"""Liked events after another one: with fewer, a network learns nothing that co-occurrence does not know."""
SEED = 20130901
FORMS = {
    "fresh": (0, 6),
    "due": (0, 6),
    "new": (0, 6),
    **{interaction(feature, state): (0, 3) for feature, state in INTERACTIONS},
}
"""Features whose effect need not rise, and how many segments those have that need fewer."""

LEAST = {"quality": 0.5}
"""Weights that a log cannot lower further: it holds no choices among items newer than itself, which critics know."""


@dataclass(frozen=True)
class TrainReport:
    """What training did.

    Attributes:
        events, people: in the stretches that were learnt from; people is how many choices were used. Both 0 where the
            data are too few to learn from, and the weights are `PRIOR`.
        weights: of the ranker, over the whole range of each feature.
        chances: kinds of behaviour that the behaviour model predicts; none where the data are too few for one.
    """

    events: int
    people: int
    weights: dict[str, float]
    until: datetime | None
    chances: tuple[str, ...] = ()


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

    The shapes are learnt on the last stretches (see `stretches`), with models that have not seen them; then the models
    are fitted again on everything. Where no stretch holds enough, straight lines with the slopes of `PRIOR` serve.
    """
    columns = catalog.columns()
    log = events.log(columns, until)
    size = len(columns.ids)
    folder = model_folder(settings)
    everything = Interactions.of(log, size, KINDS)
    if len(everything.item) == 0:
        save(cold_model(size, Ranker(PRIOR), FADE_DAYS), columns.ids, folder)
        forget_behaviour(settings)
        return TrainReport(0, 0, dict(PRIOR), None)
    progress("reading the catalogue", 0.0)
    world = build_world(columns, retriever.item_vectors(), forecaster.topics)
    clock = busy_days(log.at)
    rng = np.random.default_rng(SEED)
    parts = stretches(log, size)[::-1]
    habitual = repeating(log)
    settled = Settled()
    if parts:
        progress("choosing the ages of events", 0.02)
        settled = _settle(log, clock, size, habitual, parts[0], trends, rng)
    span = (log.at[-1] - log.at[0]) / DAY
    options = SequenceOptions(least_events=LEAST_SEQUENCE, recency_days=max(RECENCY_DAYS, RECENCY_PART * span))
    if habitual:
        options = replace(options, most_events=SEQUENCE_EVENTS)
    choices: list[Choice] = []
    learnt: SequenceModel | None = None
    for place, (cut, end) in enumerate(parts):
        start = 0.05 + 0.7 * place / len(parts)
        length = 0.7 / len(parts)
        which = f"before the stretch from {datetime.fromtimestamp(cut, UTC):%Y-%m-%d}"
        progress(f"fitting item-to-item models {which}", start)
        past = Interactions.of(log, size, KINDS, until=cut)
        before = fit_models(past, log, clock, columns, cut, settled, habitual)
        # One network serves all stretches, a month older than it could be in the last: fitting it takes longest.
        if place == 0:
            learnt = _sequence(past, world, folder, options, which, progress, start, length / 3)
        before = replace(before, sequence=learnt)
        found = _moments(log, habitual, size, (cut, end), settled.fade_days, (AT_ONCE, OWN), rng)
        interests = moment_interests(forecaster, found, log.users, world)
        general: tuple[float, dict[str, Floats]] = (np.nan, {})
        for done, moment in enumerate(found):
            if done % 50 == 0:
                progress("learning from choices", start + length * (1 / 3 + 2 / 3 * done / len(found)))
            if general[0] != moment.at:
                general = (moment.at, general_features(world, before, trends, just_before(moment.at)))
            choices += choices_of(world, before, general[1], moment, interests[done], rng)
    progress("fitting the shapes", 0.8)
    ranker = fit(choices)
    progress("fitting item-to-item models on everything", 0.85)
    model = fit_models(everything, log, clock, columns, float(log.at[-1]), settled, habitual)
    sequence = _sequence(everything, world, folder, options, "on everything", progress, 0.87, 0.08)
    save(replace(model, ranker=ranker, sequence=sequence), columns.ids, folder)
    chances = train_behaviour(
        settings, log, columns, world.topics, lambda what, part: progress(what, 0.95 + 0.05 * part)
    )
    progress("ranking and behaviour models saved", 1.0)
    events_used = int((log.at > parts[0][0]).sum()) if parts else 0
    return TrainReport(events_used, len(choices), dict(ranker.weights), model.until, chances=chances)


def _moments(
    log: EventLog,
    habitual: Sequence[EventKind],
    size: int,
    stretch: tuple[float, float],
    fade_days: float,
    most: tuple[int, int],
    rng: np.random.Generator,
) -> list[Moment]:
    """Moments of a stretch to learn from, at most so many of those for all and of a person's own."""
    if not habitual:
        return moments(Interactions.of(log, size, KINDS, until=stretch[1]), stretch[0], fade_days, *most, rng)
    at_once, own = (max(count // 3 * ITEMS // max(size, ITEMS), LEAST_MOMENTS) for count in most)
    return moments_with_habits(log, habitual, size, stretch, fade_days, at_once, own, rng)


def _settle(
    log: EventLog,
    clock: NDArray[np.float64],
    size: int,
    habitual: Sequence[EventKind],
    stretch: tuple[float, float],
    trends: Trends,
    rng: np.random.Generator,
) -> Settled:
    def popular(at: float) -> Floats:
        return np.stack(trends.popularities(just_before(at), (1.0, 4.0, None)))

    past = Interactions.of(log, size, KINDS, until=stretch[0])
    found = _moments(log, habitual, size, stretch, Settled.fade_days, SETTLING, rng)
    return settle(*on_busy_clock(past, log, clock, stretch[0]), found, popular, rng)


def just_before(at: float) -> datetime:
    """A moment (unix seconds) at which whatever happens at ``at`` itself is not known yet."""
    return datetime.fromtimestamp(at, UTC) - timedelta(milliseconds=1)


def fit_models(
    log: Interactions,
    raw: EventLog,
    clock: NDArray[np.float64],
    columns: ItemColumns,
    now: float,
    settled: Settled,
    habitual: Sequence[EventKind] = (),
) -> Model:
    """Item-to-item models and mean ratings from events up to ``now``; the ranker is still the prior.

    Args:
        clock: (events,) the moments of ``raw`` in days of `busy_days`. Ages are counted on it: by the calendar, one
            event years after all others would leave those without weight.
        habitual: the kinds by which people come back to items.
    """
    rated, ratings = mean_ratings(raw, len(columns.ids), now)
    busy, busy_now = on_busy_clock(log, raw, clock, now)
    return Model(
        knn=settled.knn(busy, busy_now),
        ease=settled.ease(busy, busy_now),
        rated=rated,
        ratings=ratings,
        longest_wait=longest_wait(raw.user[raw.at <= now], raw.at[raw.at <= now]),
        arrived=arrivals(raw.item[raw.at <= now], raw.at[raw.at <= now], len(columns.ids)),
        taken=np.bincount(log.item[log.strength > 0], minlength=log.items).astype(np.int32),
        ranker=Ranker(PRIOR),
        fade_days=settled.fade_days,
        until=datetime.fromtimestamp(now, UTC),
        year=datetime.fromtimestamp(float(np.quantile(raw.at[raw.at <= now], 0.99)), UTC).year,
        repeating=tuple(habitual),
        usual=usual_gaps(taken_up(raw, habitual, now), len(columns.ids)) if habitual else np.zeros(0, np.float32),
    )


def on_busy_clock(
    log: Interactions, raw: EventLog, clock: NDArray[np.float64], now: float
) -> tuple[Interactions, float]:
    """The log and a moment with times of `busy_days`, in seconds."""
    return replace(log, at=np.interp(log.at, raw.at, clock) * DAY), float(np.interp(now, raw.at, clock)) * DAY


def mean_ratings(log: EventLog, size: int, now: float) -> tuple[Floats, NDArray[np.int32]]:
    """(items,) mean rating in [0, 1], drawn towards the overall mean by ten ratings' worth, and the counts."""
    rows = (log.kind == KINDS.index(EventKind.RATING)) & (log.at <= now)
    value = (log.value[rows].astype(np.float64) + 1) / 2
    counts = np.bincount(log.item[rows], minlength=size)
    mean = float(value.mean()) if len(value) else 0.5
    total = np.bincount(log.item[rows], value, minlength=size)
    return ((total + 10 * mean) / (counts + 10)).astype(np.float32), counts.astype(np.int32)


def _sequence(
    log: Interactions,
    world: World,
    folder: Path,
    options: SequenceOptions,
    which: str,
    progress: Progress,
    done: float,
    length: float,
) -> SequenceModel | None:
    def told(message: str, part: float) -> None:
        progress(f"sequence model {which}: {message}", done + length * part)

    folder.parent.mkdir(parents=True, exist_ok=True)
    facets = {facet: column.matrix for facet, column in world.columns.facets.items()} | _years(world.year)
    inputs = ItemInputs(world.vectors, world.topics, facets)
    return fit_sequence(Histories.of_interactions(log), inputs, options, folder.parent, told)


def _years(year: Floats) -> dict[str, csr_matrix]:
    """Year and decade as facets."""
    rows = np.flatnonzero(~np.isnan(year))
    found = {}
    for name, span in (("year", 1), ("decade", 10)):
        values, code = np.unique(year[rows] // span, return_inverse=True)
        shape = (len(year), max(len(values), 1))
        found[name] = csr_matrix((np.ones(len(rows), np.float32), (rows, code)), shape=shape)
    return found


def choices_of(
    world: World,
    model: Model,
    general: dict[str, Floats],
    moment: Moment,
    interests: Interests | None,
    rng: np.random.Generator,
    negatives: int = NEGATIVES,
) -> list[Choice]:
    """The moment as choices among its own candidates, a sample of those not taken.

    With habits it is one among the unknown ones, one among all, and one among the known ones. There is none where
    nothing taken was a candidate.
    """
    at = datetime.fromtimestamp(moment.at, UTC)
    features = all_features(general, world, model, moment.profile, Said(interests=interests), at)
    allowed = world.columns.available & ~(world.year > at.year)
    sources = source_scores(features, np.zeros(len(allowed), np.float32))
    known = np.zeros(len(allowed), bool)
    known[moment.profile.known] = True
    # A sample of everything holds few of a person's own items, and the order of these is learnt among them alone.
    forms = [(allowed & ~known, moment.next), (allowed, moment.again), (allowed & known, moment.again)]
    found = (_choice(features, sources, among, chosen, rng, negatives) for among, chosen in forms if len(chosen))
    return [choice for choice in found if choice is not None]


def _choice(
    features: dict[str, Floats],
    sources: dict[str, Floats],
    allowed: NDArray[np.bool_],
    chosen: NDArray[np.int32],
    rng: np.random.Generator,
    negatives: int,
) -> Choice | None:
    places = gather(sources, allowed).positions
    taken = np.isin(places, chosen)
    if not taken.any() or taken.all():
        return None
    others = np.flatnonzero(~taken)
    if len(others) > negatives:
        others = rng.choice(others, negatives, replace=False)
    rows = np.concatenate([np.flatnonzero(taken), others])
    matrix = np.column_stack([features[name][places[rows]] for name in LOG_FEATURES])
    return Choice(matrix, taken[rows])


def moment_interests(
    forecaster: InterestForecaster, found: Sequence[Moment], users: Sequence[str], world: World
) -> list[Interests | None]:
    """Forecast interests of everybody at their moment; None while no forecaster was trained."""
    result: list[Interests | None] = []
    for at, group in groupby(found, key=lambda moment: moment.at):
        ids = [users[moment.user] for moment in group]
        many = outlook(forecaster, ids, just_before(at), 1, world.topic_names)
        result.extend([None] * len(ids) if many is None else many)
    return result


def fit(choices: list[Choice]) -> Ranker:
    """A ranker of all features: shapes where the log can teach them, weights in proportion to those elsewhere.

    A log without requests cannot tell what a request is worth beside the rest. The rule: a wish met in full is worth as
    many times the spread of all else among one person's candidates (its mean standard deviation) as its prior says.
    """
    used = [name for name in LOG_FEATURES if name not in HABITS or _any(choices, name)]
    columns = [LOG_FEATURES.index(name) for name in used]
    forms = {name: Form(PRIOR[name], *FORMS.get(name, (1, 6)), LEAST.get(name, 0.0)) for name in used}
    told = [replace(choice, features=choice.features[:, columns]) for choice in choices]
    shapes = fit_shapes(told, forms) if choices else {}
    weights = {name: shapes[name].slope if name in shapes else PRIOR[name] for name in LOG_FEATURES}
    learned = Ranker(weights, shapes=shapes)
    totals = [
        learned.contributions(dict(zip(LOG_FEATURES, choice.features.T, strict=True))).sum(axis=1) for choice in choices
    ]
    scale = float(np.mean([np.std(total) for total in totals])) if totals else 1.0
    asked = {name: PRIOR[name] * scale for name in REQUEST_FEATURES + SLATE_FEATURES}
    # The intercept makes scores log-odds of being taken up, among the sampled candidates.
    intercept = calibrate(totals, int(sum(choice.taken.sum() for choice in choices)))
    return Ranker({**weights, **asked}, intercept, shapes)


def _any(choices: Sequence[Choice], name: str) -> bool:
    return any(choice.features[:, LOG_FEATURES.index(name)].any() for choice in choices)
