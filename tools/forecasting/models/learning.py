"""Training of the neural forecasters: examples from every position of every person, losses, early stopping."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.periods import Indices
from core.timeline import Array
from tools.forecasting.metrics import SMOOTHING
from tools.forecasting.models.networks import Shape, build
from tools.forecasting.models.sequences import EventSequences
from tools.forecasting.series import HORIZONS, Floats, Panel, Windows

VALIDATION_PART = 0.2
"""Part of the periods, the last ones, that training stops by."""
BATCH = 512
LEAST_STEPS = 12
"""Batches of an epoch; few examples are cut smaller."""
EPOCHS = 12
PATIENCE = 3
SURE = 2.0
"""Standard errors over people by which a gain on the validation periods must exceed 0 to count."""
RATE = 1.5e-3
WEIGHT_DECAY = 0.02
TASK_WEIGHT = 0.02
"""Weight of the other tasks beside the shares."""
Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class Examples:
    """Inputs with what followed.

    Attributes:
        person, origin: (n,) whose and when.
        shares: (n, horizons, topics); zero rows where nothing followed.
        totals: (n, horizons) interest that followed.
        value: (n,) part of the evidence over the horizons that spoke for its topics; NaN without evidence.
    """

    inputs: EventSequences
    person: Indices
    origin: Indices
    shares: Floats
    totals: Floats
    value: Floats

    def __len__(self) -> int:
        return len(self.inputs)

    def batches(self, rows: Indices, size: int) -> Iterator[Indices]:
        """Rows cut to batches."""
        for start in range(0, len(rows), size):
            yield rows[start : start + size]


def examples(panel: Panel, windows: Windows, inputs: EventSequences) -> Examples:
    """Examples of windows of a panel."""
    return Examples(
        inputs,
        windows.person,
        windows.histories.origin,
        windows.targets,
        windows.totals,
        values(panel, windows.person, windows.histories.origin),
    )


def values(panel: Panel, person: Indices, origin: Indices) -> Floats:
    """(n,) part of a person's evidence in the `HORIZONS` periods from an origin on that is positive; NaN if none."""
    span = int(panel.index.max(initial=0)) + HORIZONS + 1
    key = panel.user * span + panel.index
    sums = np.zeros((2, len(key) + 1))
    sums[0, 1:] = np.cumsum(panel.positive.sum(axis=1, dtype=np.float64))
    sums[1, 1:] = np.cumsum(panel.negative.sum(axis=1, dtype=np.float64))
    start = np.searchsorted(key, person * span + origin)
    stop = np.searchsorted(key, person * span + origin + HORIZONS)
    good, bad = sums[:, stop] - sums[:, start]
    total = good + bad
    part = np.divide(good, total, out=np.full(len(total), np.nan), where=total > 1e-6)
    return np.asarray(part, dtype=np.float32)


