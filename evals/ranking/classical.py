"""Peers that need no training to speak of: popularity, item-to-item models with recency, and a person's own habits.

A way of ranking has figures of two kinds: those that shape what is fitted (``shape``), and those that only the scores
depend on. What is fitted is kept for all options that share a shape.
"""

from __future__ import annotations

import itertools
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from evals.metrics import Lists
from evals.ranking.lists import Floats, Scores, top_lists
from evals.splits import Split
from store.columns import KINDS
from tools.scoring.collaborative import cooccurrence, ease
from tools.scoring.signals import DAY, Interactions, fade, uptakes

Option = Mapping[str, float]

NEIGHBOURS = 400
"""Entries kept a row of an item-to-item model."""

PAIR_DAYS = 1000.0
HALF_LIVES = (0.12, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 7.0, 14.0, 30.0, 60.0, 10_000.0)
FADES = (0.001, 0.01, 0.1, 1.0, 3.0, 10.0, 60.0)
"""Ages of a person's events, in days: where people rate in one sitting, recency is a matter of minutes."""

OWN_HALF_LIVES = (7.0, 14.0, 30.0, 60.0, 120.0, 10_000.0)


class Classical(ABC):
    """A peer.

    Attributes:
        name: in the tables.
        repeats: whether it can rank what a person has had before, and nothing else well.
    """

    name: ClassVar[str]
    repeats: ClassVar[bool] = False
    shape: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def options(self) -> Iterable[Option]:
        """The figures to choose from."""

    @abstractmethod
    def fit(self, split: Split, option: Option) -> Any:
        """What is learnt from ``split.learnt``."""

    @abstractmethod
    def scores(self, fitted: Any, split: Split, option: Option) -> Scores:
        """Scores of the cases."""

    def lists(self, fitted: Any, split: Split, option: Option) -> Lists:
        """The best items of every case."""
        return top_lists(self.scores(fitted, split, option), split)


class Popular(Classical):
    """What was taken up before the moment of the request, each event halved with every half-life."""

    name = "popular lately"

    def options(self) -> Iterable[Option]:
        """Half-lives in days."""
        return ({"half_life": days} for days in HALF_LIVES)

    def fit(self, split: Split, option: Option) -> None:
        """Nothing: it looks at what may be seen."""

    def scores(self, fitted: None, split: Split, option: Option) -> Scores:  # noqa: ARG002
        """Counts of everybody's events, as of each case's moment."""
        if split.one_moment:
            now = decayed(split, split.at[:1], option["half_life"])
            return lambda part: np.repeat(now, len(split.at[part]), axis=0)
        return lambda part: decayed(split, split.at[part], option["half_life"])


def decayed(split: Split, at: NDArray[np.float64], half_life: float) -> Floats:
    """(moments, items) events seen before each moment, halved with every half-life (days) of age."""
    log, size = split.log, split.wanted.shape[1]
    rows = np.flatnonzero(split.shown)
    when, item = log.at[rows] / DAY, log.item[rows]
    counts = np.zeros((len(at), size), np.float32)
    mass, since, done = np.zeros(size), 0.0, 0
    for place in np.argsort(at, kind="stable"):
        now = at[place] / DAY
        until = int(np.searchsorted(when, now, side="left"))
        mass *= np.exp2(-(now - since) / half_life)
        mass += np.bincount(item[done:until], np.exp2(-(now - when[done:until]) / half_life), minlength=size)
        since, done = now, until
        counts[place] = mass
    return counts


def interactions(split: Split) -> Interactions:
    """What may be learnt, one entry a person and item."""
    return Interactions.of(split.learnt, split.wanted.shape[1], KINDS)


def tastes(split: Split, fade_days: float) -> csr_matrix:
    """(cases, items) what people took up before their moment, faded by age from the latest such event."""
    case, rows = split.history
    log = split.log
    taken = uptakes(log.kind[rows], log.value[rows], KINDS)
    case, rows, taken = case[taken > 0], rows[taken > 0], taken[taken > 0]
    latest = np.zeros(len(split))
    np.maximum.at(latest, case, log.at[rows])
    weight = taken * fade((latest[case] - log.at[rows]) / DAY, fade_days)
    return csr_matrix((weight, (case, log.item[rows])), shape=split.wanted.shape, dtype=np.float32)


class ItemToItem(Classical):
    """A person's tastes times a matrix of items by items."""

    def scores(self, fitted: csr_matrix, split: Split, option: Option) -> Scores:
        """Tastes times the matrix."""
        liked = tastes(split, option["fade_days"])
        return lambda part: np.asarray((liked[part] @ fitted).todense())


