"""What the sequence model reads: items, and the events of people in order; and how it is trained."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags, hstack

from store.columns import KINDS, EventLog
from tools.scoring.signals import Floats, Interactions, Ints, strengths

Rows = NDArray[np.int64]

SHARED = 2
"""Items that must carry a facet's value before it is given weights of its own; with fewer, it says what the id says."""


@dataclass(frozen=True)
class ItemInputs:
    """What is known of the items; row p is the same item everywhere.

    Attributes:
        vectors: (items, d) text embeddings, zero rows where an item has none; d may be 0.
        topics: (items, topics) membership; rows sum to 1, or to 0 for items without a topic.
        facets: per facet an (items, values) membership matrix.
    """

    vectors: Floats
    topics: csr_matrix
    facets: Mapping[str, csr_matrix] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.vectors)

    def membership(self) -> csr_matrix:
        """(items, values of all facets) float32: per facet the mean over the item's values that others carry too."""
        parts = []
        for matrix in self.facets.values():
            ones = csr_matrix(matrix, dtype=np.float32)
            kept = ones[:, np.flatnonzero(ones.getnnz(axis=0) >= SHARED)]
            parts.append(diags(1 / np.maximum(kept.getnnz(axis=1), 1)) @ kept)
        joined = hstack(parts) if parts else csr_matrix((len(self), 0))
        return csr_matrix(joined, dtype=np.float32)


@dataclass(frozen=True)
class SequenceOptions:
    """Size of the network and how it is trained.

    Attributes:
        width, layers, heads: of the network. length: events of a history that it reads, the latest ones.
        dropout: of layers and inputs. id_dropout: least part of the time that an item of a batch is known by its text
            and facets alone, if it has any; rare: events with which it is half of the time, and more with fewer.
        loss: ``softmax`` over sampled items with correction for how they were drawn, or ``gbce``, the binary
            cross-entropy calibrated for sampling of Petrov and Macdonald (2023). negatives: items drawn a batch.
        half_lives: days; the logarithm of an item's popularity at the moment of each event, decayed by each of them, is
            added to its score in training with weights that are learned, so that the rest of the network learns what
            the person adds to it. Empty: nothing is added.
        recency_days: age at which an event counts half as an example; None: all count the same.
        topic_weight, value_weight: of the two further tasks beside the next item.
        batch: events a batch. rate, weight_decay: of AdamW. epochs, patience: at most so many passes, and so many
            without a better validation loss. closing: passes over everything, validation events too, at a falling rate.
        validation: part of the events, the last ones by time, that training stops by.
        most_events: latest events that serve as examples; least_events: with fewer there is no model.
        seed: of the weights, the order and the draws.
    """

    width: int = 64
    layers: int = 2
    heads: int = 2
    length: int = 50
    dropout: float = 0.2
    id_dropout: float = 0.2
    rare: float = 20.0
    loss: Literal["softmax", "gbce"] = "softmax"
    negatives: int = 1024
    half_lives: tuple[float, ...] = (1.0, 7.0, 30.0)
    recency_days: float | None = 30.0
    topic_weight: float = 0.1
    value_weight: float = 0.1
    batch: int = 1024
    rate: float = 2e-3
    weight_decay: float = 0.01
    epochs: int = 20
    patience: int = 3
    closing: int = 2
    validation: float = 0.1
    most_events: int = 300_000
    least_events: int = 300
    seed: int = 0


@dataclass(frozen=True)
class Histories:
    """Events of people, person after person, each in time order; ``starts[p]:starts[p + 1]`` are those of person p.

    Attributes:
        item: positions. at: unix seconds. strength: in [-1, 1]. kind: codes into `KINDS`, from 1; 0 is untold.
        starts: (people + 1,) rows.
    """

    item: Ints
    at: NDArray[np.float64]
    strength: Floats
    kind: NDArray[np.int8]
    starts: Rows

    @property
    def people(self) -> int:
        """How many histories there are, empty ones counted."""
        return len(self.starts) - 1

    @classmethod
    def of_log(cls, log: EventLog) -> Histories:
        """Every event of a log that says something about its item, repetitions too; person p is ``log.users[p]``."""
        strength = strengths(log.kind, log.value, KINDS)
        rows = np.flatnonzero(strength != 0)
        rows = rows[np.lexsort((log.at[rows], log.user[rows]))]
        kind = (log.kind[rows] + 1).astype(np.int8)
        starts = np.searchsorted(log.user[rows], np.arange(len(log.users) + 1))
        return cls(log.item[rows], log.at[rows], strength[rows], kind, starts)

    @classmethod
    def of_interactions(cls, log: Interactions) -> Histories:
        """The latest event of each person with each item; kinds are untold."""
        starts = np.searchsorted(log.user, np.arange(log.users + 1))
        return cls(log.item, log.at, log.strength, np.zeros(len(log.item), np.int8), starts)

    def until(self, moment: float) -> Histories:
        """Only events up to a moment."""
        kept = self.at <= moment
        before = np.concatenate([[0], np.cumsum(kept)])
        return Histories(self.item[kept], self.at[kept], self.strength[kept], self.kind[kept], before[self.starts])

    def owner(self) -> Rows:
        """(events,) whose event each is."""
        return np.repeat(np.arange(self.people), np.diff(self.starts))


@dataclass(frozen=True)
class Batch:
    """Padded inputs of the network, as arrays of (people, events).

    Attributes:
        item, kind, strength: of each event; padding repeats item 0 and stands at the end.
        at: unix seconds; padding repeats the last one.
        moment: when the next item is asked for, seen from each event.
        real: what is no padding.
    """

    item: Rows
    kind: Rows
    strength: Floats
    at: NDArray[np.float64]
    moment: NDArray[np.float64]
    real: NDArray[np.bool_]


def padded(log: Histories, first: Rows, last: Rows, moment: NDArray[np.float64]) -> Batch:
    """Rows ``first[p]:last[p]`` of a log as one batch; ``moment`` holds the time asked for at every row of the log."""
    length = int((last - first).max())
    rows = first[:, None] + np.arange(length)
    real = rows < last[:, None]
    rows = np.minimum(rows, last[:, None] - 1)
    item = np.where(real, log.item[rows], 0).astype(np.int64)
    return Batch(item, log.kind[rows].astype(np.int64), log.strength[rows], log.at[rows], moment[rows], real)