def train(
    shape: Shape, followed: Examples, known: Examples, seed: int, progress: Progress = lambda _message, _done: None
) -> tuple[Any, float]:
    """One network, and by how much it lowered the loss of the validation periods below the pool's, in nats.

    Args:
        shape: of the network.
        followed: examples after which the person was active: shares are learned from these.
        known: examples of everybody known, silent or not, whose horizons are complete: the other tasks.
        seed: of the weights and of the order.
        progress: told what is being done and the part that is done.

    The loss of shares is the smoothed cross-entropy that forecasts are scored by; people count with the square root of
    how often they occur. What lies in the last `VALIDATION_PART` of the periods is never trained on, and training ends
    with the weights that were best there (Prechelt 1998). Unless their gain is `SURE`, shares are not corrected at all.
    """
    import torch

    seen = followed.totals > 0
    target = followed.origin[:, None] + np.arange(HORIZONS)
    begin, end = int(target.min()), int(target[seen].max()) + 1
    limit = end - max(1, round((end - begin) * VALIDATION_PART))
    fitted, checked = seen & (target < limit), seen & (followed.origin >= limit)[:, None]
    rows, check = np.flatnonzero(fitted.any(axis=1)), np.flatnonzero(checked.any(axis=1))
    others = np.flatnonzero(known.origin + HORIZONS <= limit)
    generator = np.random.default_rng(seed)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        network = build(shape)
        if not len(rows) or not len(check):
            return network.eval(), 0.0
        standardise(network, followed.inputs, rows)
        weight = person_weight(followed.person, fitted)
        optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=WEIGHT_DECAY)
        start = _validation(network, followed, checked, check)
        best, sure, waited = 0.0, False, 0
        kept = _copied(network)
        size = min(BATCH, max(1, len(rows) // LEAST_STEPS))
        total = EPOCHS * -(-len(rows) // size)
        done = 0
        for epoch in range(EPOCHS):
            network.train()
            for batch in followed.batches(generator.permutation(rows), size):
                loss = _share_loss(network, followed, batch, fitted[batch], weight[batch])
                if len(others):
                    loss = loss + TASK_WEIGHT * _task_loss(network, known, generator.choice(others, max(size // 4, 32)))
                for group in optimizer.param_groups:
                    group["lr"] = RATE * 0.5 * (1 + np.cos(np.pi * done / total))
                optimizer.zero_grad()
                loss.backward()
                torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
                optimizer.step()
                done += 1
            gain = start - _validation(network, followed, checked, check)
            progress(f"epoch {epoch + 1}, {gain.mean():+.4f} nats over the pool", (epoch + 1) / EPOCHS)
            waited = 0 if gain.mean() > best else waited + 1
            if gain.mean() > best:
                best, kept = float(gain.mean()), _copied(network)
                sure = best > SURE * gain.std() / np.sqrt(len(gain))
            if waited >= PATIENCE:
                break
        if sure:
            network.load_state_dict(kept)
        else:
            torch.nn.init.zeros_(network.correction.weight)
            torch.nn.init.zeros_(network.correction.bias)
    return network.eval(), best if sure else 0.0


def tensors(inputs: EventSequences) -> tuple[Any, ...]:
    """What a network is called with."""
    import torch

    return tuple(torch.from_numpy(each) for each in (inputs.level, inputs.topic, inputs.person, inputs.steps))


def standardise(network: Any, inputs: EventSequences, rows: Indices) -> None:
    """Let the network scale its inputs by their mean and standard deviation over some examples."""
    import torch

    for name, seen, axes in (("topic", inputs.topic[rows], (0, 1)), ("person", inputs.person[rows], (0,))):
        getattr(network, f"{name}_mean").copy_(torch.from_numpy(seen.mean(axis=axes)))
        getattr(network, f"{name}_scale").copy_(torch.from_numpy(seen.std(axis=axes) + 1e-2))


def person_weight(person: Indices, fitted: Any) -> Floats:
    """(n,) weight of each example: one over the square root of its person's scored cells."""
    cells = np.bincount(person, weights=fitted.sum(axis=1))
    return np.asarray(1 / np.sqrt(np.maximum(cells[person], 1)), dtype=np.float32)


def _cross_entropy(network: Any, data: Examples, batch: Indices) -> Any:
    import torch

    shares, _ = network(*tensors(data.inputs.take(batch)))
    smooth = (1 - SMOOTHING) * shares.exp() + SMOOTHING / shares.shape[2]
    return -(torch.from_numpy(data.shares[batch]) * smooth.log()).sum(dim=2)


def _share_loss(network: Any, data: Examples, batch: Indices, cells: Any, weight: Floats) -> Any:
    import torch

    each = torch.from_numpy(cells * weight[:, None]).float()
    return (_cross_entropy(network, data, batch) * each).sum() / each.sum()


def _task_loss(network: Any, data: Examples, batch: Indices) -> Any:
    """Cross-entropy of activity, touched topics and value, squared error of the logarithm of how much follows."""
    import torch
    from torch.nn import functional

    _, found = network(*tensors(data.inputs.take(batch)))
    totals, value = torch.from_numpy(data.totals[batch]), torch.from_numpy(data.value[batch])
    touched = torch.from_numpy((data.shares[batch] > 0).any(axis=1)).float()
    active, judged = (totals > 0).float(), torch.isfinite(value).float()
    logit = functional.binary_cross_entropy_with_logits
    size = ((found["events"] - totals.log1p()) ** 2 * active).sum() / active.sum().clamp(min=1)
    worth = (logit(found["value"], value.nan_to_num(), reduction="none") * judged).sum() / judged.sum().clamp(min=1)
    return logit(found["active"], active) + logit(found["touched"], touched) + size + worth


def _validation(network: Any, data: Examples, checked: Any, rows: Indices) -> Array:
    """(people,) mean cross-entropy of their cells, as in the backtest."""
    import torch

    network.eval()
    with torch.inference_mode():
        loss = np.concatenate([_cross_entropy(network, data, b).numpy() for b in data.batches(rows, 2 * BATCH)])
    cells = checked[rows]
    sums = np.bincount(data.person[rows], weights=(loss * cells).sum(axis=1))
    count = np.bincount(data.person[rows], weights=cells.sum(axis=1))
    return np.asarray(sums[count > 0] / count[count > 0])


def _copied(network: Any) -> dict[str, Any]:
    return {name: each.clone() for name, each in network.state_dict().items()}
