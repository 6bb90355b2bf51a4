"""Errors of point forecasts, over people, and paired against the forecaster to beat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from core.periods import Indices
from core.timeline import Array
from evals.forecasting.segments import Segment
from tools.forecasting.backtest import person_means
from tools.forecasting.metrics import kl_divergence
from tools.forecasting.series import Floats

LEAST_MOVE = 0.05
"""Topics whose share moves by less from the person's own mean have no direction to tell."""
SIGNIFICANT = 2.0


@dataclass(frozen=True)
class Difference:
    """Mean KL divergence of a forecaster less that of the one to beat, over the same people, in nats."""

    people: int
    mean: float
    standard_error: float

    @property
    def verdict(self) -> str:
        """``better`` or ``worse`` by `SIGNIFICANT` standard errors, else empty."""
        if abs(self.mean) <= SIGNIFICANT * self.standard_error:
            return ""
        return "better" if self.mean < 0 else "worse"

    def text(self) -> str:
        """The figure with its standard error and mark: * better, ! worse."""
        mark = {"better": "*", "worse": "!", "": " "}[self.verdict]
        return f"{self.mean:+.4f}±{self.standard_error:.4f}{mark}"


@dataclass(frozen=True)
class Row:
    """One forecaster over everybody.

    Attributes:
        error, standard_error: mean KL divergence over people, in nats.
        by_horizon: the same at each horizon, over cases.
        variation: mean total variation distance.
        direction: part of the topics that moved by `LEAST_MOVE` from the person's own mean whose side was told; a
            forecast of the own mean itself counts a half.
        difference: paired against the forecaster to beat.
    """

    name: str
    error: float
    standard_error: float
    by_horizon: tuple[float, ...]
    variation: float
    direction: float
    difference: Difference


def rows(
    points: Mapping[str, Floats], targets: Floats, own: Floats, person: Indices, base: str
) -> tuple[tuple[Row, ...], dict[str, Array]]:
    """Figures of every forecaster, worst first, and their (n, horizons) divergences, NaN where nothing happened.

    Args:
        points: (n, horizons, topics) shares by forecaster.
        targets: what followed.
        own: (n, topics) the person's own mean at the origin.
        person: (n,) of each case.
        base: name of the forecaster to beat.
    """
    scores = {name: kl_divergence(targets, shares) for name, shares in points.items()}
    found = []
    for name, shares in points.items():
        errors = person_means(scores[name], person)
        found.append(
            Row(
                name,
                float(errors.mean()),
                float(errors.std() / np.sqrt(len(errors))),
                tuple(float(np.nanmean(step)) for step in scores[name].T),
                float(person_means(variation(targets, shares), person).mean()),
                direction(targets, shares, own, person),
                difference(scores[name], scores[base], person),
            )
        )
    return tuple(sorted(found, key=lambda row: -row.error)), scores


def difference(score: Array, base: Array, person: Indices) -> Difference:
    """Paired over people. Args: (n, horizons) divergences of two forecasters, and (n,) whose they are."""
    apart = person_means(score - base, person)
    return Difference(len(apart), float(apart.mean()), float(apart.std() / np.sqrt(len(apart))))


def by_segment(
    scores: Mapping[str, Array], person: Indices, segments: Mapping[str, Segment], base: str
) -> dict[str, dict[str, Difference]]:
    """Paired differences by segment and forecaster."""
    return {
        group: {
            name: difference(score[segment.cases], scores[base][segment.cases], person[segment.cases])
            for name, score in scores.items()
            if name != base
        }
        for group, segment in segments.items()
    }


def variation(targets: Floats, shares: Floats) -> Array:
    """(n, horizons) total variation distance; NaN where nothing happened."""
    apart = np.abs(targets - shares).sum(axis=2) / 2
    return np.where(targets.sum(axis=2) > 0, apart, np.nan)


def direction(targets: Floats, shares: Floats, own: Floats, person: Indices) -> float:
    """Mean over people of the part of moved topics whose side of the own mean was told; see `Row`."""
    mean = own[:, None, :]
    moved = (np.abs(targets - mean) >= LEAST_MOVE) & (targets.sum(axis=2, keepdims=True) > 0)
    told = (1 + np.sign(np.round(shares - mean, 6)) * np.sign(targets - mean)) / 2
    count = moved.sum(axis=2)
    part = np.where(moved, told, 0).sum(axis=2) / np.where(count > 0, count, 1)
    part = np.where(count > 0, part, np.nan)
    known = ~np.isnan(part).all(axis=1)
    return float(person_means(part[known], person[known]).mean())
