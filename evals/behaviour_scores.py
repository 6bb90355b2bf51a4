"""How good probabilities are: errors, order and calibration, with bootstrap intervals over people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from tools.scoring.behaviour.cases import Cases

Array = NDArray[np.float64]
DRAWS = 200
BINS = 15


@dataclass(frozen=True)
class Figure:
    """A figure and its 95 % percentile interval over people (Efron 1979)."""

    value: float
    low: float
    high: float

    @classmethod
    def of(cls, value: float, drawn: Array) -> Figure:
        """From the figure of everybody and those of draws."""
        low, high = np.quantile(drawn, [0.025, 0.975])
        return cls(value, float(low), float(high))

    def text(self, digits: int = 4) -> str:
        """As printed: the value and half the width of its interval."""
        return f"{self.value:.{digits}f} ± {(self.high - self.low) / 2:.{digits}f}"


@dataclass(frozen=True)
class Level:
    """Cases of like probability: how many are expected and how many happened, in all cases."""

    cases: float
    expected: float
    happened: float


@dataclass(frozen=True)
class Quality:
    """Figures of one way to predict.

    Attributes:
        accuracy, f1, auc, log_loss, brier, calibration: on the cases as drawn; F1 at the threshold that was best on the
            time that models were checked on.
        auc_all, ratio: in all cases: the AUC, and how many happened for each that was expected.
        against: log-loss less that of the model.
    """

    accuracy: Figure
    f1: Figure
    auc: Figure
    log_loss: Figure
    brier: Figure
    calibration: Figure
    auc_all: Figure
    ratio: Figure
    against: Figure


class Judge:
    """Scores predictions of the same cases, with the same draws of people for all of them."""

    def __init__(self, cases: Cases, seed: int = 0, draws: int = DRAWS) -> None:
        self._cases = cases
        people, self._person = np.unique(cases.person, return_inverse=True)
        rng = np.random.default_rng(seed)
        size = len(people)
        self._drawn = rng.multinomial(size, np.full(size, 1 / size), size=draws).astype(np.float64)
        self.people = size
        self._each = np.where(cases.y, 1.0, np.exp(cases.offset.astype(np.float64)))

    def qualities(
        self, logits: Mapping[str, NDArray[np.float32]], thresholds: Mapping[str, float], best: str
    ) -> dict[str, Quality]:
        """Of each way to predict.

        Args:
            logits: per name, (cases,) of the probability in all cases.
            thresholds: probability, in the cases as drawn, from which F1 says that it happens.
            best: what the others' log-loss is held against.
        """
        losses = {name: self._losses(each) for name, each in logits.items()}
        return {
            name: self._quality(each, thresholds[name], losses[name], losses[best]) for name, each in logits.items()
        }

    def _losses(self, logit: NDArray[np.float32]) -> Array:
        shifted = (logit + self._cases.offset).astype(np.float64)
        return np.asarray(np.logaddexp(0.0, np.where(self._cases.y, -shifted, shifted)))

    def _quality(self, logit: NDArray[np.float32], threshold: float, loss: Array, best: Array) -> Quality:
        y = self._cases.y
        chance = expit((logit + self._cases.offset).astype(np.float64))
        said = chance >= threshold
        return Quality(
            accuracy=self._mean((chance >= 0.5) == y),
            f1=self._ratio_of(2.0 * (said & y), said * 1.0 + y),
            auc=self._auc(logit + self._cases.offset, np.ones(len(y))),
            log_loss=self._mean(loss),
            brier=self._mean((chance - y) ** 2),
            calibration=self._calibration(chance),
            auc_all=self._auc(logit, self._each),
            ratio=self._ratio_of(y * 1.0, self._each * expit(logit.astype(np.float64))),
            against=self._mean(loss - best),
        )

    def auc(self, logit: NDArray[np.float32], rows: NDArray[np.bool_]) -> Figure:
        """The AUC of some of the cases as drawn."""
        return self._auc(logit + self._cases.offset, rows * 1.0)

    def levels(self, logit: NDArray[np.float32], count: int = 8) -> tuple[Level, ...]:
        """Cases in all by probability, in parts of as many that happened."""
        order = np.argsort(logit, kind="stable")
        happened = np.cumsum(self._cases.y[order])
        part = np.minimum(count * happened // max(int(happened[-1]), 1), count - 1)
        chance = expit(logit[order].astype(np.float64)) * self._each[order]
        sums = [np.bincount(part, each, count) for each in (self._each[order], chance, self._cases.y[order] * 1.0)]
        return tuple(Level(*map(float, each)) for each in zip(*sums, strict=True))

    def _sums(self, values: NDArray[np.generic]) -> tuple[float, Array]:
        each = np.bincount(self._person, np.asarray(values, np.float64), self.people)
        return float(each.sum()), self._drawn @ each

    def _ratio_of(self, above: NDArray[np.generic], below: NDArray[np.generic]) -> Figure:
        (a, drawn_a), (b, drawn_b) = self._sums(above), self._sums(below)
        return Figure.of(a / max(b, 1e-12), drawn_a / np.maximum(drawn_b, 1e-12))

    def _mean(self, values: NDArray[np.generic]) -> Figure:
        return self._ratio_of(values, np.ones(len(values)))

    def _calibration(self, chance: Array) -> Figure:
        """Expected calibration error over bins of as many cases (Naeini et al. 2015)."""
        part = np.empty(len(chance), np.int64)
        part[np.argsort(chance, kind="stable")] = np.arange(len(chance)) * BINS // len(chance)
        cell = self._person * BINS + part
        off = np.bincount(cell, chance - self._cases.y, self.people * BINS).reshape(self.people, BINS)
        count = np.bincount(self._person, minlength=self.people)
        value = float(np.abs(off.sum(axis=0)).sum() / count.sum())
        return Figure.of(value, np.abs(self._drawn @ off).sum(axis=1) / (self._drawn @ count))

    def _auc(self, score: NDArray[np.float32], weight: NDArray[np.floating[Any]]) -> Figure:
        order = np.argsort(score, kind="stable")
        _, tie = np.unique(score[order], return_inverse=True)
        y, weight, person = self._cases.y[order], weight[order], self._person[order]

        def area(drawn: Array) -> float:
            mass = weight * drawn[person]
            won, lost = np.bincount(tie, mass * y), np.bincount(tie, mass * ~y)
            below = np.cumsum(lost) - lost / 2
            return float((won * below).sum() / max(won.sum() * lost.sum(), 1e-12))

        return Figure.of(area(np.ones(self.people)), np.array([area(each) for each in self._drawn]))


def best_threshold(chance: Array, y: NDArray[np.bool_]) -> float:
    """The probability from which saying that it happens has the largest F1."""
    order = np.argsort(-chance, kind="stable")
    hits = np.cumsum(y[order])
    f1 = 2 * hits / (np.arange(1, len(y) + 1) + max(int(y.sum()), 1))
    return float(chance[order[int(np.argmax(f1))]])