class ItemKNN(ItemToItem):
    """Item-kNN (Sarwar et al. 2001) with time decays (Ding and Li 2005)."""

    name = "item-kNN + recency"
    shape = ("event_days", "shrink")

    def options(self) -> Iterable[Option]:
        """Age of events, shrinkage of similarities, age of a person's events."""
        grid = itertools.product((1.5, 4.0, 15.0, 60.0, 1000.0), (2.0, 20.0, 200.0), FADES)
        return ({"event_days": event, "shrink": shrink, "fade_days": days} for event, shrink, days in grid)

    def fit(self, split: Split, option: Option) -> csr_matrix:
        """The similarities."""
        log = interactions(split)
        now = float(split.learnt.at[-1])
        return cooccurrence(log, now, option["event_days"], PAIR_DAYS, option["shrink"], NEIGHBOURS)


class Ease(ItemToItem):
    """EASE (Steck 2019), events weighted by recency."""

    name = "EASE + recency"
    shape = ("event_days", "l2")

    def options(self) -> Iterable[Option]:
        """Age of events, L2, age of a person's events."""
        grid = itertools.product((1.5, 4.0, 15.0, 60.0, 1000.0), (30.0, 100.0, 300.0), FADES)
        return ({"event_days": event, "l2": l2, "fade_days": days} for event, l2, days in grid)

    def fit(self, split: Split, option: Option) -> csr_matrix:
        """The weights."""
        return ease(interactions(split), float(split.learnt.at[-1]), option["event_days"], option["l2"], NEIGHBOURS)


def habits(split: Split, half_life: float) -> csr_matrix:
    """(cases, items) how often each person took each item, halved with every half-life (days)."""
    case, rows = split.history
    age = (split.at[case] - split.log.at[rows]) / DAY
    return csr_matrix((np.exp2(-age / half_life), (case, split.log.item[rows])), shape=split.wanted.shape)


class Habits(Classical):
    """What the person took most often lately; ties and the rest go by popularity."""

    name = "own habits + recency"
    repeats = True

    def options(self) -> Iterable[Option]:
        """Half-lives in days."""
        return ({"half_life": days} for days in OWN_HALF_LIVES)

    def fit(self, split: Split, option: Option) -> None:
        """Nothing: it looks at what may be seen."""

    def scores(self, fitted: None, split: Split, option: Option) -> Scores:  # noqa: ARG002
        """Own counts, plus popularity too small to pass the least of them."""
        own = habits(split, option["half_life"]).tocsr()
        popular = decayed(split, split.at[:1], 30.0)
        least = own.data.min(initial=1.0)
        return lambda part: np.asarray(own[part].todense() + 0.5 * least * popular / max(popular.max(), 1e-12))


class HabitsAndNeighbours(Classical):
    """Own habits mixed with those of the people most like them: TIFU-kNN (Hu et al. 2020), with ages in days.

    The paper's two nested decays over groups of baskets become one over time.
    """

    name = "TIFU-kNN"
    repeats = True
    shape = ("half_life",)

    def options(self) -> Iterable[Option]:
        """Half-life in days, neighbours, and the weight of the person's own."""
        grid = itertools.product((14.0, 30.0, 60.0, 120.0), (100, 300), (0.3, 0.5, 0.7, 0.9))
        return ({"half_life": days, "neighbours": near, "own": own} for days, near, own in grid)

    def fit(self, split: Split, option: Option) -> csr_matrix:
        """(people, items) decayed counts of everybody."""
        log = split.learnt
        age = (log.at[-1] - log.at) / DAY
        shape = (len(log.users), split.wanted.shape[1])
        return csr_matrix((np.exp2(-age / option["half_life"]), (log.user, log.item)), shape=shape, dtype=np.float32)

    def scores(self, fitted: csr_matrix, split: Split, option: Option) -> Scores:
        """Own vector and the mean of the nearest by cosine, both of length 1 in the L1 sense of the person's own."""
        vectors = _scaled(fitted, np.sqrt(np.asarray(fitted.multiply(fitted).sum(axis=1)).ravel()))
        mass = _scaled(fitted, np.asarray(fitted.sum(axis=1)).ravel())
        count, weight = int(option["neighbours"]), option["own"]

        def block(part: slice) -> Floats:
            users = split.user[part]
            alike = np.asarray((vectors[users] @ vectors.T).todense())
            alike[np.arange(len(users)), users] = -1.0
            near = np.argpartition(-alike, count, axis=1)[:, :count] if count < alike.shape[1] else None
            if near is None:
                others = np.asarray(mass.mean(axis=0)).repeat(len(users), axis=0)
            else:
                rows = np.repeat(np.arange(len(users)), count)
                pick = csr_matrix((np.full(len(rows), 1 / count), (rows, near.ravel())), shape=alike.shape)
                others = np.asarray((pick @ mass).todense())
            return np.asarray(weight * np.asarray(mass[users].todense()) + (1 - weight) * others, np.float32)

        return block


def _scaled(matrix: csr_matrix, by: NDArray[Any]) -> csr_matrix:
    scale = np.repeat(1 / np.maximum(by, 1e-12), np.diff(matrix.indptr))
    return csr_matrix((matrix.data * scale, matrix.indices, matrix.indptr), shape=matrix.shape)


PEERS: tuple[Classical, ...] = (Popular(), ItemKNN(), Ease(), Habits(), HabitsAndNeighbours())
