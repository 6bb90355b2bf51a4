"""Calibration on later time: a logit stretched and shifted where that helps on time later still (Platt 1999)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from tools.scoring.behaviour.cases import Cases
from tools.scoring.behaviour.network import log_loss
from tools.scoring.signals import Floats

LEAST = 30
"""With fewer cases of either outcome nothing is calibrated."""


def platt(logit: Floats, y: NDArray[np.bool_], offset: Floats) -> tuple[float, float]:
    """Slope and shift that maximise the likelihood of ``slope · logit + shift + offset``, weakly drawn to 1 and 0."""
    design = np.column_stack([logit, np.ones(len(logit))]).astype(np.float64)
    start = np.array([1.0, 0.0])
    beta = start.copy()
    for _ in range(50):
        chance = expit(design @ beta + offset)
        gradient = design.T @ (chance - y) + (beta - start)
        curvature = (design * (chance * (1 - chance))[:, None]).T @ design + np.eye(2)
        step = np.linalg.solve(curvature, gradient)
        # Newton overshoots where probabilities are extreme.
        step *= min(1.0, 0.5 / max(float(np.abs(step).max()), 1e-12))
        beta -= step
        if np.abs(step).max() < 1e-6:
            break
    return float(beta[0]), float(beta[1])


def calibrate(logit: Floats, cases: Cases) -> tuple[float, float]:
    """Slope and shift from all cases if those of the earlier half lower the log-loss of the later; else (1, 0)."""
    cut = np.quantile(cases.at, 0.5) if len(cases) else 0.0
    early = cases.at < cut
    counts = [int((cases.y[part] == outcome).sum()) for part in (early, ~early) for outcome in (False, True)]
    if min(counts) < LEAST:
        return 1.0, 0.0
    slope, shift = platt(logit[early], cases.y[early], cases.offset[early])
    later, offset, y = logit[~early], cases.offset[~early], cases.y[~early]
    if log_loss(slope * later + shift + offset, y) >= log_loss(later + offset, y):
        return 1.0, 0.0
    return platt(logit, cases.y, cases.offset)
