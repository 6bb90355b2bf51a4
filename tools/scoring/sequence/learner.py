"""One network in training: what a batch loses, and how well held-out events are foretold."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from tools.scoring.sequence.examples import Examples
from tools.scoring.sequence.inputs import Batch, ItemInputs, Rows, SequenceOptions, padded
from tools.scoring.sequence.model import SequenceModel
from tools.scoring.sequence.network import Shape, build, times
from tools.scoring.signals import Floats

CALIBRATION = 0.75
"""How far gBCE goes from the plain binary cross-entropy (0) to that without sampling (1)."""
_TABLE_ROWS = 4096
_CHECK_ROWS = 256


class Learner:
    """A network with the data it learns from.

    Args:
        data: examples. items: what they are of. options: see `SequenceOptions`; its seed is that of the weights.
    """

    def __init__(self, data: Examples, items: ItemInputs, options: SequenceOptions) -> None:
        import torch

        self.data, self.options = data, options
        filled = np.abs(items.vectors).max(axis=1, initial=0) > 0
        # Text vectors of one model share a large common part, which would drown what tells items apart.
        self.centre: Floats = np.zeros(items.vectors.shape[1], np.float32)
        if filled.any():
            self.centre = items.vectors[filled].mean(axis=0, dtype=np.float32)
        self.text = np.where(filled[:, None], items.vectors - self.centre, 0).astype(np.float32)
        self.facets = items.membership()
        self.told = filled | (self.facets.getnnz(axis=1) > 0)
        self.shape = Shape(
            items=len(items),
            text=items.vectors.shape[1],
            facets=self.facets.shape[1],
            topics=items.topics.shape[1],
            offsets=len(options.half_lives),
            width=options.width,
            layers=options.layers,
            heads=options.heads,
            length=options.length,
            dropout=options.dropout,
        )
        often = np.bincount(data.log.item, minlength=len(items))
        self.dropped = np.maximum(options.id_dropout, options.rare / (options.rare + often))
        self.active = np.flatnonzero(data.proposal > 0)
        self.cumulative = np.cumsum(data.proposal)
        self.tables = torch.from_numpy(data.popularity.logs)
        torch.manual_seed(options.seed)
        self.network = build(self.shape)

    def loss(self, first: Rows, last: Rows, wanted: Any, draws: np.random.Generator) -> Any | None:
        """Mean loss of the events asked for after those of some windows; None where none is.

        Args:
            first, last: of the windows, see `windows`. wanted: (events,) which count.
        """
        import torch

        data, options = self.data, self.options
        batch = padded(data.log, first, last, data.moment)
        rows = np.minimum(first[:, None] + np.arange(batch.item.shape[1]), len(data.log.item) - 1)
        asked = batch.real & (data.next[rows] >= 0)
        asked &= wanted[data.next[rows]]
        if not asked.any():
            return None
        rows = rows[asked]
        answers = data.next[rows]
        target = data.log.item[answers].astype(np.int64)
        drawn = np.unique(np.searchsorted(self.cumulative, draws.random(options.negatives) * self.cumulative[-1]))
        every, place = np.unique(np.concatenate([batch.item.ravel(), target, drawn]), return_inverse=True)
        # An item of which nothing else is told is never left without its id.
        kept = (draws.random(len(every)) >= self.dropped[every]) | ~self.told[every]
        known = data.known[every] * kept
        table = self.represent(every, known.astype(np.float32))
        item, right, others = np.split(place, [batch.item.size, batch.item.size + len(target)])
        state = self._states(table[item.reshape(batch.item.shape)], batch)[torch.from_numpy(asked)]
        answer = table[right]
        moment = data.popularity.place(data.moment[rows])
        true = (state * answer).sum(dim=1) + self._popular(moment, target)
        false = state @ table[others].T + self._all_popular(moment, drawn)
        each = self._next_item(true, false, torch.from_numpy(target[:, None] == drawn), drawn)
        weight = torch.from_numpy(data.weight[answers])
        return (each * weight).sum() / weight.sum() + self._tasks(state, answer, rows, answers)

    def validation(self, held: Rows) -> float:
        """Mean cross-entropy, over all items ever taken up, of held-out events; infinite where there are none."""
        import torch

        if not len(held):
            return math.inf
        data, log = self.data, self.data.log
        place = np.zeros(self.shape.items, np.int64)
        place[self.active] = np.arange(len(self.active))
        first = np.maximum(held - self.options.length, log.starts[np.searchsorted(log.starts, held, side="right") - 1])
        self.network.eval()
        losses = []
        with torch.inference_mode():
            table = self.table()
            offered = table[self.active]
            for start in range(0, len(held), _CHECK_ROWS):
                asked, begin = held[start : start + _CHECK_ROWS], first[start : start + _CHECK_ROWS]
                batch = padded(log, begin, asked, data.moment)
                state = self._states(table[batch.item], batch)[np.arange(len(asked)), asked - begin - 1]
                scores = state @ offered.T + self._all_popular(data.popularity.place(log.at[asked]), self.active)
                target = torch.from_numpy(place[log.item[asked]])
                losses.append(torch.nn.functional.cross_entropy(scores, target, reduction="none").numpy())
        return float(np.concatenate(losses).mean())

    def model(self) -> SequenceModel:
        """What has been learned, to be used."""
        import torch

        self.network.eval()
        with torch.inference_mode():
            table = self.table().numpy().copy()
        state = {name: each.detach().numpy().copy() for name, each in self.network.state_dict().items()}
        weights = {name: each for name, each in state.items() if name not in SequenceModel.LEFT_OUT}
        return SequenceModel(self.shape, table, self.centre, weights)

    def table(self) -> Any:
        """(items, width) representations of all items."""
        import torch

        rows = np.arange(self.shape.items)
        parts = np.split(rows, range(_TABLE_ROWS, len(rows), _TABLE_ROWS))
        return torch.cat([self.represent(part, self.data.known[part]) for part in parts])

    def represent(self, rows: Rows, known: Floats) -> Any:
        """(n, width) representations of items; ids count as much as ``known`` says."""
        import torch

        part = self.facets[rows]
        values, starts = part.indices.astype(np.int64), part.indptr[:-1].astype(np.int64)
        given = (rows, self.text[rows], values, starts, part.data, known)
        rows_, text, values_, starts_, weights, known_ = (torch.from_numpy(each) for each in given)
        return self.network.items(rows_, text, (values_, starts_, weights), known_)

    def _states(self, item: Any, batch: Batch) -> Any:
        import torch

        gaps, wait = times(batch.at, batch.moment)
        given = (batch.kind, batch.strength, gaps, wait)
        return self.network(item, *(torch.from_numpy(each) for each in given))

    def _next_item(self, true: Any, false: Any, hit: Any, drawn: Rows) -> Any:
        """(n,) loss of scores of what came next against those drawn; ``hit`` marks draws that came next themselves."""
        import torch
        from torch.nn import functional

        options = self.options
        if options.loss == "softmax":
            # An item counts as often as it stands for others: the inverse of its chance to be among the draws.
            chance = -np.expm1(options.negatives * np.log1p(-np.minimum(self.data.proposal[drawn], 1 - 1e-9)))
            false = false - torch.from_numpy(np.log(chance).astype(np.float32))
            return torch.logaddexp(true, false.masked_fill(hit, -math.inf).logsumexp(dim=1)) - true
        rate = len(drawn) / max(len(self.active), 2)
        beta = rate * (CALIBRATION * (1 - 1 / rate) + 1 / rate)
        others = functional.softplus(false.masked_fill(hit, -math.inf)).sum(dim=1)
        return others - beta * functional.logsigmoid(true)

    def _tasks(self, state: Any, answer: Any, rows: Rows, answers: Rows) -> Any:
        """Weighted losses of the topics of what follows (cross-entropy) and of the next value (squared error)."""
        import torch

        loss = state.new_zeros(())
        if self.options.topic_weight and self.shape.topics:
            share = torch.from_numpy(self.data.topics[rows].toarray())
            loss = (
                loss
                - self.options.topic_weight * (share * self.network.topics(state).log_softmax(dim=1)).sum(dim=1).mean()
            )
        if self.options.value_weight:
            value = self.network.value(torch.cat([state * answer, state], dim=1)).squeeze(1)
            told = torch.from_numpy(self.data.log.strength[answers])
            loss = loss + self.options.value_weight * ((value - told) ** 2).mean()
        return loss

    def _popular(self, moment: Rows, items: Rows) -> Any:
        """(n,) weighted log-popularity of an item each at a moment each."""
        import torch

        return torch.tensordot(self.network.offsets, self.tables[:, moment, items], dims=1)

    def _all_popular(self, moment: Rows, items: Rows) -> Any:
        """(n, items) weighted log-popularity of all items at a moment each."""
        import torch

        # A batch asks at few different moments of the grid: weigh once, then repeat.
        when, place = np.unique(moment, return_inverse=True)
        return torch.tensordot(self.network.offsets, self.tables[:, when][:, :, items], dims=1)[place]
