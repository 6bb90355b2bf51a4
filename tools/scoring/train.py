"""Training: learn the shapes on the latest stretches that hold enough, then fit the models again on everything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from core.settings import Settings
from core.types import EventKind
from store.catalog import Catalog
from store.columns import KINDS, EventLog
from store.events import Events
from tools.clock import busy_days
from tools.deps import InterestForecaster, Retriever, Trends
from tools.scoring.behaviour.workspace import forget_behaviour, train_behaviour
from tools.scoring.choices import choices_of, fit, just_before, moment_interests
from tools.scoring.features import general_features
from tools.scoring.fitting import Progress, fit_models, fit_next, on_busy_clock, sequence_options
from tools.scoring.habits import repeating
from tools.scoring.model import FADE_DAYS, PRIOR, cold_model, model_folder, save
from tools.scoring.moments import Moment, moments, moments_with_habits, stretches
from tools.scoring.ranker import Choice, Ranker
from tools.scoring.sequence.model import SequenceModel
from tools.scoring.settle import Settled, settle
from tools.scoring.signals import Floats, Interactions
from tools.scoring.world import build_world

AT_ONCE = 1800
OWN = 3000
"""Moments for everybody and moments of one person that the ranker learns from, at most, in each stretch."""
SETTLING = (300, 400)
"""The same for choosing the ages of events."""
ITEMS = 20_000
LEAST_MOMENTS = 300
"""Where people come back to items a moment gives three choices, so a third of the moments is enough; in a catalogue of
more than so many items there are fewer still, but not fewer than this."""
SEED = 20130901


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
    options = sequence_options(log, habitual)
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
            learnt = fit_next(past, world, folder, options, which, progress, start, length / 3)
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
    sequence = fit_next(everything, world, folder, options, "on everything", progress, 0.87, 0.08)
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
