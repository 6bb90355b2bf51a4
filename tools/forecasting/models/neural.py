"""Global neural forecasters: trained once over all people, they correct the log-linear pool and look beyond shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from core.timeline import Array
from tools.forecasting.models.classical import ClassicalForecaster
from tools.forecasting.models.learning import Progress, examples, tensors, train
from tools.forecasting.models.networks import Context, Shape, build
from tools.forecasting.models.pooling import LogPool
from tools.forecasting.models.sequences import EventSequences, event_sequences
from tools.forecasting.outcomes import complete_origins, outcomes
from tools.forecasting.population import PopulationSeries
from tools.forecasting.series import HORIZONS, Histories, Panel, Windows

TRAINING_WINDOWS = 30_000
OUTCOME_WINDOWS = 10_000
ENOUGH_TO_LEARN = 1000
"""With fewer examples there is no network, and the forecast is the pool's."""
LEAST_PERIODS = 6
"""Nor with fewer periods: what holds over time could not be told from what held once."""
SEEDS = 2
"""Networks whose shares are averaged."""
TWO_YEARS_DAYS = 2 * 365.0
_BATCH = 1024


@dataclass(frozen=True)
class NeuralOutlook:
    """What the networks expect beside shares, over the next periods.

    Attributes:
        active: (people, horizons) probability of any interest in the period.
        events: (people, horizons) effective number of events in the period, the probability of none counted in.
        value: (people,) part of the evidence that will speak for its topics, 1 is all of it.
        touched: (people, topics) probability of any interest in the topic within all horizons together.
    """

    active: Array
    events: Array
    value: Array
    touched: Array


class NeuralForecaster(ClassicalForecaster):
    """Base: an average of small networks over the features of `event_sequences`, correcting the pool.

    Next items are forecast through a panel whose topics are clusters of items, or items: the networks' weights are
    shared by all topics, so many topics need no more of them.

    Args:
        topics: how many topics there are.
        period: the calendar period.
        seeds: how many networks are trained and averaged.
        progress: told how the training goes.
    """

    context: ClassVar[Context]

    def __init__(
        self, topics: int, period: str, seeds: int = SEEDS, progress: Progress = lambda _message, _done: None
    ) -> None:
        self.base = LogPool(topics, period)
        super().__init__(topics, period)
        self.shape = Shape(topics, self.context)
        self.seeds = seeds
        self.progress = progress
        self.networks: list[Any] = []
        self.gains: list[float] = []

    def _defaults(self) -> dict[str, float]:
        return {"seasonal": 0.0}

    def observe(self, series: PopulationSeries) -> None:
        """Take the population as it is known now."""
        super().observe(series)
        self.base.observe(series)

    def estimate(self, panel: Panel, windows: Windows) -> None:
        """Fit the pool, then train the networks on every position of every person, last periods held out."""
        self.base.estimate(panel, windows)
        origins = panel.origins(10_000)
        seasonal = (origins[-1] - origins[0]) * self.days >= TWO_YEARS_DAYS
        self.params = {"seasonal": float(seasonal)}
        self.networks, self.gains = [], []
        followed = panel.windows(origins, TRAINING_WINDOWS)
        if len(followed) < ENOUGH_TO_LEARN or len(origins) < LEAST_PERIODS:
            return
        known = outcomes(panel, complete_origins(panel, 10_000), OUTCOME_WINDOWS)
        shared = examples(panel, followed, self.inputs(followed.histories))
        silent_too = examples(panel, known, self.inputs(known.histories))
        for seed in range(self.seeds):

            def told(message: str, done: float, seed: int = seed) -> None:
                self.progress(f"{self.name} {seed + 1} of {self.seeds}: {message}", (seed + done) / self.seeds)

            network, gain = train(self.shape, shared, silent_too, seed, told)
            self.networks.append(network)
            self.gains.append(gain)

    def inputs(self, history: Histories) -> EventSequences:
        """What the networks see of people."""
        return event_sequences(history, self.base, bool(self.params["seasonal"]))

    def estimate_level(self, history: Histories) -> Array:
        """Expected shares of the pool, which the networks correct."""
        return self.base.estimate_level(history)

    def shares(self, history: Histories, horizon: int) -> Array:
        """(people, horizons, topics); farther than `HORIZONS` the last is repeated."""
        base = self.base.shares(history, HORIZONS)
        known = np.flatnonzero(history.active > 0)
        if self.networks and len(known):
            base[known] = self._means(history.take(known))[0]
        return base[:, np.minimum(np.arange(horizon), HORIZONS - 1)]

    def outlook(self, history: Histories) -> NeuralOutlook | None:
        """What else is expected; None where there was too little to learn from."""
        if not self.networks:
            return None
        _, found = self._means(history)
        return NeuralOutlook(found["active"], found["active"] * found["events"], found["value"], found["touched"])

    def state(self) -> dict[str, Any]:
        """Everything fitted but the population; ``networks`` holds float arrays."""
        networks = [{name: each.numpy() for name, each in network.state_dict().items()} for network in self.networks]
        return super().state() | {"base": self.base.state(), "networks": networks, "gains": list(self.gains)}

    def restore(self, state: Mapping[str, Any]) -> None:
        """The inverse of `state`."""
        super().restore(state)
        self.base.restore(state["base"])
        self.gains = [float(each) for each in state["gains"]]
        self.networks = [self._restored(each) for each in state["networks"]]

    def _restored(self, arrays: Mapping[str, Any]) -> Any:
        import torch

        with torch.random.fork_rng(devices=[]):
            network = build(self.shape)
        network.load_state_dict({name: torch.tensor(np.asarray(each)) for name, each in arrays.items()})
        return network.eval()

    def _means(self, history: Histories) -> tuple[Array, dict[str, Array]]:
        """Mean shares and mean outcomes of the networks, in batches of people."""
        import torch

        parts: list[tuple[Array, dict[str, Array]]] = []
        with torch.inference_mode():
            for start in range(0, history.people, _BATCH):
                rows = np.arange(start, min(start + _BATCH, history.people))
                given = tensors(self.inputs(history.take(rows)))
                found = [network(*given) for network in self.networks]
                shares = torch.stack([each.double().softmax(dim=2) for each, _ in found]).mean(dim=0)
                tasks = {
                    name: torch.stack([_meaning(name, each[name]) for _, each in found]).mean(dim=0).double().numpy()
                    for name in found[0][1]
                }
                parts.append((shares.numpy(), tasks))
        joined = {name: np.concatenate([tasks[name] for _, tasks in parts]) for name in parts[0][1]}
        return np.concatenate([shares for shares, _ in parts]), joined


def _meaning(name: str, logits: Any) -> Any:
    return logits.clamp(0, 20).expm1() if name == "events" else logits.sigmoid()


class TopicNetwork(NeuralForecaster):
    """Without a context: only the features of person and topic."""

    name = "topic network"
    context = "none"


class RecurrentForecaster(NeuralForecaster):
    """A GRU, or an LSTM, reads the person's active periods.

    Args:
        cell: which.
    """

    name = "recurrent network"
    context = "gru"

    def __init__(
        self,
        topics: int,
        period: str,
        seeds: int = SEEDS,
        progress: Progress = lambda _message, _done: None,
        cell: Context = "gru",
    ) -> None:
        super().__init__(topics, period, seeds, progress)
        self.shape = Shape(topics, cell)


class TransformerForecaster(NeuralForecaster):
    """A Transformer reads the person's active periods."""

    name = "transformer"
    context = "transformer"
