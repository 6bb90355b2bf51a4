"""One small network with a head per kind of behaviour: trained with torch, used with numpy.

Wide and deep (Cheng et al. 2016): each head adds a linear function of the features to one of a trunk that all heads
share (multi-task; Caruana 1997). Training starts from one logistic regression per head, so that what the trunk adds has
to lower the error on later time. Without hidden layers the regressions are all there is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from tools.scoring.behaviour.cases import Cases
from tools.scoring.signals import Floats

Array = NDArray[np.float64]

HIDDEN = (64, 32)
EPOCHS = 12
PATIENCE = 2
RATE = 2e-3
DECAY = 1e-4
DROPOUT = 0.1
BATCHES = 300
"""Steps per epoch that a head's cases are cut into at most, beyond the least batch."""

LEAST_BATCH = 64
RIDGE = 10.0
_ROWS = 100_000
TAIL = 0.001
"""Features are kept within these quantiles of what was learnt from: a strange history gets no absurd probability."""


@dataclass(frozen=True)
class Head:
    """What one kind adds to the trunk, and its calibration: logit = slope · (wide·x + deep·h + bias) + shift."""

    wide: Floats
    deep: Floats
    bias: float
    slope: float = 1.0
    shift: float = 0.0


@dataclass(frozen=True)
class Network:
    """Features to logits.

    Attributes:
        low, high, mean, scale: (features,) bounds and standardisation; a feature that never varied has scale infinity.
        layers: (weights, bias) of the trunk, ReLU after each.
        heads: by kind.
    """

    low: Floats
    high: Floats
    mean: Floats
    scale: Floats
    layers: tuple[tuple[Floats, Floats], ...]
    heads: Mapping[str, Head]

    def logits(self, x: Floats, kinds: tuple[str, ...] | None = None) -> dict[str, Floats]:
        """(n,) per kind, of (n, features); all kinds unless some are named."""
        standard = standardise(self, x)
        hidden = standard
        for weights, bias in self.layers:
            hidden = np.maximum(hidden @ weights + bias, np.float32(0))
        found = {}
        for kind in kinds or tuple(self.heads):
            head = self.heads[kind]
            raw = standard @ head.wide + np.float32(head.bias)
            if self.layers:
                raw += hidden @ head.deep
            found[kind] = np.asarray(head.slope * raw + head.shift, np.float32)
        return found

    def calibrated(self, kind: str, slope: float, shift: float) -> Network:
        """The same with another calibration of one head."""
        head = replace(self.heads[kind], slope=slope, shift=shift)
        return replace(self, heads={**self.heads, kind: head})


def standardise(network: Network, x: Floats) -> Floats:
    """(n, features) clipped, with mean 0 and spread 1 over what was learnt from."""
    return np.asarray((np.clip(x, network.low, network.high) - network.mean) / network.scale, np.float32)


def log_loss(logit: NDArray[Any], y: NDArray[np.bool_]) -> float:
    """Mean of -log of the probability of what happened."""
    return float(np.mean(np.logaddexp(0.0, np.where(y, -logit, logit)), dtype=np.float64))


def constant(cases: Cases) -> float:
    """The logit that expects as many as happened, were all cases alike."""
    low, high = -25.0, 25.0
    for _ in range(60):
        middle = (low + high) / 2
        if np.sum(1 / (1 + np.exp(-(middle + cases.offset.astype(np.float64))))) < cases.y.sum():
            low = middle
        else:
            high = middle
    return (low + high) / 2


