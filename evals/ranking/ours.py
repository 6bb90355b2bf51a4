"""Our side: the product trained on what may be learnt, in a workspace of its own, and asked as its users ask it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime

import numpy as np

from agent.build import open_workspace
from agent.fitting import train
from core.results import RecommendRequest
from core.settings import Settings
from evals.metrics import Lists
from evals.ranking.cost import Cost, measured
from evals.ranking.data import copy, workspace
from evals.ranking.lists import LENGTH
from evals.splits import Mask, Split
from store.columns import EventLog, ItemColumns
from tools.deps import Deps, Scorer

NAME = "driftline"
BEFORE = 1e-3
"""Seconds that a request lies before the moment of its case: the product sees what happens at its own moment."""

Variants = Callable[[Deps], Mapping[str, Scorer]]
"""Makes other scorers to compare the shipped one with, by name."""


def no_variants(_deps: Deps) -> Mapping[str, Scorer]:
    """Nothing but the shipped scorer."""
    return {}


class Ours:
    """The product in a workspace that is made anew, trained on what a split allows, and deleted in the end.

    Args:
        settings: of the user's workspace.
        name: of the new one.
        source: where the events are.
        log: of the source.
        columns: of its catalogue.

    Attributes:
        cost: of training all of it, the forecaster and the search index included.
    """

    def __init__(self, settings: Settings, name: str, source: Settings, log: EventLog, columns: ItemColumns) -> None:
        self.settings = workspace(settings, f"{name}-ours")
        self.cost = Cost()
        self._source, self._log, self._columns = source, log, columns
        self._there = np.zeros(len(log), bool)

    def __enter__(self) -> Ours:
        self._delete()
        return self

    def __exit__(self, *_: object) -> None:
        self._delete()

    def train(self, split: Split) -> None:
        """Fit everything on what may be learnt."""
        self._add(split.learn)
        with measured() as self.cost:
            train(self.settings)

    @contextmanager
    def asked(self, split: Split) -> Iterator[Deps]:
        """Its parts, with all that may be seen in the workspace; what was not learnt is in no model.

        Raises:
            ValueError: more is there already, from another split.
        """
        if (self._there & ~split.shown).any():
            raise ValueError("Splits that show less have to be asked first.")
        self._add(split.shown & ~self._there)
        opened = open_workspace(self.settings)
        try:
            yield opened.deps
        finally:
            opened.database.close()

    def _add(self, rows: Mask) -> None:
        if rows.any():
            copy(self._source, self.settings, self._log, self._columns, rows)
            self._there = self._there | rows

    def _delete(self) -> None:
        shutil.rmtree(self.settings.home, ignore_errors=True)


def ranked(scorer: Scorer, split: Split, length: int = LENGTH) -> tuple[Lists, Cost]:
    """The scorer's lists of all cases, and what making them cost."""
    length = min(length, split.wanted.shape[1])
    with measured() as cost:
        if split.one_moment:
            found = scorer.recommend_many(split.people, length, moment(split.at[0]), not split.new_only)
        else:
            # In the order of time, as requests come.
            order = np.argsort(split.at, kind="stable").tolist()
            found = {split.people[case]: scorer.rank(_request(split, case, length)) for case in order}
    position = {item: place for place, item in enumerate(split.ids)}
    return Lists.of(found, split.people, position, length), cost


def _request(split: Split, case: int, length: int) -> RecommendRequest:
    return RecommendRequest(
        user_id=split.people[case], at=moment(split.at[case]), k=length, seen_too=not split.new_only
    )


def moment(at: float) -> datetime:
    """When a request is made that sees what lies before a moment, in unix seconds, and nothing of it."""
    return datetime.fromtimestamp(float(at) - BEFORE, UTC)
