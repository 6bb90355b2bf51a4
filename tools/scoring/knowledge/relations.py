"""Relations between items, and how far a person's likings reach along one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Protocol

import numpy as np
from scipy.sparse import csr_matrix

from tools.scoring.signals import Floats, Ints


class Tie(NamedTuple):
    """One connection between an item and a liked one.

    Attributes:
        position: the liked item; weight: the strength of the connection.
        text: the connection in words, without a full stop; value: what they share (a series, the one or two
            rarest names).
    """

    position: int
    text: str
    value: str
    weight: float


Wording = Callable[[int, int, str], str]
"""(item, liked item, what they share) to words."""


class Relation(Protocol):
    """One kind of connection."""

    def reach(self, positions: Ints, weights: Floats) -> Floats:
        """(items,) Σ over liked items of weight x strength of the connection; an item does not reach itself."""

    def reach_many(self, liked: csr_matrix) -> csr_matrix:
        """`reach` of many people at once: (people, items) weights to (people, items) strengths."""

    def matrix(self) -> csr_matrix:
        """(items, items) strengths: row, liked item; column, reached item. Large for a relation by membership."""

    def ties(self, item: int, liked: Sequence[int]) -> list[Tie]:
        """The connections of an item with liked ones, strongest first."""


@dataclass(frozen=True)
class Membership:
    """Items connected by belonging to the same groups (a director's films, a series).

    A common group of n items connects by 1 / log n, so that rarer connections weigh more (Adamic and Adar 2003).

    Attributes:
        groups: (items, groups) ones, no group of fewer than two; names: of the groups.
    """

    groups: csr_matrix
    names: tuple[str, ...]
    wording: Wording

    @cached_property
    def weight(self) -> Floats:
        """(groups,) 1 / log of their sizes."""
        sizes = np.bincount(self.groups.indices, minlength=self.groups.shape[1])
        return np.asarray(1 / np.log(np.maximum(sizes, 2)), np.float32)

    @cached_property
    def _weighted(self) -> csr_matrix:
        """(groups, items)"""
        return csr_matrix(self.groups.multiply(self.weight).T.tocsr(), dtype=np.float32)

    @cached_property
    def _own(self) -> Floats:
        return np.asarray(self.groups @ self.weight, np.float32)

    def reach(self, positions: Ints, weights: Floats) -> Floats:
        """See `Relation.reach`."""
        held = np.asarray(self.groups[positions].T @ weights).ravel() * self.weight
        reached = np.asarray(self.groups @ held, np.float32)
        np.subtract.at(reached, positions, self._own[positions] * weights)
        return reached

    def reach_many(self, liked: csr_matrix) -> csr_matrix:
        """See `Relation.reach_many`."""
        own = liked.multiply(self._own)
        return csr_matrix(liked @ self.groups @ self._weighted - own, dtype=np.float32)

    def matrix(self) -> csr_matrix:
        """See `Relation.matrix`."""
        product = csr_matrix(self.groups @ self._weighted)
        product.setdiag(0)
        product.eliminate_zeros()
        return product

    def ties(self, item: int, liked: Sequence[int]) -> list[Tie]:
        """See `Relation.ties`."""
        own = set(self._groups_of(item))
        found = []
        for other in dict.fromkeys(liked):
            common = sorted(own.intersection(self._groups_of(other)), key=lambda group: -self.weight[group])
            if common and other != item:
                value = " and ".join(self.names[group] for group in common[:2])
                found.append(Tie(other, self.wording(item, other, value), value, float(self.weight[common].sum())))
        return sorted(found, key=lambda tie: -tie.weight)

    def _groups_of(self, item: int) -> list[int]:
        return list(self.groups.indices[self.groups.indptr[item] : self.groups.indptr[item + 1]].tolist())


@dataclass(frozen=True)
class Pairs:
    """Items connected one by one, possibly in one direction only.

    Attributes:
        strengths: (items, items) row, liked item; column, reached item.
        shared: (liked item, reached item) to what the wording needs.
    """

    strengths: csr_matrix
    shared: Mapping[tuple[int, int], str]
    wording: Wording

    def reach(self, positions: Ints, weights: Floats) -> Floats:
        """See `Relation.reach`."""
        return np.asarray(self.strengths[positions].T @ weights, np.float32).ravel()

    def reach_many(self, liked: csr_matrix) -> csr_matrix:
        """See `Relation.reach_many`."""
        return csr_matrix(liked @ self.strengths, dtype=np.float32)

    def matrix(self) -> csr_matrix:
        """See `Relation.matrix`."""
        return self.strengths

    def ties(self, item: int, liked: Sequence[int]) -> list[Tie]:
        """See `Relation.ties`."""
        found = []
        for other in dict.fromkeys(liked):
            if (other, item) in self.shared:
                value = self.shared[other, item]
                found.append(Tie(other, self.wording(item, other, value), value, float(self.strengths[other, item])))
        return sorted(found, key=lambda tie: -tie.weight)
