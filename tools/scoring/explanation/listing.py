"""A ranking as explanations look at it, and the ways to compute another one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.results import Recommendation, RecommendRequest, Slate
from core.types import Constraints, Event
from tools.scoring.profile import Profile
from tools.scoring.signals import Ints


@dataclass(frozen=True)
class Listing:
    """The whole list of one request.

    Attributes:
        limits: of the request, with what the person muted for good.
        positions, scores: (rows,) items that were ranked, in no order.
        lifts: (rows,) the part of the scores that lifts a discovery to its place; 0 for all others.
        order: rows as they are listed, the best first; a second entry of one title and year is not among them.
        intercept: what all scores begin with.
        present: the slate, with what is shown described.
        describe: items at some positions with all parts of their scores; they must have been ranked.
    """

    request: RecommendRequest
    limits: Constraints
    profile: Profile
    positions: Ints
    scores: NDArray[np.float64]
    lifts: NDArray[np.float64]
    order: Sequence[int]
    intercept: float
    present: Callable[[], Slate]
    describe: Callable[[Sequence[int]], Sequence[Recommendation]]

    @cached_property
    def _places(self) -> dict[int, int]:
        return {int(self.positions[row]): place for place, row in enumerate(self.order, start=1)}

    def rank(self, position: int) -> int | None:
        """The place of an item, from 1; None for what is not listed."""
        return self._places.get(position)

    def first(self) -> list[int]:
        """Positions of what is shown, the best first."""
        return [int(self.positions[row]) for row in self.order[: self.request.k]]

    def score(self, position: int) -> float | None:
        """The score of an item; None for what was not ranked."""
        row = self._row(position)
        return None if row is None else float(self.scores[row])

    def merit(self, position: int) -> float | None:
        """The score of an item without what lifts it as a discovery, which is drawn anew for every other list."""
        row = self._row(position)
        return None if row is None else float(self.scores[row] - self.lifts[row])

    def has(self, position: int) -> bool:
        """Whether an item was ranked at all."""
        return self._row(position) is not None

    def shown(self, position: int) -> bool:
        """Whether an item is among the first k."""
        rank = self.rank(position)
        return rank is not None and rank <= self.request.k

    def margin(self, position: int) -> float:
        """By how much an item outscores the one that would take its place among the first k; -inf if not ranked."""
        row = self._row(position)
        others = [other for other in self.order[: self.request.k + 1] if other != row]
        if row is None:
            return -np.inf
        if len(others) < self.request.k:
            return np.inf
        return float(self.scores[row] - self.scores[others[-1]])

    def last(self, position: int) -> int | None:
        """Position of the last item shown, other than one; None for an empty list."""
        shown = [row for row in self.order[: self.request.k] if self.positions[row] != position]
        return int(self.positions[shown[-1]]) if shown else None

    def _row(self, position: int) -> int | None:
        rows = np.flatnonzero(self.positions == position)
        return int(rows[0]) if len(rows) else None


class Rerank(Protocol):
    """Ranks again, through all of the scorer and the forecast, for another request or with other events as history."""

    def __call__(self, request: RecommendRequest, history: Sequence[Event], include: Sequence[int] = ()) -> Listing:
        """The list; items at the positions of ``include`` are ranked even if nothing would have brought them."""
