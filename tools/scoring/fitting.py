"""The models that are fitted on a log as it is: item-to-item, mean ratings, and what comes next in a sequence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from core.types import EventKind
from store.columns import KINDS, EventLog, ItemColumns
from tools.scoring.habits import taken_up, usual_amounts, usual_gaps
from tools.scoring.model import PRIOR, Model
from tools.scoring.ranker import Ranker
from tools.scoring.sequence.inputs import Histories, ItemInputs, SequenceOptions
from tools.scoring.sequence.model import SequenceModel
from tools.scoring.sequence.training import fit_sequence
from tools.scoring.settle import Settled
from tools.scoring.signals import DAY, Floats, Interactions
from tools.scoring.state import arrivals, longest_wait
from tools.scoring.world import World

Progress = Callable[[str, float], None]

SEQUENCE_EVENTS = 100_000
"""Latest events that the sequence model learns from where people come back to items: such logs are long."""
RECENCY_DAYS = 30.0
RECENCY_PART = 0.1
"""Age at which an event counts half for the sequence model: so many days, or a part of what the log spans."""
LEAST_SEQUENCE = 2000
"""Liked events after another one: with fewer, a network learns nothing that co-occurrence does not know."""


def sequence_options(log: EventLog, habitual: Sequence[EventKind]) -> SequenceOptions:
    """How the sequence model of a log is trained.

    Args:
        habitual: the kinds by which people come back to items.
    """
    span = (log.at[-1] - log.at[0]) / DAY
    options = SequenceOptions(least_events=LEAST_SEQUENCE, recency_days=max(RECENCY_DAYS, RECENCY_PART * span))
    return replace(options, most_events=SEQUENCE_EVENTS) if habitual else options


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
    taken = taken_up(raw, habitual, now)
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
        usual=usual_gaps(taken, len(columns.ids)) if habitual else np.zeros(0, np.float32),
        amounts=usual_amounts(taken, len(columns.ids)) if habitual else np.zeros(0, np.float32),
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


def fit_next(
    log: Interactions,
    world: World,
    folder: Path,
    options: SequenceOptions,
    which: str,
    progress: Progress,
    done: float,
    length: float,
) -> SequenceModel | None:
    """The sequence model of a log; None where there is too little to learn from.

    Args:
        folder: of the model; checkpoints lie beside it. which: words for ``progress``, which goes from ``done`` on by
            ``length``.
    """

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
