"""The additive ranker: score = intercept + Σ f_j(x_j) over named features, each with a learned piecewise-linear shape.

A generalised additive model (Hastie and Tibshirani 1990; Lou, Caruana and Gehrke 2012) fitted to a listwise loss. A
pair of features is a column of its own, shown under both names, so that an interaction is never hidden in a reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq, minimize

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Shape:
    """A piecewise-linear function of one feature, level beyond its ends.

    Attributes:
        knots: (k,) strictly ascending. values: (k,) at the knots.
    """

    knots: tuple[float, ...]
    values: tuple[float, ...]

    def __call__(self, x: NDArray[np.float32]) -> Vector:
        """(n,) values."""
        return np.interp(x, self.knots, self.values)

    @property
    def slope(self) -> float:
        """From the first knot to the last: the weight that the feature has over its whole range."""
        return (self.values[-1] - self.values[0]) / (self.knots[-1] - self.knots[0])


@dataclass(frozen=True)
class Ranker:
    """A shape, or a weight, for each named feature. The names fix the order of the columns.

    Attributes:
        weights: of features that count in proportion. shapes: of those whose effect was learned.
    """

    weights: Mapping[str, float]
    intercept: float = 0.0
    shapes: Mapping[str, Shape] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """All features, in the order of the columns."""
        return tuple(self.weights)

    def contributions(self, features: Mapping[str, NDArray[np.float32]]) -> Matrix:
        """(items, features) parts of the score, in the order of ``names``; with the intercept they sum to it."""
        return np.column_stack(
            [
                self.shapes[name](features[name]) if name in self.shapes else features[name].astype(np.float64) * weight
                for name, weight in self.weights.items()
            ]
        )

    def scores(self, contributions: Matrix) -> NDArray[np.float64]:
        """(items,) intercept plus the sum of contributions."""
        return np.asarray(self.intercept + contributions.sum(axis=1))

    def without(self, names: Sequence[str]) -> Ranker:
        """The same with some features worth nothing, as an ablation has it."""
        gone = set(names)
        return Ranker(
            {name: 0.0 if name in gone else weight for name, weight in self.weights.items()},
            self.intercept,
            {name: shape for name, shape in self.shapes.items() if name not in gone},
        )


@dataclass(frozen=True)
class Choice:
    """One person's choice among candidates: feature rows, and which of them were taken up."""

    features: NDArray[np.float32]
    taken: NDArray[np.bool_]


@dataclass(frozen=True)
class Form:
    """What may be learned of one feature.

    Attributes:
        prior: slope before any data. rising: whether the effect may only grow with the feature (falling if -1, any if
            0). segments: how many, 1 for a straight line. least: smallest slope of a rising one.
    """

    prior: float
    rising: int = 1
    segments: int = 6
    least: float = 0.0


def fit_shapes(
    choices: Sequence[Choice],
    forms: Mapping[str, Form],
    strength: float = 20.0,
    smoothness: float = 20.0,
    weights: Vector | None = None,
) -> dict[str, Shape]:
    """Shapes that make the taken items likely among their candidates (listwise softmax, ListNet of Cao et al. 2007).

    Minimises Σ_choices mean over taken of -log softmax(score) plus a penalty that draws each segment's slope towards
    the prior's (ridge) and towards its neighbour's (a fused ridge), within the monotone bounds. Every choice counts
    the same however much was taken in it. A shape is 0 where its feature is 0.

    Args:
        choices: feature columns in the order of ``forms``. Without any, straight lines of the prior come back.
        strength: of the draw to the prior; smoothness: to straight lines; both in choices.
        weights: (choices,) how much each counts, 1 if left out.
    """
    names = list(forms)
    if not choices:
        return {name: Shape((0.0, 1.0), (0.0, form.prior)) for name, form in forms.items()}
    rows = np.concatenate([choice.features for choice in choices])
    grid = [_knots(rows[:, column], forms[name].segments) for column, name in enumerate(names)]
    blocks = [_ramps(rows[:, column], knots) for column, knots in enumerate(grid)]
    ramps = np.concatenate(blocks, axis=1)
    del rows, blocks
    widths = np.concatenate([np.diff(knots) for knots in grid])
    owner = np.repeat(np.arange(len(names)), [len(knots) - 1 for knots in grid])
    prior = np.array([forms[name].prior for name in names])[owner]
    rising = np.array([forms[name].rising for name in names])[owner]
    least = np.array([forms[name].least for name in names])[owner]
    low = np.where(rising > 0, least, -60.0)
    high = np.where(rising < 0, 0.0, 60.0)
    spans = np.array([knots[-1] - knots[0] for knots in grid])[owner]
    # The penalty of a slope counts by the part of the feature's range it covers, so that more knots do not cost more.
    part = widths / spans
    neighbours = np.flatnonzero(owner[1:] == owner[:-1])
    fit_loss = listwise(choices, weights)
    scaled = widths.astype(np.float32)

    def loss(slopes: Vector) -> tuple[float, Vector]:
        value, slope_of_rows = fit_loss(ramps @ (slopes * scaled).astype(np.float32))
        gradient = (ramps.T @ slope_of_rows).astype(np.float64) * widths
        away = slopes - prior
        step = slopes[neighbours + 1] - slopes[neighbours]
        value += strength / 2 * float(part @ away**2) + smoothness / 2 * float(part[neighbours] @ step**2)
        gradient += strength * part * away
        gradient[neighbours + 1] += smoothness * part[neighbours] * step
        gradient[neighbours] -= smoothness * part[neighbours] * step
        return value, gradient

    found = minimize(
        loss,
        np.clip(prior, low, high),
        jac=True,
        method="L-BFGS-B",
        bounds=list(zip(low, high, strict=True)),
        options={"maxiter": 300},
    ).x
    return {name: _shape(grid[column], found[owner == column]) for column, name in enumerate(names)}


