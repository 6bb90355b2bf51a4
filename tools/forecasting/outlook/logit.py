"""Logistic regression with a ridge penalty: small, restorable from plain JSON, and applied with one product."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from core.timeline import Array

STEPS = 25
_CLIP = 6.0
"""Features are kept within so many standard deviations, so that a strange history gets no absurd probability."""


@dataclass(frozen=True)
class Logit:
    """``P(y = 1 | x) = expit(intercept + Σ weight · (x - mean) / scale)``.

    Attributes:
        mean, scale, weights: (features,)
    """

    mean: Array
    scale: Array
    weights: Array
    intercept: float

    @classmethod
    def fit(cls, x: NDArray[Any], y: NDArray[np.bool_], ridge: float = 10.0) -> Logit:
        """Fit by Newton's method.

        Args:
            x: (n, features) finite numbers.
            y: (n,) whether it happened.
            ridge: half of it times the squared weights (of standardised features) is added to the negative
                log-likelihood.
        """
        mean, scale = x.mean(axis=0), x.std(axis=0) + 1e-9
        design = np.column_stack([np.clip((x - mean) / scale, -_CLIP, _CLIP), np.ones(len(x))])
        penalty = np.append(np.full(x.shape[1], ridge), 1e-6)
        beta = np.zeros(design.shape[1])
        rate = (y.sum() + 0.5) / (len(y) + 1)
        beta[-1] = np.log(rate / (1 - rate))
        for _ in range(STEPS):
            chance = expit(design @ beta)
            gradient = design.T @ (chance - y) + penalty * beta
            curvature = (design * (chance * (1 - chance))[:, None]).T @ design + np.diag(penalty)
            step = np.linalg.solve(curvature, gradient)
            beta -= step
            if np.abs(step).max() < 1e-6:
                break
        return cls(mean, scale, beta[:-1], float(beta[-1]))

    def __call__(self, x: NDArray[Any]) -> Array:
        """(…,) probabilities of (…, features)."""
        standard = np.clip((x - self.mean) / self.scale, -_CLIP, _CLIP)
        return np.asarray(expit(standard @ self.weights + self.intercept))

    def state(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "mean": self.mean.tolist(),
            "scale": self.scale.tolist(),
            "weights": self.weights.tolist(),
            "intercept": self.intercept,
        }

    @classmethod
    def restore(cls, state: dict[str, Any]) -> Logit:
        """The inverse of `state`."""
        mean, scale, weights = (np.array(state[key], dtype=np.float64) for key in ("mean", "scale", "weights"))
        return cls(mean, scale, weights, float(state["intercept"]))
