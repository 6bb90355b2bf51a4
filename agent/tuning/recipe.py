"""How the small language model is fine-tuned."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Recipe:
    """Everything that decides the result besides the data and the time.

    Attributes:
        batch_tokens: padded tokens of a step, without the shared prefix.
        evaluate_every: steps between two evaluations on the held-out examples.
        patience: evaluations without a lower held-out loss after which training stops.
        warm_up: share of the run in which the learning rate rises.
        floor: the share of the learning rate that is left at the end.
    """

    rank: int = 16
    alpha: float = 32.0
    learning_rate: float = 1e-3
    weight_decay: float = 0.0
    clip: float = 1.0
    epochs: int = 3
    batch_tokens: int = 1500
    evaluate_every: int = 60
    patience: int = 4
    warm_up: float = 0.04
    floor: float = 0.05
    seed: int = 7

    def rate(self, done: float) -> float:
        """The learning rate when the share ``done`` of the run is over: a warm-up, then half a cosine to the floor."""
        if done < self.warm_up:
            return self.learning_rate * max(done, 1e-3) / self.warm_up
        falling = min(1.0, (done - self.warm_up) / (1 - self.warm_up))
        return self.learning_rate * (self.floor + (1 - self.floor) * (1 + math.cos(math.pi * falling)) / 2)
