"""Training of the behaviour model on a log: earlier time to learn from, later time to stop and to calibrate by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix

from core.types import EventKind
from store.columns import KINDS, ItemColumns
from tools.scoring.behaviour.calibration import calibrate
from tools.scoring.behaviour.cases import HORIZON_DAYS, LIKE, Cases, collect, heads, repeats
from tools.scoring.behaviour.context import SEASONAL_DAYS, Catalogue, World
from tools.scoring.behaviour.model import Behaviour
from tools.scoring.behaviour.network import HIDDEN, Network, train
from tools.scoring.behaviour.state import ItemState, Timeline
from tools.scoring.collaborative import cooccurrence, empty
from tools.scoring.signals import DAY, Interactions

if TYPE_CHECKING:
    from store.columns import EventLog

Progress = Callable[[str, float], None]

LEARN_FROM, CHECK_FROM = 0.45, 0.85
"""Parts of the events after which the moments to learn from, and those to check on, begin."""

LEAST_OUTCOMES = 50
"""A head with fewer cases of either outcome to learn from, or a third of that to check on, is left out."""


@dataclass(frozen=True)
class BehaviourOptions:
    """How much is learnt from.

    Attributes:
        moments: at most, per head, to learn from; a third as many to check on.
        likeness_events: events, of people drawn at random, that co-occurrence is computed from.
        hidden: widths of the trunk; empty for logistic regression.
        seed: of everything drawn at random.
    """

    moments: int = 10_000
    likeness_events: int = 300_000
    hidden: tuple[int, ...] = HIDDEN
    seed: int = 20130901


@dataclass(frozen=True)
class Material:
    """What a model is fitted on, and what it needs to be used after the log.

    Attributes:
        learn, check: cases per head, of earlier and of later time. catalogue: with likeness from the whole log.
    """

    timeline: Timeline
    learn: dict[str, Cases]
    check: dict[str, Cases]
    catalogue: Catalogue
    similar: csr_matrix


def fit_behaviour(
    log: EventLog,
    columns: ItemColumns,
    topics: csr_matrix,
    options: BehaviourOptions | None = None,
    progress: Progress = lambda _what, _part: None,
    until: datetime | None = None,
) -> Behaviour | None:
    """The model of a log, or None where no kind of behaviour has `LEAST_OUTCOMES` of either outcome to learn from.

    Args:
        log: item events in time order.
        columns: the catalogue that the log was read with.
        topics: (items, topics) membership, rows summing to 1.
        options: how much is learnt from.
        progress: told what is being done, and how far all of it is, in [0, 1].
        until: the last moment that is learnt from.
    """
    options = options or BehaviourOptions()
    found = material(up_to(log, until), columns, topics, options, progress)
    return None if found is None else fitted(found, columns, options, progress)


def up_to(log: EventLog, until: datetime | None) -> EventLog:
    """The events of a log no later than a moment."""
    if until is None:
        return log
    stop = int(np.searchsorted(log.at, until.timestamp(), side="right"))
    return type(log)(log.users, log.user[:stop], log.item[:stop], log.at[:stop], log.kind[:stop], log.value[:stop])


def material(
    log: EventLog, columns: ItemColumns, topics: csr_matrix, options: BehaviourOptions, progress: Progress
) -> Material | None:
    """Cases of the heads that a log can teach; None if there are none."""
    if len(log) < 4 * LEAST_OUTCOMES:
        return None
    timeline = Timeline.of(log)
    rng = np.random.default_rng(options.seed)
    end = float(log.at[-1]) + 1.0
    cuts = (*(float(np.quantile(log.at, part)) for part in (LEARN_FROM, CHECK_FROM)), end)
    seasonal = bool((log.at[-1] - log.at[0]) / DAY > SEASONAL_DAYS)
    sets: tuple[dict[str, Cases], dict[str, Cases]] = ({}, {})
    names = heads(log)
    for part, moments in enumerate((options.moments, options.moments // 3)):
        progress("likeness of items by who takes them up", 0.4 * part)
        catalogue = Catalogue.of(columns, topics, likeness(log, len(columns.ids), cuts[part], options), seasonal)
        for place, (name, kind) in enumerate(names.items()):
            start = 0.05 + 0.4 * part + 0.35 * place / len(names)
            sets[part][name] = collect(
                timeline,
                catalogue,
                kind,
                (cuts[part], cuts[part + 1]),
                moments,
                rng,
                partial(_stretch, progress, "gathering what followed", start, 0.35 / len(names)),
            )
    learn, check = sets
    kept = [
        name for name in names if _enough(learn[name], LEAST_OUTCOMES) and _enough(check[name], LEAST_OUTCOMES // 3)
    ]
    if not kept:
        return None
    similar = likeness(log, len(columns.ids), end, options)
    return Material(
        timeline,
        {name: learn[name] for name in kept},
        {name: check[name] for name in kept},
        Catalogue.of(columns, topics, similar, seasonal),
        similar,
    )


def fitted(found: Material, columns: ItemColumns, options: BehaviourOptions, progress: Progress) -> Behaviour:
    """The model of gathered cases."""
    progress("learning what people do", 0.85)
    told = partial(_stretch, progress, "learning what people do", 0.85, 0.15)
    network = learnt(found.learn, found.check, options, told)
    state = ItemState.at(found.timeline, np.inf, len(columns.ids))
    kinds = {name: EventKind(name) for name in network.heads if name != LIKE}
    progress("behaviour model done", 1.0)
    return Behaviour(
        ids=columns.ids,
        catalogue=found.catalogue,
        network=network,
        world=World.of(state, state.clock, found.catalogue),
        similar=found.similar,
        horizons={name: HORIZON_DAYS[kind] for name, kind in kinds.items()},
        again=frozenset(name for name, kind in kinds.items() if repeats(found.timeline, kind)),
        rates={name: rate(cases) for name, cases in found.check.items()},
        until=float(found.timeline.log.at[-1]),
    )


def learnt(
    learn: Mapping[str, Cases],
    check: Mapping[str, Cases],
    options: BehaviourOptions,
    progress: Callable[[float], None] = lambda _part: None,
) -> Network:
    """A calibrated network."""
    network = train(learn, check, options.seed, options.hidden, progress=progress)
    for name, cases in check.items():
        network = network.calibrated(name, *calibrate(network.logits(cases.x, (name,))[name], cases))
    return network


def likeness(log: EventLog, size: int, until: float, options: BehaviourOptions) -> csr_matrix:
    """Co-occurrence from what came before a moment, of as many people as hold ``likeness_events``."""
    everything = Interactions.of(log, size, KINDS, until=until - 1e-3)
    if not len(everything.item):
        return empty(size)
    people = np.random.default_rng(options.seed).permutation(everything.users)
    lengths = np.bincount(everything.user, minlength=everything.users)[people]
    drawn = np.zeros(everything.users, bool)
    drawn[people[np.cumsum(lengths) <= max(options.likeness_events, lengths[0])]] = True
    return cooccurrence(everything.where(drawn[everything.user]), until, 30.0, 1000.0, 2.0, 100)


def rate(cases: Cases) -> float:
    """How often it happened in all cases, those left out of the draw included."""
    return float(cases.y.sum() / max(cases.y.sum() + np.exp(cases.offset[~cases.y].astype(np.float64)).sum(), 1e-9))


def _stretch(progress: Progress, what: str, start: float, length: float, done: float) -> None:
    progress(what, start + length * done)


def _enough(cases: Cases, least: int) -> bool:
    return min(int(cases.y.sum()), int((~cases.y).sum())) >= least
