"""Training of the sequence model: passes, early stopping on the last events by time, checkpoints."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from tools.scoring.sequence.examples import Examples, batches, examples, windows
from tools.scoring.sequence.inputs import Histories, ItemInputs, SequenceOptions
from tools.scoring.sequence.learner import Learner
from tools.scoring.sequence.model import SequenceModel

Progress = Callable[[str, float], None]

CHECKPOINT = "sequence-checkpoint.pt"
CHECKED = 1500
"""Validation events, drawn once, that the loss over all items is computed on."""
WARM_UP = 50
CLIP = 1.0


def fit_sequence(
    log: Histories,
    items: ItemInputs,
    options: SequenceOptions,
    folder: Path,
    progress: Progress = lambda _message, _done: None,
    until: float | None = None,
) -> SequenceModel | None:
    """Train on the events of everybody up to ``until`` (unix seconds).

    Each liked event is asked for from those before it and its moment. Training stops by the loss on the last events by
    time, returns to the pass that was best there, and closes with passes over everything at a falling rate, so that the
    latest events count too. After each pass a checkpoint is written in ``folder``; a training that was stopped goes on
    from it to the same weights, if data and options are the same. Equal input gives bitwise equal weights on one
    machine.

    Returns:
        None where fewer than ``options.least_events`` liked events follow another one of the same person.

    Raises:
        InputError: an event is of an item beyond ``items``.
    """
    if until is not None:
        log = log.until(until)
    if len(log.item) and not 0 <= int(log.item.min()) <= int(log.item.max()) < len(items):
        wrong = log.item[(log.item < 0) | (log.item >= len(items))][0]
        raise InputError(f"An event is of item {wrong}, but there are {len(items)} items.", "Pass all items.")
    data = examples(log, items, options)
    if len(data.asked) < options.least_events:
        return None
    import torch

    with torch.random.fork_rng(devices=[]):
        return _Training(data, items, options, folder, progress).run()


class _Training:
    """The state of one training, which a checkpoint holds."""

    def __init__(
        self, data: Examples, items: ItemInputs, options: SequenceOptions, folder: Path, progress: Progress
    ) -> None:
        import torch

        self.data, self.options, self.progress = data, options, progress
        self.path = folder / CHECKPOINT
        self.learner = Learner(data, items, options)
        self.network = self.learner.network
        self.optimizer = torch.optim.AdamW(
            self.network.parameters(), lr=options.rate, weight_decay=options.weight_decay
        )
        fitted = len(data.asked) - int(len(data.asked) * options.validation)
        self.fitted, self.all = (np.zeros(len(data.log.item), bool) for _ in range(2))
        self.fitted[data.asked[:fitted]] = True
        self.all[data.asked] = True
        held = data.asked[fitted:]
        drawn = np.random.default_rng(options.seed).permutation(len(held))[:CHECKED]
        self.held = np.sort(held[drawn])
        self.first, self.last = windows(data.log, options.length)
        self.steps, self.epoch, self.waited, self.closed = 0, 0, 0, 0
        self.best, self.kept = math.inf, self._copied()

    def run(self) -> SequenceModel:
        """Train, from the checkpoint if there is one of the same training."""
        options, learned_by = self.options, self._fingerprint()
        self._resume(learned_by)
        total = options.epochs + options.closing
        while not self.closed and self.epoch < options.epochs and self.waited < options.patience:
            loss = self._pass(self.epoch, self.fitted, options.rate, options.rate)
            checked = self.learner.validation(self.held)
            self.epoch += 1
            self.waited = 0 if checked < self.best else self.waited + 1
            if checked < self.best or not len(self.held):
                self.best, self.kept = checked, self._copied()
            self._save(learned_by)
            told = f"sequence model: pass {self.epoch}, loss {loss:.3f}, validation {checked:.4f}"
            self.progress(told, self.epoch / total)
        if not self.closed:
            self.network.load_state_dict(self.kept)
        while self.closed < options.closing:
            high, low = (options.rate * (1 - (self.closed + part) / options.closing) for part in (0, 1))
            self._pass(options.epochs + self.closed, self.all, high, low)
            self.closed += 1
            self._save(learned_by)
            told = f"sequence model: closing pass {self.closed} of {options.closing}"
            self.progress(told, (options.epochs + self.closed) / total)
        self.path.unlink(missing_ok=True)
        return self.learner.model()

    def _pass(self, number: int, wanted: NDArray[np.bool_], high: float, low: float) -> float:
        """One pass over the wanted events, the rate going from ``high`` to ``low``; its mean loss."""
        import torch

        # Each pass has draws of its own, so that a training that was stopped makes the same ones again.
        draws = np.random.default_rng((self.options.seed, number))
        torch.manual_seed(int(draws.integers(2**62)))
        self.network.train()
        count = np.concatenate([[0], np.cumsum(wanted)])
        some = count[self.last + 1] > count[self.first + 1]
        first, last = self.first[some], self.last[some]
        order = list(batches(first, last, self.options.batch, draws))
        losses = []
        for done, rows in enumerate(order):
            rate = high + (low - high) * done / len(order)
            for group in self.optimizer.param_groups:
                group["lr"] = rate * min(1.0, (self.steps + 1) / WARM_UP)
            loss = self.learner.loss(first[rows], last[rows], wanted, draws)
            if loss is None:
                continue
            self.optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.network.parameters(), CLIP)
            self.optimizer.step()
            self.steps += 1
            losses.append(float(loss.detach()))
        return float(np.mean(losses))

    def _copied(self) -> dict[str, Any]:
        return {name: each.detach().clone() for name, each in self.network.state_dict().items()}

    def _fingerprint(self) -> str:
        log, learner = self.data.log, self.learner
        digest = hashlib.sha256(repr(sorted(asdict(self.options).items())).encode())
        facets = (learner.facets.indptr, learner.facets.indices, learner.facets.data)
        given = (log.item, log.at, log.strength, log.kind, log.starts, learner.text, *facets, self.data.topics.data)
        for array in given:
            digest.update(np.ascontiguousarray(array).tobytes())
        return digest.hexdigest()

    def _save(self, fingerprint: str) -> None:
        import torch

        self.path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.path.with_suffix(".new")
        found = {
            "fingerprint": fingerprint,
            "network": self.network.state_dict(),
            "kept": self.kept,
            "optimizer": self.optimizer.state_dict(),
            "counts": [self.epoch, self.waited, self.steps, self.closed],
            "best": self.best,
        }
        torch.save(found, fresh)
        fresh.replace(self.path)

    def _resume(self, fingerprint: str) -> None:
        import torch

        if not self.path.exists():
            return
        try:
            found = torch.load(self.path, weights_only=True)
            if found["fingerprint"] != fingerprint:
                return
        except Exception:  # what a file cut short raises depends on where it was cut
            return
        self.network.load_state_dict(found["network"])
        self.optimizer.load_state_dict(found["optimizer"])
        self.kept, self.best = found["kept"], found["best"]
        self.epoch, self.waited, self.steps, self.closed = found["counts"]