def train(
    learn: Mapping[str, Cases],
    check: Mapping[str, Cases],
    seed: int,
    hidden: tuple[int, ...] = HIDDEN,
    epochs: int = EPOCHS,
    progress: Callable[[float], None] = lambda _part: None,
) -> Network:
    """Minimise binary cross-entropy of ``learn``; keep the epoch that does best on ``check`` (later time).

    Every head counts alike: losses are relative to that of a constant. Training ends when more than `PATIENCE` epochs
    in a row did not improve.

    Args:
        learn, check: per kind, the same kinds in both.
    """
    network = _start(learn)
    if not hidden:
        return network
    import torch

    generator = torch.Generator().manual_seed(seed)

    def tensors(cases: Cases) -> tuple[Any, Any, Any]:
        arrays = standardise(network, cases.x), cases.y.astype(np.float32), cases.offset.astype(np.float32)
        x, y, offset = (torch.from_numpy(np.ascontiguousarray(each)) for each in arrays)
        return x, y, offset

    def weight(*shape: int) -> Any:
        bound = 1 / np.sqrt(shape[0])
        return ((torch.rand(*shape, generator=generator) * 2 - 1) * bound).requires_grad_()

    sizes = (len(network.mean), *hidden)
    layers = [(weight(a, b), torch.zeros(b, requires_grad=True)) for a, b in pairwise(sizes)]
    heads = {
        kind: (
            torch.tensor(head.wide, requires_grad=True),
            torch.zeros(sizes[-1], requires_grad=True),
            torch.tensor(head.bias, requires_grad=True),
        )
        for kind, head in network.heads.items()
    }
    parameters = [each for pair in (*layers, *heads.values()) for each in pair]

    def forward(kind: str, x: Any, training: bool) -> Any:
        wide, deep, bias = heads[kind]
        total = x @ wide + bias
        for weights, shift in layers:
            x = torch.relu(x @ weights + shift)
            if training:
                kept = torch.rand(x.shape, generator=generator) >= DROPOUT
                x = x * kept / (1 - DROPOUT)
        return total + x @ deep

    entropy = torch.nn.functional.binary_cross_entropy_with_logits
    data, held = ({kind: tensors(cases) for kind, cases in each.items()} for each in (learn, check))
    usual = {kind: log_loss(constant(cases) + cases.offset, cases.y) for kind, cases in learn.items()}
    optimizer = torch.optim.AdamW(parameters, lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, epochs)

    def checked() -> float:
        with torch.no_grad():
            losses = {kind: float(entropy(forward(kind, x, False) + o, y)) for kind, (x, y, o) in held.items()}
        return sum(loss / usual[kind] for kind, loss in losses.items())

    best, kept, waited = checked(), [each.detach().clone() for each in parameters], 0
    for epoch in range(epochs):
        batches = []
        for kind, (_, y, _) in data.items():
            size = max(LEAST_BATCH, -(-len(y) // BATCHES))
            batches += [(kind, rows) for rows in torch.randperm(len(y), generator=generator).split(size)]
        for step in torch.randperm(len(batches), generator=generator).tolist():
            kind, rows = batches[step]
            x, y, offset = (each[rows] for each in data[kind])
            optimizer.zero_grad()
            (entropy(forward(kind, x, True) + offset, y) / usual[kind]).backward()
            optimizer.step()
        schedule.step()
        found = checked()
        progress((epoch + 1) / epochs)
        if found < best:
            best, kept, waited = found, [each.detach().clone() for each in parameters], 0
        else:
            waited += 1
            if waited > PATIENCE:
                break
    return _taken(network, kept, len(layers))


def _start(learn: Mapping[str, Cases]) -> Network:
    """Standardisation by the cases of all heads alike, and a logistic regression per head."""
    parts = [cases.x[:: max(1, len(cases) // 50_000)] for cases in learn.values()]
    x = np.concatenate(parts).astype(np.float64)
    low, high = np.quantile(x, [TAIL, 1 - TAIL], axis=0)
    x = np.clip(x, low, high)
    mean, spread = x.mean(axis=0), x.std(axis=0)
    scale = np.where(spread > 1e-6, spread, np.inf)
    plain = Network(_single(low), _single(high), _single(mean), _single(scale), (), {})
    return replace(plain, heads={kind: _regression(plain, cases) for kind, cases in learn.items()})


def _regression(plain: Network, cases: Cases) -> Head:
    """Logistic regression with an offset and a ridge, by Newton's method with halved steps."""
    width = len(plain.mean)
    beta = np.append(np.zeros(width), constant(cases))
    penalty = np.append(np.full(width, RIDGE), 1e-6)
    before = np.inf
    step = np.zeros(width + 1)
    for _ in range(30):
        loss, gradient, curvature = _derivatives(plain, cases, beta)
        loss += float(penalty @ beta**2) / 2
        if loss > before:
            step /= 2
            beta += step
        else:
            if before - loss < 1e-6 * loss:
                break
            before = loss
            step = np.linalg.solve(curvature + np.diag(penalty), gradient + penalty * beta)
            beta = beta - step
    return Head(_single(beta[:-1]), np.zeros(0, np.float32), float(beta[-1]))


def _derivatives(plain: Network, cases: Cases, beta: Array) -> tuple[float, Array, Array]:
    """Sum of losses, gradient and curvature, in parts so that little memory is taken."""
    loss, gradient, curvature = 0.0, np.zeros(len(beta)), np.zeros((len(beta), len(beta)))
    for start in range(0, len(cases), _ROWS):
        part = slice(start, start + _ROWS)
        x = standardise(plain, cases.x[part])
        design = np.column_stack([x, np.ones(len(x), np.float32)])
        logit = design @ beta + cases.offset[part]
        y = cases.y[part]
        chance = expit(logit)
        loss += log_loss(logit, y) * len(y)
        gradient += design.T @ (chance - y)
        curvature += design.T @ (design * (chance * (1 - chance))[:, None].astype(np.float32))
    return loss, gradient, curvature


def _single(array: NDArray[Any]) -> Floats:
    return np.asarray(array, np.float32)


def _taken(network: Network, parameters: list[Any], depth: int) -> Network:
    arrays = [np.asarray(each.numpy(), np.float32) for each in parameters]
    layers = tuple((arrays[2 * row], arrays[2 * row + 1]) for row in range(depth))
    rest = arrays[2 * depth :]
    heads = {
        kind: Head(rest[3 * row], rest[3 * row + 1], float(rest[3 * row + 2])) for row, kind in enumerate(network.heads)
    }
    return replace(network, layers=layers, heads=heads)
