"""Figures of the item-to-item models, chosen for the data: how fast events, pairs of them and a history fade.

Films seen over months and films rated in one sitting want ages four orders of magnitude apart. Each figure is chosen on
moments that the models have not seen, by how well the model foretells what was taken up *beside popularity*: a small
ranker of both is fitted, and the figure with the least listwise loss is taken. By itself a model would always want the
shortest age, because that makes a second list of what is popular now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from tools.scoring.affinity import graded
from tools.scoring.collaborative import cooccurrence, ease, fold_in
from tools.scoring.moments import Moment
from tools.scoring.profile import fading
from tools.scoring.ranker import Choice, Form, fit_shapes, listwise
from tools.scoring.signals import Floats, Interactions

EVENT_DAYS = (4.0, 15.0, 60.0, 1000.0)
PAIR_DAYS = (0.01, 1.0, 30.0, 1000.0)
FADE_DAYS = (1.0, 15.0, 100.0)
L2 = (30.0, 100.0, 300.0)

POPULAR, OTHERS = 300, 300
"""Items beside those taken up that a moment's choice is among: the most popular ones, and some drawn evenly."""

LEAST = 50
"""With fewer moments nothing is chosen."""

SEGMENTS = 4
NEIGHBOURS = 200


@dataclass(frozen=True)
class Settled:
    """Figures that shape the item-to-item models; days are ages at which something counts half.

    Attributes:
        knn_days, ease_days: of events. pair_days: between two events of a pair. shrink, l2: see the models.
        fade_days: of the events in a person's history.
    """

    knn_days: float = 15.0
    ease_days: float = 15.0
    pair_days: float = 1000.0
    shrink: float = 2.0
    l2: float = 100.0
    fade_days: float = 15.0

    def knn(self, log: Interactions, now: float) -> csr_matrix:
        """Co-occurrence as known at ``now``."""
        return cooccurrence(log, now, self.knn_days, self.pair_days, self.shrink, NEIGHBOURS)

    def ease(self, log: Interactions, now: float) -> csr_matrix:
        """EASE as known at ``now``."""
        return ease(log, now, self.ease_days, self.l2, NEIGHBOURS)


@dataclass(frozen=True)
class _Case:
    """A choice to foretell: the person's trail, the items it is among, how popular they are, and what was taken."""

    moment: Moment
    among: NDArray[np.int64]
    popular: Floats
    taken: NDArray[np.bool_]


def settle(
    log: Interactions,
    now: float,
    moments: Sequence[Moment],
    popular: Callable[[float], Floats],
    rng: np.random.Generator,
) -> Settled:
    """The figures that do best on some moments; `Settled` as it is where these are too few.

    Args:
        log: what the models may know, on the clock that their ages are counted on; now: the end of it.
        moments: people about to choose, in time order.
        popular: (features, items) popularity at a moment (unix seconds), in [0, 1].
    """
    cases = list(_cases(moments, popular, rng))
    found = Settled()
    if len(cases) < LEAST:
        return found
    models: dict[tuple[str, Settled], csr_matrix] = {}

    def loss(name: str, chosen: Settled) -> float:
        key = (name, replace(chosen, fade_days=0.0))
        if key not in models:
            models[key] = chosen.knn(log, now) if name == "knn" else chosen.ease(log, now)
        return _loss(models[key], cases, chosen.fade_days)

    def both(chosen: Settled) -> float:
        return loss("knn", chosen) + loss("ease", chosen)

    found = _best(found, "fade_days", FADE_DAYS, both)
    for name, figures in (
        ("ease", (("ease_days", EVENT_DAYS), ("l2", L2))),
        ("knn", (("knn_days", EVENT_DAYS), ("pair_days", PAIR_DAYS))),
    ):
        for figure, values in figures:
            found = _best(found, figure, values, partial(loss, name))
    return _best(found, "fade_days", FADE_DAYS, both)


def _best(found: Settled, figure: str, values: Iterable[float], loss: Callable[[Settled], float]) -> Settled:
    return min((replace(found, **{figure: value}) for value in values), key=loss)


def _cases(moments: Sequence[Moment], popular: Callable[[float], Floats], rng: np.random.Generator) -> Iterable[_Case]:
    at, now, order = np.nan, np.zeros((0, 0), np.float32), np.zeros(0, np.int64)
    for moment in moments:
        if not len(moment.next):
            continue
        if moment.at != at:
            at, now = moment.at, popular(moment.at)
            order = np.argsort(-now.sum(axis=0), kind="stable")[: 2 * POPULAR]
        head = order[~np.isin(order, moment.profile.known)][:POPULAR]
        among = np.union1d(head, rng.integers(0, now.shape[1], OTHERS))
        among = np.union1d(among[~np.isin(among, moment.profile.known)], moment.next)
        yield _Case(moment, among, now[:, among].T, np.isin(among, moment.next))


def _loss(model: csr_matrix, cases: Sequence[_Case], fade_days: float) -> float:
    choices = []
    for case in cases:
        trail = case.moment.profile.trail
        weight = trail.uptake * fading(trail.at, fade_days)
        scores = graded(fold_in(model, trail.item, weight))[case.among]
        choices.append(Choice(np.column_stack([scores, case.popular]), case.taken))
    names = ["model", *(f"popular {place}" for place in range(choices[0].features.shape[1] - 1))]
    shapes = fit_shapes(choices, {name: Form(1.0, segments=SEGMENTS) for name in names})
    rows = np.concatenate([choice.features for choice in choices])
    scores = np.sum([shapes[name](rows[:, column]) for column, name in enumerate(names)], axis=0)
    return listwise(choices)(scores.astype(np.float32))[0] / len(choices)
