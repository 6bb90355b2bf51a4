"""Where the time of one recommendation goes: reading, features over the catalogue, and all that is done to candidates.

People of the workspace with the most events are asked for, one after the other, ten items each, with reasons.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

import numpy as np

from core.results import RecommendRequest
from tools.deps import Deps
from tools.scoring import scorer as scoring
from tools.scoring.candidates import gather
from tools.scoring.scorer import AdditiveScorer

PEOPLE = 200
STEPS = {
    "what is shared by all at a moment": (AdditiveScorer, "_shared"),
    "the person's events": (AdditiveScorer, "_history"),
    "words, forecast": (AdditiveScorer, "_said"),
    "features over the catalogue": (scoring, "all_features"),
}
CANDIDATES = "candidates: chosen, scored, listed, explained"
WHOLE = "whole recommendation"


@dataclass(frozen=True)
class Step:
    """Milliseconds of one step, in the middle and at the 95th percentile of people."""

    name: str
    p50: float
    p95: float


def steps(deps: Deps) -> tuple[list[Step], float]:
    """The steps, and the mean number of candidates."""
    log = deps.events.log(deps.catalog.columns())
    often = np.argsort(-np.bincount(log.user, minlength=len(log.users)), kind="stable")[: PEOPLE + 1]
    at = deps.now()
    taken: dict[str, list[float]] = {name: [] for name in (*STEPS, CANDIDATES, WHOLE)}
    counts: list[int] = []
    with _timed(taken), patch.object(scoring, "gather", _counting(gather, counts)):
        for person in often.tolist():
            before = {name: len(each) for name, each in taken.items()}
            started = time.perf_counter()
            deps.scorer.recommend(RecommendRequest(user_id=log.users[person], at=at, k=10))
            whole = (time.perf_counter() - started) * 1000
            taken[WHOLE].append(whole)
            taken[CANDIDATES].append(whole - sum(sum(taken[name][before[name] :]) for name in STEPS))
    # The first person loads what the others share.
    found = [Step(name, *np.percentile(each[1:], (50, 95)).tolist()) for name, each in taken.items()]
    return found, float(np.mean(counts[1:]))


@contextmanager
def _timed(taken: dict[str, list[float]]) -> Iterator[None]:
    patches = []
    for name, (owner, attribute) in STEPS.items():
        patches.append(patch.object(owner, attribute, _clocked(getattr(owner, attribute), taken[name])))
    for each in patches:
        each.start()
    try:
        yield
    finally:
        for each in patches:
            each.stop()


def _clocked(call: Callable[..., Any], taken: list[float]) -> Callable[..., Any]:
    def clocked(*given: Any, **named: Any) -> Any:
        started = time.perf_counter()
        try:
            return call(*given, **named)
        finally:
            taken.append((time.perf_counter() - started) * 1000)

    return clocked


def _counting(call: Callable[..., Any], counts: list[int]) -> Callable[..., Any]:
    def counting(*given: Any, **named: Any) -> Any:
        found = call(*given, **named)
        counts.append(len(found.positions))
        return found

    return counting