def calibrate(scores: Sequence[NDArray[np.float64]], taken: int) -> float:
    """The intercept at which logistic(score) sums to ``taken`` over all candidates: scores become log-odds."""
    rows = np.concatenate(scores) if scores else np.zeros(0)
    if taken <= 0 or taken >= len(rows):
        return 0.0
    return float(brentq(lambda shift: np.sum(1.0 / (1.0 + np.exp(-(rows + shift)))) - taken, -100.0, 100.0))


def listwise(
    choices: Sequence[Choice], weights: Vector | None = None
) -> Callable[[NDArray[np.float32]], tuple[float, NDArray[np.float32]]]:
    """A function of the scores of all rows: Σ_choices mean over taken of -log softmax(score), and its gradient.

    Args:
        weights: (choices,) how much each counts; None is 1.
    """
    taken = np.concatenate([choice.taken for choice in choices])
    sizes = np.array([len(choice.taken) for choice in choices])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    each = np.ones(len(choices)) if weights is None else weights
    share = np.repeat(each / np.add.reduceat(taken, starts, dtype=np.float64), sizes) * taken
    mass = np.repeat(each, sizes)

    def loss(score: NDArray[np.float32]) -> tuple[float, NDArray[np.float32]]:
        score64 = score.astype(np.float64)
        top = np.repeat(np.maximum.reduceat(score64, starts), sizes)
        power = np.exp(score64 - top)
        total = np.repeat(np.add.reduceat(power, starts), sizes)
        value = -float(np.sum(share * (score64 - top - np.log(total))))
        return value, (mass * power / total - share).astype(np.float32)

    return loss


def _knots(column: NDArray[np.float32], segments: int) -> Vector:
    """Quantiles of the values that are not 0, with 0 and both ends; at least two knots."""
    low, high = min(float(column.min()), 0.0), max(float(column.max()), 0.0)
    if high <= low:
        return np.array([0.0, 1.0])
    inner = np.quantile(column[column != 0], np.linspace(0, 1, segments + 1)[1:-1]) if segments > 1 else np.zeros(0)
    knots = np.unique(np.concatenate([[low, 0.0, high], inner.astype(np.float64)]))
    # Knots closer than a fiftieth of the range would leave slopes to a handful of rows.
    keep = [knots[0]]
    for knot in knots[1:-1]:
        if knot == 0.0 or (knot - keep[-1] >= (high - low) / 50 and high - knot >= (high - low) / 50):
            keep.append(knot)
    return np.unique(np.array([*keep, high]))


def _ramps(column: NDArray[np.float32], knots: Vector) -> NDArray[np.float32]:
    """(n, segments) how far along each segment a value lies, less the same at 0: a line is their sum by slope."""
    low, width = knots[:-1].astype(np.float32), np.diff(knots).astype(np.float32)
    along = np.clip((column[:, None] - low) / width, 0.0, 1.0)
    return np.asarray(along - np.clip((0.0 - low) / width, 0.0, 1.0), np.float32)


def _shape(knots: Vector, slopes: Vector) -> Shape:
    values = np.concatenate([[0.0], np.cumsum(slopes * np.diff(knots))])
    values -= np.interp(0.0, knots, values)
    return Shape(tuple(knots.tolist()), tuple(values.tolist()))
